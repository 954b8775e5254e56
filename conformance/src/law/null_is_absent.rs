//! Null for an optional property says the same as leaving it out, where the document says so.

use futures::future::BoxFuture;
use serde_json::Value;
use tercet_spec::language::ValueExpr;

use super::changes;
use super::lens::{
    Facts, case, creators, differences, found, missing, none_of, parameter_schema, read, readers, shown_in,
    used, verdict, writers,
};
use super::{Case, Law};
use crate::reading::{Does, Reading, Slot, Use};
use crate::session::{Aim, Session, Wishes};
use crate::{Clause, Inputs, Purpose, Stop, Verdict};

/// See [`Law::about`].
pub(super) struct NullIsAbsent;

impl Law for NullIsAbsent {
    fn name(&self) -> &'static str {
        "null_is_absent"
    }

    fn about(&self) -> &'static str {
        "null for an optional property says the same as leaving it out"
    }

    fn clause(&self) -> &'static str {
        "`x-conduct`: `null-is-absent`"
    }

    fn cases(&self, reading: &Reading) -> Result<Vec<Case>, String> {
        let contract = reading.contract();
        if !contract.conduct.null_is_absent {
            return Err("`null-is-absent: true`".to_owned());
        }
        let pointer = contract.conduct.pointer.child("null-is-absent");
        let mut cases = Vec::new();
        for collection in contract.collections.keys() {
            let Some(creator) = creators(reading, collection).first().copied() else { continue };
            let mut all = vec![creator];
            if !readers(reading, collection).is_empty() {
                all.extend(writers(reading, collection, Does::Update));
            }
            for one in all {
                let Some((field, _)) = optional(reading, one) else { continue };
                let title = format!("`{}` with `{field}` null", reading.operation(one).id);
                let says = "null for an optional property is treated as absent";
                let mut uses = vec![one, creator];
                uses.extend(readers(reading, collection).first());
                let mut one = case(reading, title, says.to_owned(), &uses, &field);
                one.clause = Clause::at(contract, &pointer, says);
                cases.push(one);
            }
        }
        none_of(cases, "an optional property that may not be null by itself")
    }

    fn run<'a>(&'a self, session: &'a mut Session, case: &'a Case) -> BoxFuture<'a, Result<Verdict, Stop>> {
        Box::pin(async move {
            let reading = session.reading();
            let (one, creator) = (used(&reading, case, 0)?, used(&reading, case, 1)?);
            let Some((_, slot)) = optional(&reading, one) else {
                return missing("an optional property");
            };
            // What else could be sent an action may refuse.
            let rest = if reading.is_said(one) { Wishes::minimal() } else { Wishes::plain() };
            let wishes = rest.with(slot.clone(), Value::Null);
            if one.does == Does::Create {
                super::lens::make_plain(session, creator).await?;
                let wishes = session.accustomed(one, &wishes);
                let inputs = session.prepare(one.operation, &[], &wishes)?;
                let exchange = session.write(one.operation, Aim::New, &inputs, Purpose::Look).await?;
                if exchange.succeeded() {
                    return Ok(Verdict::Pass);
                }
                accepted_without(session, one, Aim::New, (inputs, &slot)).await?;
                let message = format!(
                    "`{}` null must say the same as leaving it out, but {}",
                    case.detail,
                    exchange.summary()
                );
                return Ok(verdict(vec![found(self, &reading, case, one.operation, message, &[&exchange])]));
            }
            let reader = used(&reading, case, 2)?;
            let start = changes::before(session, creator, reader).await?;
            let (inputs, change) = session.update(one, &start.record, &wishes).await?;
            if !change.succeeded() {
                accepted_without(session, one, Aim::Own(&start.record), (inputs, &slot)).await?;
            }
            let answer = read(session, reader, &start.record).await?;
            let facts: Facts =
                changes::lasting(&reading, reader, &start.shown).only(|field| field == case.detail);
            let wrong = match (reading.view(reader.operation), shown_in(&reading, reader.operation, &answer))
            {
                (Some(view), Some(shown)) if change.succeeded() => differences(&reading, view, &facts, shown),
                _ => vec![change.summary()],
            };
            if wrong.is_empty() {
                return Ok(Verdict::Pass);
            }
            let message = format!(
                "`{}` null must say the same as leaving it out, but {}",
                case.detail,
                wrong.join(", ")
            );
            Ok(verdict(vec![found(self, &reading, case, one.operation, message, &[&change, &answer])]))
        })
    }
}

/// Ends the law where a request is refused without the null as well: then it is refused for something else.
async fn accepted_without(
    session: &mut Session,
    one: &Use,
    aim: Aim<'_>,
    (mut inputs, slot): (Inputs, &Slot),
) -> Result<(), Stop> {
    inputs.remove(slot);
    let exchange = session.write(one.operation, aim, &inputs, Purpose::Look).await?;
    super::lens::succeeded(exchange).map(drop)
}

/// The first field that a request may leave out and whose schema has no null.
fn optional(reading: &Reading, one: &Use) -> Option<(String, Slot)> {
    let contract = reading.contract();
    let collection = reading.collection(&one.collection)?;
    contract.schema(collection.schema).properties.keys().find_map(|field| {
        // What it is when it is absent, the step says itself, and that is not what it was.
        let says_so = matches!(reading.written_expression(one, field), Some(ValueExpr::First(_)));
        if says_so && one.does != Does::Create {
            return None;
        }
        let slot = super::lens::slot_of(reading, one, field)?;
        let Slot::Body(path) = &slot else { return None };
        let (name, before) = path.split_last()?;
        let parent = contract.schema(parameter_schema(reading, one.operation, &Slot::Body(before.to_vec()))?);
        let own = contract.schema(*parent.properties.get(name)?);
        // What the records of an action must have cannot be left out, whatever the body's schema says.
        let needed = reading.is_said(one) && contract.schema(collection.schema).required.contains(field);
        let typed = !own.types.is_empty() && !own.is_nullable();
        let plain = own.one_of.is_empty() && own.any_of.is_empty();
        (typed && plain && !needed && !parent.required.contains(name)).then(|| (field.clone(), slot.clone()))
    })
}
