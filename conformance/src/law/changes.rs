//! What an update or a replacement leaves behind: the steps that the laws about changes share.

use std::sync::Arc;

use serde_json::Value;

use super::Case;
use super::lens::{Fact, Facts, case, creators, make, read, readers, shown_in, succeeded, writers};
use crate::reading::{Does, Prediction, Reading, Slot, Use};
use crate::session::{Owned, Session, Wishes};
use crate::{Exchange, Inputs, Stop};

/// Cases that make a record, change it and read it: uses are writer, creator, reader.
pub(super) fn cases(reading: &Reading, does: Does, says: &str) -> Vec<Case> {
    let mut cases = Vec::new();
    for collection in reading.contract().collections.keys() {
        let Some(creator) = creators(reading, collection).first().copied() else { continue };
        for writer in writers(reading, collection, does) {
            for reader in readers(reading, collection).into_iter().take(1) {
                let title =
                    format!("`{}`, then `{}`", reading.operation(writer).id, reading.operation(reader).id);
                cases.push(case(reading, title, says.to_owned(), &[writer, creator, reader], ""));
            }
        }
    }
    cases
}

/// A record, and what is read of it before it is changed.
pub(super) struct Before {
    pub(super) record: Owned,
    pub(super) facts: Facts,
    pub(super) exchange: Arc<Exchange>,
    pub(super) shown: Value,
}

/// Makes a record and reads it.
pub(super) async fn before(session: &mut Session, creator: &Use, reader: &Use) -> Result<Before, Stop> {
    let record = make(session, creator).await?;
    read_before(session, record, reader).await
}

/// Makes a record that has every default, and reads it.
pub(super) async fn bare_before(session: &mut Session, creator: &Use, reader: &Use) -> Result<Before, Stop> {
    let record = session.create(creator, &Wishes::minimal()).await?;
    read_before(session, record, reader).await
}

async fn read_before(session: &mut Session, record: Owned, reader: &Use) -> Result<Before, Stop> {
    let reading = session.reading();
    let facts = Facts::of(&reading, &record);
    let exchange = succeeded(read(session, reader, &record).await?)?;
    let Some(shown) = shown_in(&reading, reader.operation, &exchange).cloned() else {
        return Err(Stop::Blocked(format!("no record is shown: {}", exchange.summary())));
    };
    Ok(Before { record, facts, exchange, shown })
}

/// A change that succeeded, and what is read of the record afterwards.
pub(super) struct After {
    pub(super) says: Prediction,
    pub(super) change: Arc<Exchange>,
    pub(super) exchange: Arc<Exchange>,
    pub(super) shown: Option<Value>,
    pub(super) inputs: Inputs,
}

/// Changes a record and reads it. The key, where the request could change it, stays.
pub(super) async fn change(
    session: &mut Session,
    writer: &Use,
    reader: &Use,
    record: &Owned,
    wishes: Wishes,
) -> Result<After, Stop> {
    let reading = session.reading();
    let wishes = match reading
        .collection(&writer.collection)
        .and_then(|own| super::lens::slot_of(&reading, writer, &own.key))
    {
        Some(slot) => wishes.without(slot),
        None => wishes,
    };
    let (inputs, change) = session.update(writer, record, &wishes).await?;
    let change = succeeded(change)?;
    let exchange = read(session, reader, record).await?;
    let shown = shown_in(&reading, reader.operation, &exchange).cloned();
    Ok(After { says: reading.predict(writer, &inputs), change, exchange, shown, inputs })
}

/// Wishes for a request that sends another value for every field whose old one is known, as far as that is possible.
pub(super) fn all_other(session: &mut Session, writer: &Use, facts: &Facts, mut wishes: Wishes) -> Wishes {
    let reading = session.reading();
    let known: Vec<(String, Value)> =
        facts.all_known().map(|(field, value)| (field.to_owned(), value.clone())).collect();
    for (field, old) in known {
        let refers = reading
            .collection(&writer.collection)
            .is_some_and(|own| own.key == field || own.references.iter().any(|(name, _)| *name == field));
        let slot = super::lens::slot_of(&reading, writer, &field)
            .filter(|slot| matches!(slot, Slot::Body(_)) && !refers);
        let Some(slot) = slot else { continue };
        let schema = super::lens::parameter_schema(&reading, writer.operation, &slot);
        if let Some(value) = schema.and_then(|schema| super::lens::another(session, schema, &[&old])) {
            wishes = wishes.with(slot, value);
        }
    }
    wishes
}

/// What of a shown record does not depend on when or by whom it was last changed: everything but fields that are assigned.
pub(super) fn lasting(reading: &Reading, reader: &Use, shown: &Value) -> Facts {
    let Some(view) = reading.view(reader.operation) else {
        return Facts::default();
    };
    let contract = reading.contract();
    let assigned = |field: &str| {
        super::lens::property(reading, &view.collection, field).is_some_and(|id| {
            let assign = contract.schema(id).assign.as_ref();
            assign.is_some_and(|assign| {
                assign.at.iter().any(|at| *at != tercet_spec::contract::AssignAt::Created)
            })
        })
    };
    let all = Facts::shown(&view.members, shown);
    let mut kept = all.only(|field| !assigned(field));
    for (member, field) in &view.members {
        if shown.get(member).is_none_or(Value::is_null) && !assigned(field) {
            kept.set(field, Fact::Absent);
        }
    }
    kept
}
