//! A bundle's life: made, changed, published, recycled, restored, deleted.

use serde_json::{Map, Value, json};

use super::{usable, view};
use crate::action::ActionContext as Context;
use crate::generated::lowcoder as g;
use crate::outcome::Outcome;
use crate::platforms::lowcoder::access::{Resource, Role, active_org, require_developer, require_member};
use crate::platforms::lowcoder::refusal::{invalid_parameter, not_authorized, refused};
use crate::platforms::lowcoder::{folders, ids, permissions};
use crate::platforms::reading::{caller, id, member, text, value};
use crate::state::Record;

/// What a body may say about a bundle beside its name.
const TEXTS: [&str; 4] = ["title", "description", "category", "image"];

/// Makes a bundle that the caller owns. The roles of its folder are copied (facts: lowcoder 10.10 B1, 7).
pub(in crate::platforms::lowcoder) fn create_bundle(
    context: &mut Context<'_>,
    input: g::CreateBundleInput,
) -> Result<Value, Outcome> {
    let body = &input.body;
    let name = given_name(body)?.unwrap_or_default();
    let org_key = body["orgId"].clone();
    require_member(context, &org_key)?;
    require_developer(context)?;
    let org = active_org(context, &org_key)?.ok_or_else(not_authorized)?;
    let user = id(caller(context)?);
    free_name(context, &user, name, None)?;
    let folder = match member(body, "folderId").filter(|folder| !folder.is_empty()) {
        Some(folder) => Some(folders::for_new_element(context, &org, folder)?),
        None => None,
    };
    let gid = ids::gid_or_new(context, member(body, "gid"));
    let mut fields = json!({
        "gid": gid, "orgId": org_key, "name": name, "folderId": folder.as_ref().map(id), "createdBy": user,
        "createAt": ids::now(context),
    });
    for field in TEXTS {
        fields[field] = body[field].clone();
    }
    let bundle = context.insert("bundles", fields)?;
    permissions::give_user(context, Resource::Bundle, &bundle, &user, Role::Owner)?;
    if let Some(folder) = folder {
        permissions::copy(context, (Resource::Folder, &folder), (Resource::Bundle, &bundle))?;
    }
    view(context, &bundle, true, true)
}

/// The name that a body gives; 5002 for a blank one.
fn given_name(body: &Value) -> Result<Option<&str>, Outcome> {
    match member(body, "name") {
        Some(name) if name.trim().is_empty() => Err(invalid_parameter("The name is blank.")),
        name => Ok(name),
    }
}

/// 6403 where another bundle of that user has that name; what is deleted does not count.
fn free_name(context: &Context<'_>, user: &Value, name: &str, own: Option<&Record>) -> Result<(), Outcome> {
    let others = context.all("bundles", &[("createdBy", user)])?;
    let taken = others.iter().any(|other| {
        text(other, "name") == name
            && text(other, "bundleStatus") != "DELETED"
            && own.is_none_or(|own| id(own) != id(other))
    });
    if taken { Err(refused("bundle-name-conflict", "You have a bundle of that name.")) } else { Ok(()) }
}

/// Changes what a body names. Only the creator may (facts: lowcoder X30).
pub(in crate::platforms::lowcoder) fn update_bundle(
    context: &mut Context<'_>,
    input: g::UpdateBundleInput,
) -> Result<Value, Outcome> {
    let body = &input.body;
    let bundle = ids::resolve(context, "bundles", member(body, "id").unwrap_or_default())?;
    let bundle = bundle
        .filter(|bundle| text(bundle, "bundleStatus") != "DELETED")
        .ok_or_else(|| refused("bundle-not-exist", "There is no such bundle."))?;
    let user = id(caller(context)?);
    if value(&bundle, "createdBy") != user {
        return Err(refused("bundle-operate-no-permission", "Only the bundle's creator may do that."));
    }
    let mut changes = Map::new();
    if let Some(name) = given_name(body)? {
        free_name(context, &user, name, Some(&bundle))?;
        changes.insert("name".to_owned(), name.into());
    }
    for field in TEXTS.into_iter().chain(["editingBundleDSL"]) {
        if !body[field].is_null() {
            changes.insert(field.to_owned(), body[field].clone());
        }
    }
    let bundle = context.set(&bundle, Value::Object(changes))?;
    view(context, &bundle, true, true)
}

/// Shows to viewers what is being edited (facts: lowcoder X30).
pub(in crate::platforms::lowcoder) fn publish_bundle(
    context: &mut Context<'_>,
    input: g::PublishBundleInput,
) -> Result<Value, Outcome> {
    let bundle = usable(context, &input.bundle_id, Role::Editor, "NORMAL")?;
    let dsl = value(&bundle, "editingBundleDSL");
    let bundle = context.set(&bundle, json!({ "publishedBundleDSL": dsl }))?;
    let manageable = super::show::manageable(context, &bundle)?;
    view(context, &bundle, true, manageable)
}

pub(in crate::platforms::lowcoder) fn recycle_bundle(
    context: &mut Context<'_>,
    input: g::RecycleBundleInput,
) -> Result<Value, Outcome> {
    turn(context, &input.bundle_id, "NORMAL", "RECYCLED")?;
    Ok(true.into())
}

pub(in crate::platforms::lowcoder) fn restore_recycled_bundle(
    context: &mut Context<'_>,
    input: g::RestoreRecycledBundleInput,
) -> Result<Value, Outcome> {
    turn(context, &input.bundle_id, "RECYCLED", "NORMAL")?;
    Ok(true.into())
}

pub(in crate::platforms::lowcoder) fn delete_bundle(
    context: &mut Context<'_>,
    input: g::DeleteBundleInput,
) -> Result<Value, Outcome> {
    turn(context, &input.id, "RECYCLED", "DELETED")?;
    Ok(Value::Null)
}

/// Brings a bundle of the caller's from one state to another.
fn turn(context: &mut Context<'_>, key: &str, from: &str, to: &str) -> Result<(), Outcome> {
    let bundle = usable(context, key, Role::Owner, from)?;
    context.update(&bundle, json!({ "bundleStatus": to })).map(|_| ())
}
