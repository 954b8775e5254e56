//! Versions

use serde_json::Value;

use crate::action::ActionContext as Context;
use crate::generated::lowcoder as g;
use crate::outcome::Outcome;

pub(super) fn list_application_records_by_application_id(
    _: &mut Context<'_>,
    _: g::ListApplicationRecordsByApplicationIdInput,
) -> Result<Value, Outcome> {
    Err(Outcome::new("internal", "not written yet"))
}

pub(super) fn get_application_record(
    _: &mut Context<'_>,
    _: g::GetApplicationRecordInput,
) -> Result<Value, Outcome> {
    Err(Outcome::new("internal", "not written yet"))
}

pub(super) fn delete_application_record(
    _: &mut Context<'_>,
    _: g::DeleteApplicationRecordInput,
) -> Result<Value, Outcome> {
    Err(Outcome::new("internal", "not written yet"))
}

pub(super) fn create_application_snapshot(
    _: &mut Context<'_>,
    _: g::CreateApplicationSnapshotInput,
) -> Result<Value, Outcome> {
    Err(Outcome::new("internal", "not written yet"))
}

pub(super) fn list_application_snapshots(
    _: &mut Context<'_>,
    _: g::ListApplicationSnapshotsInput,
) -> Result<Value, Outcome> {
    Err(Outcome::new("internal", "not written yet"))
}

pub(super) fn list_application_snapshots_archived(
    _: &mut Context<'_>,
    _: g::ListApplicationSnapshotsArchivedInput,
) -> Result<Value, Outcome> {
    Err(Outcome::new("internal", "not written yet"))
}

pub(super) fn get_application_snapshot(
    _: &mut Context<'_>,
    _: g::GetApplicationSnapshotInput,
) -> Result<Value, Outcome> {
    Err(Outcome::new("internal", "not written yet"))
}

pub(super) fn get_application_snapshot_archived(
    _: &mut Context<'_>,
    _: g::GetApplicationSnapshotArchivedInput,
) -> Result<Value, Outcome> {
    Err(Outcome::new("internal", "not written yet"))
}
