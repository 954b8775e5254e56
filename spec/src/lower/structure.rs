//! Whether a document has the structure of OpenAPI: keys, types, references, and keywords in their places.

use serde_json::{Map, Value};

use super::keys;
use super::reference::{Target, place, target};
use super::shapes::{CALLBACK, DOCUMENT, Kind, PATH_ITEM, RESPONSE, SCHEMA, Shape, VOCABULARY};
use super::version::is_31;
use crate::{Diagnostic, Document, Pointer};

/// Every fault of the document's structure, and every place where a schema, or a reference to one, stands.
pub(super) fn check(document: &Document) -> (Vec<Diagnostic>, Vec<Pointer>) {
    let is_31 = is_31(document);
    let mut walk = Walk { document, is_31, schemas: Vec::new(), diagnostics: Vec::new() };
    walk.object(&DOCUMENT, &Pointer::root());
    if document.root().get("paths").is_none() && !is_31 {
        walk.error("missing-key", &Pointer::root(), "a document needs `paths`", "add `paths: {}` at least");
    }
    walk.vocabulary();
    (walk.diagnostics, walk.schemas)
}

/// What to do about a reference that leads to another file.
const BUNDLE: &str = "make one document of all files first, with `redocly bundle` or `swagger-cli bundle`, say: references are resolved inside a document only";

/// A walk through the document along its shapes.
pub(super) struct Walk<'d> {
    pub(super) document: &'d Document,
    pub(super) is_31: bool,
    /// Where schemas stand.
    schemas: Vec<Pointer>,
    diagnostics: Vec<Diagnostic>,
}

