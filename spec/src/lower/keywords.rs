//! Reading the keywords: their shape is checked against the vocabulary's schema, then they become what they mean.

use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::Lowering;
use super::structure::closest;
use crate::contract::compiled::type_violations;
use crate::contract::{Assign, AssignAt, AssignKind, OnDelete, Reference, Schema, Violation};
use crate::language::ValueExpr;
use crate::vocabulary::{RawAssignKind, RawAt, RawFullAssign, RawMany, RawOnDelete, RawOutcome, RawRef};
use crate::{Diagnostic, Pointer};

impl Lowering<'_> {
    /// What stands at `at` as a `T`, or diagnostics that say why it is none.
    pub(super) fn keyword<T: DeserializeOwned + schemars::JsonSchema>(&mut self, at: &Pointer) -> Option<T> {
        let value = self.get(at);
        let violations = type_violations::<T>(value);
        for violation in &violations {
            self.keyword_fault(at, violation);
        }
        if !violations.is_empty() {
            return None;
        }
        match serde_json::from_value(value.clone()) {
            Ok(raw) => Some(raw),
            Err(error) => {
                self.error(
                    "keyword",
                    at,
                    error.to_string(),
                    "VOCABULARY.md shows how the keyword is written",
                );
                None
            }
        }
    }

    fn keyword_fault(&mut self, at: &Pointer, violation: &Violation) {
        let mut place = at.join(violation.instance.as_str());
        let mut help = "VOCABULARY.md shows how the keyword is written".to_owned();
        let subject = at.last().unwrap_or_default();
        let name = match self.get(&place) {
            Value::String(text) if violation.rule == "enum" => Some(text.clone()),
            _ => violation.instance.last(),
        };
        let inside = name.map_or(String::new(), |name| format!("`{name}` "));
        let message = format!("in `{subject}`: {inside}{}", violation.message);
        let diagnostic = Diagnostic::error("keyword", message);
        let is_unknown = violation.rule == "additionalProperties";
        if let (true, Some(name)) = (is_unknown, violation.limit.get(0).and_then(Value::as_str)) {
            place = place.child(name);
            if let Some(near) = closest(name, KNOWN.into_iter()) {
                help = format!("did you mean `{near}`?");
            }
        }
        if violation.rule == "enum"
            && let (Some(text), Value::Array(words)) = (self.get(&place).as_str(), &violation.limit)
            && let Some(near) = closest(text, words.iter().filter_map(Value::as_str))
        {
            help = format!("did you mean `{near}`?");
        }
        // An unknown key, or a missing one, is shown at the key; a wrong value where it stands.
        let is_wrong_value = !is_unknown && violation.rule != "required" && !self.get(&place).is_object();
        let diagnostic = if is_wrong_value {
            diagnostic.at_value(self.document, &place)
        } else {
            diagnostic.at(self.document, &place)
        };
        self.diagnostics.push(diagnostic.help(help));
    }

    /// `x-ref`, `x-assign`, `x-value`, `x-when` of a schema.
    pub(super) fn schema_vocabulary(&mut self, map: &Map<String, Value>, at: &Pointer, schema: &mut Schema) {
        if map.contains_key("x-ref") {
            schema.reference = self.reference(&at.child("x-ref"));
        }
        if map.contains_key("x-assign") {
            schema.assign = self.assign(&at.child("x-assign"));
        }
        if map.contains_key("x-value") {
            schema.value = Some(self.reader.value(&at.child("x-value")));
        }
        if map.contains_key("x-when") {
            schema.when = Some(self.reader.predicate(&at.child("x-when")));
        }
    }

    fn reference(&mut self, at: &Pointer) -> Option<Reference> {
        let (to, on_delete) = match self.keyword::<RawRef>(at)? {
            RawRef::Name(to) => (to, RawOnDelete::Restrict),
            RawRef::Full(full) => (full.to, full.on_delete),
        };
        let on_delete = match on_delete {
            RawOnDelete::Restrict => OnDelete::Restrict,
            RawOnDelete::Cascade => OnDelete::Cascade,
            RawOnDelete::Clear => OnDelete::Clear,
        };
        let place = if self.get(at).is_object() { at.child("to") } else { at.clone() };
        self.known_collection(&to, &place);
        Some(Reference { to, on_delete, many: false })
    }

    /// Reports a collection that `x-collections` does not have.
    pub(super) fn known_collection(&mut self, name: &str, at: &Pointer) {
        let collections = self.document.root().get("x-collections").and_then(Value::as_object);
        if collections.is_some_and(|all| all.contains_key(name)) || name.is_empty() {
            return;
        }
        let near = collections.and_then(|all| closest(name, all.keys().map(String::as_str)));
        let help = match near {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("add `{name}` to `x-collections`"),
        };
        let diagnostic = Diagnostic::error("unknown-collection", format!("there is no collection `{name}`"));
        self.diagnostics.push(diagnostic.at_value(self.document, at).help(help));
    }

    fn assign(&mut self, at: &Pointer) -> Option<Assign> {
        let map = self.get(at).as_object();
        let has = |key: &str| map.is_some_and(|map| map.contains_key(key));
        if !has("value") {
            self.unvalued(map, at);
            return Some(Assign { kind: self.assign_kind(at, None), at: vec![AssignAt::Created] });
        }
        let raw = self.keyword::<RawFullAssign>(at)?;
        if raw.length.is_some() && self.get(&at.child("value")) != "token" {
            let message = "`length` is said of what is no `token`";
            self.error("keyword", &at.child("length"), message, "remove it, or write `value: token`");
        }
        let moments = raw.at.map_or_else(|| vec![RawAt::Created], RawMany::into_vec);
        let moments = moments
            .into_iter()
            .map(|moment| match moment {
                RawAt::Created => AssignAt::Created,
                RawAt::Updated => AssignAt::Updated,
                RawAt::Used => AssignAt::Used,
            })
            .collect();
        Some(Assign { kind: self.assign_kind(&at.child("value"), raw.length), at: moments })
    }

    /// Reports an `x-assign` that says how and when, but not what, or says that wrongly.
    fn unvalued(&mut self, map: Option<&Map<String, Value>>, at: &Pointer) {
        let Some(map) = map else { return };
        let near = map.keys().find(|key| closest(key, ["value"].into_iter()).is_some());
        if let Some(key) =
            near.filter(|_| map.len() == 1 || map.contains_key("at") || map.contains_key("length"))
        {
            let message = format!("in `x-assign`: has the unknown property `{key}`");
            self.error("keyword", &at.child(key), message, "did you mean `value`?");
        } else if let Some(key) = ["at", "length"].into_iter().find(|key| map.contains_key(*key)) {
            let message = format!("in `x-assign`: `{key}`, but no `value` to set");
            self.error("keyword", &at.child(key), message, "add `value: …`");
        }
        if let Some(key) = map.keys().find(|key| ["after", "jwt"].contains(&key.as_str()))
            && map.len() > 1
        {
            let message = format!("in `x-assign`: something stands beside `{key}`");
            self.error("keyword", at, message, "VOCABULARY.md shows how the keyword is written");
        }
    }

    fn assign_kind(&mut self, at: &Pointer, length: Option<usize>) -> AssignKind {
        let value = self.get(at);
        match value.as_str() {
            Some("uuid") => return AssignKind::Uuid,
            Some("sequence") => return AssignKind::Sequence,
            Some("now") => return AssignKind::Now,
            Some("token") => return AssignKind::Token(length.unwrap_or(32)),
            Some("object-id") => return AssignKind::ObjectId,
            _ => {}
        }
        if value.as_object().is_some_and(|map| map.contains_key("after") || map.contains_key("jwt"))
            && let Ok(kind) = serde_json::from_value::<RawAssignKind>(value.clone())
        {
            return match kind {
                RawAssignKind::After(text) => match duration(&text) {
                    Some(milliseconds) => AssignKind::After(milliseconds),
                    None => {
                        let help = "write an ISO 8601 duration of days and less, such as `PT60M` or `P7D`";
                        self.error(
                            "keyword",
                            &at.child("after"),
                            format!("`{text}` is not a duration"),
                            help,
                        );
                        AssignKind::After(0)
                    }
                },
                RawAssignKind::Jwt(_) => AssignKind::Jwt(self.reader.value(&at.child("jwt"))),
            };
        }
        if let Some(after) =
            value.get("after").filter(|_| value.as_object().is_some_and(|map| map.len() == 1))
            && crate::language::after_unit(after).is_none()
        {
            let help = "write an ISO 8601 duration, `after: PT60M`, or `after: { seconds: VALUE }`";
            self.error("keyword", &at.child("after"), "this is not a duration", help);
        }
        let value = self.reader.value(at);
        if let ValueExpr::Literal(Value::String(text)) = &value
            && let Some(near) = closest(text, ["uuid", "sequence", "now", "token", "object-id"].into_iter())
        {
            let message = format!("the server cannot assign `{text}`");
            self.error("keyword", at, message, format!("did you mean `{near}`?"));
        }
        AssignKind::Value(value)
    }

    /// The names at an `x-outcome`; empty where there is none.
    pub(super) fn outcome_names(&mut self, at: &Pointer) -> Vec<String> {
        if !self.has(at) {
            return Vec::new();
        }
        self.keyword::<RawOutcome>(at).map(RawMany::into_vec).unwrap_or_default()
    }
}

