//! `update_view`, `order_views` and `rotate_slug`.

use serde_json::{Map, Value, json};

use super::create::{check_cover, may_own};
use super::kinds::kind;
use super::represent::{Include, own_keys, represent};
use crate::action::ActionContext;
use crate::outcome::Outcome;
use crate::platforms::baserow::faults::Faults;
use crate::platforms::baserow::records::{key, referred, text};
use crate::platforms::baserow::{ordering, sight};

/// The fewest characters of a password for visitors.
const SHORTEST: usize = 8;
/// The length of a slug.
const SLUG: usize = 43;

/// What the body asks of the view that an earlier step found.
///
/// # Errors
/// Those of facts: baserow 3.8.
pub(in crate::platforms::baserow) fn update_view(
    context: &mut ActionContext<'_>,
    body: &Value,
    include: Option<&str>,
) -> Result<Value, Outcome> {
    let view = sight::bound(context, "view")?;
    may_own(body)?;
    let mut changes = Map::new();
    for name in ["name", "filter_type", "filters_disabled", "public", "allow_public_export", "show_logo"] {
        if let Some(value) = body.get(name) {
            changes.insert(name.to_owned(), value.clone());
        }
    }
    match body["public_view_password"].as_str() {
        Some(password) if !password.is_empty() && password.chars().count() < SHORTEST => {
            let sentence = format!("At least {SHORTEST} characters are needed.");
            return Err(Faults::one("public_view_password", sentence, "min_length"));
        }
        Some(password) => {
            changes.insert("public_view_password".to_owned(), password.into());
        }
        // Who says again whether it is public, and no password, wants none.
        None if body.get("public").is_some() => {
            changes.insert("public_view_password".to_owned(), "".into());
        }
        None => {}
    }
    let table = referred(context, &view, "table")?;
    let mut options = own_keys(&view);
    options.extend(kind(text(&view, "type")).map(|kind| kind.asked(body)).unwrap_or_default());
    check_cover(context, &table, &options)?;
    let view = context.update(&view, Value::Object(changes))?;
    // An update merges objects (RFC 7396): what is to go has to be gone before.
    let view = context.update(&view, json!({ "options": null }))?;
    let view = context.update(&view, json!({ "options": options }))?;
    represent(context, &view, Include::read(include))
}

/// Orders the views of the table that an earlier step found.
///
/// # Errors
/// `ERROR_VIEW_NOT_IN_TABLE`.
pub(in crate::platforms::baserow) fn order_views(
    context: &mut ActionContext<'_>,
    ids: &Value,
) -> Result<(), Outcome> {
    let table = sight::bound(context, "table")?;
    let views = ordering::in_order(context, "views", ("table", key(&table)))?;
    ordering::renumber(context, &views, ids, "ERROR_VIEW_NOT_IN_TABLE")
}

/// Gives the view that an earlier step found another slug.
///
/// # Errors
/// None but `internal`.
pub(in crate::platforms::baserow) fn rotate_slug(context: &mut ActionContext<'_>) -> Result<Value, Outcome> {
    let view = sight::bound(context, "view")?;
    let slug = context.entropy().token(SLUG);
    let view = context.update(&view, json!({ "slug": slug }))?;
    represent(context, &view, Include::default())
}
