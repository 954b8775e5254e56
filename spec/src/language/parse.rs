//! Reads values, predicates and selections out of a document, and reports everything it does not understand.

use serde_json::Value;

use super::{
    Checksum, Clause, CollectionName, EpochUnit, Expression, Page, Predicate, Selection, Sort, Subject, Test,
    TextPart, ValueExpr, Word,
};
use crate::lower::{check_pattern, closest};
use crate::{Diagnostic, Document, Pointer};

/// The members of a mapping that make it a selection.
const SELECTION_KEYS: [&str; 5] = ["in", "where", "sort", "page", "pick"];
const WORDS: [&str; 11] = [
    "enum",
    "not",
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "search",
    "equalsIgnoreCase",
    "startsWith",
    "pattern",
    "present",
];

/// Which way an order goes, in either case of letters.
const DIRECTIONS: [&str; 4] = ["asc", "desc", "ascending", "descending"];

/// A reader of one document. Whatever it cannot read becomes a diagnostic and an empty thing.
pub(crate) struct Reader<'d> {
    document: &'d Document,
    diagnostics: Vec<Diagnostic>,
}

impl<'d> Reader<'d> {
    pub(crate) fn new(document: &'d Document) -> Self {
        Self { document, diagnostics: Vec::new() }
    }

    pub(crate) fn into_diagnostics(self) -> Vec<Diagnostic> {
        self.diagnostics
    }

