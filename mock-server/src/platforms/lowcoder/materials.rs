//! Materials

use serde_json::Value;

use crate::action::ActionContext as Context;
use crate::generated::lowcoder as g;
use crate::outcome::Outcome;

pub(super) fn create_file_upload(_: &mut Context<'_>, _: g::CreateFileUploadInput) -> Result<Value, Outcome> {
    Err(Outcome::new("internal", "not written yet"))
}

pub(super) fn list_files(_: &mut Context<'_>, _: g::ListFilesInput) -> Result<Value, Outcome> {
    Err(Outcome::new("internal", "not written yet"))
}

pub(super) fn download_file(_: &mut Context<'_>, _: g::DownloadFileInput) -> Result<Value, Outcome> {
    Err(Outcome::new("internal", "not written yet"))
}

pub(super) fn delete_file(_: &mut Context<'_>, _: g::DeleteFileInput) -> Result<Value, Outcome> {
    Err(Outcome::new("internal", "not written yet"))
}

pub(super) fn get_asset(_: &mut Context<'_>, _: g::GetAssetInput) -> Result<Value, Outcome> {
    Err(Outcome::new("internal", "not written yet"))
}
