//! What a schema wants of a scalar, and other scalars read as that (`x-conduct.trim`, `x-conduct.coerce`).

use serde_json::{Number, Value};
use tercet_spec::Contract;
use tercet_spec::contract::{SchemaId, Type};

use crate::decode;

/// What a schema, with its branches, wants of a scalar.
#[derive(Debug, Default)]
pub(super) struct Scalar {
    /// Empty where anything is wanted.
    pub(super) types: Vec<Type>,
    /// A password keeps its blanks.
    pub(super) secret: bool,
}

impl Scalar {
    pub(super) fn new(contract: &Contract, id: SchemaId) -> Self {
        let schema = contract.schema(id);
        let branches = schema.one_of.iter().chain(&schema.any_of).filter(|branch| **branch != id);
        let mut all = vec![schema];
        all.extend(branches.map(|branch| contract.schema(*branch)));
        let mut types = schema.types.clone();
        if types.is_empty() && all[1..].iter().all(|branch| !branch.types.is_empty()) {
            types = all[1..].iter().flat_map(|branch| branch.types.iter().copied()).collect();
        }
        Self { types, secret: all.iter().any(|one| one.format.as_deref() == Some("password")) }
    }

    /// A scalar of a type that is not wanted, as one that is; `None` where it stays what it is.
    pub(super) fn coerced(&self, value: &Value) -> Option<Value> {
        let wants = |kind: Type| self.types.contains(&kind);
        match value {
            Value::String(_) if wants(Type::String) => None,
            Value::String(text) => self.read(text),
            Value::Number(_) if wants(Type::Number) || wants(Type::Integer) => None,
            Value::Number(number) if wants(Type::String) => Some(number.to_string().into()),
            Value::Number(number) if wants(Type::Boolean) => flag(number).map(Value::Bool),
            _ => None,
        }
    }

    fn read(&self, text: &str) -> Option<Value> {
        self.types.iter().find_map(|wanted| match wanted {
            Type::Integer => decode::integer(text).map(Value::Number),
            Type::Number => decode::number(text).map(Value::Number),
            Type::Boolean if text == "1" || text.eq_ignore_ascii_case("true") => Some(Value::Bool(true)),
            Type::Boolean if text == "0" || text.eq_ignore_ascii_case("false") => Some(Value::Bool(false)),
            _ => None,
        })
    }
}

fn flag(number: &Number) -> Option<bool> {
    match number.as_f64() {
        Some(1.0) => Some(true),
        Some(0.0) => Some(false),
        _ => None,
    }
}
