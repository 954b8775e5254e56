//! Whether the records a collection starts with are ones that a create could have made.

use std::collections::HashMap;

use serde_json::{Map, Value};

use crate::contract::{Collection, Flavour, Schema};
use crate::language::ValueExpr;
use crate::{Contract, Diagnostic, Pointer};

/// Reports seeds that break their schema, take a place twice, or refer to records that are not there.
pub(super) fn check(contract: &Contract) -> Vec<Diagnostic> {
    let mut check = Check { contract, diagnostics: Vec::new() };
    for collection in contract.collections.values() {
        for (index, seed) in collection.seed.iter().enumerate() {
            check.record(collection, seed, &collection.pointer.child("seed").index(index));
        }
        check.uniqueness(collection);
    }
    check.diagnostics
}

struct Check<'c> {
    contract: &'c Contract,
    diagnostics: Vec<Diagnostic>,
}

impl Check<'_> {
    fn report(&mut self, at: &Pointer, message: String, help: impl Into<String>) {
        let document = &self.contract.document;
        self.diagnostics.push(Diagnostic::error("seed-mismatch", message).at_value(document, at).help(help));
    }

    fn record(&mut self, collection: &Collection, seed: &ValueExpr, at: &Pointer) {
        let ValueExpr::Object(members) = seed else { return };
        let contract = self.contract;
        let schema = contract.schema(collection.schema);
        for (name, value) in members {
            let (Some(property), Some(value)) = (schema.properties.get(name), value.constant()) else {
                continue;
            };
            let here = at.child(name);
            for violation in contract.validators.violations(*property, Flavour::Request, &value) {
                let document = &contract.document;
                let diagnostic = Diagnostic::error(
                    "seed-mismatch",
                    format!("the seed does not fit its schema: `{name}` {}", violation.message),
                )
                .at_value(document, &here.join(violation.instance.as_str()))
                .label(document, &violation.schema, "the rule")
                .help("correct the seed or the schema");
                self.diagnostics.push(diagnostic);
            }
            self.reference(contract.schema(*property), &value, &here);
        }
        self.missing(schema, members, at);
    }

    fn missing(&mut self, schema: &Schema, members: &[(String, ValueExpr)], at: &Pointer) {
        for name in &schema.required {
            let Some(property) = schema.properties.get(name).map(|id| self.contract.schema(*id)) else {
                continue;
            };
            let comes_by_itself =
                property.assign.is_some() || property.value.is_some() || property.default.is_some();
            if !comes_by_itself && !members.iter().any(|(member, _)| member == name) {
                let help = format!("add `{name}`, or give the property `x-assign` or a `default`");
                self.report(at, format!("this seed has no `{name}`, which is required"), help);
            }
        }
    }

    /// Reports keys that no seed of the collection referred to has.
    fn reference(&mut self, property: &Schema, value: &Value, at: &Pointer) {
        let Some(reference) = &property.reference else { return };
        let Some(target) = self.contract.collections.get(&reference.to) else { return };
        let keys: Option<Vec<Value>> = target.seed.iter().map(|seed| member(seed, &target.key)).collect();
        // Keys that are assigned at the start cannot be known here.
        let Some(keys) = keys else { return };
        let named: Vec<(Pointer, &Value)> = match value {
            Value::Array(items) => {
                items.iter().enumerate().map(|(index, item)| (at.index(index), item)).collect()
            }
            one => vec![(at.clone(), one)],
        };
        for (at, key) in named.into_iter().filter(|(_, key)| !key.is_null() && !keys.contains(key)) {
            let message = format!("no seed of `{}` has the key {key}", reference.to);
            self.report(
                &at,
                message,
                format!("add it to the seeds of `{}`, or correct the key", reference.to),
            );
        }
    }

    fn uniqueness(&mut self, collection: &Collection) {
        let key = vec![collection.key.clone()];
        for fields in std::iter::once(&key).chain(&collection.unique) {
            let mut met: HashMap<String, usize> = HashMap::new();
            for (index, seed) in collection.seed.iter().enumerate() {
                let values: Option<Vec<Value>> = fields.iter().map(|field| member(seed, field)).collect();
                let Some(values) = values.filter(|values| !values.iter().all(Value::is_null)) else {
                    continue;
                };
                let folded = collection.ignore_case.iter().any(|field| fields.contains(field));
                let text = Value::Array(values).to_string();
                let text = if folded { text.to_lowercase() } else { text };
                let Some(first) = met.insert(text, index) else { continue };
                let at = collection.pointer.child("seed");
                let last = fields.last().map_or("", String::as_str);
                let message = format!("another seed has the same `{}`", fields.join("` and `"));
                let diagnostic = Diagnostic::error("seed-conflict", message)
                    .at_value(&self.contract.document, &at.index(index).child(last))
                    .label(&self.contract.document, &at.index(first).child(last), "this one")
                    .help("change one of them");
                self.diagnostics.push(diagnostic);
            }
        }
    }
}

/// The constant value of a seed's member.
fn member(seed: &ValueExpr, name: &str) -> Option<Value> {
    let Value::Object(map) = constant_members(seed)? else { return None };
    map.get(name).cloned()
}

fn constant_members(seed: &ValueExpr) -> Option<Value> {
    let ValueExpr::Object(members) = seed else { return None };
    let constant = members.iter().filter_map(|(name, value)| Some((name.clone(), value.constant()?)));
    Some(Value::Object(constant.collect::<Map<_, _>>()))
}
