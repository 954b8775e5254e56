//! What a revision says of who wrote it.

use super::reading::text;
use crate::action::ActionContext;

/// Characters of a `User-Agent` that are kept.
const LONGEST: usize = 256;

/// The app token's name; of a login with the account's password, the `User-Agent` (facts: passwords 3).
pub(super) fn name(context: &ActionContext<'_>) -> String {
    match context.recognised("basic") {
        Some(login) if text(login, "kind") == "token" => text(login, "name").to_owned(),
        _ => context.header("user-agent").unwrap_or_default().chars().take(LONGEST).collect(),
    }
}
