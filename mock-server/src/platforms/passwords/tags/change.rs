//! What a tag's next revision brings with it (facts: passwords 4.7).

use super::super::content::{Content, flag};
use super::super::faults::unavailable;
use super::super::kind::Kind;
use super::super::reading::{self, on, text as text_of};
use super::super::revisions;
use crate::action::ActionContext;
use crate::outcome::Outcome;
use crate::state::Record;

/// Makes a whole content the next revision of a tag. Passwords are not touched.
pub(in super::super) fn set(
    context: &mut ActionContext<'_>,
    tag: &Record,
    content: Content,
) -> Result<Record, Outcome> {
    let shows = reading::flag(tag, "hidden") && !flag(&content, "hidden");
    // The product fails when a hidden tag of passwords is to be shown (facts: passwords 4.7).
    if shows && on(context, "STRICT_UNHIDE_WITH_TAGS") && is_used(context, tag)? {
        return Err(unavailable());
    }
    revisions::next(context, Kind::Tag, tag, content)
}

fn is_used(context: &ActionContext<'_>, tag: &Record) -> Result<bool, Outcome> {
    Ok(context.find("password_tags", &[("tag", &text_of(tag, "id").into())])?.is_some())
}
