//! What is looked for in a column, made ready once for all records.

use std::collections::HashSet;

use serde_json::Value;

use crate::platforms::qore::application::{Field, Kind, Resource};
use crate::platforms::qore::eyes::{self, Eyes, Fields};
use crate::platforms::qore::{place, represent};

/// What is looked for in a column.
pub(super) struct Filter<'a> {
    eyes: &'a Eyes<'a>,
    resource: &'a Resource,
    field: &'a Field,
    wanted: Wanted,
}

enum Wanted {
    /// The text has one of these in it, in whatever letter case. Days and times are texts, too: `2023-01` finds a month.
    Part(Vec<String>),
    /// It is one of these numbers.
    Number(Vec<f64>),
    Truth(bool),
    /// It is, or has among its members, one of these keys or options.
    Key(HashSet<String>),
}

impl<'a> Filter<'a> {
    /// `None` where nothing is looked for: null, an empty text, an empty list.
    pub(super) fn new(
        eyes: &'a Eyes<'a>,
        resource: &'a Resource,
        field: &'a Field,
        wanted: &Value,
    ) -> Option<Self> {
        let all = members(wanted);
        if all.is_empty() {
            return None;
        }
        let wanted = match &field.kind {
            Kind::Checkbox => Wanted::Truth(all.iter().any(truth)),
            Kind::Number(_) => Wanted::Number(all.iter().filter_map(number).collect()),
            Kind::Select { options, .. } => {
                Wanted::Key(all.iter().flat_map(|one| chosen(options, one)).collect())
            }
            Kind::BelongsTo { .. } | Kind::BelongsToMany { .. } | Kind::HasMany { .. } => {
                let related = eyes.app.resources.get(field.related()?)?;
                Wanted::Key(all.iter().flat_map(|one| keys(eyes, related, one)).collect())
            }
            _ => Wanted::Part(all.iter().map(|one| eyes::shown(one).to_lowercase()).collect()),
        };
        Some(Self { eyes, resource, field, wanted })
    }

    /// Whether a record has it.
    pub(super) fn passes(&self, record: &Fields) -> bool {
        let value = || represent::value(self.eyes, self.resource, self.field, record);
        match &self.wanted {
            Wanted::Part(parts) => {
                let own = represent::text(self.eyes, self.resource, self.field, record).to_lowercase();
                parts.iter().any(|part| own.contains(part))
            }
            Wanted::Number(numbers) => number(&value()).is_some_and(|own| numbers.contains(&own)),
            Wanted::Truth(wanted) => value().as_bool().unwrap_or_default() == *wanted,
            Wanted::Key(keys) => match value() {
                Value::Null => false,
                Value::Array(several) => several.iter().any(|one| keys.contains(&eyes::shown(one))),
                one => keys.contains(&eyes::shown(&one)),
            },
        }
    }
}

/// One value, or several in a list, or in PHP's other kind of list, an object. Texts lose blanks at both ends; what is empty
/// then is nothing.
fn members(wanted: &Value) -> Vec<Value> {
    let all: Vec<&Value> = match wanted {
        Value::Array(members) => members.iter().collect(),
        Value::Object(members) => members.values().collect(),
        one => vec![one],
    };
    let trimmed =
        all.into_iter().map(|one| one.as_str().map_or_else(|| one.clone(), |text| text.trim().into()));
    trimmed.filter(|one: &Value| !eyes::is_empty(one)).collect()
}

/// As Laravel's `Request::boolean` reads it: whatever does not say yes is no.
fn truth(value: &Value) -> bool {
    match value {
        Value::Bool(truth) => *truth,
        other => ["1", "true", "on", "yes"].contains(&eyes::shown(other).to_lowercase().as_str()),
    }
}

fn number(value: &Value) -> Option<f64> {
    match value {
        Value::String(text) => text.parse().ok().filter(|number: &f64| number.is_finite()),
        other => other.as_f64(),
    }
}

/// The option of that value; for any other text those whose names it is part of.
fn chosen(options: &[(Value, String)], wanted: &Value) -> Vec<String> {
    if options.iter().any(|(value, _)| eyes::same(value, wanted)) {
        return vec![eyes::shown(wanted)];
    }
    let part = eyes::shown(wanted).to_lowercase();
    let named = options.iter().filter(|(_, label)| label.to_lowercase().contains(&part));
    named.map(|(value, _)| eyes::shown(value)).collect()
}

/// The key itself; for a text that is none those of the records whose titles it is part of.
fn keys(eyes: &Eyes<'_>, related: &Resource, wanted: &Value) -> Vec<String> {
    let text = eyes::shown(wanted);
    if let Some(key) = place::key(related, &text) {
        return vec![eyes::shown(&key)];
    }
    let part = text.to_lowercase();
    let titled = eyes.state.records(&related.name).filter(|record| {
        eyes.may(&related.view, related, record.fields())
            && eyes.title(related, record.fields()).to_lowercase().contains(&part)
    });
    titled.filter_map(|record| record.get("id")).map(eyes::shown).collect()
}
