//! `list_views` and `get_view`.

use serde_json::Value;

use super::represent::{Include, represent};
use crate::action::ActionContext;
use crate::outcome::Outcome;
use crate::platforms::baserow::records::{key, text};
use crate::platforms::baserow::{ordering, sight};

/// The views of the table that an earlier step found, by order.
///
/// # Errors
/// None but `internal`.
pub(in crate::platforms::baserow) fn list_views(
    context: &ActionContext<'_>,
    kind: Option<&str>,
    include: Option<&str>,
    limit: Option<i64>,
) -> Result<Value, Outcome> {
    let table = sight::bound(context, "table")?;
    let mut views = ordering::in_order(context, "views", ("table", key(&table)))?;
    views.retain(|view| kind.is_none_or(|kind| text(view, "type") == kind));
    if let Some(limit) = limit.and_then(|limit| usize::try_from(limit).ok()) {
        views.truncate(limit);
    }
    let include = Include::read(include);
    views.iter().map(|view| represent(context, view, include)).collect()
}

/// The view that an earlier step found.
///
/// # Errors
/// None but `internal`.
pub(in crate::platforms::baserow) fn get_view(
    context: &ActionContext<'_>,
    include: Option<&str>,
) -> Result<Value, Outcome> {
    let view = sight::bound(context, "view")?;
    represent(context, &view, Include::read(include))
}
