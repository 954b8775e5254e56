//! Before anything else: is somebody there, and is the credential good?

use crate::reading::statuses_of;
use crate::session::{Session, Wishes};
use crate::wire::is_public;
use crate::{Fault, Purpose, Stop};

/// Why a run could not begin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trouble {
    /// What is wrong, in one sentence.
    pub what: String,
    /// What to do about it.
    pub hint: Option<String>,
}

impl Trouble {
    /// Something wrong, and what to do.
    #[must_use]
    pub fn new(what: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { what: what.into(), hint: Some(hint.into()) }
    }
}

impl std::fmt::Display for Trouble {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.what)?;
        self.hint.iter().try_for_each(|hint| write!(f, "\nhint: {hint}"))
    }
}

impl std::error::Error for Trouble {}

/// Sends the plainest safe request, a secured one if there is one.
pub(super) async fn preflight(session: &mut Session) -> Result<(), Trouble> {
    let reading = session.reading();
    let contract = reading.contract();
    let plain = |index: &usize| {
        let operation = &contract.operations[*index];
        reading.is_safe(*index)
            && operation.parameters.iter().all(|one| !one.required)
            && operation
                .path
                .segments
                .iter()
                .flatten()
                .all(|part| matches!(part, tercet_spec::contract::Segment::Literal(_)))
    };
    let mut candidates: Vec<usize> = (0..contract.operations.len()).filter(plain).collect();
    candidates.sort_by_key(|index| is_public(&contract.operations[*index]));
    let Some(&operation) = candidates.first() else {
        return Ok(());
    };
    let owner = &contract.operations[operation];
    let inputs =
        session.prepare(operation, &[], &Wishes::minimal()).map_err(|stop| of_stop(stop, session))?;
    let exchange = session
        .send_unanswered(operation, &inputs, Purpose::Look)
        .await
        .map_err(|stop| of_stop(stop, session))?;
    let base = session.target().base.to_string();
    match &exchange.answer {
        Err(Fault::Tls(why)) => Err(Trouble::new(
            format!("no secure connection to `{base}`: {why}"),
            "is the certificate signed by an authority of this machine, and does it name this host? plain HTTP begins with `http://`",
        )),
        Err(fault @ (Fault::Unreachable(_) | Fault::Torn(_))) => Err(Trouble::new(
            format!("`{base}` does not answer: {fault}"),
            "is the deployment running, and are host and port right?",
        )),
        Err(fault @ Fault::TimedOut(_)) => Err(Trouble::new(
            format!("`{base}` does not answer: {fault}"),
            "give it longer with `--timeout SECONDS`",
        )),
        Ok(answer) => {
            let mut refusals = statuses_of(contract, owner, "unauthenticated");
            if refusals.is_empty() {
                refusals.push(tercet_spec::contract::Status::Code(401));
            }
            if !is_public(owner) && refusals.iter().any(|status| status.covers(answer.status)) {
                let said = String::from_utf8_lossy(&answer.body).chars().take(300).collect::<String>();
                return Err(Trouble::new(
                    format!(
                        "the deployment refuses the credential: {} ({})",
                        exchange.summary(),
                        session.masks().mask(said.trim())
                    ),
                    "check the value given with `--credential`; nothing was sent but this one request",
                ));
            }
            Ok(())
        }
    }
}

fn of_stop(stop: Stop, session: &Session) -> Trouble {
    let names: Vec<String> =
        session.reading().contract().schemes.iter().map(|scheme| format!("`{}`", scheme.name)).collect();
    match stop {
        Stop::Blocked(why) if why.contains("credential") => Trouble::new(
            why,
            format!(
                "give one with `--credential SCHEME=VALUE`; the document's schemes: {}",
                names.join(", ")
            ),
        ),
        Stop::Blocked(why) | Stop::Missing(why) | Stop::Broken(why) => Trouble { what: why, hint: None },
    }
}
