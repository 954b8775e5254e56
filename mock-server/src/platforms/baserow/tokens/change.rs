//! Making and changing database tokens.

use serde_json::{Map, Value, json};

use super::super::faults::Faults;
use super::super::records::{caller, flag, get, id};
use super::super::workspaces;
use super::permissions;
use crate::action::ActionContext;
use crate::outcome::Outcome;

/// The length of a key.
const KEY: usize = 32;

/// `create_database_token`: produces the token, which may do everything in its workspace.
pub(in super::super) fn create_database_token(
    context: &mut ActionContext<'_>,
    name: &str,
    workspace: u64,
) -> Result<(), Outcome> {
    let found = context.get("workspaces", &Value::from(workspace))?.filter(|one| !flag(one, "trashed"));
    let Some(found) = found else {
        let sentence = format!("there is no workspace {workspace}");
        return Err(Faults::one("workspace", sentence, "does_not_exist"));
    };
    let user = caller(context)?.clone();
    if !workspaces::is_member(context, &found, &user)? {
        return Err(Outcome::new("ERROR_USER_NOT_IN_GROUP", ""));
    }
    let token =
        context.insert("tokens", json!({ "user": id(&user), "workspace": workspace, "name": name }))?;
    context.produce(token);
    Ok(())
}

/// `update_database_token`: produces the token.
pub(in super::super) fn update_database_token(
    context: &mut ActionContext<'_>,
    token: u64,
    name: Option<&str>,
    asked: &Value,
    rotate_key: bool,
) -> Result<(), Outcome> {
    let mut token = get(context, "tokens", token)?;
    let mut changes = Map::new();
    if let Some(name) = name {
        changes.insert("name".to_owned(), name.into());
    }
    if !asked.is_null() {
        changes.insert("permissions".to_owned(), permissions::settle(context, &token, asked)?);
    }
    if rotate_key {
        changes.insert("key".to_owned(), context.entropy().token(KEY).into());
    }
    if !changes.is_empty() {
        token = context.update(&token, changes.into())?;
    }
    context.produce(token);
    Ok(())
}
