//! Fields that the server sets (`x-assign`).

use serde_json::{Map, Value};
use tercet_spec::contract::{AssignAt, AssignKind};
use tercet_spec::language::ValueExpr;

use crate::effect::Request;
use crate::jwt;
use crate::model::Field;
use crate::outcome::Outcome;
use crate::scope::{Bindings, Bound, Scope, Want};
use crate::state::{Record, Transaction};

/// Sets the fields of a record that are assigned at that moment, except those in `named`.
pub(crate) fn assign(
    request: &Request<'_>,
    bindings: &Bindings,
    tx: &mut Transaction,
    (collection, sequence): (usize, u64),
    fields: &mut Map<String, Value>,
    at: AssignAt,
    named: &dyn Fn(&str) -> bool,
) -> Result<(), Outcome> {
    let own = &request.model.collections[collection];
    let wanted = || {
        own.fields.iter().filter_map(|(name, field)| {
            let assign = field.assign.as_ref().filter(|assign| assign.at.contains(&at))?;
            (!named(name)).then_some((name, field, &assign.kind))
        })
    };
    for (name, _, kind) in wanted() {
        if let Some(value) = draw(request, tx, collection, name, kind) {
            fields.insert(name.clone(), value);
        }
    }
    // What is derived from other fields comes after them, wherever it stands.
    for (name, field, kind) in wanted() {
        if !matches!(kind, AssignKind::Jwt(_) | AssignKind::Value(_)) {
            continue;
        }
        // The fields are lent to a record for as long as an expression looks at it: they may be megabytes.
        let record = Bound::Record(Record::new(collection, sequence, std::mem::take(fields)));
        let value = derive(&request.scope(&tx.state, bindings).with_record(&record), field, kind);
        if let Bound::Record(record) = record {
            *fields = record.into_fields();
        }
        if let Some(value) = value? {
            fields.insert(name.clone(), value);
        }
    }
    Ok(())
}

/// What follows from the record's other fields.
fn derive(scope: &Scope<'_>, field: &Field, kind: &AssignKind) -> Result<Option<Value>, Outcome> {
    let want = if field.many { Want::Many } else { Want::One };
    Ok(match kind {
        AssignKind::Jwt(claims) => Some(Value::from(sign(scope, claims)?)),
        AssignKind::Value(value) => {
            let reference = field.reference.is_some();
            scope.eval(value, want).map(|value| value.into_stored(scope.state, reference))
        }
        _ => None,
    })
}

/// What chance, clock and counter give.
fn draw(
    request: &Request<'_>,
    tx: &mut Transaction,
    collection: usize,
    name: &str,
    kind: &AssignKind,
) -> Option<Value> {
    let now = request.inputs.now;
    let fraction = request.model.contract.conduct.fraction;
    let is_key = name == request.model.collections[collection].key;
    loop {
        let value = match kind {
            AssignKind::Uuid => Value::from(tx.state.entropy.uuid()),
            AssignKind::Token(length) => Value::from(tx.state.entropy.token(*length)),
            AssignKind::ObjectId => Value::from(tx.state.entropy.object_id(now)),
            AssignKind::Sequence => Value::from(tx.state.table_mut(collection).next_number()),
            AssignKind::Now => return Some(now.rfc3339(fraction).into()),
            AssignKind::After(milliseconds) => {
                return Some(now.after(*milliseconds).rfc3339(fraction).into());
            }
            AssignKind::Jwt(_) | AssignKind::Value(_) => return None,
        };
        // A restored state may hold what this seed would draw next. (A short token may run out of values, but a key
        // of one letter is the document's wish.)
        let exhausted = matches!(kind, AssignKind::Token(0..4));
        if !is_key || exhausted || tx.state.find(collection, &value).is_none() {
            return Some(value);
        }
    }
}

/// A JWT signed with the engine's own secret.
fn sign(scope: &Scope<'_>, claims: &ValueExpr) -> Result<String, Outcome> {
    let nothing = || Outcome::new("internal", "the claims of a token are not an object");
    let claims = scope.eval(claims, Want::One).ok_or_else(nothing)?;
    let Value::Object(claims) = claims.into_stored(scope.state, true) else { return Err(nothing()) };
    jwt::sign(claims, &scope.model.secret)
        .map_err(|error| Outcome::new("internal", format!("a token could not be signed: {error}")))
}
