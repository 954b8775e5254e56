//! `test_webhook`: what would be sent, and that nothing came back, for nothing is sent.

use std::fmt::Write as _;

use serde_json::{Map, Value, json};

use super::address::is_public;
use super::headers::check;
use crate::action::ActionContext;
use crate::outcome::Outcome;
use crate::platforms::baserow::records::{get, number, referred};

/// The request that a webhook would make, without an answer.
///
/// # Errors
/// `invalid` for a URL or headers that no webhook can have.
pub(in crate::platforms::baserow) fn test_webhook(
    context: &mut ActionContext<'_>,
    table: u64,
    request: &Value,
) -> Result<Value, Outcome> {
    check(context, request)?;
    let url = request["url"].as_str().unwrap_or_default();
    let sent = if is_public(url) { sent(context, table, url, request)? } else { String::new() };
    Ok(json!({ "request": sent, "response": "", "status_code": null, "is_unreachable": true }))
}

fn sent(context: &mut ActionContext<'_>, table: u64, url: &str, request: &Value) -> Result<String, Outcome> {
    let event = request["event_type"].as_str().unwrap_or_default();
    let id = context.entropy().uuid();
    let payload = payload(context, table, event, &id)?;
    let body = serde_json::to_string_pretty(&payload)
        .map_err(|error| Outcome::new("internal", format!("the payload is no JSON: {error}")))?;
    let method = request["request_method"].as_str().unwrap_or("POST");
    let mut text = format!("{method} {url}\r\n");
    let none = Map::new();
    let own = request["headers"].as_object().unwrap_or(&none);
    let own = own.iter().map(|(name, value)| (name.as_str(), value.as_str().unwrap_or_default()));
    let usual = [
        ("Content-type", "application/json"),
        ("X-Baserow-Event", event),
        ("X-Baserow-Delivery", id.as_str()),
    ];
    for (name, value) in own.chain(usual) {
        // Writing to a text never fails.
        let _ = write!(text, "{name}: {value}\r\n");
    }
    let _ = write!(text, "\r\n{body}");
    Ok(text)
}

/// The same head for every event; events of rows have a row that nobody has.
fn payload(context: &ActionContext<'_>, table: u64, event: &str, id: &str) -> Result<Value, Outcome> {
    let table = get(context, "tables", table)?;
    let database = referred(context, &table, "database")?;
    let mut payload = json!({
        "table_id": number(&table, "id"), "database_id": number(&database, "id"), "workspace_id": number(&database, "workspace"),
        "webhook_id": null, "event_id": id, "event_type": event,
    });
    let row = || json!([{ "id": 0, "order": "0.00000000000000000000" }]);
    match event {
        "rows.created" => payload["items"] = row(),
        "rows.updated" => {
            payload["items"] = row();
            payload["old_items"] = row();
        }
        "rows.deleted" => payload["row_ids"] = json!([0]),
        _ => {}
    }
    Ok(payload)
}
