//! What a body says of a field's own type, checked.

use serde_json::{Map, Value};

use super::directory::{Directory, Known};
use super::kinds::FieldKind;
use super::program::rollup_function;
use crate::action::ActionContext;
use crate::outcome::Outcome;
use crate::platforms::baserow::faults::Faults;
use crate::platforms::baserow::records::{flag, key, number, text};
use crate::platforms::baserow::workspaces;
use crate::state::Record;

/// Keys of computed fields that their owner may set: how values look.
const LOOKS: [&str; 10] = [
    "number_decimal_places",
    "number_prefix",
    "number_suffix",
    "number_separator",
    "date_format",
    "date_include_time",
    "date_time_format",
    "date_show_tzinfo",
    "date_force_timezone",
    "duration_format",
];

/// The options of a field of this kind: what the body says, else what it was (`current`, of the same kind), else the default.
///
/// # Errors
/// Whatever the body names that is not there, or does not fit.
pub(super) fn prepare(
    context: &ActionContext<'_>,
    table: &Record,
    kind: &FieldKind,
    body: &Value,
    current: Option<&Known>,
) -> Result<Map<String, Value>, Outcome> {
    let mut options = kind.defaults();
    if let Some(current) = current {
        options.extend(current.options.clone());
    }
    let own: Vec<String> = kind.defaults().keys().cloned().collect();
    // Which field a link is related to is for the server to say; links and the rest are resolved below.
    for name in own.iter().filter(|name| !name.starts_with("link_row_") && !name.ends_with("_default")) {
        if let Some(value) = body.get(name) {
            options.insert(name.clone(), value.clone());
        }
    }
    for name in ["text_default", "boolean_default", "number_default"] {
        if let Some(value) = body.get(name).filter(|_| own.iter().any(|one| one == name)) {
            if name == "number_default" && !is_number(value) {
                return Err(Faults::one(name, "A valid number is required.", "invalid"));
            }
            options.insert(name.to_owned(), value.clone());
        }
    }
    match kind.name {
        "link_row" => link(context, table, body, &mut options)?,
        "count" | "rollup" | "lookup" => computed(context, table, kind, body, &mut options)?,
        _ => {}
    }
    if kind.is_formula() {
        looks(body, &mut options);
    }
    Ok(options)
}

/// Whether a default is none, or a decimal number.
fn is_number(value: &Value) -> bool {
    match value {
        Value::Null | Value::Number(_) => true,
        Value::String(text) => {
            let digits = text.strip_prefix('-').unwrap_or(text);
            let (whole, rest) = digits.split_once('.').unwrap_or((digits, "0"));
            [whole, rest]
                .iter()
                .all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()))
        }
        _ => false,
    }
}

/// The looks that the body asks for; another formula begins with its own.
fn looks(body: &Value, options: &mut Map<String, Value>) {
    let asked = LOOKS.iter().filter_map(|name| Some(((*name).to_owned(), body.get(*name)?.clone())));
    let asked: Map<String, Value> = asked.filter(|(_, value)| !value.is_null()).collect();
    let is_other =
        ["formula", "target_field_id", "target_field_name"].iter().any(|name| body.get(*name).is_some());
    let mut looks = match options.shift_remove("looks") {
        Some(Value::Object(looks)) if !is_other => looks,
        _ => Map::new(),
    };
    looks.extend(asked);
    if !looks.is_empty() {
        options.insert("looks".to_owned(), Value::Object(looks));
    }
}

fn link(
    context: &ActionContext<'_>,
    table: &Record,
    body: &Value,
    options: &mut Map<String, Value>,
) -> Result<(), Outcome> {
    let asked = ["link_row_table_id", "link_row_table"].iter().find_map(|name| body.get(*name)?.as_i64());
    if let Some(asked) = asked {
        options.insert("link_row_table_id".to_owned(), key(&linked_table(context, table, asked)?).into());
    }
    let Some(linked) = options.get("link_row_table_id").and_then(Value::as_u64) else {
        let sentence = "a link needs the table it leads to: `link_row_table_id`";
        return Err(Outcome::new("ERROR_LINK_ROW_TABLE_NOT_PROVIDED", sentence));
    };
    if let Some(multiple) = body.get("link_row_multiple_relationships") {
        options.insert("link_row_multiple_relationships".to_owned(), multiple.clone());
    }
    match body.get("link_row_limit_selection_view_id") {
        Some(Value::Null) => {
            options.insert("link_row_limit_selection_view_id".to_owned(), Value::Null);
        }
        Some(view) if view.as_i64().is_some_and(|view| view >= 0) => {
            options.insert("link_row_limit_selection_view_id".to_owned(), view.clone());
        }
        _ => {}
    }
    if let Some(view) = options.get("link_row_limit_selection_view_id").filter(|view| !view.is_null()) {
        let missing =
            || Outcome::new("ERROR_VIEW_DOES_NOT_EXIST", format!("there is no view {view} with filters"));
        let found =
            context.get("views", view)?.filter(|view| !flag(view, "trashed") && text(view, "type") != "form");
        if number(&found.ok_or_else(missing)?, "table") != linked {
            let sentence = format!("the view {view} is not one of the table that is linked to");
            return Err(Outcome::new("ERROR_VIEW_NOT_IN_TABLE", sentence));
        }
    }
    Ok(())
}