impl<'d> Walk<'d> {
    pub(super) fn get(&self, at: &Pointer) -> &'d Value {
        self.document.get(at).unwrap_or(&Value::Null)
    }

    pub(super) fn error(
        &mut self,
        code: &'static str,
        at: &Pointer,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.diagnostics.push(Diagnostic::error(code, message).at(self.document, at).help(help));
    }

    pub(super) fn wrong_type(&mut self, at: &Pointer, wanted: &str) {
        if let Some(text) = self.get(at).get("$ref").and_then(Value::as_str)
            && !text.starts_with('#')
        {
            let message = format!("`{text}` leads out of this document");
            let diagnostic = Diagnostic::error("remote-reference", message).help(BUNDLE);
            return self.report(diagnostic.at_value(self.document, &at.child("$ref")));
        }
        let found = describe(self.get(at));
        let name = at.last().unwrap_or_default();
        let help = match self.get(at) {
            value @ (Value::Number(_) | Value::Bool(_)) if wanted == "a text" => {
                format!("put it in quotes: `\"{value}\"`")
            }
            _ => format!("write {wanted}"),
        };
        let message = format!("`{name}` is {found}, but {wanted} belongs here");
        self.diagnostics
            .push(Diagnostic::error("wrong-type", message).at_value(self.document, at).help(help));
    }

    pub(super) fn report(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    fn kind(&mut self, kind: Kind, at: &Pointer) {
        let value = self.get(at);
        match kind {
            Kind::Any => {}
            Kind::Text if !value.is_string() => self.wrong_type(at, "a text"),
            Kind::Boolean if !value.is_boolean() => self.wrong_type(at, "`true` or `false`"),
            Kind::Integer if !value.is_u64() => self.wrong_type(at, "a whole number from 0"),
            Kind::Number if !value.is_number() => self.wrong_type(at, "a number"),
            Kind::Text | Kind::Boolean | Kind::Integer | Kind::Number => {}
            Kind::OneOf(allowed) => self.one_of(allowed, at),
            Kind::List(inner) => match value {
                Value::Array(items) => (0..items.len()).for_each(|i| self.kind(*inner, &at.index(i))),
                _ => self.wrong_type(at, "a list"),
            },
            Kind::Map(inner) => match value {
                Value::Object(map) => map.keys().for_each(|key| self.kind(*inner, &at.child(key))),
                _ => self.wrong_type(at, "a mapping"),
            },
            Kind::Object(shape) => self.object(shape, at),
            Kind::Schema => self.schema(at),
            Kind::SchemaOrBoolean => {
                if !value.is_boolean() {
                    self.schema(at);
                }
            }
            Kind::Callback => self.callback(at),
            Kind::Paths => self.paths(at),
            Kind::Responses => self.responses(at),
        }
    }

    pub(super) fn one_of(&mut self, allowed: &[&str], at: &Pointer) {
        let Some(text) = self.get(at).as_str() else { return self.wrong_type(at, "a text") };
        if allowed.contains(&text) {
            return;
        }
        let help = match closest(text, allowed.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("expected one of `{}`", allowed.join("`, `")),
        };
        let name = at.last().unwrap_or_default();
        self.diagnostics.push(
            Diagnostic::error("wrong-value", format!("`{name}` cannot be `{text}`"))
                .at_value(self.document, at)
                .help(help),
        );
    }

    fn object(&mut self, shape: &'static Shape, at: &Pointer) {
        let Value::Object(map) = self.get(at) else { return self.wrong_type(at, shape.what) };
        if shape.referable && map.contains_key("$ref") {
            return self.reference(map, shape, at);
        }
        if let Some(text) = map.get("$ref").and_then(Value::as_str) {
            return self.reference_nowhere(text, shape, &at.child("$ref"));
        }
        for key in map.keys() {
            let here = at.child(key);
            if let Some((_, kind)) = shape.keys.iter().find(|(known, _)| known == key) {
                self.kind(*kind, &here);
            } else if key.starts_with("x-") {
                self.extension(key, shape, &here);
            } else {
                self.unknown_key(key, shape, &here);
            }
        }
        if let Some(rule) = shape.rule {
            rule(self, at);
        }
        for required in shape.required {
            // A key that is nearly the one that is missing has been reported.
            let is_misspelt = map.keys().any(|key| {
                shape.keys.iter().all(|(known, _)| known != key)
                    && !key.starts_with("x-")
                    && closest(key, shape.keys.iter().map(|(known, _)| *known)) == Some(*required)
            });
            let excused = is_misspelt || self.is_31 && *required == "responses";
            if !map.contains_key(*required) && !excused {
                let what = shape.what;
                self.error(
                    "missing-key",
                    at,
                    format!("{what} needs `{required}`"),
                    format!("add `{required}:`"),
                );
            }
        }
    }

    fn extension(&mut self, key: &str, shape: &Shape, at: &Pointer) {
        if shape.vocabulary.contains(&key) {
            return;
        }
        if VOCABULARY.contains(&key) {
            let what = shape.what;
            let help = "VOCABULARY.md says where each keyword stands";
            return self.error("misplaced-keyword", at, format!("`{key}` means nothing in {what}"), help);
        }
        if let Some(near) = closest(key, VOCABULARY.into_iter()) {
            let help = format!("did you mean `{near}`?");
            self.error("unknown-keyword", at, format!("`{key}` is not a keyword of the vocabulary"), help);
        }
    }

    fn unknown_key(&mut self, key: &str, shape: &Shape, at: &Pointer) {
        let what = shape.what;
        let message = format!("`{key}` is not a key of {what}");
        let help = match closest(key, shape.keys.iter().map(|(known, _)| *known)) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "remove it, or begin its name with `x-`".to_owned(),
        };
        self.error("unknown-key", at, message, help);
    }

    fn reference(&mut self, map: &Map<String, Value>, shape: &Shape, at: &Pointer) {
        let here = at.child("$ref");
        match map["$ref"].as_str() {
            None => self.wrong_type(&here, "a text such as `#/components/schemas/NAME`"),
            Some(text) => self.reference_target(text, shape, &here),
        }
        let siblings = map.keys().filter(|key| *key != "$ref");
        let is_schema = std::ptr::eq(shape, &raw const SCHEMA);
        let mut ignored = siblings
            .filter(|key| !(self.is_31 && (is_schema || ["summary", "description"].contains(&key.as_str()))));
        if let Some(key) = ignored.next() {
            let message = format!("`{key}` stands beside a `$ref` and is ignored");
            let diagnostic = Diagnostic::warning("reference-siblings", message)
                .at(self.document, &at.child(key))
                .help(if is_schema {
                    "wrap the reference: `allOf: [ { $ref: … } ]`"
                } else {
                    "say it where the reference leads"
                });
            self.diagnostics.push(diagnostic);
        }
    }

    /// Reports a reference where OpenAPI has none; what it leads to is not known, so nothing else is said.
    fn reference_nowhere(&mut self, text: &str, shape: &Shape, here: &Pointer) {
        let message = format!("`$ref` cannot stand in {}, where OpenAPI has no references", shape.what);
        let diagnostic = if text.starts_with('#') {
            Diagnostic::error("unknown-key", message).help("write here what it refers to")
        } else {
            Diagnostic::error("remote-reference", format!("`{text}` leads out of this document")).help(BUNDLE)
        };
        self.report(diagnostic.at_value(self.document, here));
    }

    /// The parts of OpenAPI inside the vocabulary's keywords.
    fn vocabulary(&mut self) {
        let entries = |at: Pointer, part: &str| -> Vec<Pointer> {
            keys(self.document, &at).iter().map(|name| at.child(name).child(part)).collect()
        };
        let settings = entries(Pointer::root().child("x-settings"), "schema");
        let responses = entries(Pointer::root().child("x-conduct").child("responses"), "response");
        for at in settings.iter().filter(|at| self.document.get(at).is_some()) {
            self.schema(at);
        }
        for at in responses.iter().filter(|at| self.document.get(at).is_some_and(Value::is_object)) {
            self.object(&RESPONSE, at);
        }
    }

    fn reference_target(&mut self, text: &str, shape: &Shape, here: &Pointer) {
        let diagnostic = match target(self.document, text) {
            Target::Found(place) => return self.reference_kind(text, &place, shape, here),
            // What is wrong further on is reported there.
            Target::Missing | Target::Remote if self.leads_on(text) => return,
            Target::Missing => Diagnostic::error("dangling-reference", format!("nothing stands at `{text}`"))
                .help(self.nearest_component(text)),
            Target::Remote => {
                Diagnostic::error("remote-reference", format!("`{text}` leads out of this document"))
                    .help(BUNDLE)
            }
            Target::Cycle(first) if first != *here => return,
            Target::Cycle(_) => {
                Diagnostic::error("reference-cycle", format!("`{text}` leads back to itself"))
                    .help("point it at a definition")
            }
            Target::Far => {
                Diagnostic::error("reference-cycle", format!("`{text}` leads through too many references"))
                    .help("point it at the definition itself")
            }
        };
        self.report(diagnostic.at_value(self.document, here));
    }

    /// Whether something stands where a reference points, be it a further reference.
    fn leads_on(&self, text: &str) -> bool {
        text.strip_prefix('#').and_then(place).is_some_and(|at| self.document.get(&at).is_some())
    }

    /// Reports a reference to a component of another kind.
    fn reference_kind(&mut self, text: &str, place: &Pointer, shape: &Shape, here: &Pointer) {
        let tokens: Vec<String> = place.tokens().collect();
        if let [components, section, _] = tokens.as_slice()
            && components == "components"
            && !shape.section.is_empty()
            && section != shape.section
        {
            let message = format!("`{text}` is one of `{section}`, but {} belongs here", shape.what);
            let help = format!("refer to something under `#/components/{}/`", shape.section);
            self.report(
                Diagnostic::error("wrong-reference", message).at_value(self.document, here).help(help),
            );
        }
    }

    fn nearest_component(&self, text: &str) -> String {
        let (parent, name) = text.rsplit_once('/').unwrap_or(("", text));
        let names = Pointer::parse(parent.trim_start_matches('#')).and_then(|at| self.get(&at).as_object());
        let near = names.and_then(|map| closest(name, map.keys().map(String::as_str)).map(str::to_owned));
        match near {
            Some(near) => format!("did you mean `{parent}/{near}`?"),
            None => format!("define `{name}`, or correct the reference"),
        }
    }

    fn schema(&mut self, at: &Pointer) {
        let Value::Object(map) = self.get(at) else {
            if !(self.is_31 && self.get(at).is_boolean()) {
                self.wrong_type(at, "a schema");
            }
            return;
        };
        self.schemas.push(at.clone());
        if map.contains_key("$ref") {
            self.reference(map, &SCHEMA, at);
            if !self.is_31 {
                return;
            }
        }
        for key in map.keys().filter(|key| *key != "$ref") {
            let here = at.child(key);
            match SCHEMA.keys.iter().find(|(known, _)| known == key) {
                Some((_, kind)) => self.kind(*kind, &here),
                None if key.starts_with("x-") => self.extension(key, &SCHEMA, &here),
                None if self.is_31 => {}
                None => self.unknown_key(key, &SCHEMA, &here),
            }
        }
        self.schema_rules(map, at);
    }

    fn paths(&mut self, at: &Pointer) {
        let Value::Object(map) = self.get(at) else {
            return self.wrong_type(at, "a mapping from paths to path items");
        };
        for path in map.keys().filter(|path| !path.starts_with("x-")) {
            let here = at.child(path);
            if !path.starts_with('/') {
                self.error(
                    "path-syntax",
                    &here,
                    format!("the path `{path}` does not begin with `/`"),
                    format!("write `/{path}`"),
                );
            }
            self.object(&PATH_ITEM, &here);
        }
    }

    fn callback(&mut self, at: &Pointer) {
        match self.get(at) {
            Value::Object(map) if map.contains_key("$ref") => self.reference(map, &CALLBACK, at),
            Value::Object(map) => map
                .keys()
                .filter(|key| !key.starts_with("x-"))
                .for_each(|key| self.object(&PATH_ITEM, &at.child(key))),
            _ => self.wrong_type(at, "a mapping from expressions to path items"),
        }
    }

    fn responses(&mut self, at: &Pointer) {
        let Value::Object(map) = self.get(at) else {
            return self.wrong_type(at, "a mapping from status codes to responses");
        };
        for status in map.keys().filter(|status| !status.starts_with("x-")) {
            let here = at.child(status);
            if super::operation::status(status).is_none() {
                let help = "write a code from 100 to 599, a range such as `4XX`, or `default`";
                self.error("status-code", &here, format!("`{status}` is not a status code"), help);
            }
            self.object(&RESPONSE, &here);
        }
        if map.is_empty() {
            self.error("missing-key", at, "an operation needs a response", "add the response of its success");
        }
    }
}

/// The candidate that `word` is probably a misspelling of.
pub(crate) fn closest<'c>(word: &str, candidates: impl Iterator<Item = &'c str>) -> Option<&'c str> {
    let budget = (word.chars().count() / 4).clamp(1, 3);
    candidates
        .map(|candidate| {
            (strsim::damerau_levenshtein(&word.to_lowercase(), &candidate.to_lowercase()), candidate)
        })
        .filter(|(distance, _)| *distance <= budget)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// A value in words, for messages.
pub(super) fn describe(value: &Value) -> String {
    match value {
        Value::Null => "empty".to_owned(),
        Value::Bool(boolean) => format!("`{boolean}`"),
        Value::Number(number) => format!("the number {number}"),
        Value::String(text) if text.chars().count() <= 40 => format!("the text `{text}`"),
        Value::String(_) => "a text".to_owned(),
        Value::Array(_) => "a list".to_owned(),
        Value::Object(_) => "a mapping".to_owned(),
    }
}
