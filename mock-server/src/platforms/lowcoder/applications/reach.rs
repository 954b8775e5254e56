//! Which application is meant, in which state it has to be, and who may do what with it.

use serde_json::{Value, json};

use crate::action::ActionContext as Context;
use crate::outcome::Outcome;
use crate::platforms::lowcoder::access::{Resource, Role, role_in, role_on, user, user_name};
use crate::platforms::lowcoder::refusal::{no_resource, not_authorized, nothing_or, refused, unsupported};
use crate::platforms::lowcoder::{ids, permissions};
use crate::platforms::reading::{flag, text, value};
use crate::state::Record;

/// How many owners a refusal names at most.
const OWNERS_NAMED: usize = 7;

/// The application of that slug, gid or ObjectId; 5005 for none.
pub(in crate::platforms::lowcoder) fn resolve(context: &Context<'_>, id: &str) -> Result<Record, Outcome> {
    ids::resolve_slug(context, "applications", id)?.ok_or_else(unknown)
}

/// As [`resolve`] for the id of a path: an unknown gid is nothing at all to the product (facts: lowcoder 6 and 12 Q2). The
/// operation's outcomes have to have `nothing`.
pub(in crate::platforms::lowcoder) fn named(context: &Context<'_>, id: &str) -> Result<Record, Outcome> {
    match ids::resolve_slug(context, "applications", id)? {
        Some(application) => Ok(application),
        None if id.contains('-') => Err(nothing_or(context, unknown())),
        None => Err(unknown()),
    }
}

pub(super) fn unknown() -> Outcome {
    no_resource("There is no such application.")
}

/// The caller's role: what is given on the application, and that of a viewer for everybody where it is public.
pub(in crate::platforms::lowcoder) fn role(
    context: &Context<'_>,
    application: &Record,
) -> Result<Option<Role>, Outcome> {
    let public = flag(application, "publicToAll").then_some(Role::Viewer);
    Ok(role_on(context, Resource::Application, application)?.max(public))
}

/// Passes where the caller has that role or a better one; 5001 for all others.
pub(in crate::platforms::lowcoder) fn may(
    context: &Context<'_>,
    application: &Record,
    wanted: Role,
) -> Result<Role, Outcome> {
    role(context, application)?.filter(|role| *role >= wanted).ok_or_else(not_authorized)
}

/// Passes where the caller has that role or a better one, and tells those who have no business with the application from
/// those who only may not do this.
///
/// # Errors
/// `user-not-signed-in` (5600) for anonymous callers, `no-permission-to-request-app` (5308) for who may not even edit it (or
/// view it, where a viewer would do), `not-authorized` (5001) for editors where an owner is wanted.
pub(in crate::platforms::lowcoder) fn require(
    context: &Context<'_>,
    application: &Record,
    wanted: Role,
) -> Result<Role, Outcome> {
    match role(context, application)? {
        Some(role) if role >= wanted => Ok(role),
        Some(Role::Editor) => Err(not_authorized()),
        _ => Err(turned_away(context, application)?),
    }
}

/// The role with which the caller looks at what is being edited: a viewer's for everybody where the marketplace has it.
///
/// # Errors
/// As [`require`].
pub(super) fn editable(context: &Context<'_>, application: &Record) -> Result<Role, Outcome> {
    // The product does not look any further then, not even for owners.
    if flag(application, "publicToAll") && flag(application, "publicToMarketplace") {
        return Ok(Role::Viewer);
    }
    require(context, application, Role::Editor)
}

/// What a caller without a role is told: 5600 or 5308. `orgId` is attached, for the header of views.
pub(super) fn turned_away(context: &Context<'_>, application: &Record) -> Result<Outcome, Outcome> {
    let org = value(application, "orgId");
    let outcome = if user(context).is_none() {
        refused("user-not-signed-in", "Sign in first.")
    } else if role_in(context, &org)?.is_none() {
        refused("no-permission-to-request-app", "You are not in the organisation of the application.")
    } else {
        let owners = owners(context, application)?.join(", ");
        refused("no-permission-to-request-app", format!("You may not do that. Ask an owner: {owners}."))
    };
    Ok(outcome.data(json!({ "orgId": org })))
}

/// The names of the owners: users first, then the members of groups that own it.
fn owners(context: &Context<'_>, application: &Record) -> Result<Vec<String>, Outcome> {
    let entries = permissions::of(context, Resource::Application, application)?;
    let (groups, users): (Vec<&Record>, Vec<&Record>) = entries
        .iter()
        .filter(|entry| text(entry, "role") == Role::Owner.name())
        .partition(|entry| text(entry, "type") == "GROUP");
    let mut holders: Vec<Value> = users.into_iter().map(|entry| value(entry, "holder")).collect();
    for group in groups {
        for member in context.all("group_members", &[("group", &value(group, "holder"))])? {
            let user = value(&member, "user");
            if !holders.contains(&user) {
                holders.push(user);
            }
        }
    }
    let mut names = Vec::new();
    for holder in &holders {
        if let Value::String(name) = user_name(context, holder)?
            && names.len() < OWNERS_NAMED
        {
            names.push(name);
        }
    }
    Ok(names)
}

/// Passes for an application with that status; 5003 for all others.
pub(super) fn in_state(application: &Record, status: &str) -> Result<(), Outcome> {
    if text(application, "applicationStatus") == status {
        return Ok(());
    }
    Err(unsupported(format!("The application is not {status}.")))
}
