//! Changing settings.

use serde_json::{Map, Value, json};

use super::super::keychain::or_empty_array;
use super::super::reading::{caller, on, text};
use super::catalog::{HASH, UserSetting, user_setting};
use super::read::{stored, value, wanted};
use crate::action::ActionContext;
use crate::outcome::Outcome;

/// Characters of a client setting's key after the scope.
const LONGEST_KEY: usize = 48;
/// Characters of a client setting's value as text.
const LONGEST_VALUE: usize = 128;

/// Stores settings, and answers with what is in force now; null of what nobody can set.
pub(in super::super) fn set(
    context: &mut ActionContext<'_>,
    settings: &Map<String, Value>,
) -> Result<Value, Outcome> {
    let mut answer = Map::new();
    for (key, sent) in settings {
        let now = match key.split_once('.') {
            Some(("user", _)) => match user_setting(key) {
                Some(setting) => set_user(context, setting, sent)?,
                None => Value::Null,
            },
            Some(("client", name)) => set_client(context, key, name, sent)?,
            _ => Value::Null,
        };
        answer.insert(key.clone(), now);
    }
    Ok(or_empty_array(answer))
}

fn set_user(context: &mut ActionContext<'_>, setting: &UserSetting, sent: &Value) -> Result<Value, Outcome> {
    if setting.is_locked(context) {
        return value(context, setting.key);
    }
    let Some(cast) = setting.cast(sent) else {
        forget(context, setting.key)?;
        let default = value(context, setting.key)?;
        // the administrator's default is a text to the product (facts: passwords 6)
        let as_text = setting.key == HASH && on(context, "STRICT_HASH_LENGTH_AS_TEXT");
        return Ok(if as_text { default.to_string().into() } else { default });
    };
    store(context, setting.key, &cast)?;
    Ok(cast)
}

fn set_client(
    context: &mut ActionContext<'_>,
    key: &str,
    name: &str,
    sent: &Value,
) -> Result<Value, Outcome> {
    if name.chars().count() > LONGEST_KEY {
        return Err(Outcome::new("setting-key-too-long", "Key too long"));
    }
    let length = match sent {
        Value::String(text) => text.chars().count(),
        other => other.to_string().chars().count(),
    };
    if length > LONGEST_VALUE {
        return Err(Outcome::new("setting-value-too-long", "Value too long"));
    }
    store(context, key, sent)?;
    Ok(sent.clone())
}

fn store(context: &mut ActionContext<'_>, key: &str, value: &Value) -> Result<(), Outcome> {
    let user = text(caller(context)?, "id");
    if let Some(record) = stored(context, user, key)? {
        context.delete(&[record])?;
    }
    context.insert("settings", json!({ "user": user, "key": key, "value": value })).map(drop)
}

fn forget(context: &mut ActionContext<'_>, key: &str) -> Result<(), Outcome> {
    let user = text(caller(context)?, "id");
    match stored(context, user, key)? {
        Some(record) => context.delete(&[record]),
        None => Ok(()),
    }
}

/// Brings settings back to their defaults; client settings have none.
pub(in super::super) fn reset(context: &mut ActionContext<'_>, keys: &Value) -> Result<Value, Outcome> {
    let mut answer = Map::new();
    for key in wanted(keys) {
        if key.starts_with("user.") || key.starts_with("client.") {
            forget(context, key)?;
        }
        let now = if key.starts_with("server.") { Value::Null } else { value(context, key)? };
        answer.insert(key.to_owned(), now);
    }
    Ok(or_empty_array(answer))
}
