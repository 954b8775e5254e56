//! Copies of views.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::represent::{Include, represent};
use crate::action::ActionContext;
use crate::outcome::Outcome;
use crate::platforms::baserow::fields::first_unused;
use crate::platforms::baserow::records::{key, number, text};
use crate::platforms::baserow::tables::Ids;
use crate::platforms::baserow::{ordering, sight};
use crate::state::Record;

/// `duplicate_view`: a copy of the view that an earlier step found, right after it and not public.
///
/// # Errors
/// None but `internal`.
pub(in crate::platforms::baserow) fn duplicate_view(
    context: &mut ActionContext<'_>,
) -> Result<Value, Outcome> {
    let view = sight::bound(context, "view")?;
    let owner = ("table", number(&view, "table"));
    let beside = ordering::in_order(context, "views", owner)?;
    let own = [text(&view, "name").to_owned()];
    let name = first_unused(&own, |name| beside.iter().any(|one| text(one, "name") == name));
    let copied = copy(context, &view, owner.1, &name, &mut Ids::default())?;
    let mut place = 0;
    for other in beside {
        place += 1;
        context.update(&other, json!({ "order": place }))?;
        if key(&other) == key(&view) {
            place += 1;
            context.update(&copied, json!({ "order": place }))?;
        }
    }
    represent(context, &context.current(&copied)?, Include::all())
}

/// Copies a view to a table, with all it has. What `ids` do not know stays what it is.
///
/// # Errors
/// None but `internal`.
pub(in crate::platforms::baserow) fn copy(
    context: &mut ActionContext<'_>,
    view: &Record,
    table: u64,
    name: &str,
    ids: &mut Ids,
) -> Result<Record, Outcome> {
    let mut fields = Map::new();
    for kept in [
        "type",
        "order",
        "filter_type",
        "filters_disabled",
        "ownership_type",
        "owned_by",
        "options",
        "show_logo",
    ] {
        if let Some(value) = view.get(kept) {
            fields.insert(kept.to_owned(), value.clone());
        }
    }
    fields.insert("table".to_owned(), table.into());
    fields.insert("name".to_owned(), name.into());
    let options = view.get("field_options").and_then(Value::as_object).into_iter().flatten();
    let renamed =
        |key: &str| key.parse().ok().map_or_else(|| key.to_owned(), |key| now(&ids.fields, key).to_string());
    let options: Map<String, Value> = options.map(|(key, options)| (renamed(key), options.clone())).collect();
    fields.insert("field_options".to_owned(), Value::Object(options));
    if let Some(cover) = view.get("options").and_then(|options| options["card_cover_image_field"].as_u64()) {
        fields["options"]["card_cover_image_field"] = now(&ids.fields, cover).into();
    }
    let copied = context.insert("views", Value::Object(fields))?;
    ids.views.insert(key(view), key(&copied));
    parts(context, view, &copied, ids)?;
    Ok(copied)
}

fn parts(context: &mut ActionContext<'_>, view: &Record, copied: &Record, ids: &Ids) -> Result<(), Outcome> {
    let mut groups = BTreeMap::new();
    // A group is made after the one that it stands in.
    for collection in
        ["view_filter_groups", "view_filters", "view_sortings", "view_group_bys", "view_decorations"]
    {
        for part in context.all(collection, &[("view", &key(view).into())])? {
            let mut fields = part.fields().clone();
            fields.shift_remove("id");
            fields.insert("view".to_owned(), key(copied).into());
            if let Some(field) = part.get("field").and_then(Value::as_u64) {
                fields.insert("field".to_owned(), now(&ids.fields, field).into());
            }
            for name in ["group", "parent_group"] {
                if let Some(group) = part.get(name).and_then(Value::as_u64) {
                    fields.insert(name.to_owned(), now(&groups, group).into());
                }
            }
            if text(&part, "type").contains("select") {
                fields.insert("value".to_owned(), options(text(&part, "value"), ids).into());
            }
            let made = context.insert(collection, Value::Object(fields))?;
            if collection == "view_filter_groups" {
                groups.insert(key(&part), key(&made));
            }
        }
    }
    Ok(())
}

/// Ids of options, between commas.
fn options(value: &str, ids: &Ids) -> String {
    let one = |part: &str| match part.trim().parse() {
        Ok(option) => now(&ids.options, option).to_string(),
        Err(_) => part.to_owned(),
    };
    value.split(',').map(one).collect::<Vec<_>>().join(",")
}

fn now(ids: &BTreeMap<u64, u64>, old: u64) -> u64 {
    ids.get(&old).copied().unwrap_or(old)
}
