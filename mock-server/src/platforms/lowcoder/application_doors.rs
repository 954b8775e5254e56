//! What folders, bundles and data sources ask of applications: a local stand-in for the functions of the same names in
//! `applications`.

use serde_json::{Value, json};

use super::access::{Resource, Role, role_on, user, user_name};
use super::folders;
use super::ids;
use super::refusal::{no_resource, not_authorized, refused};
use crate::action::ActionContext as Context;
use crate::outcome::Outcome;
use crate::platforms::reading::{elements, flag, id, member, text, value};
use crate::state::Record;

/// The application that an id, a gid or a slug names; 5005 for none.
pub(super) fn resolve(context: &Context<'_>, id: &str) -> Result<Record, Outcome> {
    ids::resolve_slug(context, "applications", id)?
        .ok_or_else(|| no_resource("There is no such application."))
}

/// The caller's role on an application: everybody is a viewer of what is public to all.
pub(super) fn role(context: &Context<'_>, application: &Record) -> Result<Option<Role>, Outcome> {
    let given = role_on(context, Resource::Application, application)?;
    Ok(given.or_else(|| flag(application, "publicToAll").then_some(Role::Viewer)))
}

/// Passes where the caller has that role, or a better one. 5600 for anonymous callers, 5308 for who may not even do what
/// comes before, 5001 for editors who would have to be owners (facts: lowcoder 10.6 P2, P7).
pub(super) fn require(context: &Context<'_>, application: &Record, wanted: Role) -> Result<Role, Outcome> {
    match role(context, application)? {
        Some(role) if role >= wanted => Ok(role),
        Some(Role::Editor) => Err(not_authorized()),
        _ if user(context).is_none() => Err(refused("user-not-signed-in", "Nobody is signed in.")),
        _ => Err(refused("no-permission-to-request-app", "Your role on the application is too low.")),
    }
}

/// The members of `ApplicationInfoView` as lists have them: `createBy` is a name.
pub(super) fn info(
    context: &Context<'_>,
    application: &Record,
    role: Option<Role>,
) -> Result<Value, Outcome> {
    let versions = context.all("application_versions", &[("applicationId", &id(application))])?;
    let newest = versions.last();
    let settings = &value(application, "editingApplicationDSL")["settings"];
    let setting = |name: &str| member(settings, name).unwrap_or_default().to_owned();
    let created = value(application, "createAt");
    let edited = match value(application, "lastEditedAt") {
        Value::Null => created.clone(),
        edited => edited,
    };
    Ok(json!({
        "orgId": value(application, "orgId"), "id": id(application), "gid": value(application, "gid"),
        "name": value(application, "name"), "createAt": created,
        "createBy": user_name(context, &value(application, "createdBy"))?,
        "role": role.map_or("", Role::name), "applicationType": value(application, "applicationType"),
        "applicationStatus": value(application, "applicationStatus"), "folderId": value(application, "folderId"),
        "folderIdFrom": null, "lastViewTime": folders::last_view(context, text(application, "id"))?,
        "updatedAt": value(application, "updatedAt"), "lastEditedAt": edited,
        "publicToAll": flag(application, "publicToAll"),
        "publicToMarketplace": flag(application, "publicToMarketplace"),
        "agencyProfile": flag(application, "agencyProfile"), "editingUserId": value(application, "editingUserId"),
        "title": setting("title"), "description": setting("description"), "category": setting("category"),
        "icon": setting("icon"), "published": newest.is_some_and(|version| !value(version, "tag").is_null()),
        "publishedVersion": newest.map_or(Value::Null, |version| value(version, "tag")), "folder": false,
    }))
}

/// Puts an application into a folder, or into the root.
pub(super) fn move_to_folder(
    context: &mut Context<'_>,
    application: &Record,
    folder: Option<&str>,
) -> Result<(), Outcome> {
    context.update(application, json!({ "folderId": folder })).map(|_| ())
}

/// Whether queries of an application's DSL use that data source (facts: lowcoder 10.8 D4).
pub(super) fn uses_datasource(application: &Record, datasource: &Value) -> bool {
    let queries = &value(application, "editingApplicationDSL")["queries"];
    elements(queries).iter().any(|query| query.get("datasourceId") == Some(datasource))
}