/// The table that a link is to lead to.
fn linked_table(context: &ActionContext<'_>, table: &Record, asked: i64) -> Result<Record, Outcome> {
    let missing = || Outcome::new("ERROR_TABLE_DOES_NOT_EXIST", format!("there is no table {asked}"));
    let found =
        context.get("tables", &asked.into())?.filter(|table| !flag(table, "trashed")).ok_or_else(missing)?;
    let database = context.referred(&found, "database").filter(|database| !flag(database, "trashed"));
    let database = database.ok_or_else(missing)?;
    let workspace = context.referred(&database, "workspace").filter(|workspace| !flag(workspace, "trashed"));
    let workspace = workspace.ok_or_else(missing)?;
    if let Some(caller) = context.caller()
        && !workspaces::is_member(context, &workspace, caller)?
    {
        return Err(Outcome::new("ERROR_USER_NOT_IN_GROUP", ""));
    }
    if key(&database) != number(table, "database") {
        let sentence = "a link cannot lead to a table of another database";
        return Err(Outcome::new("ERROR_LINK_ROW_TABLE_NOT_IN_SAME_DATABASE", sentence));
    }
    Ok(found)
}

/// The link and the field of the linked table, which `lookup` may also name by their names.
fn computed(
    context: &ActionContext<'_>,
    table: &Record,
    kind: &FieldKind,
    body: &Value,
    options: &mut Map<String, Value>,
) -> Result<(), Outcome> {
    let code = |what: &str| format!("ERROR_INVALID_{}_{what}", kind.name.to_uppercase());
    let by_name = kind.name == "lookup";
    let through = found(context, body, options, "through", key(table), by_name)
        .filter(|link| link.kind == "link_row" && link.table == key(table));
    let Some(through) = through else {
        let sentence = "the link does not exist, is in another table, or is no link to another table";
        return Err(Outcome::new(code("THROUGH_FIELD"), sentence));
    };
    options.insert("through_field_id".to_owned(), through.id.into());
    if kind.name == "count" {
        return Ok(());
    }
    let linked = through.link("link_row_table_id").unwrap_or_default();
    let target =
        found(context, body, options, "target", linked, by_name).filter(|target| target.table == linked);
    let Some(target) = target else {
        let sentence = "the field does not exist, or is not in the table that the link leads to";
        return Err(Outcome::new(code("TARGET_FIELD"), sentence));
    };
    options.insert("target_field_id".to_owned(), target.id.into());
    if by_name {
        options.insert("through_field_name".to_owned(), through.name.into());
        options.insert("target_field_name".to_owned(), target.name.into());
        return Ok(());
    }
    let function = options.get("rollup_function").and_then(Value::as_str).unwrap_or_default();
    if rollup_function(function).is_none() {
        let sentence = format!("there is no rollup function `{function}`");
        return Err(Outcome::new("ERROR_INVALID_ROLLUP_FORMULA_FUNCTION", sentence));
    }
    Ok(())
}

/// A field by `<what>_field_id` or, when that is not said, `<what>_field_name`, of the body, else the one it is already.
fn found(
    context: &ActionContext<'_>,
    body: &Value,
    options: &Map<String, Value>,
    what: &str,
    table: u64,
    by_name: bool,
) -> Option<Known> {
    let (by_id, named) = (format!("{what}_field_id"), format!("{what}_field_name"));
    if let Some(asked) = body.get(&by_id).filter(|asked| !asked.is_null()) {
        return context.by_id(asked.as_u64()?);
    }
    if let Some(asked) = body.get(&named).and_then(Value::as_str).filter(|_| by_name) {
        return context.by_name(table, asked);
    }
    context.by_id(options.get(&by_id)?.as_u64()?)
}
