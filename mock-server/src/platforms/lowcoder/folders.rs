//! Folders

use serde_json::Value;

use crate::action::ActionContext as Context;
use crate::generated::lowcoder as g;
use crate::outcome::Outcome;

pub(super) fn update_folder(_: &mut Context<'_>, _: g::UpdateFolderInput) -> Result<Value, Outcome> {
    Err(Outcome::new("internal", "not written yet"))
}

pub(super) fn create_folder(_: &mut Context<'_>, _: g::CreateFolderInput) -> Result<Value, Outcome> {
    Err(Outcome::new("internal", "not written yet"))
}

pub(super) fn delete_folder(_: &mut Context<'_>, _: g::DeleteFolderInput) -> Result<Value, Outcome> {
    Err(Outcome::new("internal", "not written yet"))
}

pub(super) fn list_folder_contents(
    _: &mut Context<'_>,
    _: g::ListFolderContentsInput,
) -> Result<Value, Outcome> {
    Err(Outcome::new("internal", "not written yet"))
}

pub(super) fn move_application_to_folder(
    _: &mut Context<'_>,
    _: g::MoveApplicationToFolderInput,
) -> Result<Value, Outcome> {
    Err(Outcome::new("internal", "not written yet"))
}

pub(super) fn list_folder_permissions(
    _: &mut Context<'_>,
    _: g::ListFolderPermissionsInput,
) -> Result<Value, Outcome> {
    Err(Outcome::new("internal", "not written yet"))
}

pub(super) fn grant_folder_permissions(
    _: &mut Context<'_>,
    _: g::GrantFolderPermissionsInput,
) -> Result<Value, Outcome> {
    Err(Outcome::new("internal", "not written yet"))
}

pub(super) fn update_folder_permissions(
    _: &mut Context<'_>,
    _: g::UpdateFolderPermissionsInput,
) -> Result<Value, Outcome> {
    Err(Outcome::new("internal", "not written yet"))
}

pub(super) fn revoke_folder_permissions(
    _: &mut Context<'_>,
    _: g::RevokeFolderPermissionsInput,
) -> Result<Value, Outcome> {
    Err(Outcome::new("internal", "not written yet"))
}
