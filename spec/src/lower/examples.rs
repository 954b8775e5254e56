//! Whether examples and defaults fit their schemas.

use std::collections::HashSet;

use serde_json::Value;

use super::schema_rules::unknown_required;
use super::{ENDLESS, follow, keys};
use crate::contract::{Flavour, MediaType, Schema, SchemaId, Violation};
use crate::{Contract, Diagnostic, Document, Pointer, Severity};

/// Reports examples and defaults that do not fit, and gives their places.
pub(super) fn check(contract: &Contract) -> (Vec<Diagnostic>, HashSet<Pointer>) {
    let mut check = Check {
        contract,
        severity: severity(contract),
        faulty: HashSet::new(),
        unfit: HashSet::new(),
        diagnostics: Vec::new(),
    };
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
    let spoken = contract.conduct.responses.values().flat_map(|one| &one.response.content);
    spoken.for_each(|media| check.media(media, Flavour::Response));
    check.severity = Severity::Error;
    for setting in &contract.settings {
        let at = setting.pointer.child("default");
        if let (Some(schema), Some(default)) = (setting.schema, contract.document.get(&at)) {
            check.value(schema, Flavour::Request, default, &at, DEFAULT);
        }
    }
    (check.diagnostics, check.unfit)
}

/// Whoever writes the vocabulary can correct the document; others' documents are served as they are.
fn severity(contract: &Contract) -> Severity {
    let root = contract.document.root();
    let is_ours =
        contract.is_stateful() || ["x-collections", "x-conduct"].iter().any(|key| root.get(key).is_some());
    if is_ours { Severity::Error } else { Severity::Warning }
}

/// Takes the examples and defaults at those places out of a contract: what is answered instead comes from the schema.
pub(super) fn leave_out(contract: &mut Contract, unfit: &HashSet<Pointer>) {
    for schema in &mut contract.schemas.all {
        let at = &schema.pointer;
        if unfit.contains(&at.child("default")) {
            schema.default = None;
        }
        let list = contract.document.get(&at.child("examples")).and_then(Value::as_array).map_or(0, Vec::len);
        let own = std::iter::once(at.child("example"))
            .chain((0..list).map(|index| at.child("examples").index(index)));
        let own: Vec<Pointer> = own.filter(|place| contract.document.get(place).is_some()).collect();
        if own.iter().any(|place| unfit.contains(place)) {
            let fitting = own.iter().find(|place| !unfit.contains(*place));
            schema.example = fitting.and_then(|place| contract.document.get(place)).cloned();
        }
    }
    inherited(contract);
    let keep = |media: &mut MediaType| media.examples.retain(|one| !unfit.contains(&one.pointer));
    for operation in &mut contract.operations {
        for parameter in &mut operation.parameters {
            let at = &parameter.pointer;
            if unfit
                .iter()
                .any(|place| place.is_within(&at.child("example")) || place.is_within(&at.child("examples")))
            {
                parameter.example = None;
            }
        }
        operation.body.iter_mut().flat_map(|body| &mut body.content).for_each(keep);
        operation.responses.iter_mut().flat_map(|one| &mut one.content).for_each(keep);
    }
    contract.conduct.responses.values_mut().flat_map(|one| &mut one.response.content).for_each(keep);
}

/// What a schema has from a branch of `allOf` need not fit the whole.
fn inherited(contract: &mut Contract) {
    let is_own = |schema: &Schema| {
        ["example", "examples"].iter().any(|key| contract.document.get(&schema.pointer.child(key)).is_some())
    };
    let unfit: Vec<SchemaId> = contract
        .schemas
        .iter()
        .filter(|(_, schema)| schema.example.is_some() && !is_own(schema))
        .filter(|(id, schema)| {
            let example = schema.example.as_ref();
            example.is_some_and(|one| !contract.validators.is_valid(*id, flavour(schema), one))
        })
        .map(|(id, _)| id)
        .collect();
    for id in unfit {
        contract.schemas.all[id.0 as usize].example = None;
    }
}

/// What a property has for an example travels whichever way the property does.
fn flavour(schema: &Schema) -> Flavour {
    if schema.write_only { Flavour::Request } else { Flavour::Response }
}

/// What is held to a schema: the code of its diagnostic, and its name in messages.
type What = (&'static str, &'static str);
const DEFAULT: What = ("default-mismatch", "default");
const EXAMPLE: What = ("example-mismatch", "example");

struct Check<'c> {
    contract: &'c Contract,
    /// How grave it is that an example or a default does not fit.
    severity: Severity,
    /// Where examples and defaults stand that do not fit.
    unfit: HashSet<Pointer>,
    /// Schemas that cannot be used and have been reported.
    faulty: HashSet<SchemaId>,
    diagnostics: Vec<Diagnostic>,
}

impl Check<'_> {
    /// The default and the examples that a schema itself has.
    fn schema(&mut self, id: SchemaId, schema: &Schema) {
        let flavour = flavour(schema);
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
            self.unfit.insert(at.clone());
            let diagnostic = match self.severity {
                Severity::Error => Diagnostic::error(code, message),
                _ => Diagnostic::warning(code, message),
            };
            let diagnostic = diagnostic
                .at_value(document, &place)
                .label(document, &violation.schema, "the rule")
                .help(match self.severity {
                    Severity::Error => format!("correct the {what} or the schema"),
                    _ => format!("correct the {what} or the schema; until then the {what} is not used"),
                });
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
