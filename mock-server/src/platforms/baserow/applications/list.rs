//! `list_applications` and `order_applications`.

use serde_json::Value;

use crate::action::ActionContext;
use crate::outcome::Outcome;
use crate::platforms::baserow::records::{caller, flag, key, number};
use crate::platforms::baserow::{ordering, sight};

/// Lets the applications of all workspaces of the caller be what the operation gives.
///
/// # Errors
/// None but `internal`.
pub(in crate::platforms::baserow) fn list_applications(
    context: &mut ActionContext<'_>,
) -> Result<(), Outcome> {
<<<<<<< HEAD
    let mut places = context.all("workspace_users", &[("user", &key(caller(context)?).into())])?;
=======
    let mut places = context.all("workspace_users", &[("user", &key(&caller(context)?).into())])?;
>>>>>>> b-trash
    places.sort_by_key(|place| number(place, "workspace"));
    let mut applications = Vec::new();
    for place in places {
        let workspace = context.referred(&place, "workspace");
        if workspace.is_some_and(|workspace| !flag(&workspace, "trashed")) {
            let owner = ("workspace", number(&place, "workspace"));
            applications.extend(ordering::in_order(context, "applications", owner)?);
        }
    }
    context.produce_all(applications);
    Ok(())
}

/// Orders the applications of the workspace that an earlier step found.
///
/// # Errors
/// `ERROR_APPLICATION_NOT_IN_GROUP`.
pub(in crate::platforms::baserow) fn order_applications(
    context: &mut ActionContext<'_>,
    ids: &Value,
) -> Result<(), Outcome> {
    let workspace = sight::bound(context, "workspace")?;
    let applications = ordering::in_order(context, "applications", ("workspace", key(&workspace)))?;
    ordering::renumber(context, &applications, ids, "ERROR_APPLICATION_NOT_IN_GROUP")
}
