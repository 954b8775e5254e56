//! What the operations of a resource do, in the vocabulary's words.

use serde_json::{Map, Value, json};

use super::manner::Manner;
use crate::platforms::qore::application::{Action, Condition, Field, Given, Kind, Resource, Table, Test};

/// The record that the path names.
pub(super) fn by_id() -> Value {
    json!({ "id": "$request.path.id" })
}

/// An expression for a member of the body.
pub(super) fn sent(field: &str) -> Value {
    json!(format!("$request.body#/{}", escaped(field)))
}

/// A name as a token of a JSON Pointer (RFC 6901, 3).
fn escaped(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

/// What a creation writes.
pub(super) fn creation<'f>(manner: &Manner, fields: impl Iterator<Item = &'f Field>) -> Value {
    let set: Map<String, Value> = fields
        .map(|field| {
            let fallback = if manner.declared { fallback(field) } else { None };
            let value = match fallback {
                Some(value) => json!({ "first": [ sent(&field.name), { "literal": value } ] }),
                None => sent(&field.name),
            };
            (field.name.clone(), value)
        })
        .collect();
    Value::Object(set)
}

/// What a new record has where nothing is sent.
fn fallback(field: &Field) -> Option<Value> {
    match (&field.default, &field.kind) {
        // Left out of a form it is false, whatever the form began with.
        (_, Kind::Checkbox) => Some(json!(false)),
        (Some(Given::Literal(value)), _) => Some(value.clone()),
        _ => None,
    }
}

/// What the whole form writes.
pub(super) fn change<'f>(manner: &Manner, fields: impl Iterator<Item = &'f Field>) -> Value {
    let set: Map<String, Value> = fields
        .map(|field| {
            let value = match field.kind {
                Kind::Checkbox if manner.declared => {
                    json!({ "first": [ sent(&field.name), { "literal": false } ] })
                }
                _ => sent(&field.name),
            };
            (field.name.clone(), value)
        })
        .collect();
    Value::Object(set)
}

/// What an action writes; of what neither its form nor a value of the file says, that it is written.
pub(super) fn action(action: &Action) -> Value {
    let set: Map<String, Value> = action
        .set
        .iter()
        .map(|(field, given)| {
            // What else it may become only the application works out: it is set, and no request says to what.
            let unsaid = || json!("$now");
            let value = match given {
                Given::Literal(value) => json!({ "literal": value }),
                Given::Form(path) => match &path[..] {
                    [name] => sent(name),
                    _ => unsaid(),
                },
                _ => unsaid(),
            };
            (field.clone(), value)
        })
        .collect();
    Value::Object(set)
}

/// How a column can be searched; `None` where it is not known.
pub(super) fn search(field: &Field) -> Option<Value> {
    let asked = json!(format!("$request.body#/search_columns/{}", escaped(&field.name)));
    match &field.kind {
        Kind::Text | Kind::Textarea | Kind::Email | Kind::Url | Kind::Sequence(_) => {
            Some(json!({ "search": asked }))
        }
        Kind::BelongsTo { .. } | Kind::BelongsToMany { .. } | Kind::Select { .. } => {
            Some(json!({ "enum": asked }))
        }
        Kind::Checkbox => Some(asked),
        _ => None,
    }
}

/// Whether records stand in the order of such a column as everybody expects it.
pub(super) fn is_ordered(field: &Field) -> bool {
    matches!(
        field.kind,
        Kind::Text | Kind::Textarea | Kind::Email | Kind::Url | Kind::Number(_) | Kind::Date | Kind::Datetime
    )
}

/// What a table lists; `None` where its condition cannot be said.
pub(super) fn listing(
    resource: &Resource,
    table: &Table,
    columns: &[&Field],
    per_page: Option<u32>,
) -> Option<Value> {
    let mut filter = Map::new();
    conjunction(&table.filter, &mut filter)?;
    for field in columns.iter().filter(|field| field.searchable) {
        if let Some(test) = search(field) {
            // A column that the table tests itself is not tested twice.
            filter.entry(field.name.clone()).or_insert(test);
        }
    }
    let asked = "$request.body#/per_page";
    let size =
        per_page.map_or_else(|| json!(asked), |size| json!({ "first": [ asked, { "literal": size } ] }));
    let mut list = json!({
        "in": resource.name,
        "where": filter,
        "page": { "number": "$request.body#/page", "size": size },
    });
    if columns.iter().any(|field| field.sortable && is_ordered(field)) {
        let by = json!({ "first": [ "$request.body#/sort_column" ] });
        list["sort"] = json!([ { "by": by, "direction": "$request.body#/sort_direction" } ]);
    }
    Some(list)
}

/// A condition of the file as tests on fields, one each; `None` for what is not that simple.
fn conjunction(condition: &Condition, into: &mut Map<String, Value>) -> Option<()> {
    match condition {
        Condition::All(all) => all.iter().try_for_each(|one| conjunction(one, into)),
        Condition::Field(path, test) => {
            let [field] = &path[..] else { return None };
            let test = match test {
                Test::Equal(Given::Literal(value)) if !value.is_null() => plain(value),
                Test::Enum(values) => {
                    json!({ "enum": values.iter().map(literal).collect::<Option<Vec<_>>>()? })
                }
                _ => return None,
            };
            into.insert(field.clone(), test).is_none().then_some(())
        }
        Condition::Any(_) | Condition::Not(_) => None,
    }
}

fn literal(given: &Given) -> Option<Value> {
    match given {
        Given::Literal(value) => Some(plain(value)),
        _ => None,
    }
}

/// A value that means itself: a text that begins with `$` is no expression.
fn plain(value: &Value) -> Value {
    match value.as_str().filter(|text| text.contains(['$', '{'])) {
        Some(text) => json!(text.replace('$', "$$")),
        None => value.clone(),
    }
}
