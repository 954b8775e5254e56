//! The members of a workspace.

use serde_json::{Value, json};

use super::super::faults::Faults;
use super::super::records::{crash, flag, get, id, number, text, value};
use super::super::{sorts, users};
use crate::action::ActionContext;
use crate::outcome::Outcome;
use crate::state::Record;

/// The permissions of who administers a workspace.
pub(in super::super) const ADMIN: &str = "ADMIN";

/// A user's place in a workspace.
pub(in super::super) fn membership(
    context: &ActionContext<'_>,
    workspace: &Record,
    user: &Record,
) -> Result<Option<Record>, Outcome> {
    context.find("workspace_users", &[("workspace", &id(workspace)), ("user", &id(user))])
}

/// Whether a user is a member of a workspace.
pub(in super::super) fn is_member(
    context: &ActionContext<'_>,
    workspace: &Record,
    user: &Record,
) -> Result<bool, Outcome> {
    membership(context, workspace, user).map(|place| place.is_some())
}

/// Makes a user a member, or gives a member other permissions.
pub(in super::super) fn join(
    context: &mut ActionContext<'_>,
    workspace: &Record,
    user: &Record,
    permissions: &str,
) -> Result<Record, Outcome> {
    if let Some(place) = membership(context, workspace, user)? {
        return context.update(&place, json!({ "permissions": permissions }));
    }
    let places = context.all("workspace_users", &[("user", &id(user))])?;
    let last = places.iter().map(|place| number(place, "order")).max().unwrap_or_default();
    let fields = json!({
        "workspace": id(workspace), "user": id(user), "permissions": permissions, "order": last.saturating_add(1),
    });
    context.insert("workspace_users", fields)
}

/// Whether nobody else administers the workspace of this place.
fn is_last_admin(context: &ActionContext<'_>, place: &Record) -> Result<bool, Outcome> {
    if text(place, "permissions") != ADMIN {
        return Ok(false);
    }
    let fields = [("workspace", &value(place, "workspace")), ("permissions", &Value::from(ADMIN))];
    let others = context.all("workspace_users", &fields)?;
    Ok(others.iter().filter(|other| id(other) != id(place)).all(|other| {
        // Who is about to be deleted administers nothing for long.
        context.referred(other, "user").is_none_or(|user| flag(&user, "to_be_deleted"))
    }))
}

/// `leave_workspace`.
pub(in super::super) fn leave_workspace(
    context: &mut ActionContext<'_>,
    membership: u64,
) -> Result<(), Outcome> {
    let place = get(context, "workspace_users", membership)?;
    if is_last_admin(context, &place)? {
        let sentence = "nobody else administers the workspace: make somebody its administrator, or delete it";
        return Err(Outcome::new("ERROR_GROUP_USER_IS_LAST_ADMIN", sentence));
    }
    context.delete(&[place])
}

/// `update_workspace_user`: produces the place. On what this refuses the product crashes (facts: baserow 2.7).
pub(in super::super) fn update_workspace_user(
    context: &mut ActionContext<'_>,
    member: u64,
    permissions: Option<&str>,
) -> Result<(), Outcome> {
    let place = get(context, "workspace_users", member)?;
    let Some(permissions) = permissions else {
        return Err(crash(context, Faults::one("permissions", "This field is required.", "required")));
    };
    if permissions != ADMIN && is_last_admin(context, &place)? {
        let sentence = "nobody else administers the workspace";
        return Err(crash(context, Faults::one("permissions", sentence, "invalid")));
    }
    let place = context.update(&place, json!({ "permissions": permissions }))?;
    context.produce(place);
    Ok(())
}

/// `list_workspace_users`: produces the places. Sorting by `name` sorts by the user name, as the product does.
pub(in super::super) fn list_workspace_users(
    context: &mut ActionContext<'_>,
    workspace: u64,
    search: Option<&str>,
    sorts: Option<&str>,
) -> Result<(), Outcome> {
    const COLUMNS: &[(&str, &str)] = &[("name", "username"), ("email", "email"), ("role_uid", "permissions")];
    users::purge(context)?;
    let sorts = sorts.map(|sorts| sorts::read(sorts, COLUMNS)).transpose()?;
    let places = context.all("workspace_users", &[("workspace", &Value::from(workspace))])?;
    let wanted = search.unwrap_or_default().to_lowercase();
    let mut members: Vec<(Record, String)> = places
        .into_iter()
        .filter_map(|place| {
            let user = context.referred(&place, "user")?;
            let address = text(&user, "email").to_owned();
            address.to_lowercase().contains(&wanted).then_some((place, address))
        })
        .collect();
    sorts::sort(&mut members, &sorts.unwrap_or_default(), |(place, address), column| match column {
        "permissions" => value(place, column),
        _ => address.as_str().into(),
    });
    context.produce_all(members.into_iter().map(|(place, _)| place).collect());
    Ok(())
}
