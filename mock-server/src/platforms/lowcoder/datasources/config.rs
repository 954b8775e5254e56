//! The settings of data sources: what each kind wants, and which of them are secrets (facts: lowcoder 8).

use serde_json::{Map, Value};

use crate::outcome::Outcome;
use crate::platforms::lowcoder::refusal::refused;
use crate::platforms::reading::member;

/// The kinds that the server connects to itself; every other name is that of a plug-in.
const KINDS: [&str; 14] = [
    "postgres",
    "restApi",
    "mongodb",
    "mysql",
    "es",
    "redis",
    "mssql",
    "oracle",
    "mariadb",
    "smtp",
    "clickHouse",
    "snowflake",
    "googleSheets",
    "graphql",
];

/// The kinds that speak SQL.
const SQL: [&str; 7] = ["postgres", "mysql", "mssql", "oracle", "mariadb", "clickHouse", "snowflake"];

/// What the names of secrets end in, in lower case.
const SECRETS: [&str; 9] = [
    "password",
    "passwd",
    "secret",
    "token",
    "privatekey",
    "secretkey",
    "accesskey",
    "apikey",
    "serviceaccount",
];

/// Whether a kind is that of a plug-in.
pub(super) fn is_plugin(kind: &str) -> bool {
    !KINDS.contains(&kind)
}

/// Whether a connection of that kind can be tried without another system.
pub(super) fn needs_nothing(kind: &str) -> bool {
    matches!(kind, "restApi" | "graphql")
}

/// Passes for settings that can be read as those of a kind: they are an object, and only plug-ins do without.
///
/// # Errors
/// `unreadable-configuration`.
pub(super) fn readable(kind: &str, config: &Value) -> Result<(), Outcome> {
    if config.is_object() || (config.is_null() && is_plugin(kind)) {
        return Ok(());
    }
    Err(refused("unreadable-configuration", "The settings cannot be read."))
}

/// Passes for settings that a kind can work with.
///
/// # Errors
/// `invalid-datasource-configuration`.
pub(super) fn valid(kind: &str, config: &Value) -> Result<(), Outcome> {
    if !SQL.contains(&kind) {
        return Ok(());
    }
    let wrong = |sentence: &str| Err(refused("invalid-datasource-configuration", sentence));
    let host = member(config, "host").unwrap_or_default();
    if host.trim().is_empty() {
        return wrong("There is no host.");
    }
    if host.contains(['/', ':']) {
        return wrong("A host is a name alone, without scheme or port.");
    }
    if member(config, "database").unwrap_or_default().trim().is_empty() {
        return wrong("There is no database.");
    }
    Ok(())
}

/// Whether a member of that name is told nobody. A connection text may hold a password.
fn is_secret(name: &str) -> bool {
    let name = name.to_lowercase().replace(['_', '-'], "");
    name == "uri" || SECRETS.iter().any(|secret| name.ends_with(secret))
}

/// Settings without secrets, however deep they lie.
pub(super) fn shown(config: &Value) -> Value {
    match config {
        Value::Object(members) => {
            let told = members.iter().filter(|(name, _)| !is_secret(name));
            Value::Object(told.map(|(name, value)| (name.clone(), shown(value))).collect())
        }
        Value::Array(elements) => elements.iter().map(shown).collect(),
        other => other.clone(),
    }
}

/// New settings with the old secrets where the new ones leave them out.
pub(super) fn with_secrets_of(old: &Value, new: &Value) -> Value {
    let (Value::Object(old), Value::Object(new)) = (old, new) else { return new.clone() };
    let mut merged = Map::new();
    for (name, value) in new {
        let kept = match old.get(name) {
            Some(before) if value.is_null() && is_secret(name) => before.clone(),
            Some(before) => with_secrets_of(before, value),
            None => value.clone(),
        };
        merged.insert(name.clone(), kept);
    }
    for (name, before) in old {
        if is_secret(name) && !merged.contains_key(name) {
            merged.insert(name.clone(), before.clone());
        }
    }
    Value::Object(merged)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{shown, with_secrets_of};

    #[test]
    fn secrets_are_not_shown_and_stay_when_they_are_left_out() {
        let old = json!({
            "host": "db", "password": "a", "ssl": { "clientSecret": "b", "mode": "on" }, "list": [{ "apiKey": "c", "n": 1 }],
        });
        assert_eq!(shown(&old), json!({ "host": "db", "ssl": { "mode": "on" }, "list": [{ "n": 1 }] }));
        let new = json!({ "host": "db2", "password": null, "ssl": { "mode": "off" } });
        assert_eq!(
            with_secrets_of(&old, &new),
            json!({ "host": "db2", "password": "a", "ssl": { "mode": "off", "clientSecret": "b" } })
        );
        assert_eq!(with_secrets_of(&old, &json!({ "password": "d" })), json!({ "password": "d" }));
    }
}
