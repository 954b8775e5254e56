//! Whom one can share with.

use serde_json::{Map, Value};

use super::super::faults::unavailable;
use super::super::keychain::or_empty_array;
use super::super::lifecycle::user;
use super::super::reading::{on, text};
use crate::action::ActionContext;
use crate::outcome::Outcome;
use crate::state::Record;

/// What the framework lets pass as a limit; then the app has bounds of its own (facts: passwords 5).
const LIMITS: std::ops::RangeInclusive<i64> = 1..=500;
const LEAST: usize = 5;
const MOST: usize = 256;

/// Nobody shares while the server does not.
pub(super) fn enabled(context: &ActionContext<'_>) -> Result<(), Outcome> {
    if on(context, "SHARING_ENABLED") {
        return Ok(());
    }
    Err(Outcome::new("sharing-disabled", "Sharing disabled"))
}

/// Display names by user id.
pub(in super::super) fn partners(
    context: &ActionContext<'_>,
    search: &str,
    limit: i64,
) -> Result<Value, Outcome> {
    if !LIMITS.contains(&limit) {
        return Err(unavailable());
    }
    enabled(context)?;
    let limit = usize::try_from(limit).unwrap_or_default().clamp(LEAST, MOST);
    let found: Map<String, Value> = matching(context, search)?
        .iter()
        .take(limit)
        .map(|user| (text(user, "id").to_owned(), text(user, "name").into()))
        .collect();
    Ok(or_empty_array(found))
}

/// The users in whose id or display name the text is.
pub(super) fn matching(context: &ActionContext<'_>, search: &str) -> Result<Vec<Record>, Outcome> {
    let (wanted, own) = (search.trim().to_lowercase(), user(context)?);
    let caller_too = on(context, "STRICT_PARTNERS_WITH_CALLER");
    let mut users = context.all("users", &[])?;
    users.retain(|user| {
        let named = |field| text(user, field).to_lowercase().contains(&wanted);
        (caller_too || text(user, "id") != own) && (named("id") || named("name"))
    });
    Ok(users)
}

/// The user of that id, whatever its letter case.
pub(super) fn named(context: &ActionContext<'_>, id: &str) -> Result<Option<Record>, Outcome> {
    if let Some(user) = context.get("users", &Value::from(id))? {
        return Ok(Some(user));
    }
    Ok(context.all("users", &[])?.into_iter().find(|user| text(user, "id").eq_ignore_ascii_case(id)))
}
