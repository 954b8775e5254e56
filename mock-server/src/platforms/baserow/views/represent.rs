//! Views, as answers show them.

use serde_json::{Map, Value, json};

use super::kinds::kind;
use crate::action::ActionContext;
use crate::outcome::Outcome;
use crate::platforms::baserow::records::{flag, key, number, referred, text};
use crate::state::Record;

/// What goes along with a view.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::platforms::baserow) struct Include {
    filters: bool,
    sortings: bool,
    group_bys: bool,
    decorations: bool,
}

impl Include {
    /// As the parameter `include` asks; names that mean nothing are ignored.
    pub(super) fn read(parameter: Option<&str>) -> Self {
        let has = |name: &str| parameter.is_some_and(|all| all.split(',').any(|one| one.trim() == name));
        Self {
            filters: has("filters"),
            sortings: has("sortings"),
            group_bys: has("group_bys"),
            decorations: has("decorations"),
        }
    }

    /// Everything.
    pub(super) fn all() -> Self {
        Self { filters: true, sortings: true, group_bys: true, decorations: true }
    }
}

/// A view as answers show it.
///
/// # Errors
/// None but `internal`.
pub(in crate::platforms::baserow) fn represent(
    context: &ActionContext<'_>,
    view: &Record,
    include: Include,
) -> Result<Value, Outcome> {
    let table = referred(context, view, "table")?;
    let value = |name: &str| view.get(name).cloned().unwrap_or_default();
    let mut shown = Map::new();
    let mut put = |name: &str, value: Value| shown.insert(name.to_owned(), value);
    put("id", key(view).into());
    put("table_id", key(&table).into());
    put("name", value("name"));
    put("order", value("order"));
    put("type", value("type"));
    put(
        "table",
        json!({
            "id": key(&table), "name": text(&table, "name"), "order": number(&table, "order"),
            "database_id": number(&table, "database"),
        }),
    );
    put("filter_type", value("filter_type"));
    if include.filters {
        put("filters", parts(context, "view_filters", view, &["field", "type", "value", "group"])?);
        put("filter_groups", parts(context, "view_filter_groups", view, &["filter_type", "parent_group"])?);
    }
    if include.sortings {
        put("sortings", parts(context, "view_sortings", view, &["field", "order", "type"])?);
    }
    if include.group_bys {
        put("group_bys", parts(context, "view_group_bys", view, &["field", "order", "width", "type"])?);
    }
    if include.decorations {
        let names = ["type", "value_provider_type", "value_provider_conf", "order"];
        put("decorations", parts(context, "view_decorations", view, &names)?);
    }
    put("filters_disabled", value("filters_disabled"));
    put("public_view_has_password", (!text(view, "public_view_password").is_empty()).into());
    put("show_logo", value("show_logo"));
    put("allow_public_export", value("allow_public_export"));
    put("ownership_type", value("ownership_type"));
    put("owned_by_id", value("owned_by"));
    put("public", value("public"));
    put("slug", value("slug"));
    shown.extend(own_keys(view));
    Ok(Value::Object(shown))
}

/// What only this type has.
pub(super) fn own_keys(view: &Record) -> Map<String, Value> {
    let mut keys = kind(text(view, "type")).map(|kind| kind.defaults()).unwrap_or_default();
    for (name, default) in &mut keys {
        if let Some(value) = view.get("options").and_then(|options| options.get(name)) {
            *default = value.clone();
        }
    }
    keys
}

/// What a view has of one sort, in the order in which it was added.
fn parts(
    context: &ActionContext<'_>,
    collection: &str,
    view: &Record,
    names: &[&str],
) -> Result<Value, Outcome> {
    let shown = |part: &Record| {
        let mut shown = Map::new();
        shown.insert("id".to_owned(), key(part).into());
        shown.insert("view".to_owned(), key(view).into());
        for name in names {
            shown.insert((*name).to_owned(), part.get(name).cloned().unwrap_or_default());
        }
        if collection == "view_filters" {
            shown.insert("preload_values".to_owned(), json!({}));
        }
        Value::Object(shown)
    };
    Ok(living_parts(context, collection, view)?.iter().map(shown).collect())
}

/// What a view has of one sort, without what is about fields in the trash.
///
/// # Errors
/// None but `internal`.
pub(in crate::platforms::baserow) fn living_parts(
    context: &ActionContext<'_>,
    collection: &str,
    view: &Record,
) -> Result<Vec<Record>, Outcome> {
    let mut parts = context.all(collection, &[("view", &key(view).into())])?;
    parts.retain(|part| context.referred(part, "field").is_none_or(|field| !flag(&field, "trashed")));
    Ok(parts)
}
