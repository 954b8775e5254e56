//! What is there from the start, and what new records begin with, held to the rules of their fields.

use std::collections::HashMap;

use jiff::civil::DateTime;
use serde_json::{Map, Value};
use tercet_spec::{Diagnostic, Pointer};

use super::super::condition::Given;
use super::super::{App, Field, Kind, Resource, Rule};
use super::Reading;
use super::values::absent;
use crate::platforms::qore::eyes::is_empty;
use crate::platforms::qore::rules::{self, Asked, Look};
use crate::platforms::qore::writing::{implied, is_settled, measure};

/// Rules that speak of a request, not of what is kept: what was sent beside, what may not be sent, and files, which are uploaded.
const OF_REQUESTS: [&str; 7] =
    ["bail", "confirmed", "nullable", "present", "prohibited", "required", "sometimes"];

/// Days that move.
const MOVING: [&str; 4] = ["now", "today", "tomorrow", "yesterday"];

impl Reading<'_> {
    /// Everything that the records of the start have to keep, now that all of them are known.
    pub(super) fn at_rest(&mut self, app: &App) {
        for resource in app.resources.values() {
            let at = Pointer::root().child("resources").child(&resource.name).child("records");
            for field in resource.fields.values().filter(|field| field.is_unique()) {
                self.apart(resource, field, &at);
            }
            for (index, record) in resource.records.iter().enumerate() {
                for field in resource.fields.values() {
                    let at = at.index(index);
                    self.refers(app, field, record, &at);
                    self.keeps(app, resource, field, record, &at);
                }
            }
        }
    }

    /// That no two records have the same value, as the server would have it.
    fn apart(&mut self, resource: &Resource, field: &Field, at: &Pointer) {
        let folded = matches!(field.kind, Kind::Text | Kind::Textarea | Kind::Email | Kind::Url);
        let known_later = matches!(field.default, Some(Given::Today | Given::Now));
        // That a unique field has a default at all has been told there.
        let has_default = matches!(field.default, Some(Given::Literal(_)));
        let mut met: HashMap<String, usize> = HashMap::new();
        for (index, record) in resource.records.iter().enumerate() {
            let own = self.place_of(&at.index(index), &field.name);
            let value = match record.get(&field.name) {
                _ if has_default && own == at.index(index) => continue,
                // Made at the start, at one time for all.
                None | Some(Value::Null) if known_later => "the default".to_owned(),
                None | Some(Value::Null) => continue,
                Some(value) if folded => value.to_string().to_lowercase(),
                Some(value) => value.to_string(),
            };
            let Some(first) = met.insert(value, index) else { continue };
            let first = self.place_of(&at.index(first), &field.name);
            let message = format!("`{}` is unique, and another record has this value", field.name);
            let problem = Diagnostic::error("application", message).at_value(self.document, &own);
            self.problems.push(problem.label(self.document, &first, "this one").help("change one of both"));
        }
    }

    /// A value of a record, or the record where the value is a default.
    fn place_of(&self, record: &Pointer, field: &str) -> Pointer {
        let at = record.child(field);
        if self.document.get(&at).is_some() { at } else { record.clone() }
    }

    /// That a relation leads to records. Where a default does not, that has been told at the default.
    fn refers(&mut self, app: &App, field: &Field, record: &Map<String, Value>, at: &Pointer) {
        let (Kind::BelongsTo { resource, .. } | Kind::BelongsToMany { resource, .. }) = &field.kind else {
            return;
        };
        let at = at.child(&field.name);
        if self.document.get(&at).is_none() {
            return;
        }
        let keys = match record.get(&field.name) {
            Some(Value::Array(keys)) => {
                keys.iter().enumerate().map(|(index, key)| (key, at.index(index))).collect()
            }
            Some(key) => vec![(key, at.clone())],
            None => Vec::new(),
        };
        for (key, at) in keys {
            if let Some((said, help)) = absent(app, resource, key) {
                self.wrong(&at, said, help);
            }
        }
    }

    /// That a value of a record keeps the rules that can be asked of what is kept. A default has been asked where it stands.
    fn keeps(
        &mut self,
        app: &App,
        resource: &Resource,
        field: &Field,
        record: &Map<String, Value>,
        at: &Pointer,
    ) {
        let given = self.document.get(&at.child(&field.name)).is_some();
        let Some(value) = record.get(&field.name) else { return };
        let is_literal = matches!(field.default, Some(Given::Literal(_)));
        // What is only known once the server runs is made by its rules.
        if (!given && field.default.is_some() && !is_literal) || matches!(field.kind, Kind::Sequence(_)) {
            return;
        }
        let place = if given { at.child(&field.name) } else { at.clone() };
        let asked = if !given && is_literal { Which::Beside } else { Which::All };
        for (name, said) in broken(app, resource, field, (value, record), given, asked) {
            let message = format!("`{}` breaks its rule `{name}`: {said}", field.name);
            self.wrong(&place, message, "correct the value, or the rule");
        }
    }

    /// That what a new record begins with can be there: a value of the field's kind that keeps its rules.
    pub(super) fn fitting_default(&mut self, app: &App, resource: &Resource, field: &Field, at: &Pointer) {
        let Some(Given::Literal(value)) = &field.default else { return };
        let at = at.child("default");
        if let Kind::BelongsTo { resource, .. } | Kind::BelongsToMany { resource, .. } = &field.kind {
            let keys = value.as_array().map_or_else(|| vec![value], |keys| keys.iter().collect());
            for key in keys {
                if let Some((said, help)) = absent(app, resource, key) {
                    self.wrong(&at, said, help);
                }
            }
        }
        if field.is_unique() && !is_empty(value) {
            let help = "leave the default or the rule out";
            self.wrong(&at, "the field is unique, and every new record would begin with this value", help);
        }
        let alone: Map<String, Value> = std::iter::once((field.name.clone(), value.clone())).collect();
        for (name, said) in broken(app, resource, field, (value, &alone), true, Which::All) {
            let message = format!("the default breaks the rule `{name}` of its own field: {said}");
            self.wrong(&at, message, "correct the default, or the rule");
        }
    }
}

