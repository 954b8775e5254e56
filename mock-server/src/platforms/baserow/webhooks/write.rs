//! `create_webhook` and `update_webhook`.

use serde_json::{Map, Value, json};

use super::headers::check;
use crate::action::ActionContext;
use crate::outcome::Outcome;
use crate::platforms::baserow::records::{flag, get, key, number};

/// How many webhooks a table can have where the setting says nothing.
const MOST: u64 = 20;

/// Makes a webhook of a table.
///
/// # Errors
/// `invalid`, `ERROR_TABLE_WEBHOOK_MAX_LIMIT_EXCEEDED`, `ERROR_TABLE_WEBHOOK_EVENT_CONFIG_FIELD_NOT_IN_TABLE`.
pub(in crate::platforms::baserow) fn create_webhook(
    context: &mut ActionContext<'_>,
    table: u64,
    request: &Value,
) -> Result<(), Outcome> {
    check(context, request)?;
    let most = context.setting("BASEROW_WEBHOOKS_MAX_PER_TABLE").and_then(Value::as_u64).unwrap_or(MOST);
    if context.all("webhooks", &[("table", &table.into())])?.len() as u64 >= most {
        let sentence = format!("a table has at most {most} webhooks");
        return Err(Outcome::new("ERROR_TABLE_WEBHOOK_MAX_LIMIT_EXCEEDED", sentence));
    }
    let mut fields = said(request);
    fields.insert("table".to_owned(), table.into());
    // Events are kept unless the body itself says that all events are meant (facts: baserow 3.10).
    if request["include_all_events"] != true {
        let events = request.get("events").cloned().unwrap_or_else(|| json!([]));
        fields.insert("event_config".to_owned(), configure(context, table, &events, request, &json!([]))?);
        fields.insert("events".to_owned(), events);
    }
    let webhook = context.insert("webhooks", Value::Object(fields))?;
    context.produce(webhook);
    Ok(())
}

/// Changes what the body names.
///
/// # Errors
/// `invalid`, `ERROR_TABLE_WEBHOOK_EVENT_CONFIG_FIELD_NOT_IN_TABLE`.
pub(in crate::platforms::baserow) fn update_webhook(
    context: &mut ActionContext<'_>,
    webhook: u64,
    request: &Value,
) -> Result<(), Outcome> {
    check(context, request)?;
    let mut webhook = get(context, "webhooks", webhook)?;
    let mut fields = said(request);
    if fields.contains_key("headers") {
        // All of them are replaced: a merge would keep those that are not named.
        webhook = context.update(&webhook, json!({ "headers": null }))?;
    }
    if !flag(&webhook, "active") && request["active"] == true {
        fields.insert("failed_triggers".to_owned(), 0.into());
    }
    let from_now_on_all = request["include_all_events"] == true && !flag(&webhook, "include_all_events");
    if from_now_on_all {
        fields.insert("events".to_owned(), json!([]));
        fields.insert("event_config".to_owned(), json!([]));
    } else if request.get("events").is_some() || request.get("event_config").is_some() {
        let kept = |name: &str| webhook.get(name).cloned().unwrap_or_else(|| json!([]));
        let events = request.get("events").cloned().unwrap_or_else(|| kept("events"));
        let table = number(&webhook, "table");
        let configured = configure(context, table, &events, request, &kept("event_config"))?;
        fields.insert("event_config".to_owned(), configured);
        fields.insert("events".to_owned(), events);
    }
    let webhook = context.update(&webhook, Value::Object(fields))?;
    context.produce(webhook);
    Ok(())
}

/// The properties that are kept as they are said.
fn said(request: &Value) -> Map<String, Value> {
    let names =
        ["name", "url", "include_all_events", "request_method", "headers", "use_user_field_names", "active"];
    let named = names.iter().filter_map(|name| Some(((*name).to_owned(), request.get(name)?.clone())));
    named.collect()
}

/// One configuration for each event: what the body says of it, else what was known of it.
fn configure(
    context: &ActionContext<'_>,
    table: u64,
    events: &Value,
    request: &Value,
    known: &Value,
) -> Result<Value, Outcome> {
    let said = request.get("event_config");
    for (property, collection) in [("fields", "fields"), ("views", "views")] {
        let all = context.all(collection, &[("table", &table.into()), ("trashed", &false.into())])?;
        let configs = said.and_then(Value::as_array).into_iter().flatten();
        let ids = configs.filter_map(|one| one.get(property)?.as_array()).flatten();
        for wanted in ids {
            if !all.iter().any(|one| wanted.as_u64() == Some(key(one))) {
                let sentence = format!("the table has no {} {wanted}", property.trim_end_matches('s'));
                return Err(Outcome::new("ERROR_TABLE_WEBHOOK_EVENT_CONFIG_FIELD_NOT_IN_TABLE", sentence));
            }
        }
    }
    let of = |list: Option<&Value>, event: &Value| {
        let list = list.and_then(Value::as_array)?;
        list.iter().find(|one| one["event_type"] == *event).cloned()
    };
    let configured = events.as_array().into_iter().flatten().map(|event| {
        let mut config = match said {
            Some(_) => of(said, event),
            None => of(Some(known), event),
        };
        if let Some(Value::Object(members)) = &mut config {
            // What names nothing is not shown.
            members.retain(|_, value| value.as_array().is_none_or(|list| !list.is_empty()));
        }
        config.unwrap_or_else(|| json!({ "event_type": event }))
    });
    Ok(configured.collect())
}
