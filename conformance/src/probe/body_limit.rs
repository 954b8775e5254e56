//! Bodies at the limit that the document sets for all of them: as large as may be, and one byte larger.

use futures::future::BoxFuture;
use serde_json::Value;
use tercet_spec::Contract;
use tercet_spec::language::{Source, ValueExpr};

use super::Probe;
use super::subject::harmless;
use crate::reading::{Reading, Slot, is_json, statuses_of};
use crate::session::{Session, Wishes};
use crate::{Body, Girth, Purpose, Stop};

/// Limits up to this many bytes are tried on every operation, from both sides; larger ones on one operation, from above.
const SMALL: u64 = 1 << 20;

#[derive(Debug)]
pub(super) struct PaddedBody;

impl Probe for PaddedBody {
    fn name(&self) -> &'static str {
        "padded-body"
    }

    fn about(&self) -> &'static str {
        "a body padded with blanks to be one byte larger than the limit, and, where that is small, one that just fits"
    }

    fn serves(&self) -> &'static [&'static str] {
        &["oversized_body_rejection"]
    }

    fn applies(&self, reading: &Reading, operation: usize) -> bool {
        let contract = reading.contract();
        match limit(contract) {
            Some(limit) if limit <= SMALL => is_limited(contract, operation),
            Some(_) => quietest(reading) == Some(operation),
            None => false,
        }
    }

    fn succeeds(&self) -> bool {
        false
    }

    fn run<'a>(&'a self, session: &'a mut Session, operation: usize) -> BoxFuture<'a, Result<(), Stop>> {
        Box::pin(async move {
            let reading = session.reading();
            let Some(limit) = limit(reading.contract()) else {
                return Ok(());
            };
            let most = session.target().limits.body;
            if limit >= most {
                return Err(Stop::Blocked(format!(
                    "the limit is {limit} bytes, and no body of more than {most} is sent; allow it with `--max-body {}`",
                    limit + 1
                )));
            }
            send(session, operation, limit + 1, Girth::TooLarge).await?;
            if limit <= SMALL { send(session, operation, limit, Girth::Largest).await } else { Ok(()) }
        })
    }
}

async fn send(session: &mut Session, operation: usize, size: u64, girth: Girth) -> Result<(), Stop> {
    let (subject, mut inputs) = harmless(session, operation, &Wishes::plain())?;
    let Some(Body::Value(media, value)) = &inputs.body else {
        return Ok(());
    };
    let mut bytes = value.to_string().into_bytes();
    let Ok(size) = usize::try_from(size) else {
        return Err(Stop::Blocked(format!("a body of {size} bytes has no room on this machine")));
    };
    if bytes.len() > size {
        return Ok(());
    }
    // RFC 8259, 2: blanks after a value mean nothing.
    bytes.resize(size, b' ');
    inputs.body = Some(Body::Raw(Some(media.clone()), bytes));
    match session.write(operation, subject.aim(), &inputs, Purpose::Padded(girth)).await {
        // RFC 9110, 15.5.14: who is sent too much may close the connection.
        Err(Stop::Broken(_)) if girth == Girth::TooLarge => Ok(()),
        other => other.map(drop),
    }
}

/// Whether an operation takes JSON and says how a body that is too large ends.
fn is_limited(contract: &Contract, operation: usize) -> bool {
    let owner = &contract.operations[operation];
    let takes_json =
        owner.body.as_ref().is_some_and(|body| body.content.iter().any(|one| is_json(&one.name)));
    let speaks = |outcome: &str| !statuses_of(contract, owner, outcome).is_empty();
    takes_json && contract.conduct.body_limit.as_ref().is_some_and(|limit| speaks(&limit.outcome))
}

/// The operation on which a large body does the least should it be let in: one that names a record, so that nobody can be
/// named; else the first.
fn quietest(reading: &Reading) -> Option<usize> {
    let contract = reading.contract();
    let all: Vec<usize> = (0..contract.operations.len()).filter(|one| is_limited(contract, *one)).collect();
    let names =
        |one: &&usize| reading.namings(**one).iter().any(|naming| matches!(naming.slot, Slot::Path(_)));
    all.iter().find(names).or(all.first()).copied()
}

/// The limit in bytes; `None` where there is none, or the document alone does not decide it. A setting counts as what it is
/// unless said otherwise.
fn limit(contract: &Contract) -> Option<u64> {
    let of_setting =
        |name: &str| contract.settings.iter().find(|one| one.name == name).map(|one| &one.default);
    match &contract.conduct.body_limit.as_ref()?.size {
        ValueExpr::Literal(value) => bytes(value),
        ValueExpr::Expression(expression) => match &expression.source {
            Source::Setting(name) if expression.path.is_empty() => bytes(of_setting(name)?),
            _ => None,
        },
        _ => None,
    }
}

/// A number, or text such as `50mb` (1024-based).
fn bytes(value: &Value) -> Option<u64> {
    let text = match value {
        Value::Number(number) => return number.as_u64(),
        other => other.as_str()?.trim().to_ascii_lowercase(),
    };
    let digits = text.bytes().take_while(|byte| byte.is_ascii_digit()).count();
    let (number, unit) = text.split_at(digits);
    let power = match unit.trim() {
        "" | "b" => 0,
        "k" | "kb" | "kib" => 1,
        "m" | "mb" | "mib" => 2,
        "g" | "gb" | "gib" => 3,
        // Fractions are left to those who write them.
        _ => return None,
    };
    number.parse::<u64>().ok()?.checked_mul(1024u64.pow(power))
}
