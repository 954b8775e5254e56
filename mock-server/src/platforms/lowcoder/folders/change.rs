//! Making, changing and deleting folders, and moving applications between them.

use serde_json::{Map, Value, json};

use super::{children, for_new_element, managed, manages, require_manager, resolve, view, viewed};
use crate::action::ActionContext as Context;
use crate::generated::lowcoder as g;
use crate::outcome::Outcome;
use crate::platforms::lowcoder::access::{Resource, Role, require_developer};
use crate::platforms::lowcoder::applications;
use crate::platforms::lowcoder::refusal::{invalid_parameter, no_resource, refused};
use crate::platforms::lowcoder::{ids, permissions};
use crate::platforms::reading::{caller, id, member, on, text, value};
use crate::state::Record;

/// What a body may say about a folder beside its name.
const TEXTS: [&str; 5] = ["title", "description", "category", "type", "image"];

/// Makes a folder in the current organisation (facts: lowcoder 10.7 F1).
pub(in crate::platforms::lowcoder) fn create_folder(
    context: &mut Context<'_>,
    input: g::CreateFolderInput,
) -> Result<Value, Outcome> {
    let body = &input.body;
    let org = require_developer(context)?;
    let parent = match member(body, "parentFolderId").filter(|parent| !parent.is_empty()) {
        Some(parent) => id(&for_new_element(context, &org, parent)?),
        None => Value::Null,
    };
    let name = member(body, "name").unwrap_or_default();
    free_name(&children(context, &id(&org), &parent)?, name)?;
    let gid = ids::gid(context);
    let mut fields = json!({
        "gid": gid, "orgId": id(&org), "parentFolderId": parent, "name": name, "createdBy": id(caller(context)?),
        "createAt": ids::now(context),
    });
    for field in TEXTS {
        fields[field] = body[field].clone();
    }
    let folder = context.insert("folders", fields)?;
    // so that it stands first in the list (facts: lowcoder 10.7 F1)
    viewed(context, text(&folder, "id"))?;
    view(context, &folder, true, true)
}

/// 6303 where one of these folders has that name.
fn free_name(folders: &[Record], name: &str) -> Result<(), Outcome> {
    if folders.iter().any(|folder| text(folder, "name") == name) {
        return Err(refused("folder-name-conflict", "A folder beside it has that name."));
    }
    Ok(())
}

/// Changes what a body names; the parent stays (facts: lowcoder 10.7 F2, 12 Q4).
pub(in crate::platforms::lowcoder) fn update_folder(
    context: &mut Context<'_>,
    input: g::UpdateFolderInput,
) -> Result<Value, Outcome> {
    let body = &input.body;
    let key = member(body, "id").unwrap_or_default();
    let folder = resolve(context, key)?.ok_or_else(|| no_resource("There is no such folder."))?;
    require_manager(context, &folder)?;
    let mut changes = Map::new();
    if let Some(name) = member(body, "name") {
        if name.trim().is_empty() {
            return Err(invalid_parameter("The name is blank."));
        }
        let org = value(&folder, "orgId");
        let beside = if on(context, "STRICT_ROOT_FOLDER_NAMES") {
            children(context, &org, &Value::Null)?
        } else {
            let beside = children(context, &org, &value(&folder, "parentFolderId"))?;
            beside.into_iter().filter(|one| id(one) != id(&folder)).collect()
        };
        free_name(&beside, name)?;
        changes.insert("name".to_owned(), name.into());
    }
    for field in TEXTS {
        if let Some(text) = member(body, field) {
            changes.insert(field.to_owned(), text.into());
        }
    }
    let folder = context.update(&folder, Value::Object(changes))?;
    let manageable = manages(context, &folder)?;
    view(context, &folder, true, manageable)
}

/// Deletes a folder and those in it. Applications and bundles in them come to the root (facts: lowcoder 10.7 F3).
pub(in crate::platforms::lowcoder) fn delete_folder(
    context: &mut Context<'_>,
    input: g::DeleteFolderInput,
) -> Result<Value, Outcome> {
    let folder = managed(context, &input.id)?;
    let org = value(&folder, "orgId");
    let mut gone = vec![folder];
    let mut next = 0;
    while let Some(folder) = gone.get(next) {
        let inside = children(context, &org, &id(folder))?;
        gone.extend(inside);
        next += 1;
    }
    for folder in &gone {
        for collection in ["applications", "bundles"] {
            for element in context.all(collection, &[("folderId", &id(folder))])? {
                context.update(&element, json!({ "folderId": null }))?;
            }
        }
        permissions::drop_all(context, Resource::Folder, folder)?;
        let looks = context.all("last_views", &[("target", &id(folder))])?;
        context.delete(&looks)?;
    }
    context.delete(&gone)?;
    Ok(Value::Null)
}

/// Puts an application into a folder, or into the root. The folder is not checked to exist (facts: lowcoder 10.7 F5).
pub(in crate::platforms::lowcoder) fn move_application_to_folder(
    context: &mut Context<'_>,
    input: g::MoveApplicationToFolderInput,
) -> Result<Value, Outcome> {
    let application = applications::resolve(context, &input.id)?;
    applications::require(context, &application, Role::Owner)?;
    let target = input.target_folder_id.filter(|target| !target.is_empty());
    let target = match target {
        Some(target) => {
            let known = resolve(context, &target)?;
            Some(known.map_or(target, |folder| text(&folder, "id").to_owned()))
        }
        None => None,
    };
    applications::move_to_folder(context, &application, target.as_deref())?;
    Ok(Value::Null)
}