/// Which rules are asked.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Which {
    All,
    /// Those that look at other fields.
    Beside,
}

/// The rules that a value breaks, by name, each with the sentence that a request would be refused with.
fn broken(
    app: &App,
    resource: &Resource,
    field: &Field,
    (value, data): (&Value, &Map<String, Value>),
    given: bool,
    asked: Which,
) -> Vec<(String, String)> {
    if matches!(field.kind, Kind::File | Kind::HasMany { .. }) {
        return Vec::new();
    }
    let look = Look { context: None, resource, data, own: data.get("id"), now: DateTime::ZERO };
    let measure = measure(field);
    let mut all = Vec::new();
    for rule in implied(&field.kind).iter().chain(&field.rules) {
        let name = rule.name.as_str();
        let implicit = rules::IMPLICIT.contains(&name);
        if OF_REQUESTS.contains(&name)
            || is_settled(field, name)
            || (is_empty(value) && !implicit)
            || moves(rule)
            || (asked == Which::Beside && rules::fields(rule).is_empty())
            || !others_known(resource, rule, data)
        {
            continue;
        }
        let asked = Asked {
            look: &look,
            name: &field.name,
            value,
            upload: None,
            present: given,
            parameters: &rule.parameters,
            measure,
        };
        let kept = rules::kept(rule, &asked) && elsewhere(app, resource, field, rule, value);
        if !kept {
            all.push((name.to_owned(), rules::sentence(rule, &asked)));
        }
    }
    all
}

/// Whether a rule compares with a day that is another tomorrow.
fn moves(rule: &Rule) -> bool {
    let of_times = rule.name.starts_with("after") || rule.name.starts_with("before");
    of_times && rule.parameters.iter().any(|one| MOVING.contains(&one.to_ascii_lowercase().as_str()))
}

/// Whether what a rule compares with is known: a field of the record whose value is not made at the start.
fn others_known(resource: &Resource, rule: &Rule, data: &Map<String, Value>) -> bool {
    rules::fields(rule).iter().all(|name| {
        let later = resource.fields.get(*name).is_some_and(|field| {
            matches!(field.kind, Kind::Sequence(_) | Kind::File | Kind::HasMany { .. })
                || matches!(field.default, Some(Given::Today | Given::Now))
        });
        data.get(*name).is_some_and(|value| !(later && value.is_null()))
    })
}

/// What `exists:books,isbn` and `unique:books,isbn` ask of the records of the start.
fn elsewhere(app: &App, resource: &Resource, field: &Field, rule: &Rule, value: &Value) -> bool {
    let Some((name, other)) = rules::resource(rule) else { return true };
    let Some(target) = app.resources.get(name) else { return true };
    let other = other.unwrap_or(if rule.name == "exists" { "id" } else { field.name.as_str() });
    let held = |value: &Value| target.records.iter().filter(|one| one.get(other) == Some(value)).count();
    match (rule.name.as_str(), value) {
        ("exists", Value::Array(members)) => members.iter().all(|member| held(member) > 0),
        ("exists", value) => held(value) > 0,
        (_, value) if name == resource.name && other == field.name => held(value) < 2,
        (_, value) => held(value) == 0,
    }
}
