//! System

use serde_json::Value;

use crate::action::ActionContext as Context;
use crate::generated::lowcoder as g;
use crate::outcome::Outcome;

pub(super) fn health_check(_: &mut Context<'_>, _: g::HealthCheckInput) -> Result<Value, Outcome> {
    Err(Outcome::new("internal", "not written yet"))
}

pub(super) fn get_health(_: &mut Context<'_>, _: g::GetHealthInput) -> Result<Value, Outcome> {
    Err(Outcome::new("internal", "not written yet"))
}

pub(super) fn list_configs(_: &mut Context<'_>, _: g::ListConfigsInput) -> Result<Value, Outcome> {
    Err(Outcome::new("internal", "not written yet"))
}

pub(super) fn get_deployment_id(_: &mut Context<'_>, _: g::GetDeploymentIdInput) -> Result<Value, Outcome> {
    Err(Outcome::new("internal", "not written yet"))
}

pub(super) fn get_configuration_entry(
    _: &mut Context<'_>,
    _: g::GetConfigurationEntryInput,
) -> Result<Value, Outcome> {
    Err(Outcome::new("internal", "not written yet"))
}

pub(super) fn create_configuration_entry(
    _: &mut Context<'_>,
    _: g::CreateConfigurationEntryInput,
) -> Result<Value, Outcome> {
    Err(Outcome::new("internal", "not written yet"))
}

pub(super) fn server_settings(_: &mut Context<'_>, _: g::ServerSettingsInput) -> Result<Value, Outcome> {
    Err(Outcome::new("internal", "not written yet"))
}
