//! Library

use serde_json::Value;

use crate::action::ActionContext as Context;
use crate::generated::lowcoder as g;
use crate::outcome::Outcome;

pub(super) fn create_library_query(
    _: &mut Context<'_>,
    _: g::CreateLibraryQueryInput,
) -> Result<Value, Outcome> {
    Err(Outcome::new("internal", "not written yet"))
}

pub(super) fn get_library_query(_: &mut Context<'_>, _: g::GetLibraryQueryInput) -> Result<Value, Outcome> {
    Err(Outcome::new("internal", "not written yet"))
}

pub(super) fn update_library_query(
    _: &mut Context<'_>,
    _: g::UpdateLibraryQueryInput,
) -> Result<Value, Outcome> {
    Err(Outcome::new("internal", "not written yet"))
}

pub(super) fn delete_library_query(
    _: &mut Context<'_>,
    _: g::DeleteLibraryQueryInput,
) -> Result<Value, Outcome> {
    Err(Outcome::new("internal", "not written yet"))
}

pub(super) fn list_library_queries_by_org(
    _: &mut Context<'_>,
    _: g::ListLibraryQueriesByOrgInput,
) -> Result<Value, Outcome> {
    Err(Outcome::new("internal", "not written yet"))
}

pub(super) fn list_library_queries_for_drop_down(
    _: &mut Context<'_>,
    _: g::ListLibraryQueriesForDropDownInput,
) -> Result<Value, Outcome> {
    Err(Outcome::new("internal", "not written yet"))
}

pub(super) fn publish_library_query(
    _: &mut Context<'_>,
    _: g::PublishLibraryQueryInput,
) -> Result<Value, Outcome> {
    Err(Outcome::new("internal", "not written yet"))
}

pub(super) fn list_library_query_records(
    _: &mut Context<'_>,
    _: g::ListLibraryQueryRecordsInput,
) -> Result<Value, Outcome> {
    Err(Outcome::new("internal", "not written yet"))
}

pub(super) fn get_library_query_record(
    _: &mut Context<'_>,
    _: g::GetLibraryQueryRecordInput,
) -> Result<Value, Outcome> {
    Err(Outcome::new("internal", "not written yet"))
}

pub(super) fn delete_library_query_record(
    _: &mut Context<'_>,
    _: g::DeleteLibraryQueryRecordInput,
) -> Result<Value, Outcome> {
    Err(Outcome::new("internal", "not written yet"))
}
