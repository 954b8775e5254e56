//! Public views, as everyone with the address sees them.

use serde_json::{Map, Value, json};

use super::field_options::hidden_fields;
use super::password::opened;
use super::represent::{living_parts, own_keys};
use crate::action::ActionContext;
use crate::outcome::Outcome;
use crate::platforms::baserow::records::{flag, key, number, referred, text};
use crate::platforms::baserow::{fields, sight, workspaces};
use crate::state::Record;

/// The view that an earlier step found, if the caller may see it: everyone a public one, perhaps with a password, members any.
///
/// # Errors
/// `missing` for a view that is not public, `ERROR_NO_AUTHORIZATION_TO_PUBLICLY_SHARED_VIEW`.
pub(in crate::platforms::baserow) fn public_view(
    context: &ActionContext<'_>,
    missing: &'static str,
) -> Result<Record, Outcome> {
    let (view, is_member) = shared_view(context, missing)?;
    if is_member {
        return Ok(view);
    }
    if !opened(context, &view) {
        let sentence = "the view is protected by a password";
        return Err(Outcome::new("ERROR_NO_AUTHORIZATION_TO_PUBLICLY_SHARED_VIEW", sentence));
    }
    Ok(view)
}

/// The view that an earlier step found, if it is public or the caller is a member of its workspace; whether that is so.
///
/// # Errors
/// `missing` for a view that is not public.
pub(super) fn shared_view(
    context: &ActionContext<'_>,
    missing: &'static str,
) -> Result<(Record, bool), Outcome> {
    let view = sight::bound(context, "view")?;
    let table = referred(context, &view, "table")?;
    let database = referred(context, &table, "database")?;
    let workspace = referred(context, &database, "workspace")?;
    let is_member = match context.caller() {
        Some(caller) => workspaces::is_member(context, &workspace, caller)?,
        None => false,
    };
    if !is_member && !flag(&view, "public") {
        return Err(Outcome::new(missing, "there is no public view with this address"));
    }
    Ok((view, is_member))
}

/// `public_view_info`.
///
/// # Errors
/// As [`public_view`].
pub(in crate::platforms::baserow) fn public_view_info(context: &ActionContext<'_>) -> Result<Value, Outcome> {
    let view = public_view(context, "ERROR_VIEW_DOES_NOT_EXIST")?;
    let hidden = hidden_fields(context, &view)?;
    let mut shown = fields::of_table(context, number(&view, "table"))?;
    shown.retain(|field| !hidden.contains(&key(field)));
    let own = |field: &Record| {
        let mut shown = fields::represent(context, field);
        for name in ["table_id", "database_id", "workspace_id"] {
            shown[name] = 0.into();
        }
        shown
    };
    let visible: Vec<u64> = shown.iter().map(key).collect();
    Ok(json!({
        "fields": shown.iter().map(own).collect::<Value>(),
        "view": represent(context, &view, &visible)?,
    }))
}

fn represent(context: &ActionContext<'_>, view: &Record, visible: &[u64]) -> Result<Value, Outcome> {
    let parts = |collection: &str, names: &[&str]| -> Result<Value, Outcome> {
        let parts = living_parts(context, collection, view)?;
        let one = |part: &Record| {
            let mut shown = Map::new();
            shown.insert("id".to_owned(), key(part).into());
            shown.insert("view".to_owned(), text(view, "slug").into());
            for name in names {
                shown.insert((*name).to_owned(), part.get(name).cloned().unwrap_or_default());
            }
            Value::Object(shown)
        };
        Ok(parts.iter().filter(|part| visible.contains(&number(part, "field"))).map(one).collect())
    };
    let mut shown = json!({
        "id": text(view, "slug"),
        "table": { "id": 0, "database_id": 0 },
        "name": text(view, "name"),
        "order": number(view, "order"),
        "type": text(view, "type"),
        "sortings": parts("view_sortings", &["field", "order", "type"])?,
        "group_bys": parts("view_group_bys", &["field", "order", "width", "type"])?,
        "public": flag(view, "public"),
        "slug": text(view, "slug"),
        "show_logo": flag(view, "show_logo"),
        "allow_public_export": flag(view, "allow_public_export"),
    });
    for (name, value) in own_keys(view) {
        shown[name] = value;
    }
    Ok(shown)
}
