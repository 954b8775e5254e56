//! Whether examples and defaults fit their schemas.

use std::collections::HashSet;

use serde_json::Value;

use super::schema_rules::unknown_required;
use super::{ENDLESS, follow, keys};
use crate::contract::{Flavour, MediaType, Schema, SchemaId, Violation};
use crate::{Contract, Diagnostic, Document, Pointer};

/// Reports examples and defaults that do not fit.
pub(super) fn check(contract: &Contract) -> Vec<Diagnostic> {
    let mut check = Check { contract, faulty: HashSet::new(), diagnostics: Vec::new() };
    for (id, schema) in contract.schemas.iter() {
        check.schema(id, schema);
    }
    for operation in &contract.operations {
        for parameter in &operation.parameters {
            check.examples(parameter.schema, &parameter.pointer);
        }
        let bodies = operation.body.iter().flat_map(|body| &body.content);
        bodies.for_each(|media| check.media(media, Flavour::Request));
        let answers = operation.responses.iter().flat_map(|response| &response.content);
        answers.for_each(|media| check.media(media, Flavour::Response));
    }
    for setting in &contract.settings {
        let at = setting.pointer.child("default");
        if let (Some(schema), Some(default)) = (setting.schema, contract.document.get(&at)) {
            check.value(schema, Flavour::Request, default, &at, DEFAULT);
        }
    }
    check.diagnostics
}

/// What is held to a schema: the code of its diagnostic, and its name in messages.
type What = (&'static str, &'static str);
const DEFAULT: What = ("default-mismatch", "default");
const EXAMPLE: What = ("example-mismatch", "example");

struct Check<'c> {
    contract: &'c Contract,
    /// Schemas that cannot be used and have been reported.
    faulty: HashSet<SchemaId>,
    diagnostics: Vec<Diagnostic>,
}

impl Check<'_> {
    /// The default and the examples that a schema itself has.
    fn schema(&mut self, id: SchemaId, schema: &Schema) {
        // What a property has for an example travels whichever way the property does.
        let flavour = if schema.write_only { Flavour::Request } else { Flavour::Response };
        let document = &self.contract.document;
        for (key, what) in [("default", DEFAULT), ("example", EXAMPLE)] {
            let at = schema.pointer.child(key);
            if let Some(value) = document.get(&at) {
                self.value(id, flavour, value, &at, what);
            }
        }
        let list = schema.pointer.child("examples");
        for (index, value) in document.get(&list).and_then(Value::as_array).into_iter().flatten().enumerate()
        {
            self.value(id, flavour, value, &list.index(index), EXAMPLE);
        }
    }

    /// The examples that stand beside a parameter's schema.
    fn examples(&mut self, id: SchemaId, at: &Pointer) {
        let document = &self.contract.document;
        if let Some(value) = document.get(&at.child("example")) {
            self.value(id, Flavour::Request, value, &at.child("example"), EXAMPLE);
        }
        for name in keys(document, &at.child("examples")) {
            let place =
                follow(document, &at.child("examples").child(&name)).map(|place| place.child("value"));
            if let Some((place, value)) = place.and_then(|place| Some((place.clone(), document.get(&place)?)))
            {
                self.value(id, Flavour::Request, value, &place, EXAMPLE);
            }
        }
    }

    fn media(&mut self, media: &MediaType, flavour: Flavour) {
        let Some(schema) = media.schema else { return };
        let is_json = media.name.contains("json") || media.name == "*/*";
        let is_form = media.name.contains("form");
        for example in &media.examples {
            if !(is_json || is_form && example.raw.is_object()) {
                continue;
            }
            // A template's expressions have no value yet: only examples that are what they say can be held to a schema.
            match &example.template {
                None => self.value(schema, flavour, &example.raw, &example.pointer, EXAMPLE),
                Some(template) => {
                    if let Some(value) = template.constant() {
                        self.value(schema, flavour, &value, &example.pointer, EXAMPLE);
                    }
                }
            }
        }
    }

    fn value(&mut self, schema: SchemaId, flavour: Flavour, value: &Value, at: &Pointer, (code, what): What) {
        let document = &self.contract.document;
        if let Some(fault) = self.contract.validators.fault(schema, flavour) {
            // The cycle check has reported what has no end.
            if fault != ENDLESS && self.faulty.insert(schema) {
                let diagnostic =
                    Diagnostic::error("bad-schema", format!("this schema cannot be used: {fault}"));
                let place = &self.contract.schema(schema).pointer;
                self.diagnostics
                    .push(diagnostic.at(document, place).help("correct it by JSON Schema 2020-12"));
            }
            return;
        }
        for violation in self.contract.validators.violations(schema, flavour, value) {
            if is_misspelt_name(document, &violation) {
                continue;
            }
            let place = at.join(violation.instance.as_str());
            let inside = violation.instance.last().map_or("it ".to_owned(), |name| format!("`{name}` "));
            let message = format!("the {what} does not fit its schema: {inside}{}", violation.message);
            let diagnostic = Diagnostic::error(code, message)
                .at_value(document, &place)
                .label(document, &violation.schema, "the rule")
                .help(format!("correct the {what} or the schema"));
            self.diagnostics.push(diagnostic);
        }
    }
}

/// Whether what is missing is a name that no property has: that has been said of the schema.
fn is_misspelt_name(document: &Document, violation: &Violation) -> bool {
    violation.rule == "required"
        && violation.schema.parent().is_some_and(|schema| {
            unknown_required(document, &schema).iter().any(|(_, name)| violation.limit == name.as_str())
        })
}