/// Keys of the vocabulary's mappings, for suggestions.
const KNOWN: [&str; 88] = [
    "find",
    "list",
    "create",
    "update",
    "replace",
    "delete",
    "call",
    "with",
    "set",
    "each",
    "as",
    "at",
    "schema",
    "key",
    "unique",
    "ignore-case",
    "seed",
    "description",
    "default",
    "secret",
    "require",
    "order",
    "paths",
    "ignore-trailing-slash",
    "method-not-allowed",
    "head",
    "null-is-absent",
    "unknown-properties",
    "body-limit",
    "media-type",
    "content-type",
    "headers",
    "responses",
    "violations",
    "where",
    "else",
    "size",
    "status",
    "response",
    "to",
    "on-delete",
    "value",
    "length",
    "in",
    "sort",
    "page",
    "when",
    "outcomes",
    "action",
    "conflict",
    "serve",
    "document",
    "content",
    "base64",
    "before",
    "reads",
    "forms",
    "allow",
    "timestamps",
    "fraction",
    "parameters",
    "details",
    "elements",
    "trim",
    "coerce",
    "missing-trailing-slash",
    "match-parameters",
    "omit-defaults",
    "prefix",
    "pattern",
    "malformed",
    "jwt",
    "caller",
    "sign-in",
    "register",
    "operation",
    "message",
    "code",
    "aliases",
    "collapse-slashes",
    "trailing-slash",
    "unless",
    "unknown",
    "unrouted",
    "rate-limit",
    "requests",
    "window",
    "per",
];

/// Milliseconds of an ISO 8601 duration made of weeks, days, hours, minutes and seconds.
pub(super) fn duration(text: &str) -> Option<u64> {
    let rest = text.strip_prefix('P')?;
    let (date, time) = rest.split_once('T').unwrap_or((rest, ""));
    let mut total = 0;
    for (part, units) in [
        (date, &[('W', 604_800_000), ('D', 86_400_000)][..]),
        (time, &[('H', 3_600_000), ('M', 60_000), ('S', 1_000)][..]),
    ] {
        let mut digits = String::new();
        for character in part.chars() {
            if character.is_ascii_digit() {
                digits.push(character);
                continue;
            }
            let (_, unit) = units.iter().find(|(name, _)| *name == character)?;
            total += digits.parse::<u64>().ok()? * unit;
            digits.clear();
        }
        if !digits.is_empty() {
            return None;
        }
    }
    (total > 0).then_some(total)
}
