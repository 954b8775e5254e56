//! `update`: merges into the first record (RFC 7396).

use serde_json::{Map, Value};
use tercet_spec::contract::AssignAt;
use tercet_spec::language::{Selection, ValueExpr};

use super::find::first;
use super::request::Request;
use super::run::{Done, Failure};
use super::write::{Written, written};
use crate::assign::assign;
use crate::outcome::Outcome;
use crate::scope::{Bindings, Bound};
use crate::state::{Record, Transaction};

pub(super) fn update(
    request: &Request<'_>,
    tx: &mut Transaction,
    bindings: &Bindings,
    selection: &Selection,
    set: Option<&ValueExpr>,
) -> Result<Done, Failure> {
    let scope = request.scope(&tx.state, bindings);
    let record = first(&scope, selection)?;
    let before = Bound::Record(record.clone());
    // `set` may say how the new value follows from the old one.
    let Written { fields, chosen } = written(request, &scope.with_record(&before), record.collection(), set)?;
    let record = merge_into(request, tx, bindings, &record, fields, &|name| chosen.contains(&name))?;
    Ok(Done::with(Bound::Record(record)))
}

/// Merges fields into a record and assigns what is assigned at updates, except what is `named`.
pub(crate) fn merge_into(
    request: &Request<'_>,
    tx: &mut Transaction,
    bindings: &Bindings,
    record: &Record,
    changes: Map<String, Value>,
    named: &dyn Fn(&str) -> bool,
) -> Result<Record, Outcome> {
    let mut fields = record.fields().clone();
    for (name, change) in changes {
        match fields.get_mut(&name) {
            Some(own) if change.is_object() => merge(own, change),
            // A field of a record that is set to null is null; only within its value do nulls remove (RFC 7396, 2).
            Some(own) => *own = change,
            None => {
                let mut own = Value::Null;
                merge(&mut own, change);
                fields.insert(name, own);
            }
        }
    }
    write(request, tx, bindings, record, fields, named)
}

/// Gives fields these values, whole, and assigns what else is assigned at updates.
pub(crate) fn set_in(
    request: &Request<'_>,
    tx: &mut Transaction,
    bindings: &Bindings,
    record: &Record,
    changes: Map<String, Value>,
) -> Result<Record, Outcome> {
    let names: Vec<String> = changes.keys().cloned().collect();
    let mut fields = record.fields().clone();
    fields.extend(changes);
    write(request, tx, bindings, record, fields, &|name| names.iter().any(|one| one == name))
}

fn write(
    request: &Request<'_>,
    tx: &mut Transaction,
    bindings: &Bindings,
    record: &Record,
    mut fields: Map<String, Value>,
    named: &dyn Fn(&str) -> bool,
) -> Result<Record, Outcome> {
    let place = (record.collection(), record.sequence());
    assign(request, bindings, tx, place, &mut fields, AssignAt::Updated, named)?;
    tx.replace(record, fields)
}

/// RFC 7396, 2: MergePatch.
fn merge(target: &mut Value, patch: Value) {
    let Value::Object(patch) = patch else {
        *target = patch;
        return;
    };
    if !target.is_object() {
        *target = Value::Object(Map::new());
    }
    if let Value::Object(members) = target {
        for (name, change) in patch {
            if change.is_null() {
                members.shift_remove(&name);
            } else {
                merge(members.entry(name).or_insert(Value::Null), change);
            }
        }
    }
}
