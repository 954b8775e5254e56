//! What a step writes: `set`, or the body, as fields of a record.

use serde_json::{Map, Value};
use tercet_spec::language::ValueExpr;

use super::run::Failure;
use crate::model::Field;
use crate::outcome::Outcome;
use crate::scope::{Scope, Want};

/// Fields to write, and who chose them.
pub(super) struct Written {
    pub(super) fields: Map<String, Value>,
    /// The document names each field (`set` is a mapping); otherwise the client does, who has no say in assigned ones.
    pub(super) by_document: bool,
}

impl Written {
    /// Whether the document itself gives this field a value.
    pub(super) fn names(&self, field: &str) -> bool {
        self.by_document && self.fields.contains_key(field)
    }
}

/// Evaluates `set`, the body when there is none. What the record's schema does not know is dropped unless it is open.
pub(super) fn written<'a>(
    scope: &Scope<'a>,
    collection: usize,
    set: Option<&'a ValueExpr>,
) -> Result<Written, Failure> {
    let model = &scope.model.collections[collection];
    if let Some(ValueExpr::Object(members)) = set {
        let mut fields = Map::new();
        for (name, value) in members {
            let field = model.field(name);
            if !is_stored(field, model.open) {
                continue;
            }
            let many = field.is_some_and(|field| field.many);
            if let Some(value) = scope.eval(value, if many { Want::Many } else { Want::One }) {
                let reference = field.is_some_and(|field| field.reference.is_some());
                fields.insert(name.clone(), value.into_stored(scope.state, reference));
            }
        }
        return Ok(Written { fields, by_document: true });
    }
    let value = match set {
        Some(set) => scope.eval(set, Want::One).map(|value| value.into_json()),
        None => scope.inputs.body.clone(),
    };
    let mut fields = match value {
        Some(Value::Object(fields)) => fields,
        None | Some(Value::Null) => Map::new(),
        Some(_) => return Err(Outcome::invalid("the body must be an object").into()),
    };
    fields.retain(|name, _| {
        let field = model.field(name);
        is_stored(field, model.open) && !field.is_some_and(|field| field.assign.is_some() || field.read_only)
    });
    Ok(Written { fields, by_document: false })
}

fn is_stored(field: Option<&Field>, open: bool) -> bool {
    field.map_or(open, |field| field.derived.is_none())
}