    fn get(&self, at: &Pointer) -> &'d Value {
        self.document.get(at).unwrap_or(&Value::Null)
    }

    fn fault(&mut self, code: &'static str, at: &Pointer, message: String, help: impl Into<String>) {
        self.diagnostics.push(Diagnostic::error(code, message).at_value(self.document, at).help(help));
    }

    /// As [`fault`](Self::fault), about a key rather than what it names.
    fn key_fault(&mut self, code: &'static str, at: &Pointer, message: String, help: impl Into<String>) {
        self.diagnostics.push(Diagnostic::error(code, message).at(self.document, at).help(help));
    }

    /// A [value](crate::language::ValueExpr).
    pub(crate) fn value(&mut self, at: &Pointer) -> ValueExpr {
        match self.get(at) {
            Value::String(text) => self.text(text, at),
            Value::Array(items) => {
                ValueExpr::List((0..items.len()).map(|i| self.value(&at.index(i))).collect())
            }
            Value::Object(map) => self.object(map, at),
            other => ValueExpr::Literal(other.clone()),
        }
    }

    fn object(&mut self, map: &serde_json::Map<String, Value>, at: &Pointer) -> ValueExpr {
        if let (1, Some((key, inner))) = (map.len(), map.iter().next()) {
            let inner_at = at.child(key);
            match key.as_str() {
                "first" if inner.is_array() => return ValueExpr::First(self.values(&inner_at)),
                "concat" if inner.is_array() => return ValueExpr::Concat(self.values(&inner_at)),
                "percent-encode" => return ValueExpr::PercentEncode(Box::new(self.value(&inner_at))),
                "http-date" => return ValueExpr::HttpDate(Box::new(self.value(&inner_at))),
                // An object may have such a member: only this shape of it is a time.
                "after" => {
                    if let Some((unit, seconds)) = after_unit(inner) {
                        return ValueExpr::After(Box::new(self.value(&inner_at.child(unit))), seconds);
                    }
                }
                "split" => return ValueExpr::Split(self.values(&inner_at)),
                "count" if inner.is_object() => return ValueExpr::Count(Box::new(self.selection(&inner_at))),
                "literal" => return ValueExpr::Literal(inner.clone()),
                _ => {}
            }
        }
        if map.len() == 2 && map.contains_key("checksum") && map.contains_key("algorithm") {
            let value = Box::new(self.value(&at.child("checksum")));
            return match self.named(
                &at.child("algorithm"),
                &Checksum::NAMES,
                "algorithm that a checksum can be computed by",
            ) {
                Some(algorithm) => ValueExpr::Checksum(value, algorithm),
                None => ValueExpr::Literal(Value::Null),
            };
        }
        if map.len() == 2 && map.contains_key("epoch") && map.contains_key("unit") {
            let value = Box::new(self.value(&at.child("epoch")));
            return match self.named(&at.child("unit"), &EpochUnit::NAMES, "unit that time is counted in") {
                Some(unit) => ValueExpr::Epoch(value, unit),
                None => ValueExpr::Literal(Value::Null),
            };
        }
        if map.contains_key("in") && map.keys().all(|key| SELECTION_KEYS.contains(&key.as_str())) {
            let pick = map.contains_key("pick").then(|| Box::new(self.value(&at.child("pick"))));
            return ValueExpr::Select(Box::new(self.selection(at)), pick);
        }
        if let (true, Some((key, near))) = (map.contains_key("in"), misspelt(map, &SELECTION_KEYS)) {
            let message = format!("a selection has no `{key}`");
            self.key_fault(
                "selection",
                &at.child(key),
                message,
                format!("did you mean `{near}`? An object is written `{{ literal: … }}`"),
            );
        }
        ValueExpr::Object(map.keys().map(|key| (key.clone(), self.value(&at.child(key)))).collect())
    }

    /// One of a few things by its name.
    fn named<T: Copy>(&mut self, at: &Pointer, names: &[(&str, T)], what: &str) -> Option<T> {
        let name = self.get(at).as_str().unwrap_or_default();
        let found = names.iter().find(|(known, _)| *known == name);
        if found.is_none() {
            let known: Vec<_> = names.iter().map(|(name, _)| format!("`{name}`")).collect();
            self.fault(
                "wrong-value",
                at,
                format!("`{}` is no {what}", shown(self.get(at))),
                format!("expected {}; an object is written `{{ literal: … }}`", known.join(" or ")),
            );
        }
        found.map(|(_, thing)| *thing)
    }

    /// A list of values, or one.
    fn values(&mut self, at: &Pointer) -> Vec<ValueExpr> {
        match self.get(at) {
            Value::Array(items) => (0..items.len()).map(|i| self.value(&at.index(i))).collect(),
            _ => vec![self.value(at)],
        }
    }

    fn text(&mut self, text: &str, at: &Pointer) -> ValueExpr {
        if let Some(escaped) = text.strip_prefix("$$") {
            return ValueExpr::Literal(Value::String(format!("${escaped}")));
        }
        if text.starts_with('$') {
            return self.expression(text, at).map_or(ValueExpr::Literal(Value::Null), ValueExpr::Expression);
        }
        if !text.contains("{$") {
            return ValueExpr::Literal(Value::String(text.to_owned()));
        }
        let mut parts = Vec::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once("{$") {
            if !before.is_empty() {
                parts.push(TextPart::Literal(before.to_owned()));
            }
            let Some((inside, after)) = after.split_once('}') else {
                self.fault(
                    "expression-syntax",
                    at,
                    "a `{$` without its `}`".to_owned(),
                    "close the expression, or write `$$` for a plain dollar sign",
                );
                break;
            };
            if let Some(expression) = self.expression(&format!("${inside}"), at) {
                parts.push(TextPart::Expression(expression));
            }
            rest = after;
        }
        if !rest.is_empty() {
            parts.push(TextPart::Literal(rest.to_owned()));
        }
        ValueExpr::Text(parts)
    }

    fn expression(&mut self, text: &str, at: &Pointer) -> Option<Expression> {
        match Expression::parse(text) {
            Ok(expression) => Some(expression),
            Err(message) => {
                self.fault("expression-syntax", at, message, "VOCABULARY.md lists the runtime expressions; a text that begins with `$` is written `$$…`");
                None
            }
        }
    }

    /// A [predicate](crate::language::Predicate).
    pub(crate) fn predicate(&mut self, at: &Pointer) -> Predicate {
        let Value::Object(map) = self.get(at) else {
            self.fault(
                "predicate",
                at,
                "a predicate is a mapping from fields to tests".to_owned(),
                "write `field: value`",
            );
            return Predicate::default();
        };
        let clauses = map.keys().filter_map(|key| self.clause(key, &at.child(key))).collect();
        Predicate { clauses }
    }

    fn clause(&mut self, key: &str, at: &Pointer) -> Option<Clause> {
        match (key, self.get(at)) {
            ("anyOf", Value::Array(items)) => {
                Some(Clause::AnyOf((0..items.len()).map(|i| self.predicate(&at.index(i))).collect()))
            }
            ("allOf", Value::Array(items)) => {
                Some(Clause::AllOf((0..items.len()).map(|i| self.predicate(&at.index(i))).collect()))
            }
            ("anyOf" | "allOf", _) => {
                self.fault(
                    "predicate",
                    at,
                    format!("`{key}` is a list of predicates"),
                    "write `anyOf: [ { field: value }, { other: value } ]`",
                );
                None
            }
            ("not", Value::Object(_)) => Some(Clause::Not(self.predicate(at))),
            _ => {
                let subject = if key.starts_with('$') {
                    Subject::Expression(self.expression(key, at)?)
                } else {
                    Subject::Field(key.split('.').map(str::to_owned).collect())
                };
                Some(Clause::Test(subject, self.test(at)))
            }
        }
    }

    fn test(&mut self, at: &Pointer) -> Test {
        let Value::Object(map) = self.get(at) else { return Test::Equal(self.value(at)) };
        if !map.keys().any(|key| WORDS.contains(&key.as_str())) {
            if let Some((key, near)) = misspelt(map, &WORDS) {
                let message = format!("`{key}` is not a word that a test can have");
                self.key_fault("predicate", &at.child(key), message, format!("did you mean `{near}`?"));
            }
            return Test::Equal(self.value(at));
        }
        Test::Words(map.keys().filter_map(|word| self.word(word, &at.child(word))).collect())
    }

    fn word(&mut self, word: &str, at: &Pointer) -> Option<Word> {
        let raw = self.get(at);
        Some(match word {
            "enum" => Word::Enum(self.value(at)),
            "not" => Word::Not(self.value(at)),
            "minimum" => Word::Minimum(self.value(at)),
            "maximum" => Word::Maximum(self.value(at)),
            "exclusiveMinimum" => Word::ExclusiveMinimum(self.value(at)),
            "exclusiveMaximum" => Word::ExclusiveMaximum(self.value(at)),
            "search" => Word::Search(self.value(at)),
            "equalsIgnoreCase" => Word::EqualsIgnoreCase(self.value(at)),
            "startsWith" => Word::StartsWith(self.value(at)),
            "pattern" if raw.is_string() => {
                let pattern = raw.as_str().unwrap_or_default();
                if let Err(message) = check_pattern(pattern) {
                    self.fault(
                        "bad-pattern",
                        at,
                        message,
                        "patterns are regular expressions of ECMA-262, without slashes around them",
                    );
                }
                Word::Pattern(pattern.to_owned())
            }
            "present" if raw.is_boolean() => Word::Present(raw == &Value::Bool(true)),
            "pattern" | "present" => {
                let wanted =
                    if word == "pattern" { "a regular expression as text" } else { "`true` or `false`" };
                self.fault("predicate", at, format!("`{word}` takes {wanted}"), "correct the test");
                return None;
            }
            _ => {
                let known = WORDS.join("`, `");
                self.key_fault(
                    "predicate",
                    at,
                    format!("`{word}` is not a word that a test can have"),
                    format!("expected one of `{known}`"),
                );
                return None;
            }
        })
    }

    /// A [selection](crate::language::Selection); members it does not know are left to the caller.
    pub(crate) fn selection(&mut self, at: &Pointer) -> Selection {
        let Value::Object(map) = self.get(at) else {
            self.fault(
                "selection",
                at,
                "a selection is a mapping".to_owned(),
                "write `{ in: COLLECTION, where: { field: value } }`",
            );
            return Selection {
                from: CollectionName::Named(String::new()),
                filter: Predicate::default(),
                sort: Vec::new(),
                page: None,
            };
        };
        let from = self.collection_name(at);
        let filter =
            if map.contains_key("where") { self.predicate(&at.child("where")) } else { Predicate::default() };
        let sort = if map.contains_key("sort") { self.sort(&at.child("sort")) } else { Vec::new() };
        let page = map.contains_key("page").then(|| self.page(&at.child("page")));
        Selection { from, filter, sort, page }
    }

    /// The member `in` of the mapping at `at`.
    pub(crate) fn collection_name(&mut self, at: &Pointer) -> CollectionName {
        match self.get(&at.child("in")) {
            Value::String(name) if !name.starts_with('$') => CollectionName::Named(name.clone()),
            Value::Null => {
                self.fault(
                    "selection",
                    at,
                    "`in` is missing".to_owned(),
                    "name the collection: `in: COLLECTION`",
                );
                CollectionName::Named(String::new())
            }
            _ => CollectionName::Chosen(self.value(&at.child("in"))),
        }
    }

    fn sort(&mut self, at: &Pointer) -> Vec<Sort> {
        let places: Vec<Pointer> = match self.get(at) {
            Value::Array(items) => (0..items.len()).map(|i| at.index(i)).collect(),
            _ => vec![at.clone()],
        };
        places.iter().map(|place| self.sort_key(place)).collect()
    }

    fn sort_key(&mut self, at: &Pointer) -> Sort {
        let Value::Object(map) = self.get(at) else {
            self.text_wanted(at, "a field's path");
            return Sort { by: self.value(at), direction: None };
        };
        for key in map.keys().filter(|key| !["by", "direction"].contains(&key.as_str())) {
            let help = closest(key, ["direction"].into_iter())
                .map_or("expected `by` and `direction`".to_owned(), |near| format!("did you mean `{near}`?"));
            self.key_fault("selection", &at.child(key), format!("a key of an order has no `{key}`"), help);
        }
        if !map.contains_key("by") {
            let message = "a key of an order needs `by`".to_owned();
            self.fault("selection", at, message, "write `{ by: FIELD, direction: asc }`");
        }
        self.text_wanted(&at.child("by"), "a field's path");
        let direction = at.child("direction");
        if let Some(word) = map.get("direction").filter(|word| !is_computed(word)) {
            let known = |text: &str| DIRECTIONS.iter().any(|one| one.eq_ignore_ascii_case(text));
            if !word.as_str().is_some_and(known) {
                let message = format!("`direction` cannot be `{}`", shown(word));
                self.fault("wrong-value", &direction, message, "expected `asc` or `desc`");
            }
        }
        Sort {
            by: self.value(&at.child("by")),
            direction: map.contains_key("direction").then(|| self.value(&direction)),
        }
    }

    /// Reports a number, a list and the like where a text belongs, or something that gives one.
    fn text_wanted(&mut self, at: &Pointer, what: &str) {
        if let found @ (Value::Null | Value::Bool(_) | Value::Number(_) | Value::Array(_)) = self.get(at)
            && self.document.get(at).is_some()
        {
            let message = format!("`{}` stands where {what} belongs", shown(found));
            self.fault("wrong-type", at, message, format!("write {what}, or a value that gives one"));
        }
    }

    fn page(&mut self, at: &Pointer) -> Page {
        let Value::Object(map) = self.get(at) else {
            self.fault(
                "selection",
                at,
                "`page` is a mapping".to_owned(),
                "write `page: { number: …, size: … }` or `page: { offset: …, limit: … }`",
            );
            return Page::default();
        };
        for key in map.keys().filter(|key| !["number", "size", "offset", "limit"].contains(&key.as_str())) {
            self.key_fault(
                "selection",
                &at.child(key),
                format!("a page has no `{key}`"),
                "expected `number`, `size`, `offset` or `limit`",
            );
        }
        for (key, value) in map {
            let is_number = value.is_u64() || value.as_str().is_some_and(|text| text.parse::<u64>().is_ok());
            if !is_number && !is_computed(value) {
                let message = format!("`{key}` is no number: `{}`", shown(value));
                let help = "write a whole number, or a value that gives one";
                self.fault("wrong-type", &at.child(key), message, help);
            }
        }
        let mut member = |key: &str| map.contains_key(key).then(|| self.value(&at.child(key)));
        Page {
            number: member("number"),
            size: member("size"),
            offset: member("offset"),
            limit: member("limit"),
        }
    }
}

/// The unit of `{ seconds: … }`, and how many seconds it has.
pub(crate) fn after_unit(value: &Value) -> Option<(&'static str, u32)> {
    let map = value.as_object().filter(|map| map.len() == 1)?;
    [("seconds", 1), ("minutes", 60), ("hours", 3600), ("days", 86400)]
        .into_iter()
        .find(|(unit, _)| map.contains_key(*unit))
}

/// Whether a value depends on the request.
fn is_computed(value: &Value) -> bool {
    match value {
        Value::String(text) => text.starts_with('$') || text.contains("{$"),
        Value::Array(_) | Value::Object(_) => true,
        _ => false,
    }
}

/// A text without quotes, anything else as JSON.
fn shown(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// A key of `map` that is none of `known`, and the one that was probably meant.
fn misspelt<'m>(
    map: &'m serde_json::Map<String, Value>,
    known: &'static [&'static str],
) -> Option<(&'m str, &'static str)> {
    map.keys().filter(|key| !known.contains(&key.as_str())).find_map(|key| {
        // Words of two letters are too close to everything.
        let near = closest(key, known.iter().copied().filter(|word| word.len() > 2))?;
        Some((key.as_str(), near))
    })
}
