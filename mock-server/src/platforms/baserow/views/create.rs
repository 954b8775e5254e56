//! Views are made.

use serde_json::{Map, Value, json};

use super::kinds::kind;
use super::represent::{Include, represent};
use crate::action::ActionContext;
use crate::outcome::Outcome;
use crate::platforms::baserow::records::{flag, key, number, text};
use crate::platforms::baserow::{fields, ordering, sight};
use crate::state::Record;

/// Fields of a new gallery that are not hidden.
const SHOWN_IN_GALLERIES: usize = 3;

/// `create_view`: the last one of the table that an earlier step found.
///
/// # Errors
/// Those of facts: baserow 3.8.
pub(in crate::platforms::baserow) fn create_view(
    context: &mut ActionContext<'_>,
    body: &Value,
) -> Result<Value, Outcome> {
    let table = sight::bound(context, "table")?;
    let kind_name = body["type"].as_str().unwrap_or_default();
    let own = kind(kind_name).ok_or_else(|| {
        let sentence = format!("views of type `{kind_name}` need a licence that this instance does not have");
        Outcome::new("ERROR_FEATURE_NOT_AVAILABLE", sentence)
    })?;
    may_own(body)?;
    let mut options = own.defaults();
    options.extend(own.asked(body));
    check_cover(context, &table, &options)?;
    let owner = context.caller().map(key);
    let order = ordering::next(context, "views", ("table", key(&table)))?;
    let mut fields = json!({
        "table": key(&table), "name": body["name"].as_str().unwrap_or_default(), "type": own.name, "order": order,
        "owned_by": owner, "options": options,
    });
    for name in ["filter_type", "filters_disabled", "public"] {
        if let Some(value) = body.get(name) {
            fields[name] = value.clone();
        }
    }
    if own.name == "gallery" {
        let shown = fields::of_table(context, key(&table))?;
        let shown = shown
            .iter()
            .take(SHOWN_IN_GALLERIES)
            .map(|field| (key(field).to_string(), json!({ "hidden": false })));
        fields["field_options"] = Value::Object(shown.collect());
    }
    let view = context.insert("views", fields)?;
    represent(context, &view, Include::default())
}

/// Makes the grid that a new table begins with; `field_options` say how it shows its fields.
///
/// # Errors
/// None but `internal`.
pub(in crate::platforms::baserow) fn first_grid(
    context: &mut ActionContext<'_>,
    table: &Record,
    field_options: Map<String, Value>,
) -> Result<(), Outcome> {
    let owner = context.caller().map(key);
    let options = kind("grid").map(|kind| kind.defaults()).unwrap_or_default();
    let view = json!({
        "table": key(table), "name": "Grid", "type": "grid", "order": 1, "owned_by": owner, "options": options,
        "field_options": field_options,
    });
    context.insert("views", view).map(drop)
}

/// Views of one person's own need a licence.
pub(super) fn may_own(body: &Value) -> Result<(), Outcome> {
    match body["ownership_type"].as_str() {
        None | Some("collaborative") => Ok(()),
        Some(other) => {
            let sentence = format!("views of the ownership type `{other}` need a licence");
            Err(Outcome::new("PERMISSION_DENIED", sentence))
        }
    }
}

/// The cover of a gallery is a file field of its table.
pub(super) fn check_cover(
    context: &ActionContext<'_>,
    table: &Record,
    options: &Map<String, Value>,
) -> Result<(), Outcome> {
    let Some(cover) = options.get("card_cover_image_field").filter(|cover| !cover.is_null()) else {
        return Ok(());
    };
    let found = context.get("fields", cover)?.filter(|field| !flag(field, "trashed"));
    let missing = || {
        crate::platforms::baserow::faults::Faults::one(
            "card_cover_image_field",
            format!("Invalid pk \"{cover}\" - object does not exist."),
            "does_not_exist",
        )
    };
    let field = found.ok_or_else(missing)?;
    if number(&field, "table") != key(table) {
        return Err(Outcome::new("ERROR_FIELD_NOT_IN_TABLE", "the field is one of another table"));
    }
    if text(&field, "type") != "file" {
        return Err(Outcome::new("ERROR_INCOMPATIBLE_FIELD", "the field has no files to make a cover of"));
    }
    Ok(())
}
