//! Reading one record.

use std::sync::Arc;

use serde_json::Value;

use super::outcome::forbidden;
use super::ways::{Way, readers, ways};
use crate::reading::{Reading, Use};
use crate::session::{Nameable, Owned, Session, Wishes};
use crate::{Exchange, Purpose, Stop};

/// Reads a record in the first way in which the operation names one.
pub(in crate::law) async fn read(
    session: &mut Session,
    reader: &Use,
    record: &dyn Nameable,
) -> Result<Arc<Exchange>, Stop> {
    let reading = session.reading();
    let known = |way: &Way| record.name(&way.field).is_some();
    let Some(way) = ways(&reading, reader).into_iter().find(known) else {
        return Err(Stop::Missing("a value that names the record".to_owned()));
    };
    let value = record.name(&way.field).cloned().unwrap_or(Value::Null);
    read_by(session, reader, record, &way, value).await
}

/// Reads a record by one of its names.
pub(in crate::law) async fn read_by(
    session: &mut Session,
    reader: &Use,
    record: &dyn Nameable,
    way: &Way,
    value: Value,
) -> Result<Arc<Exchange>, Stop> {
    let reading = session.reading();
    let mut inputs = session.prepare(reader.operation, &[record as &dyn Nameable], &Wishes::minimal())?;
    for other in ways(&reading, reader).iter().filter(|other| other.slot != way.slot) {
        inputs.remove(&other.slot);
    }
    inputs.set(&way.slot, value);
    let exchange = session.ask(reader.operation, &inputs, Purpose::Look).await?;
    if forbidden(&reading, reader, &exchange) {
        return Err(Stop::Blocked(format!("the caller may not see what it made: {}", exchange.summary())));
    }
    Ok(exchange)
}

/// Ends the law where the caller may not see a record that it made: then no listing has to show it either.
pub(in crate::law) async fn seen(session: &mut Session, record: &Owned) -> Result<(), Stop> {
    let reading = session.reading();
    for reader in readers(&reading, record.collection()) {
        read(session, reader, record).await?;
    }
    Ok(())
}

/// The record that an answer of `operation` shows.
pub(in crate::law) fn shown_in<'e>(
    reading: &Reading,
    operation: usize,
    exchange: &'e Exchange,
) -> Option<&'e Value> {
    let view = reading.view(operation)?;
    view.records(exchange.json()?).first().copied().filter(|_| exchange.succeeded())
}

/// The exchange, when it succeeded: what follows is not judged otherwise.
pub(in crate::law) fn succeeded(exchange: Arc<Exchange>) -> Result<Arc<Exchange>, Stop> {
    if exchange.succeeded() { Ok(exchange) } else { Err(Stop::Blocked(exchange.summary())) }
}
