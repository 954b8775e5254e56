//! How a view shows each field.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::kinds::{ViewKind, kind};
use crate::action::ActionContext;
use crate::outcome::Outcome;
use crate::platforms::baserow::faults::Faults;
use crate::platforms::baserow::records::{flag, key, number, text};
use crate::platforms::baserow::{fields, sight};
use crate::state::Record;

/// The options of all fields of a view's table. What nobody has decided yet is hidden in every grid but the table's first,
/// and there where it is public or hides something else already (facts: baserow 3.8).
///
/// # Errors
/// None but `internal`.
pub(in crate::platforms::baserow) fn options_of(
    context: &ActionContext<'_>,
    view: &Record,
) -> Result<Map<String, Value>, Outcome> {
    let Some(kind) = kind(text(view, "type")) else { return Ok(Map::new()) };
    let stored = view.get("field_options").and_then(Value::as_object);
    let stored_of = |field: &Record| stored.and_then(|stored| stored.get(&key(field).to_string()));
    let fields = fields::of_table(context, number(view, "table"))?;
    let hides = flag(view, "public")
        || !is_first(context, view)?
        || fields.iter().filter_map(stored_of).any(|options| options["hidden"] == Value::Bool(true));
    let mut all = Map::new();
    for field in &fields {
        let mut options = kind.field_defaults();
        match stored_of(field).and_then(Value::as_object) {
            Some(stored) => options.extend(stored.clone()),
            None if hides && kind.name == "grid" => {
                options.insert("hidden".to_owned(), true.into());
            }
            None => {}
        }
        all.insert(key(field).to_string(), Value::Object(options));
    }
    Ok(all)
}

/// Whether its table was made with this view.
fn is_first(context: &ActionContext<'_>, view: &Record) -> Result<bool, Outcome> {
    let views = context.all("views", &[("table", &number(view, "table").into())])?;
    Ok(views.first().is_none_or(|first| key(first) == key(view)))
}

/// The ids of the fields that a view hides.
///
/// # Errors
/// None but `internal`.
pub(in crate::platforms::baserow) fn hidden_fields(
    context: &ActionContext<'_>,
    view: &Record,
) -> Result<BTreeSet<u64>, Outcome> {
    let is_hidden = |options: &Value| match options.get("enabled") {
        Some(enabled) => enabled != &Value::Bool(true),
        None => options["hidden"] == Value::Bool(true),
    };
    let options = options_of(context, view)?;
    let hidden = options.iter().filter(|(_, options)| is_hidden(options));
    Ok(hidden.filter_map(|(field, _)| field.parse().ok()).collect())
}

/// `get_field_options`: of the view that an earlier step found. Whoever looks decides it: from then on the options stay
/// what they were seen to be.
///
/// # Errors
/// None but `internal`.
pub(in crate::platforms::baserow) fn get_field_options(
    context: &mut ActionContext<'_>,
) -> Result<Value, Outcome> {
    let view = sight::bound(context, "view")?;
    let options = options_of(context, &view)?;
    if view.get("field_options").and_then(Value::as_object).is_none_or(|stored| stored.len() != options.len())
    {
        context.update(&view, json!({ "field_options": options }))?;
    }
    Ok(json!({ "field_options": options }))
}

/// `update_field_options`: of the view that an earlier step found.
///
/// # Errors
/// `ERROR_UNRELATED_FIELD` for a field of another table, `invalid` for what is no id or no option.
pub(in crate::platforms::baserow) fn update_field_options(
    context: &mut ActionContext<'_>,
    asked: &Value,
) -> Result<Value, Outcome> {
    let view = sight::bound(context, "view")?;
    let Some(own) = kind(text(&view, "type")) else { return Ok(json!({ "field_options": {} })) };
    let mut options = options_of(context, &view)?;
    for (key, changes) in asked.as_object().into_iter().flatten() {
        if key.is_empty() || !key.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(Faults::one("field_options", "Field option key must be numeric.", "invalid_key"));
        }
        let changes = read(own, changes)?;
        let key = key.trim_start_matches('0');
        let Some(Value::Object(current)) = options.get_mut(key) else {
            let sentence = format!("the field {key} is not one of the view's table");
            return Err(Outcome::new("ERROR_UNRELATED_FIELD", sentence));
        };
        if own.name == "form" && changes.get("enabled") == Some(&Value::Bool(true)) {
            let field = fields::of_table(context, number(&view, "table"))?;
            let field = field.iter().find(|field| self::key(field).to_string() == key);
            if let Some(field) = field.filter(|field| !fields::can_be_written(field)) {
                let sentence =
                    format!("fields of type `{}` cannot be asked for in forms", text(field, "type"));
                return Err(Outcome::new("ERROR_FORM_VIEW_FIELD_TYPE_IS_NOT_SUPPORTED", sentence));
            }
        }
        current.extend(changes);
    }
    context.update(&view, json!({ "field_options": null }))?;
    let view = context.current(&view)?;
    context.update(&view, json!({ "field_options": options }))?;
    Ok(json!({ "field_options": options }))
}

/// The options of one field as the type of view has them; others are ignored.
fn read(kind: &ViewKind, changes: &Value) -> Result<Map<String, Value>, Outcome> {
    let wrong = || Faults::one("field_options", "Must be valid field options.", "invalid_value");
    let changes = changes.as_object().ok_or_else(wrong)?;
    let mut read = Map::new();
    for (name, default) in kind.field_defaults() {
        let Some(value) = changes.get(&name) else { continue };
        let whole = value.as_i64();
        let fits = match (name.as_str(), &default) {
            ("order", _) => {
                whole.is_some_and(|order| i64::from(i16::MIN) <= order && order <= i64::from(i16::MAX))
            }
            ("width", _) => whole.is_some_and(|width| (0..=i64::from(i32::MAX)).contains(&width)),
            (_, Value::Bool(_)) => value.is_boolean(),
            (_, Value::Array(_)) => value.is_array(),
            _ => value.is_string(),
        };
        if !fits {
            return Err(wrong());
        }
        read.insert(name, value.clone());
    }
    Ok(read)
}
