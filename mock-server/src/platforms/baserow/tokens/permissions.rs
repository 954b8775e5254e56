//! The permissions of a database token: for each of four operations true, false, or a list of databases and tables.

use serde_json::{Map, Value};

use super::super::faults::Faults;
use super::super::records::{flag, value};
use crate::action::ActionContext;
use crate::outcome::Outcome;
use crate::state::Record;

const OPERATIONS: [&str; 4] = ["create", "read", "update", "delete"];

/// `check_token_permissions`: the form, and whether what is named exists. Null is not looked at.
pub(in super::super) fn check_token_permissions(
    context: &ActionContext<'_>,
    asked: &Value,
) -> Result<(), Outcome> {
    if asked.is_null() {
        return Ok(());
    }
    let faulty = |sentence: &str, code: &str| Err(Faults::one("permissions", sentence, code));
    let Some(members) = asked.as_object().filter(|all| all.len() == OPERATIONS.len()) else {
        return faulty("`create`, `read`, `update` and `delete` are needed, and nothing else", "invalid_key");
    };
    let mut named = Vec::new();
    for (operation, permission) in members {
        if !OPERATIONS.contains(&operation.as_str()) {
            return faulty(
                "`create`, `read`, `update` and `delete` are needed, and nothing else",
                "invalid_key",
            );
        }
        for place in places(permission)? {
            let Some(place) = place_of(place) else {
                return faulty(
                    "a place is written as `[\"database\", 1]` or `[\"table\", 1]`",
                    "invalid_value",
                );
            };
            if !["database", "table"].contains(&place.0) {
                return faulty("a permission is for databases and tables", "invalid_instance_type");
            }
            named.push(place);
        }
    }
    for (kind, key) in named {
        if find(context, kind, key)?.is_none() {
            let code = if kind == "database" { "invalid_database_id" } else { "invalid_table_id" };
            return faulty(&format!("there is no {kind} {key}"), code);
        }
    }
    Ok(())
}

/// The places of one permission; none for true and false.
fn places(permission: &Value) -> Result<&[Value], Outcome> {
    match permission {
        Value::Bool(_) => Ok(&[]),
        Value::Array(places) => Ok(places),
        _ => Err(Faults::one("permissions", "a permission is true, false or a list", "invalid_value")),
    }
}

fn place_of(place: &Value) -> Option<(&str, i64)> {
    match place.as_array()?.as_slice() {
        [kind, key] => Some((kind.as_str()?, key.as_i64()?)),
        _ => None,
    }
}

/// A database or table that is not in the trash.
fn find(context: &ActionContext<'_>, kind: &str, key: i64) -> Result<Option<Record>, Outcome> {
    let collection = if kind == "database" { "applications" } else { "tables" };
    let found = context.get(collection, &Value::from(key))?.filter(|one| !flag(one, "trashed"));
    Ok(found.filter(|one| match kind {
        "database" => one.get("type").is_some_and(|kind| kind == "database"),
        _ => context.referred(one, "database").is_some_and(|database| !flag(&database, "trashed")),
    }))
}

/// The permissions as they are kept, when everything that is named lies in the token's workspace.
pub(super) fn settle(context: &ActionContext<'_>, token: &Record, asked: &Value) -> Result<Value, Outcome> {
    let workspace = value(token, "workspace");
    let mut kept = Map::new();
    for operation in OPERATIONS {
        let permission = asked.get(operation).cloned().unwrap_or_default();
        for (kind, key) in places(&permission)?.iter().filter_map(place_of) {
            let place = find(context, kind, key)?;
            let (lies_in, outcome) = if kind == "database" {
                (place, "ERROR_DATABASE_DOES_NOT_BELONG_TO_GROUP")
            } else {
                let database = place.and_then(|table| context.referred(&table, "database"));
                (database, "ERROR_TABLE_DOES_NOT_BELONG_TO_GROUP")
            };
            if lies_in.is_none_or(|database| value(&database, "workspace") != workspace) {
                return Err(Outcome::new(
                    outcome,
                    format!("the {kind} {key} is not in the token's workspace"),
                ));
            }
        }
        let before = token.get("permissions").and_then(|all| all.get(operation));
        kept.insert(operation.to_owned(), merged(before, permission));
    }
    Ok(kept.into())
}

/// facts: places that were there before come first, none stands twice, and an empty list is the same as false.
fn merged(before: Option<&Value>, asked: Value) -> Value {
    let Value::Array(asked) = asked else { return asked };
    let before = before.and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let stay = before.iter().filter(|place| asked.contains(place));
    let mut kept: Vec<Value> = Vec::new();
    for place in stay.chain(&asked) {
        if !kept.contains(place) {
            kept.push(place.clone());
        }
    }
    if kept.is_empty() { Value::Bool(false) } else { Value::Array(kept) }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::merged;

    #[test]
    fn lists_keep_their_order_and_an_empty_one_is_none() {
        let before = json!([["table", 2], ["table", 1]]);
        let asked = json!([["table", 1], ["database", 3], ["table", 2], ["table", 1]]);
        assert_eq!(merged(Some(&before), asked), json!([["table", 2], ["table", 1], ["database", 3]]));
        assert_eq!(merged(Some(&json!(true)), json!([])), json!(false));
        assert_eq!(merged(None, json!(true)), json!(true));
    }
}
