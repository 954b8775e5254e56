//! What a user has seen (facts: lowcoder 11 X4 and X5).

use serde_json::{Value, json};

use crate::action::ActionContext as Context;
use crate::generated::lowcoder as g;
use crate::outcome::Outcome;
use crate::platforms::lowcoder::refusal::refused;
use crate::platforms::reading::{caller, member, value};

/// The guidance for new users.
const GUIDANCE: &str = "newUserGuidance";
/// Everything that can be noted.
const KNOWN: [&str; 2] = [GUIDANCE, "olderUserNonDevPopup"];

/// `markUserStatus`
pub(in crate::platforms::lowcoder) fn mark_user_status(
    context: &mut Context<'_>,
    input: g::MarkUserStatusInput,
) -> Result<Value, Outcome> {
    let kind = member(&input.body, "type").unwrap_or_default();
    if !KNOWN.contains(&kind) {
        return Err(refused("invalid-user-status", format!("`type` is one of {}.", KNOWN.join(" and "))));
    }
    mark(context, kind, input.body["value"].clone())
}

/// `newUserGuidanceShown`
pub(in crate::platforms::lowcoder) fn new_user_guidance_shown(
    context: &mut Context<'_>,
    _: g::NewUserGuidanceShownInput,
) -> Result<Value, Outcome> {
    mark(context, GUIDANCE, true.into())
}

/// Notes it. The answer is whether there was a note of the user before, whatever it was about: the product tells that
/// something was changed, and a first note is not a change.
fn mark(context: &mut Context<'_>, kind: &str, about: Value) -> Result<Value, Outcome> {
    let user = caller(context)?;
    let before = value(user, "userStatus");
    let first = !before.is_object();
    let mut notes = before.as_object().cloned().unwrap_or_default();
    notes.insert(kind.to_owned(), about);
    context.set(user, json!({ "userStatus": notes }))?;
    Ok((!first).into())
}
