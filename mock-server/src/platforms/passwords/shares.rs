//! Stub until `shares` is merged.
use serde_json::Value;

use super::details::Parts;
use crate::action::ActionContext;
use crate::outcome::Outcome;
use crate::state::Record;

pub(super) fn of_source(_: &ActionContext<'_>, _: &str) -> Result<Vec<Record>, Outcome> {
    Ok(Vec::new())
}
pub(super) fn is_shared(_: &ActionContext<'_>, _: &Record) -> Result<bool, Outcome> {
    Ok(false)
}
pub(super) fn received(_: &ActionContext<'_>, _: &Record) -> Result<Option<Record>, Outcome> {
    Ok(None)
}
pub(super) fn represent(_: &ActionContext<'_>, _: &Record, _: &str, _: Parts<'_>) -> Result<Value, Outcome> {
    Ok(Value::Null)
}
pub(super) fn content_changed(_: &mut ActionContext<'_>, _: &Record) -> Result<(), Outcome> {
    Ok(())
}
pub(super) fn removed(_: &mut ActionContext<'_>, _: &Record) -> Result<(), Outcome> {
    Ok(())
}
