//! Fields, as answers show them.

use serde_json::{Map, Value, json};

use super::directory::{Directory, Known};
use super::kinds::kind;
use crate::action::ActionContext;
use crate::platforms::baserow::records::{flag, key, number, text};
use crate::state::Record;

/// A field as answers show it.
pub(in crate::platforms::baserow) fn represent(context: &ActionContext<'_>, field: &Record) -> Value {
    let table = context.referred(field, "table");
    let database = table.as_ref().and_then(|table| context.referred(table, "database"));
    let workspace = database.as_ref().map(|database| number(database, "workspace")).unwrap_or_default();
    let own = kind(text(field, "type"));
    let mut shown = Map::new();
    let mut put = |name: &str, value: Value| shown.insert(name.to_owned(), value);
    put("id", key(field).into());
    put("table_id", number(field, "table").into());
    put("name", text(field, "name").into());
    put("order", number(field, "order").into());
    put("type", text(field, "type").into());
    put("primary", flag(field, "primary").into());
    put("read_only", (own.is_some_and(|kind| kind.read_only) || flag(field, "read_only")).into());
    put("immutable_type", flag(field, "immutable_type").into());
    put("immutable_properties", flag(field, "immutable_properties").into());
    put("description", field.get("description").cloned().unwrap_or_default());
    put("database_id", database.as_ref().map(key).unwrap_or_default().into());
    put("workspace_id", workspace.into());
    put("db_index", flag(field, "db_index").into());
    put("field_constraints", field.get("field_constraints").cloned().unwrap_or_else(|| json!([])));
    shown.extend(own_keys(context, field, workspace));
    Value::Object(shown)
}

/// Whether its cells can be written: they are not computed.
pub(in crate::platforms::baserow) fn can_be_written(field: &Record) -> bool {
    !kind(text(field, "type")).is_some_and(|kind| kind.read_only) && !flag(field, "read_only")
}

/// With the fields that changed with it.
pub(super) fn with_related(context: &ActionContext<'_>, field: &Record, related: &[Record]) -> Value {
    let mut shown = represent(context, field);
    shown["related_fields"] = related.iter().map(|one| represent(context, one)).collect();
    shown
}

/// What only this type has.
fn own_keys(context: &ActionContext<'_>, field: &Record, workspace: u64) -> Map<String, Value> {
    let Some(kind) = kind(text(field, "type")) else { return Map::new() };
    let known = Known::of(field);
    let mut keys = kind.defaults();
    for (name, default) in &mut keys {
        if let Some(value) = known.options.get(name) {
            *default = value.clone();
        }
    }
    let mut put = |name: &str, value: Value| keys.insert(name.to_owned(), value);
    match kind.name {
        "single_select" | "multiple_select" => {
            put("select_options", select_options(context, known.id));
        }
        "multiple_collaborators" | "created_by" | "last_modified_by" => {
            put("available_collaborators", collaborators(context, workspace));
        }
        "link_row" => {
            for (old, name) in [
                ("link_row_table", "link_row_table_id"),
                ("link_row_related_field", "link_row_related_field_id"),
            ] {
                put(old, known.link(name).map_or(Value::Null, Value::from));
            }
            let primary = known.link("link_row_table_id").and_then(|table| context.primary(table));
            let primary =
                primary.and_then(|primary| context.get("fields", &primary.id.into()).ok().flatten());
            put("link_row_table_primary_field", primary.map_or(Value::Null, |one| represent(context, &one)));
        }
        "lookup" => {
            for (name, of) in
                [("through_field_name", "through_field_id"), ("target_field_name", "target_field_id")]
            {
                if let Some(one) = known.link(of).and_then(|id| context.by_id(id)) {
                    put(name, one.name.into());
                }
            }
        }
        _ => {}
    }
    if kind.is_formula() {
        keys.extend(result(&known));
        if matches!(kind.name, "formula" | "lookup") {
            keys.insert("select_options".to_owned(), json!([]));
            keys.insert("available_collaborators".to_owned(), json!([]));
        }
    }
    keys
}

/// The type of a formula's cells.
fn result(field: &Known) -> Map<String, Value> {
    let mut keys = super::formula::invalid("");
    keys.insert("error".to_owned(), Value::Null);
    for (name, value) in &mut keys {
        if let Some(own) = field.options.get(name) {
            *value = own.clone();
        }
    }
    keys
}

/// What can be chosen in a field, by order.
pub(super) fn select_options(context: &ActionContext<'_>, field: u64) -> Value {
    let options = super::select_options::of_field(context, field).unwrap_or_default();
    let shown = |option: &Record| json!({ "id": key(option), "value": text(option, "value"), "color": text(option, "color") });
    options.iter().map(shown).collect()
}

/// The people of a workspace, by name.
fn collaborators(context: &ActionContext<'_>, workspace: u64) -> Value {
    let members = context.all("workspace_users", &[("workspace", &workspace.into())]).unwrap_or_default();
    let mut people: Vec<Record> =
        members.iter().filter_map(|member| context.referred(member, "user")).collect();
    people.sort_by(|one, other| (text(one, "name"), key(one)).cmp(&(text(other, "name"), key(other))));
    people.iter().map(|person| json!({ "id": key(person), "name": text(person, "name") })).collect()
}
