//! Doors of other areas, in a copy until they are open.

use serde_json::{Value, json};

use crate::action::ActionContext as Context;
use crate::outcome::Outcome;
use crate::platforms::lowcoder::access::{Resource, role_on};
use crate::platforms::lowcoder::ids::{self, now};
use crate::platforms::lowcoder::refusal::{no_resource, refused};
use crate::platforms::reading::{id, value};
use crate::state::Record;

// local copy of `folders::for_new_element`
pub(super) fn for_new_element(context: &Context<'_>, org: &Record, folder: &str) -> Result<Record, Outcome> {
    let found = context.get("folders", &Value::from(folder))?;
    let found = found.ok_or_else(|| no_resource("There is no such folder."))?;
    if value(&found, "orgId") == id(org) {
        return Ok(found);
    }
    Err(refused("folder-not-exist", "There is no such folder in the organisation."))
}

// local copy of `folders::viewed`
pub(super) fn viewed(context: &mut Context<'_>, target: &str) -> Result<(), Outcome> {
    let Some(user) = context.caller().map(id) else { return Ok(()) };
    let (target, at) = (Value::from(target), now(context));
    match context.find("last_views", &[("user", &user), ("target", &target)])? {
        Some(last) => context.update(&last, json!({ "at": at }))?,
        None => context.insert("last_views", json!({ "user": user, "target": target, "at": at }))?,
    };
    Ok(())
}

// local copy of `datasources::may_use`, but for what does not exist: that is nobody's, and no obstacle
pub(super) fn may_use(context: &Context<'_>, datasource: &str) -> Result<bool, Outcome> {
    match ids::resolve(context, "datasources", datasource)? {
        Some(datasource) => Ok(role_on(context, Resource::Datasource, &datasource)?.is_some()),
        None => Ok(true),
    }
}
