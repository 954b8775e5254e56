//! What a step writes: `set`, or the body, as fields of a record.

use serde_json::{Map, Value};
use tercet_spec::language::ValueExpr;

use super::request::Request;
use super::run::Failure;
use crate::model::Field;
use crate::outcome::Outcome;
use crate::scope::{Bound, Scope, Want};

/// Fields to write, and who chose them.
pub(super) struct Written<'a> {
    pub(super) fields: Map<String, Value>,
    /// The assigned fields to which the document itself gives a value (`set` is a mapping). Otherwise the client chooses
    /// the fields, who has no say in assigned ones.
    pub(super) chosen: Vec<&'a str>,
}

/// Evaluates `set`, the body when there is none. What the record's schema does not know is dropped unless it is open.
pub(super) fn written<'a, 's: 'a>(
    request: &Request<'_>,
    scope: &Scope<'a>,
    collection: usize,
    set: Option<&'s ValueExpr>,
) -> Result<Written<'s>, Failure> {
    let model = &scope.model.collections[collection];
    if let Some(ValueExpr::Object(members)) = set {
        let (mut fields, mut chosen) = (Map::new(), Vec::new());
        for (name, value) in members {
            let field = model.field(name);
            if !is_stored(field, model.open) {
                continue;
            }
            let many = field.is_some_and(|field| field.many);
            if let Some(value) = scope.eval(value, if many { Want::Many } else { Want::One }) {
                let reference = field.is_some_and(|field| field.reference.is_some());
                fields.insert(name.clone(), value.into_stored(scope.state, reference));
                if field.is_some_and(|field| field.assign.is_some()) {
                    chosen.push(name.as_str());
                }
            }
        }
        return Ok(Written { fields, chosen });
    }
    let is_written = |name: &str| {
        let field = model.field(name);
        is_stored(field, model.open) && !field.is_some_and(|field| field.assign.is_some() || field.read_only)
    };
    let value = match set {
        Some(set) => scope.eval(set, Want::One).map(Bound::into_json),
        None => request.take_body().or_else(|| scope.inputs.body.clone()),
    };
    let mut fields = match value {
        Some(Value::Object(fields)) => fields,
        None | Some(Value::Null) => Map::new(),
        Some(_) => return Err(Outcome::invalid("the body must be an object").into()),
    };
    fields.retain(|name, _| is_written(name));
    Ok(Written { fields, chosen: Vec::new() })
}

fn is_stored(field: Option<&Field>, open: bool) -> bool {
    field.map_or(open, |field| field.derived.is_none())
}
