//! Whether examples, defaults and seeds fit their schemas, and whether the schemas can be compiled.

use serde_json::Value;

use crate::contract::{Example, Flavour, MediaType, SchemaId};
use crate::{Contract, Diagnostic, Pointer};

/// Reports examples and defaults that do not fit.
pub(super) fn check(contract: &Contract) -> Vec<Diagnostic> {
    let mut check = Check { contract, diagnostics: Vec::new() };
    for (id, schema) in contract.schemas.iter() {
        // A default or an example of a property travels whichever way the property does.
        let flavour = if schema.write_only { Flavour::Request } else { Flavour::Response };
        if let Some(default) = &schema.default {
            check.value(
                id,
                flavour,
                default,
                &schema.pointer.child("default"),
                "default-mismatch",
                "default",
            );
        }
        if let Some(example) = &schema.example {
            let mut at = schema.pointer.child("example");
            if contract.document.get(&at).is_none() {
                at = schema.pointer.child("examples").index(0);
            }
            if contract.document.get(&at).is_some() {
                check.value(id, flavour, example, &at, "example-mismatch", "example");
            }
        }
    }
    for operation in &contract.operations {
        for parameter in &operation.parameters {
            let at = parameter.pointer.child("example");
            if let (Some(example), Some(_)) = (&parameter.example, contract.document.get(&at)) {
                check.value(parameter.schema, Flavour::Request, example, &at, "example-mismatch", "example");
            }
        }
        let bodies = operation.body.iter().flat_map(|body| &body.content);
        bodies.for_each(|media| check.media(media, Flavour::Request));
        let answers = operation.responses.iter().flat_map(|response| &response.content);
        answers.for_each(|media| check.media(media, Flavour::Response));
    }
    for setting in &contract.settings {
        if let Some(schema) = setting.schema {
            check.value(
                schema,
                Flavour::Request,
                &setting.default,
                &setting.pointer.child("default"),
                "default-mismatch",
                "default",
            );
        }
    }
    check.diagnostics
}

struct Check<'c> {
    contract: &'c Contract,
    diagnostics: Vec<Diagnostic>,
}

impl Check<'_> {
    fn media(&mut self, media: &MediaType, flavour: Flavour) {
        let is_json = media.name.contains("json") || media.name == "*/*";
        let Some(schema) = media.schema.filter(|_| is_json) else { return };
        for example in &media.examples {
            // A template's expressions have no value yet: only examples that are what they say can be held to a schema.
            if example.template.is_none() || is_constant(example) {
                self.value(schema, flavour, &example.raw, &example.pointer, "example-mismatch", "example");
            }
        }
    }

    fn value(
        &mut self,
        schema: SchemaId,
        flavour: Flavour,
        value: &Value,
        at: &Pointer,
        code: &'static str,
        what: &str,
    ) {
        if let Some(fault) = self.contract.validators.fault(schema, flavour) {
            let at = &self.contract.schema(schema).pointer;
            let diagnostic = Diagnostic::error("bad-schema", format!("this schema cannot be used: {fault}"));
            self.diagnostics
                .push(diagnostic.at(&self.contract.document, at).help("correct it by JSON Schema 2020-12"));
            return;
        }
        for violation in self.contract.validators.violations(schema, flavour, value) {
            let place = at.join(violation.instance.as_str());
            let inside = violation.instance.last().map_or(String::new(), |name| format!("`{name}` "));
            let message = format!("the {what} does not fit its schema: {inside}{}", violation.message);
            let diagnostic = Diagnostic::error(code, message)
                .at_value(&self.contract.document, &place)
                .label(&self.contract.document, &violation.schema, "the rule")
                .help(format!("correct the {what} or the schema"));
            self.diagnostics.push(diagnostic);
        }
    }
}

fn is_constant(example: &Example) -> bool {
    let mut constant = true;
    if let Some(template) = &example.template {
        template.expressions(&mut |_| constant = false);
        template.selections(&mut |_| constant = false);
    }
    constant
}
