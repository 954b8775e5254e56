//! The system: health, configuration, settings (facts: lowcoder 4.4, 10.11, 11 X32).

use serde_json::{Map, Value, json};

use super::access::active_org;
use super::accounts::{email_sign_in, ways_of};
use super::ids::hex32;
use super::refusal::refused;
use crate::action::ActionContext as Context;
use crate::generated::lowcoder as g;
use crate::outcome::Outcome;
use crate::platforms::reading::{caller, id, text, value};
use crate::state::Record;

/// The key of the entry that keeps the id of the deployment.
const DEPLOYMENT: &str = "deployment.id";
/// What stands for the value of a secret.
const UNTOLD: &str = "******";

/// Makes the id of the deployment, 32 hexadecimal digits.
///
/// # Errors
/// `conflict` where there is one.
pub(super) fn make_deployment_id(context: &mut Context<'_>) -> Result<(), Outcome> {
    let made = hex32(context);
    context.insert("configs", json!({ "key": DEPLOYMENT, "value": made })).map(|_| ())
}

/// `healthCheck`: whoever asks first is told to come again.
pub(super) fn health_check(context: &mut Context<'_>, _: g::HealthCheckInput) -> Result<Value, Outcome> {
    const STATE: &str = "server";
    if context.get("readiness", &Value::from(STATE))?.is_some() {
        return Ok(Value::Null);
    }
    context.insert("readiness", json!({ "id": STATE, "ready": true }))?;
    Err(refused("server-not-ready", "The server has just been started."))
}

/// `getHealth`: what the product watches is well.
pub(super) fn get_health(_: &mut Context<'_>, _: g::GetHealthInput) -> Result<Value, Outcome> {
    let well = json!({ "status": "UP" });
    Ok(json!({
        "status": "UP", "components": { "diskSpace": well, "mongo": well, "ping": well, "redis": well },
    }))
}

/// `listConfigs`: what a client needs before anybody has signed in. Of the ways of signing in, those that are on.
pub(super) fn list_configs(context: &mut Context<'_>, input: g::ListConfigsInput) -> Result<Value, Outcome> {
    let mut ways = match input.org_id {
        Some(org) => {
            let org = active_org(context, &Value::from(org))?;
            let org =
                org.ok_or_else(|| refused("unable-to-find-valid-org", "There is no such organisation."))?;
            ways_of(context, &org)
        }
        None => vec![email_sign_in(context)],
    };
    ways.retain(|way| way["enable"] == Value::Bool(true));
    let read = |name: &str| context.setting(name).cloned().unwrap_or_default();
    Ok(json!({
        "authConfigs": ways, "workspaceMode": read("LOWCODER_WORKSPACE_MODE"), "selfDomain": false,
        "cookieName": read("LOWCODER_COOKIE_NAME"), "cloudHosting": false,
    }))
}

/// `getDeploymentId`
pub(super) fn get_deployment_id(
    context: &mut Context<'_>,
    _: g::GetDeploymentIdInput,
) -> Result<Value, Outcome> {
    Ok(entry(context, DEPLOYMENT)?.map_or(Value::Null, |entry| value(&entry, "value")))
}

/// `getConfigurationEntry`
pub(super) fn get_configuration_entry(
    context: &mut Context<'_>,
    input: g::GetConfigurationEntryInput,
) -> Result<Value, Outcome> {
    Ok(match entry(context, &input.key)? {
        Some(entry) => shown(&entry),
        None => json!({ "id": null, "createdBy": null, "key": input.key, "value": null }),
    })
}

/// `createConfigurationEntry`: one of that key is changed.
pub(super) fn create_configuration_entry(
    context: &mut Context<'_>,
    input: g::CreateConfigurationEntryInput,
) -> Result<Value, Outcome> {
    let sent = input.body["value"].clone();
    let entry = match entry(context, &input.key)? {
        Some(entry) => context.update(&entry, json!({ "value": sent }))?,
        None => {
            let creator = id(caller(context)?);
            context.insert("configs", json!({ "createdBy": creator, "key": input.key, "value": sent }))?
        }
    };
    Ok(shown(&entry))
}

fn entry(context: &Context<'_>, key: &str) -> Result<Option<Record>, Outcome> {
    context.find("configs", &[("key", &Value::from(key))])
}

fn shown(entry: &Record) -> Value {
    json!({
        "id": id(entry), "createdBy": value(entry, "createdBy"), "key": text(entry, "key"),
        "value": value(entry, "value"),
    })
}

/// `serverSettings`: the product's own, by name; empty where it is what it is by default. Of secrets nothing is told.
pub(super) fn server_settings(
    context: &mut Context<'_>,
    _: g::ServerSettingsInput,
) -> Result<Value, Outcome> {
    let own = context.settings().filter(|(setting, _)| setting.name.starts_with("LOWCODER_"));
    let told = own.map(|(setting, value)| {
        let told = match value {
            _ if setting.secret => UNTOLD.to_owned(),
            value if *value == setting.default => String::new(),
            Value::String(text) => text.clone(),
            other => other.to_string(),
        };
        (setting.name.clone(), Value::from(told))
    });
    Ok(Value::Object(told.collect::<Map<_, _>>()))
}
