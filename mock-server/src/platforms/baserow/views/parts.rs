//! What views have: filters and their groups, sortings, group bys, decorations.

use serde_json::{Map, Value};

use super::kinds::kind;
use super::represent::living_parts;
use crate::action::ActionContext;
use crate::outcome::Outcome;
use crate::platforms::baserow::faults::Faults;
use crate::platforms::baserow::fields;
use crate::platforms::baserow::records::{flag, key, number, referred, text};
use crate::platforms::baserow::{rows, sight};
use crate::state::Record;

/// `create_view_filter`.
///
/// # Errors
/// Those of facts: baserow 3.8; so with the functions below.
pub(in crate::platforms::baserow) fn create_view_filter(
    context: &mut ActionContext<'_>,
    body: &Value,
) -> Result<(), Outcome> {
    let view = sight::bound(context, "view")?;
    let field = field_of(context, &view, body)?.ok_or_else(no_field)?;
    require(&view, "ERROR_VIEW_FILTER_NOT_SUPPORTED", "filters", |kind| kind.lists_rows)?;
    if let Some(group) = body.get("group").filter(|group| !group.is_null()) {
        group_of(context, &view, group)?;
    }
    fits(context, &field, body["type"].as_str().unwrap_or_default())?;
    create(context, "view_filters", &view, body)
}

/// `update_view_filter`.
pub(in crate::platforms::baserow) fn update_view_filter(
    context: &mut ActionContext<'_>,
    body: &Value,
) -> Result<(), Outcome> {
    let filter = sight::bound(context, "filter")?;
    let view = referred(context, &filter, "view")?;
    let field = match field_of(context, &view, body)? {
        Some(field) => field,
        None => referred(context, &filter, "field")?,
    };
    fits(context, &field, body["type"].as_str().unwrap_or(text(&filter, "type")))?;
    update(context, &filter, body)
}

/// `create_view_filter_group`.
pub(in crate::platforms::baserow) fn create_view_filter_group(
    context: &mut ActionContext<'_>,
    body: &Value,
) -> Result<(), Outcome> {
    let view = sight::bound(context, "view")?;
    require(&view, "ERROR_VIEW_FILTER_NOT_SUPPORTED", "filters", |kind| kind.lists_rows)?;
    if let Some(parent) = body.get("parent_group").filter(|parent| !parent.is_null()) {
        group_of(context, &view, parent)?;
    }
    create(context, "view_filter_groups", &view, body)
}

/// `create_view_sort`.
pub(in crate::platforms::baserow) fn create_view_sort(
    context: &mut ActionContext<'_>,
    body: &Value,
) -> Result<(), Outcome> {
    let view = sight::bound(context, "view")?;
    let field = field_of(context, &view, body)?.ok_or_else(no_field)?;
    require(&view, "ERROR_VIEW_SORT_NOT_SUPPORTED", "sortings", |kind| kind.lists_rows)?;
    sorts(&field, body["type"].as_str().unwrap_or("default"))?;
    once(context, "view_sortings", &view, &field, None, "ERROR_VIEW_SORT_FIELD_ALREADY_EXISTS")?;
    create(context, "view_sortings", &view, body)
}

/// `update_view_sort`.
pub(in crate::platforms::baserow) fn update_view_sort(
    context: &mut ActionContext<'_>,
    body: &Value,
) -> Result<(), Outcome> {
    let sorting = sight::bound(context, "sort")?;
    let view = referred(context, &sorting, "view")?;
    let field = match field_of(context, &view, body)? {
        Some(field) => field,
        None => referred(context, &sorting, "field")?,
    };
    sorts(&field, body["type"].as_str().unwrap_or(text(&sorting, "type")))?;
    once(context, "view_sortings", &view, &field, Some(&sorting), "ERROR_VIEW_SORT_FIELD_ALREADY_EXISTS")?;
    update(context, &sorting, body)
}

/// `create_view_group_by`.
pub(in crate::platforms::baserow) fn create_view_group_by(
    context: &mut ActionContext<'_>,
    body: &Value,
) -> Result<(), Outcome> {
    let view = sight::bound(context, "view")?;
    let field = field_of(context, &view, body)?.ok_or_else(no_field)?;
    require(&view, "ERROR_VIEW_GROUP_BY_NOT_SUPPORTED", "group bys", |kind| kind.groups)?;
    groups(&field)?;
    once(context, "view_group_bys", &view, &field, None, "ERROR_VIEW_GROUP_BY_FIELD_ALREADY_EXISTS")?;
    create(context, "view_group_bys", &view, body)
}

/// `update_view_group_by`.
pub(in crate::platforms::baserow) fn update_view_group_by(
    context: &mut ActionContext<'_>,
    body: &Value,
) -> Result<(), Outcome> {
    let group_by = sight::bound(context, "group_by")?;
    let view = referred(context, &group_by, "view")?;
    if let Some(field) = field_of(context, &view, body)? {
        groups(&field)?;
        let taken = "ERROR_VIEW_GROUP_BY_FIELD_ALREADY_EXISTS";
        once(context, "view_group_bys", &view, &field, Some(&group_by), taken)?;
    }
    update(context, &group_by, body)
}

/// `create_view_decoration`.
pub(in crate::platforms::baserow) fn create_view_decoration(
    context: &mut ActionContext<'_>,
    body: &Value,
) -> Result<(), Outcome> {
    let view = sight::bound(context, "view")?;
    require(&view, "ERROR_VIEW_DECORATION_NOT_SUPPORTED", "decorations", |kind| kind.decorates)?;
    create(context, "view_decorations", &view, body)
}

