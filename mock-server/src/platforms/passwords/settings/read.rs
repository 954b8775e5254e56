//! Reading settings.

use serde_json::{Map, Value};

use super::super::keychain::or_empty_array;
use super::super::php;
use super::super::reading::{caller, text};
use super::catalog::{USER, server, user_setting};
use crate::action::ActionContext;
use crate::outcome::Outcome;
use crate::state::Record;

/// Another name of `server.theme.color.primary`.
const COLOR: &str = "server.theme.color";

/// The values of these keys; null of those that are unknown.
pub(in super::super) fn get(context: &ActionContext<'_>, keys: &Value) -> Result<Value, Outcome> {
    let mut found = Map::new();
    for key in wanted(keys) {
        let value = value(context, key)?;
        found.insert(key.to_owned(), value);
    }
    Ok(or_empty_array(found))
}

/// The keys that a body asks for: of an object the values count.
pub(super) fn wanted(keys: &Value) -> Vec<&str> {
    match keys {
        Value::Array(keys) => keys.iter().filter_map(Value::as_str).collect(),
        Value::Object(keys) => keys.values().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    }
}

/// Everything of these scopes; of all three when none is named.
pub(in super::super) fn list(
    context: &ActionContext<'_>,
    scopes: Option<&[Value]>,
) -> Result<Value, Outcome> {
    let wanted = |scope: &str| scopes.is_none_or(|scopes| scopes.iter().any(|one| one == scope));
    let mut found = Map::new();
    if wanted("server") {
        found.extend(server(context).into_iter().map(|(key, value)| (key.to_owned(), value)));
    }
    if wanted("user") {
        for setting in USER {
            found.insert(setting.key.to_owned(), value(context, setting.key)?);
        }
    }
    if wanted("client") {
        let user = Value::from(text(caller(context)?, "id"));
        for record in context.all("settings", &[("user", &user)])? {
            if text(&record, "key").starts_with("client.") {
                found.insert(
                    text(&record, "key").to_owned(),
                    record.get("value").cloned().unwrap_or_default(),
                );
            }
        }
    }
    Ok(or_empty_array(found))
}

/// The value of one key for the caller; null of one that is unknown.
pub(super) fn value(context: &ActionContext<'_>, key: &str) -> Result<Value, Outcome> {
    let user = text(caller(context)?, "id");
    match key.split_once('.') {
        Some(("server", _)) => {
            let key = if key == COLOR { "server.theme.color.primary" } else { key };
            Ok(server(context)
                .into_iter()
                .find(|(name, _)| *name == key)
                .map(|(_, value)| value)
                .unwrap_or_default())
        }
        Some(("user", _)) => user_value(context, user, key),
        Some(("client", _)) => Ok(stored(context, user, key)?
            .and_then(|record| record.get("value").cloned())
            .unwrap_or_default()),
        _ => Ok(Value::Null),
    }
}

/// What is stored of that key.
pub(super) fn stored(context: &ActionContext<'_>, user: &str, key: &str) -> Result<Option<Record>, Outcome> {
    context.find("settings", &[("user", &Value::from(user)), ("key", &Value::from(key))])
}

fn user_value(context: &ActionContext<'_>, user: &str, key: &str) -> Result<Value, Outcome> {
    let Some(setting) = user_setting(key) else { return Ok(Value::Null) };
    match stored(context, user, key)? {
        Some(record) if !setting.is_locked(context) => Ok(record.get("value").cloned().unwrap_or_default()),
        _ => setting.default(context, user),
    }
}

/// A setting of a user that is a number.
pub(in super::super) fn integer(context: &ActionContext<'_>, user: &str, key: &str) -> Result<i64, Outcome> {
    Ok(php::integer(&user_value(context, user, key)?))
}

/// A setting of a user that is on or off.
pub(in super::super) fn boolean(context: &ActionContext<'_>, user: &str, key: &str) -> Result<bool, Outcome> {
    Ok(php::truth(&user_value(context, user, key)?))
}
