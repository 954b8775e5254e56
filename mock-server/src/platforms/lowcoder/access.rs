//! Who may what: members, administrators, developers, and roles on single resources (facts: lowcoder 7).

use serde_json::Value;

use super::permissions;
use super::refusal::{not_authorized, refused};
use crate::action::ActionContext as Context;
use crate::outcome::Outcome;
use crate::platforms::reading::{id, member, text, value};
use crate::state::Record;

/// A role on a resource; each one has the rights of those before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Role {
    Viewer,
    Editor,
    Owner,
}

impl Role {
    pub(super) fn parse(name: &str) -> Option<Self> {
        match name {
            "viewer" => Some(Self::Viewer),
            "editor" => Some(Self::Editor),
            "owner" => Some(Self::Owner),
            _ => None,
        }
    }

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Viewer => "viewer",
            Self::Editor => "editor",
            Self::Owner => "owner",
        }
    }
}

/// What roles are given on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Resource {
    Application,
    Bundle,
    Datasource,
    Folder,
}

impl Resource {
    /// As `permissions.resourceType` has it.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Application => "application",
            Self::Bundle => "bundle",
            Self::Datasource => "datasource",
            Self::Folder => "folder",
        }
    }

    /// The field of its record that names the organisation.
    fn organization_field(self) -> &'static str {
        match self {
            Self::Datasource => "organizationId",
            Self::Application | Self::Bundle | Self::Folder => "orgId",
        }
    }

    /// The key of the organisation that a record belongs to.
    pub(super) fn organization(self, record: &Record) -> Value {
        value(record, self.organization_field())
    }
}

/// The caller as a user; `None` for the anonymous one.
pub(super) fn user<'c>(context: &Context<'c>) -> Option<&'c Record> {
    context.caller()
}

/// A user's membership in an organisation.
pub(super) fn membership(
    context: &Context<'_>,
    org: &Value,
    user: &Value,
) -> Result<Option<Record>, Outcome> {
    context.find("members", &[("org", org), ("user", user)])
}

/// The role that the caller has in an organisation: `member`, `admin` or `super_admin`; `None` for others.
pub(super) fn role_in(context: &Context<'_>, org: &Value) -> Result<Option<String>, Outcome> {
    let Some(user) = user(context) else { return Ok(None) };
    Ok(membership(context, org, &id(user))?.map(|member| text(&member, "role").to_owned()))
}

/// Whether the caller is an administrator of an organisation.
pub(super) fn is_admin(context: &Context<'_>, org: &Value) -> Result<bool, Outcome> {
    user(context).map_or(Ok(false), |user| administers(context, org, &id(user)))
}

/// Whether a user is an administrator of an organisation.
pub(super) fn administers(context: &Context<'_>, org: &Value, user: &Value) -> Result<bool, Outcome> {
    Ok(membership(context, org, user)?.is_some_and(|member| leads(text(&member, "role"))))
}

/// Whether that is the role of an administrator, in an organisation or in a group.
pub(super) fn leads(role: &str) -> bool {
    matches!(role, "admin" | "super_admin")
}

/// The role that a body gives to a member of an organisation or of a group: every word but `admin` is a member.
pub(super) fn given_role(body: &Value) -> &'static str {
    if member(body, "role") == Some("admin") { "admin" } else { "member" }
}

/// Passes for administrators of an organisation; 5001 for all others.
pub(super) fn require_admin(context: &Context<'_>, org: &Value) -> Result<(), Outcome> {
    if is_admin(context, org)? { Ok(()) } else { Err(not_authorized()) }
}

/// Passes for members of an organisation; 5001 for all others.
pub(super) fn require_member(context: &Context<'_>, org: &Value) -> Result<(), Outcome> {
    if role_in(context, org)?.is_some() { Ok(()) } else { Err(not_authorized()) }
}

/// The organisation that calls mean which name none: the one the user has switched to, or the first that the user is in.
/// 5105 where there is none, and for anonymous callers.
pub(super) fn current_org(context: &Context<'_>) -> Result<Record, Outcome> {
    let none = || refused("unable-to-find-valid-org", "You are in no organisation.");
    let user = user(context).ok_or_else(none)?;
    org_of(context, user)?.ok_or_else(none)
}

