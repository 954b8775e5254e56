//! Settings that all members of an organisation read (facts: lowcoder 10.3 O5, O6).

use serde_json::{Map, Value, json};

use super::{administered, joined};
use crate::action::ActionContext as Context;
use crate::generated::lowcoder as g;
use crate::outcome::Outcome;
use crate::platforms::lowcoder::ids::now;
use crate::platforms::lowcoder::refusal::{invalid_parameter, server_error};
use crate::platforms::reading::member;
use crate::state::Record;

/// Settings, and beside each that was set the time of it, in milliseconds since 1970.
pub(in crate::platforms::lowcoder) fn get_organization_settings(
    context: &mut Context<'_>,
    input: g::GetOrganizationSettingsInput,
) -> Result<Value, Outcome> {
    let org = joined(context, &input.org_id)?;
    Ok(Value::Object(settings(&org)))
}

/// A dot in the key leads into an object, as it does where the product stores it.
pub(in crate::platforms::lowcoder) fn update_organization_settings(
    context: &mut Context<'_>,
    input: g::UpdateOrganizationSettingsInput,
) -> Result<Value, Outcome> {
    let org = administered(context, &input.org_id)?;
    let key = member(&input.body, "key").ok_or_else(|| invalid_parameter("`key` is missing."))?;
    let set = input.body.get("value").cloned().unwrap_or_default();
    let mut all = settings(&org);
    put(&mut all, key, set)?;
    put(&mut all, &format!("{key}_updateTime"), now(context).into())?;
    context.set(&org, json!({ "commonSettings": all }))?;
    Ok(true.into())
}

fn settings(org: &Record) -> Map<String, Value> {
    org.get("commonSettings").and_then(Value::as_object).cloned().unwrap_or_default()
}

fn put(settings: &mut Map<String, Value>, key: &str, value: Value) -> Result<(), Outcome> {
    let nowhere = || server_error("That key leads nowhere.");
    let (path, last) = match key.rsplit_once('.') {
        Some((path, last)) => (path.split('.').collect(), last),
        None => (Vec::new(), key),
    };
    let mut place = settings;
    for part in path {
        if part.is_empty() {
            return Err(nowhere());
        }
        let inner = place.entry(part).or_insert_with(|| json!({}));
        place = inner.as_object_mut().ok_or_else(nowhere)?;
    }
    if last.is_empty() {
        return Err(nowhere());
    }
    place.insert(last.to_owned(), value);
    Ok(())
}