/// `update_view_decoration`.
pub(in crate::platforms::baserow) fn update_view_decoration(
    context: &mut ActionContext<'_>,
    body: &Value,
) -> Result<(), Outcome> {
    let decoration = sight::bound(context, "decoration")?;
    if body.get("value_provider_conf").is_some() {
        let none = serde_json::json!({ "value_provider_conf": null });
        context.update(&decoration, none)?;
    }
    let decoration = context.current(&decoration)?;
    update(context, &decoration, body)
}

/// Takes away what does not go with a field any more, now that it is of another type.
///
/// # Errors
/// None but `internal`.
pub(in crate::platforms::baserow) fn field_changed_type(
    context: &mut ActionContext<'_>,
    field: &Record,
) -> Result<(), Outcome> {
    let own = [("field", &key(field).into())];
    let mut gone = Vec::new();
    for filter in context.all("view_filters", &own)? {
        if !rows::filter_goes_with(context, field, text(&filter, "type"))? {
            gone.push(filter);
        }
    }
    for sorting in context.all("view_sortings", &own)? {
        if sorts(field, text(&sorting, "type")).is_err() {
            gone.push(sorting);
        }
    }
    if groups(field).is_err() {
        gone.extend(context.all("view_group_bys", &own)?);
    }
    context.delete(&gone)
}

fn create(
    context: &mut ActionContext<'_>,
    collection: &str,
    view: &Record,
    body: &Value,
) -> Result<(), Outcome> {
    let mut fields = known(body);
    fields.insert("view".to_owned(), key(view).into());
    let made = context.insert(collection, Value::Object(fields))?;
    context.produce(made);
    Ok(())
}

fn update(context: &mut ActionContext<'_>, part: &Record, body: &Value) -> Result<(), Outcome> {
    let changed = context.update(part, Value::Object(known(body)))?;
    context.produce(changed);
    Ok(())
}

/// What a body can say of a part of a view.
fn known(body: &Value) -> Map<String, Value> {
    const NAMES: [&str; 10] = [
        "field",
        "type",
        "value",
        "group",
        "order",
        "width",
        "filter_type",
        "parent_group",
        "value_provider_type",
        "value_provider_conf",
    ];
    let said = NAMES.iter().filter_map(|name| Some(((*name).to_owned(), body.get(*name)?.clone())));
    said.collect()
}

fn require(
    view: &Record,
    code: &'static str,
    what: &str,
    can: impl Fn(&super::kinds::ViewKind) -> bool,
) -> Result<(), Outcome> {
    if kind(text(view, "type")).is_some_and(can) {
        return Ok(());
    }
    Err(Outcome::new(code, format!("views of type `{}` have no {what}", text(view, "type"))))
}

/// The field that the body names, which is one of the view's table; `None` when it names none.
fn field_of(context: &ActionContext<'_>, view: &Record, body: &Value) -> Result<Option<Record>, Outcome> {
    let Some(asked) = body.get("field") else { return Ok(None) };
    let missing = || {
        let sentence = format!("Invalid pk \"{asked}\" - object does not exist.");
        Faults::one("field", sentence, "does_not_exist")
    };
    let field = context.get("fields", asked)?.filter(|field| !flag(field, "trashed")).ok_or_else(missing)?;
    if number(&field, "table") != number(view, "table") {
        return Err(Outcome::new("ERROR_FIELD_NOT_IN_TABLE", "the field is one of another table"));
    }
    Ok(Some(field))
}

/// The schema has made sure of a field.
fn no_field() -> Outcome {
    Faults::one("field", "This field is required.", "required")
}

fn group_of(context: &ActionContext<'_>, view: &Record, group: &Value) -> Result<(), Outcome> {
    let found = context.get("view_filter_groups", group)?;
    match found.filter(|group| number(group, "view") == key(view)) {
        Some(_) => Ok(()),
        None => {
            let sentence = format!("the view has no group of filters {group}");
            Err(Outcome::new("ERROR_VIEW_FILTER_GROUP_DOES_NOT_EXIST", sentence))
        }
    }
}

fn fits(context: &ActionContext<'_>, field: &Record, filter: &str) -> Result<(), Outcome> {
    if rows::filter_goes_with(context, field, filter)? {
        return Ok(());
    }
    let sentence = format!("the filter `{filter}` does not go with fields of type `{}`", text(field, "type"));
    Err(Outcome::new("ERROR_VIEW_FILTER_TYPE_UNSUPPORTED_FIELD", sentence))
}

fn sorts(field: &Record, manner: &str) -> Result<(), Outcome> {
    let own = text(field, "type");
    let sorts = fields::kind(own).is_some_and(|kind| kind.sorts);
    if sorts && (manner == "default" || (manner == "order" && own == "single_select")) {
        return Ok(());
    }
    let sentence = format!("views cannot be sorted by a field of type `{own}` in the manner `{manner}`");
    Err(Outcome::new("ERROR_VIEW_SORT_FIELD_NOT_SUPPORTED", sentence))
}

fn groups(field: &Record) -> Result<(), Outcome> {
    if fields::kind(text(field, "type")).is_some_and(|kind| kind.groups) {
        return Ok(());
    }
    let sentence = format!("views cannot be grouped by a field of type `{}`", text(field, "type"));
    Err(Outcome::new("ERROR_VIEW_GROUP_BY_FIELD_NOT_SUPPORTED", sentence))
}

/// A view is sorted and grouped by a field once.
fn once(
    context: &ActionContext<'_>,
    collection: &str,
    view: &Record,
    field: &Record,
    except: Option<&Record>,
    code: &'static str,
) -> Result<(), Outcome> {
    let others = living_parts(context, collection, view)?;
    let is_other = |part: &Record| except.is_none_or(|except| key(except) != key(part));
    if others.iter().any(|part| is_other(part) && number(part, "field") == key(field)) {
        return Err(Outcome::new(code, "the view has one for this field already"));
    }
    Ok(())
}
