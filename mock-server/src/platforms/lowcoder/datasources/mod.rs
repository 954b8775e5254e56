//! Datasources

use serde_json::Value;

use crate::action::ActionContext as Context;
use crate::generated::lowcoder as g;
use crate::outcome::Outcome;

pub(super) fn create_datasource(_: &mut Context<'_>, _: g::CreateDatasourceInput) -> Result<Value, Outcome> {
    Err(Outcome::new("internal", "not written yet"))
}

pub(super) fn get_datasource(_: &mut Context<'_>, _: g::GetDatasourceInput) -> Result<Value, Outcome> {
    Err(Outcome::new("internal", "not written yet"))
}

pub(super) fn update_datasource(_: &mut Context<'_>, _: g::UpdateDatasourceInput) -> Result<Value, Outcome> {
    Err(Outcome::new("internal", "not written yet"))
}

pub(super) fn delete_datasource(_: &mut Context<'_>, _: g::DeleteDatasourceInput) -> Result<Value, Outcome> {
    Err(Outcome::new("internal", "not written yet"))
}

pub(super) fn list_datasources_by_org(
    _: &mut Context<'_>,
    _: g::ListDatasourcesByOrgInput,
) -> Result<Value, Outcome> {
    Err(Outcome::new("internal", "not written yet"))
}

pub(super) fn list_datasources_by_app(
    _: &mut Context<'_>,
    _: g::ListDatasourcesByAppInput,
) -> Result<Value, Outcome> {
    Err(Outcome::new("internal", "not written yet"))
}

pub(super) fn list_node_service_plugins(
    _: &mut Context<'_>,
    _: g::ListNodeServicePluginsInput,
) -> Result<Value, Outcome> {
    Err(Outcome::new("internal", "not written yet"))
}

pub(super) fn get_datasource_info(
    _: &mut Context<'_>,
    _: g::GetDatasourceInfoInput,
) -> Result<Value, Outcome> {
    Err(Outcome::new("internal", "not written yet"))
}

pub(super) fn test_datasource(_: &mut Context<'_>, _: g::TestDatasourceInput) -> Result<Value, Outcome> {
    Err(Outcome::new("internal", "not written yet"))
}

pub(super) fn list_datasource_permissions(
    _: &mut Context<'_>,
    _: g::ListDatasourcePermissionsInput,
) -> Result<Value, Outcome> {
    Err(Outcome::new("internal", "not written yet"))
}

pub(super) fn grant_datasource_permissions(
    _: &mut Context<'_>,
    _: g::GrantDatasourcePermissionsInput,
) -> Result<Value, Outcome> {
    Err(Outcome::new("internal", "not written yet"))
}

pub(super) fn update_datasource_permission(
    _: &mut Context<'_>,
    _: g::UpdateDatasourcePermissionInput,
) -> Result<Value, Outcome> {
    Err(Outcome::new("internal", "not written yet"))
}

pub(super) fn revoke_datasource_permission(
    _: &mut Context<'_>,
    _: g::RevokeDatasourcePermissionInput,
) -> Result<Value, Outcome> {
    Err(Outcome::new("internal", "not written yet"))
}
