//! Properties that a body's schema does not know are dropped, refused or kept, as the document says.

use futures::future::BoxFuture;
use serde_json::Value;
use tercet_spec::contract::{Additional, UnknownProperties};

use super::lens::{
    case, creators, expected, found, missing, none_of, parameter_schema, shown_in, used, verdict,
};
use super::{Case, Law};
use crate::reading::{Reading, Slot, Use, endings, spoken};
use crate::session::{Aim, Session, Wishes};
use crate::{Clause, Purpose, Stop, Verdict};

/// See [`Law::about`].
pub(super) struct UnknownPropertiesAsSaid;

impl Law for UnknownPropertiesAsSaid {
    fn name(&self) -> &'static str {
        "unknown_properties"
    }

    fn about(&self) -> &'static str {
        "a property that the body's schema does not know is dropped, refused or accepted, as the document says"
    }

    fn clause(&self) -> &'static str {
        "`x-conduct`: `unknown-properties`; `additionalProperties`"
    }

    fn cases(&self, reading: &Reading) -> Result<Vec<Case>, String> {
        let contract = reading.contract();
        let pointer = contract.conduct.pointer.child("unknown-properties");
        let stated = contract.document.get(&pointer).is_some();
        let mut cases = Vec::new();
        for collection in contract.collections.keys() {
            for creator in creators(reading, collection) {
                let root = parameter_schema(reading, creator.operation, &Slot::Body(Vec::new()));
                let Some(id) = root.filter(|id| !contract.schema(*id).properties.is_empty()) else {
                    continue;
                };
                let schema = contract.schema(id);
                let (pointer, says) = match (&schema.additional, stated) {
                    (Additional::Closed, _)
                        if contract.conduct.unknown_properties != UnknownProperties::Drop =>
                    {
                        (schema.pointer.child("additionalProperties"), "no properties but the listed ones")
                    }
                    (_, true) => (pointer.clone(), "what becomes of properties that a schema does not know"),
                    _ => continue,
                };
                let title = format!("`{}` with an unknown property", reading.operation(creator).id);
                let mut one = case(reading, title, says.to_owned(), &[creator], "");
                one.clause = Clause::at(contract, &pointer, says);
                cases.push(one);
            }
        }
        none_of(cases, "what becomes of unknown properties")
    }

    fn run<'a>(&'a self, session: &'a mut Session, case: &'a Case) -> BoxFuture<'a, Result<Verdict, Stop>> {
        Box::pin(async move {
            let reading = session.reading();
            let creator = used(&reading, case, 0)?;
            let contract = reading.contract();
            let Some(id) = parameter_schema(&reading, creator.operation, &Slot::Body(Vec::new())) else {
                return missing("a body");
            };
            let conduct = contract.conduct.unknown_properties;
            let refused = match (&contract.schema(id).additional, conduct) {
                (Additional::Open | Additional::Schema(_), _) => {
                    return missing("a body that is not open to any property");
                }
                (Additional::Closed, UnknownProperties::Keep) | (_, UnknownProperties::Refuse) => true,
                _ => false,
            };
            // That the rest of the body is accepted must be known first.
            let shape = accepted(session, creator).await?;
            let name = format!("unknown{}", session.chance().serial());
            let value = session.chance().mark();
            let wishes = shape.with(Slot::Body(vec![name.clone()]), Value::from(value.clone()));
            let inputs = session.prepare(creator.operation, &[], &wishes)?;
            let exchange = session.write(creator.operation, Aim::New, &inputs, Purpose::Look).await?;
            let fail = |message: String| {
                Ok(verdict(vec![found(self, &reading, case, creator.operation, message, &[&exchange])]))
            };
            if refused {
                let Some(refusal) = expected(contract, reading.operation(creator), "invalid") else {
                    return missing("a response that speaks `invalid`");
                };
                if refusal.met_by(&exchange) {
                    return Ok(Verdict::Pass);
                }
                return fail(format!(
                    "an unknown property must be refused with {}, but {}",
                    refusal.words(),
                    exchange.summary()
                ));
            }
            if !exchange.succeeded() {
                // An action has reasons of its own to refuse what it took before: a limit, one of a kind.
                let owner = reading.operation(creator);
                let own = endings(contract, owner);
                let code = exchange.status().unwrap_or_default();
                let said = spoken(contract, owner, code, exchange.json());
                let is_own = said.iter().any(|one| one != "invalid" && own.contains(one));
                if reading.is_said(creator) && is_own {
                    return Err(Stop::Blocked(exchange.summary()));
                }
                return fail(format!("an unknown property must be accepted, but {}", exchange.summary()));
            }
            let shown = shown_in(&reading, creator.operation, &exchange)
                .is_some_and(|shown| shown.get(&name).is_some());
            if conduct == UnknownProperties::Drop && shown {
                return fail(format!("an unknown property must be dropped, but it is shown: {value}"));
            }
            Ok(Verdict::Pass)
        })
    }
}

/// As much as a creation accepts: its optional scalars, or, where those are refused, what is required.
async fn accepted(session: &mut Session, creator: &Use) -> Result<Wishes, Stop> {
    match session.create(creator, &Wishes::plain()).await {
        Err(Stop::Blocked(_)) => session.create(creator, &Wishes::minimal()).await.map(|_| Wishes::minimal()),
        other => other.map(|_| session.accustomed(creator, &Wishes::plain())),
    }
}
