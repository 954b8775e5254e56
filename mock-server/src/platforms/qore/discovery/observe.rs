//! From samples of answers to a manner: where things stand, and which values are shown as they are sent.

use indexmap::{IndexMap, IndexSet};
use serde_json::{Map, Value};

use crate::platforms::qore::application::{App, Field, Kind, Resource};
use crate::platforms::qore::document::{Key, Manner};

/// What was seen on the way.
#[derive(Debug, Default)]
pub(super) struct Observed {
    /// Rows of tables, by resource.
    pub(super) rows: IndexMap<String, Vec<Value>>,
    /// Operations whose answers have been seen to break the document's schemas.
    pub(super) broken: IndexSet<String>,
}

/// What stands beside the rows of a first page and counts them.
pub(super) fn counts(
    manner: &mut Manner,
    resource: &str,
    table: &str,
    way: &[String],
    body: &Value,
    rows: usize,
) {
    let beside =
        way.split_last().and_then(|(_, before)| before.iter().try_fold(body, |value, name| value.get(name)));
    let number = |name: &str| beside?.get(name)?.as_u64();
    let rows = rows as u64;
    let mut told = Vec::new();
    let size = number("per_page").filter(|size| *size >= rows && *size > 0);
    if let Some(size) = size.and_then(|size| u32::try_from(size).ok()) {
        manner.per_page.insert((resource.to_owned(), table.to_owned()), size);
        told.push(("per_page".to_owned(), "size"));
    }
    let all = size.is_none_or(|size| rows < size);
    if number("total").is_some_and(|total| if all { total == rows } else { total >= rows }) {
        told.push(("total".to_owned(), "total"));
    }
    if number("current_page") == Some(1) {
        told.push(("current_page".to_owned(), "number"));
    }
    // What one table does not tell is no promise of any.
    if way.len() == 1 {
        let first = manner.per_page.len() <= 1 && manner.counts.is_empty();
        if first {
            manner.counts = told;
        } else {
            manner.counts.retain(|one| told.contains(one));
        }
    }
}

/// What keys are.
pub(super) fn keys(manner: &mut Manner, resource: &Resource, rows: &[&Value]) {
    let ids: Vec<&Value> = rows.iter().filter_map(|row| row.get("id")).collect();
    if ids.is_empty() {
        return;
    }
    let uuid = |id: &Value| id.as_str().is_some_and(|text| uuid::Uuid::try_parse(text).is_ok());
    let key = if ids.iter().all(|id| id.is_u64()) {
        Key::Number
    } else if ids.iter().all(|id| uuid(id)) {
        Key::Uuid
    } else {
        Key::Unknown
    };
    manner.keys.insert(resource.name.clone(), key);
}

/// Which kinds of values a record shows as they are sent.
pub(super) fn values(manner: &mut Manner, resource: &Resource, record: &Map<String, Value>) {
    for field in resource.fields.values().filter(|field| !field.hidden.detail) {
        let component = field.component();
        match record.get(&field.name) {
            // Passwords are not shown; of the others there is no knowing.
            None if matches!(field.kind, Kind::Password | Kind::File) => {}
            Some(Value::Null) => {}
            Some(value) if is_plain(field, value) => {
                manner.plain.insert(component);
            }
            _ => {
                manner.odd.insert(component);
            }
        }
    }
}

fn is_plain(field: &Field, value: &Value) -> bool {
    let scalar = |value: &Value| value.is_string() || value.is_u64();
    let list = |value: &Value, member: &dyn Fn(&Value) -> bool| {
        value.as_array().is_some_and(|all| all.iter().all(member))
    };
    let text = |length: usize| value.as_str().is_some_and(|text| text.len() >= length);
    match &field.kind {
        Kind::Text | Kind::Textarea | Kind::Email | Kind::Url | Kind::Sequence(_) => value.is_string(),
        Kind::Number(_) => value.is_number(),
        Kind::Checkbox => value.is_boolean(),
        Kind::Date => value.as_str().is_some_and(|text| text.len() == 10 && is_day(text)),
        Kind::Datetime => text(20) && value.as_str().is_some_and(|text| is_day(text) && text.contains('T')),
        Kind::Select { options, multiple } => {
            let known = |value: &Value| options.iter().any(|(own, _)| own == value);
            if *multiple { list(value, &known) } else { known(value) }
        }
        Kind::BelongsTo { .. } => scalar(value),
        Kind::BelongsToMany { .. } | Kind::HasMany { .. } => list(value, &scalar),
        Kind::Password | Kind::File => false,
    }
}

fn is_day(text: &str) -> bool {
    let digits = |range: std::ops::Range<usize>| {
        text.get(range).is_some_and(|part| part.bytes().all(|b| b.is_ascii_digit()))
    };
    digits(0..4)
        && text.get(4..5) == Some("-")
        && digits(5..7)
        && text.get(7..8) == Some("-")
        && digits(8..10)
}

/// Which columns show what the detail shows.
pub(super) fn rows(manner: &mut Manner, resource: &Resource, record: &Map<String, Value>, rows: &[Value]) {
    let Some(row) = rows.iter().find(|row| row.get("id") == record.get("id")) else { return };
    let first = !manner.same_in_rows.contains_key(&resource.name);
    let same = manner.same_in_rows.entry(resource.name.clone()).or_default();
    for field in resource.fields.keys() {
        let equal = record.contains_key(field) && row.get(field) == record.get(field);
        if equal && first {
            same.insert(field.clone());
        } else if !equal {
            same.shift_remove(field);
        }
    }
}

/// Restricts what is written to the resources that are judged: of others that a file declares only the records are known.
pub(super) fn only(app: &App, judged: &IndexMap<String, Resource>, manner: &mut Manner) {
    let others = app.resources.keys().filter(|name| !judged.contains_key(*name));
    manner.unjudged.extend(others.cloned());
}
