//! Making a record to try a law on.

use serde_json::Value;
use tercet_spec::language::{Clause, Subject, Test, ValueExpr, Word};

use super::facts::Facts;
use super::holds::{Scope, holds};
use super::vary::slot_of;
use super::ways::creators;
use crate::reading::{Reading, Slot, Use};
use crate::session::{Nameable, Owned, Session, Wishes};
use crate::{Inputs, Stop};

/// Makes a record with as much in it as the deployment takes: everything, else scalars, else what is required.
pub(in crate::law) async fn make(session: &mut Session, creator: &Use) -> Result<Owned, Stop> {
    match session.create(creator, &Wishes::full()).await {
        Err(Stop::Blocked(_)) => make_plain(session, creator).await,
        other => other,
    }
}

/// Makes a record with its optional scalars, or, where that is refused, without.
pub(in crate::law) async fn make_plain(session: &mut Session, creator: &Use) -> Result<Owned, Stop> {
    match session.create(creator, &Wishes::plain()).await {
        Err(Stop::Blocked(_)) => session.create(creator, &Wishes::minimal()).await,
        other => other,
    }
}

/// Makes, below a record, what an operation names beside it.
pub(in crate::law) async fn make_other_parts(
    session: &mut Session,
    one: &Use,
    record: &Owned,
) -> Result<(), Stop> {
    let reading = session.reading();
    let others = reading.namings(one.operation).iter();
    for naming in others.filter(|naming| naming.collection != record.collection()) {
        if let Some(creator) = creators(&reading, &naming.collection).first() {
            session.create_below(creator, &[record], &Wishes::minimal()).await?;
        }
    }
    Ok(())
}

/// Makes a record that passes the fixed tests of a selection (`archived: false`), as far as requests decide them.
pub(in crate::law) async fn make_fitting(
    session: &mut Session,
    creator: &Use,
    selection: &Use,
) -> Result<Owned, Stop> {
    let reading = session.reading();
    let fixed = fitting(&reading, creator, selection);
    let with = |wishes: Wishes| {
        fixed.iter().fold(wishes, |wishes, (slot, value)| wishes.with(slot.clone(), value.clone()))
    };
    match session.create(creator, &with(Wishes::plain())).await {
        Err(Stop::Blocked(_)) => session.create(creator, &with(Wishes::minimal())).await,
        other => other,
    }
}

/// What a creation must send so that its record passes the fixed tests of a selection.
pub(in crate::law) fn fitting(reading: &Reading, creator: &Use, selection: &Use) -> Vec<(Slot, Value)> {
    let mut fixed = Vec::new();
    let Some(selection) = reading.step(selection).verb.seen().selection() else {
        return fixed;
    };
    for clause in &selection.filter.clauses {
        let Clause::Test(Subject::Field(path), test) = clause else { continue };
        let value = match test {
            Test::Equal(ValueExpr::Literal(value)) => Some(value.clone()),
            Test::Words(words) => words.iter().find_map(|word| match word {
                Word::Enum(ValueExpr::Literal(Value::Array(items))) => items.first().cloned(),
                _ => None,
            }),
            Test::Equal(_) => None,
        };
        if let ([field], Some(value)) = (path.as_slice(), value) {
            fixed.extend(slot_of(reading, creator, field).map(|slot| (slot, value)));
        }
    }
    fixed
}

/// Makes sure that there is a record of every collection that an operation names.
pub(in crate::law) async fn make_neighbours(session: &mut Session, operation: usize) -> Result<(), Stop> {
    let reading = session.reading();
    for naming in reading.namings(operation) {
        let is_there = session.made().iter().any(|made| made.collection == naming.collection && !made.gone);
        if let (false, Some(creator)) = (is_there, creators(&reading, &naming.collection).first()) {
            make_plain(session, creator).await?;
        }
    }
    Ok(())
}

/// Whether the step of `one`, called with `inputs`, selects a record of which `facts` are known.
pub(in crate::law) fn selects(reading: &Reading, one: &Use, inputs: &Inputs, facts: &Facts) -> Option<bool> {
    let selection = reading.step(one).verb.seen().selection()?;
    let scope = Scope { reading, operation: one.operation, collection: &one.collection, inputs };
    holds(scope, &selection.filter, facts)
}
