//! What a folder's next revision brings with it (facts: passwords 4.6).

use super::super::cascade;
use super::super::content::{Content, flag, text};
use super::super::kind::Kind;
use super::super::reading::{self, on, text as text_of};
use super::super::revisions;
use crate::action::ActionContext;
use crate::outcome::Outcome;
use crate::state::Record;

/// Makes a whole content the next revision of a folder, with all that follows for what is in it.
pub(in super::super) fn set(
    context: &mut ActionContext<'_>,
    folder: &Record,
    content: Content,
) -> Result<Record, Outcome> {
    let (trashed, hidden) = (flag(&content, "trashed"), flag(&content, "hidden"));
    let client = text(&content, "client").to_owned();
    let mut next = revisions::next(context, Kind::Folder, folder, content)?;
    if trashed != reading::flag(folder, "trashed") {
        cascade::suspend(context, &next, trashed)?;
        next = context.current(&next)?;
    }
    if reading::flag(&next, "suspended") && !cascade::is_closed(context, text_of(&next, "parent"))? {
        next = cascade::mark(context, &next, false)?;
        // The product brings back the folder, and forgets what is in it (facts: passwords 4.6).
        if !trashed && !on(context, "STRICT_SUSPENDED_FOREVER") {
            cascade::suspend(context, &next, false)?;
        }
    }
    if hidden && !reading::flag(folder, "hidden") {
        cascade::hide(context, &next, &client)?;
    }
    context.current(&next)
}