/// The current organisation of a user; `None` where the user is in none.
pub(super) fn org_of(context: &Context<'_>, user: &Record) -> Result<Option<Record>, Outcome> {
    let user_id = id(user);
    // read anew: an action before may have changed it
    let user = context.get("users", &user_id)?.unwrap_or_else(|| user.clone());
    if let Some(org) = active_org(context, &value(&user, "currentOrg"))?
        && membership(context, &id(&org), &user_id)?.is_some()
    {
        return Ok(Some(org));
    }
    for member in context.all("members", &[("user", &user_id)])? {
        if let Some(org) = active_org(context, &value(&member, "org"))? {
            return Ok(Some(org));
        }
    }
    Ok(None)
}

/// An organisation that has not been deleted.
pub(super) fn active_org(context: &Context<'_>, key: &Value) -> Result<Option<Record>, Outcome> {
    if key.is_null() {
        return Ok(None);
    }
    Ok(context.get("organizations", key)?.filter(|org| text(org, "state") == "ACTIVE"))
}

/// The group that an organisation has from its beginning: `all` or `dev`.
pub(super) fn system_group(
    context: &Context<'_>,
    org: &Value,
    kind: &str,
) -> Result<Option<Record>, Outcome> {
    context.find("groups", &[("org", org), ("type", &Value::from(kind))])
}

/// Whether the caller is a developer of an organisation.
pub(super) fn is_developer(context: &Context<'_>, org: &Value) -> Result<bool, Outcome> {
    user(context).map_or(Ok(false), |user| develops(context, org, &id(user)))
}

/// Whether a user is a developer of an organisation: an administrator, or in its group of developers.
pub(super) fn develops(context: &Context<'_>, org: &Value, user: &Value) -> Result<bool, Outcome> {
    if administers(context, org, user)? {
        return Ok(true);
    }
    match system_group(context, org, "dev")? {
        Some(group) => Ok(place_in(context, &id(&group), user)?.is_some()),
        None => Ok(false),
    }
}

/// The current organisation, for developers of it; 5155 for all others.
pub(super) fn require_developer(context: &Context<'_>) -> Result<Record, Outcome> {
    let org = current_org(context)?;
    if is_developer(context, &id(&org))? {
        return Ok(org);
    }
    Err(refused("need-dev-to-create-resource", "Only developers may do that."))
}

/// The best role that the caller has on a resource: that of an owner for administrators of its organisation, else what is
/// given to the user or to a group of the user. What is public is not looked at. `None` for who is not in the organisation.
pub(super) fn role_on(
    context: &Context<'_>,
    resource: Resource,
    record: &Record,
) -> Result<Option<Role>, Outcome> {
    let Some(user) = user(context) else { return Ok(None) };
    let org = resource.organization(record);
    let Some(in_org) = role_in(context, &org)? else { return Ok(None) };
    if in_org != "member" {
        return Ok(Some(Role::Owner));
    }
    let user_id = id(user);
    let mut best = None;
    for entry in &permissions::of(context, resource, record)? {
        let holder = value(entry, "holder");
        let counts = if text(entry, "type") == "GROUP" {
            place_in(context, &holder, &user_id)?.is_some()
        } else {
            holder == user_id
        };
        if counts {
            best = best.max(Role::parse(text(entry, "role")));
        }
    }
    Ok(best)
}

/// A user's place in a group; everybody of an organisation has one in its group of all users.
pub(super) fn place_in(
    context: &Context<'_>,
    group: &Value,
    user: &Value,
) -> Result<Option<Record>, Outcome> {
    context.find("group_members", &[("group", group), ("user", user)])
}

/// Passes where the caller has that role on a resource, or a better one; 5001 for all others.
pub(super) fn require_role(
    context: &Context<'_>,
    resource: Resource,
    record: &Record,
    wanted: Role,
) -> Result<Role, Outcome> {
    role_on(context, resource, record)?.filter(|role| *role >= wanted).ok_or_else(not_authorized)
}

/// A user's name; null for one that is not known.
pub(super) fn user_name(context: &Context<'_>, user: &Value) -> Result<Value, Outcome> {
    if user.is_null() {
        return Ok(Value::Null);
    }
    Ok(context.get("users", user)?.map_or(Value::Null, |user| value(&user, "name")))
}

/// Where a user's picture is; null for one without.
pub(super) fn avatar_url(user: &Record) -> Value {
    match value(user, "avatar") {
        Value::Null => Value::Null,
        _ => format!("/api/users/photo/{}", text(user, "id")).into(),
    }
}
