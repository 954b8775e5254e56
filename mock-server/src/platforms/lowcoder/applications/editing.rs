//! Making applications, and changing what they are.

use serde_json::{Map, Value, json};

use super::dsl::datasources;
use super::info::{edited_dsl, entity, single, view};
use super::reach::{editable, in_state, may, named, unknown};
use crate::action::ActionContext as Context;
use crate::generated::lowcoder as g;
use crate::outcome::Outcome;
use crate::platforms::lowcoder::access::{Resource, Role, active_org, membership, require_developer};
use crate::platforms::lowcoder::datasources::may_use;
use crate::platforms::lowcoder::folders::for_new_element;
use crate::platforms::lowcoder::founding::full;
use crate::platforms::lowcoder::ids::{gid_or_new, now, require_slug};
use crate::platforms::lowcoder::permissions;
use crate::platforms::lowcoder::refusal::{invalid_parameter, not_authorized, nothing_or, refused};
use crate::platforms::reading::{caller, id, member, value};

/// The type of an application that says none.
const APPLICATION: i64 = 1;

/// Makes an application (facts: lowcoder 10.6 P1). The creator owns it; the roles on its folder are copied.
pub(in crate::platforms::lowcoder) fn create_application(
    context: &mut Context<'_>,
    input: g::CreateApplicationInput,
) -> Result<Value, Outcome> {
    let body = &input.body;
    let filled = |name: &str| {
        let text = member(body, name).filter(|text| !text.trim().is_empty());
        text.ok_or_else(|| invalid_parameter(format!("`{name}` is missing.")))
    };
    let (org_id, name) = (Value::from(filled("orgId")?), filled("name")?);
    let user = id(caller(context)?);
    membership(context, &org_id, &user)?.ok_or_else(not_authorized)?;
    let org = active_org(context, &org_id)?.ok_or_else(not_authorized)?;
    require_developer(context)?;
    let normal = [("orgId", &org_id), ("applicationStatus", &Value::from("NORMAL"))];
    if full(context, "LOWCODER_MAX_APPS_PER_ORG", context.all("applications", &normal)?.len()) {
        return Err(refused("exceed-max-app-count", "The organisation has as many applications as may be."));
    }
    let folder = match member(body, "folderId").filter(|folder| !folder.trim().is_empty()) {
        Some(folder) => Some(for_new_element(context, &org, folder)?),
        None => None,
    };
    let (gid, time) = (gid_or_new(context, member(body, "gid")), now(context));
    let public = |name: &str| body[name].as_bool().unwrap_or_default();
    let application = json!({
        "gid": gid, "orgId": org_id, "name": name, "createdBy": user,
        "applicationType": body["applicationType"].as_i64().unwrap_or(APPLICATION),
        "editingApplicationDSL": body["editingApplicationDSL"], "folderId": folder.as_ref().map(id),
        "publicToAll": public("publicToAll"), "publicToMarketplace": public("publicToMarketplace"),
        "editingUserId": "", "createAt": time, "updatedAt": time, "lastEditedAt": time,
    });
    let application = context.insert("applications", application)?;
    permissions::give_user(context, Resource::Application, &application, &user, Role::Owner)?;
    if let Some(folder) = &folder {
        permissions::copy(context, (Resource::Folder, folder), (Resource::Application, &application))?;
    }
    let info = single(context, &application, None)?;
    Ok(view(info, edited_dsl(&application), None))
}

/// Changes name and DSL, and the status where that is asked for (facts: lowcoder 10.6 P4).
pub(in crate::platforms::lowcoder) fn update_application(
    context: &mut Context<'_>,
    input: g::UpdateApplicationInput,
) -> Result<Value, Outcome> {
    let application = named(context, &input.application_id)?;
    editable(context, &application)?;
    let with_status = input.update_status == Some(true);
    if !with_status {
        in_state(&application, "NORMAL")?;
    }
    let role = may(context, &application, Role::Editor)?;
    for datasource in datasources(&input.body["editingApplicationDSL"]) {
        if may_use(context, datasource)? == Some(false) {
            return Err(refused(
                "not-authorized",
                "The application uses a data source that you may not use.",
            ));
        }
    }
    let mut changes = Map::from_iter([("updatedAt".to_owned(), Value::from(now(context)))]);
    for name in ["name", "editingApplicationDSL", "applicationStatus"] {
        let given = &input.body[name];
        if !given.is_null() && (with_status || name != "applicationStatus") {
            changes.insert(name.to_owned(), given.clone());
        }
    }
    let application = context.set(&application, Value::Object(changes))?;
    let info = single(context, &application, Some(role))?;
    Ok(view(info, edited_dsl(&application), None))
}

/// Names an application in addresses; anybody who is signed in may (facts: lowcoder 11 X11). The id is an ObjectId.
pub(in crate::platforms::lowcoder) fn update_application_slug(
    context: &mut Context<'_>,
    input: g::UpdateApplicationSlugInput,
) -> Result<Value, Outcome> {
    let found = context.get("applications", &Value::from(input.application_id))?;
    let application = found.ok_or_else(|| nothing_or(context, unknown()))?;
    require_slug(&input.slug)?;
    let slug = Value::from(input.slug);
    // The product counts the application itself, too.
    if context.find("applications", &[("orgId", &value(&application, "orgId")), ("slug", &slug)])?.is_some() {
        return Err(refused("slug-duplicate-entry", "An application of the organisation has that slug."));
    }
    let application = context.set(&application, json!({ "slug": slug, "updatedAt": now(context) }))?;
    let mut entity = entity(&application);
    entity["editingApplicationDSL"] = edited_dsl(&application);
    Ok(entity)
}
