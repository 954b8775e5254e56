//! Fields that a record has to have, and that a `create` can leave unset.

use super::scope::{Shape, follow_path};
use crate::contract::{Location, Operation, Schema, SchemaId, Step, Verb};
use crate::language::{Expression, Source, TextPart, ValueExpr};
use crate::{Contract, Diagnostic};

/// Warns of creates that valid requests can fail at.
pub(super) fn check(contract: &Contract) -> Vec<Diagnostic> {
    let operations = contract.operations.iter();
    let steps = operations.flat_map(|operation| operation.effect.iter().map(move |step| (operation, step)));
    steps.flat_map(|(operation, step)| unset(contract, operation, step)).collect()
}

fn unset(contract: &Contract, operation: &Operation, step: &Step) -> Vec<Diagnostic> {
    let Verb::Create { set, each, .. } = &step.verb else { return Vec::new() };
    let Some(collection) = step.verb.collection().and_then(|name| contract.collections.get(name)) else {
        return Vec::new();
    };
    let record = contract.schema(collection.schema);
    let comes_by_itself = |one: &Schema| one.assign.is_some() || one.value.is_some() || one.default.is_some();
    let wanted = record
        .required
        .iter()
        .filter(|name| record.properties.get(*name).is_some_and(|id| !comes_by_itself(contract.schema(*id))));
    let request = Request { contract, operation };
    let is_sure = |name: &String| match set {
        // Elements are not looked into.
        None if each.is_some() => true,
        None => request.has(std::slice::from_ref(name)),
        Some(ValueExpr::Object(members)) => {
            members.iter().any(|(member, value)| member == name && request.is_present(value))
        }
        Some(_) => true,
    };
    let missing: Vec<String> = wanted.filter(|name| !is_sure(name)).map(|name| format!("`{name}`")).collect();
    if missing.is_empty() {
        return Vec::new();
    }
    let message = format!(
        "`{}` can leave {} unset, which the records of `{}` require",
        operation.id,
        missing.join(", "),
        collection.name
    );
    let diagnostic = Diagnostic::warning("unset-field", message).at(&contract.document, &step.pointer);
    let schema = record.pointer.child("required");
    let diagnostic = diagnostic.label(&contract.document, &schema, "required here");
    vec![
        diagnostic
            .help("make it required in the request, `set` it, or give the field a `default` or `x-assign`"),
    ]
}

struct Request<'c> {
    contract: &'c Contract,
    operation: &'c Operation,
}

impl Request<'_> {
    /// Whether every valid request has something at that path of its body.
    fn has(&self, path: &[String]) -> bool {
        let Some(body) = &self.operation.body else { return path.is_empty() };
        body.content.iter().all(|media| media.schema.is_none_or(|schema| self.leads(schema, path)))
    }

    /// Whether the path leads nowhere, which is told as that.
    fn is_unknown(&self, path: &[String]) -> bool {
        let content = self.operation.body.iter().flat_map(|body| &body.content);
        let mut schemas = content.filter_map(|media| media.schema);
        schemas.any(|schema| follow_path(self.contract, Shape::Schema(schema), path).is_err())
    }

    fn leads(&self, schema: SchemaId, path: &[String]) -> bool {
        let [name, rest @ ..] = path else { return true };
        let schema = self.contract.schema(schema);
        // What alternatives demand is not looked into.
        if !schema.one_of.is_empty() || !schema.any_of.is_empty() || schema.items.is_some() {
            return true;
        }
        let Some(property) = schema.properties.get(name) else { return schema.required.contains(name) };
        let own = self.contract.schema(*property);
        let is_there = schema.required.contains(name) && !own.read_only || own.default.is_some();
        is_there && self.leads(*property, rest)
    }

    /// Whether a value is there whatever the request. What is not known is taken to be.
    fn is_present(&self, value: &ValueExpr) -> bool {
        match value {
            ValueExpr::Expression(expression) => self.is_given(expression),
            ValueExpr::Text(parts) => parts.iter().all(|part| match part {
                TextPart::Literal(_) => true,
                TextPart::Expression(expression) => self.is_given(expression),
            }),
            ValueExpr::First(values) => values.iter().any(|value| self.is_present(value)),
            ValueExpr::Concat(values) => values.iter().all(|value| self.is_present(value)),
            _ => true,
        }
    }

    fn is_given(&self, expression: &Expression) -> bool {
        let parameter = |location: Location, name: &str| {
            let known =
                self.operation.parameters.iter().find(|one| one.location == location && one.name == name);
            known.is_none_or(|one| one.required || self.contract.schema(one.schema).default.is_some())
        };
        match &expression.source {
            Source::Body => self.is_unknown(&expression.path) || self.has(&expression.path),
            Source::Query(name) => parameter(Location::Query, name),
            _ => true,
        }
    }
}
