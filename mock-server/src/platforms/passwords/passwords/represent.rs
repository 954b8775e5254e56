//! What a password looks like in answers.

use serde_json::Value;

use super::super::details::{Listed, Parts};
use super::super::kind::Kind;
use super::super::reading::{flag, text};
use super::super::representation::{Sight, begin, id};
use super::super::{folders, shares, tags};
use crate::action::ActionContext;
use crate::outcome::Outcome;
use crate::state::Record;

/// A password with the parts that were asked for (facts: passwords 3.5).
pub(in super::super) fn represent(
    context: &ActionContext<'_>,
    password: &Record,
    parts: Parts<'_>,
) -> Result<Value, Outcome> {
    let mut members = begin(context, Kind::Password, password, parts)?;
    let whole = parts.has("model");
    if whole {
        members.insert("shared".to_owned(), shares::is_shared(context, password)?.into());
    }
    if parts.has("folder") {
        members.insert("folder".to_owned(), folder(context, password)?);
    }
    if let Some(listed) = parts.listed("tags", "tag-ids") {
        members.insert("tags".to_owned(), tags_of(context, password, listed)?);
    }
    if parts.has("shares") {
        members.insert("shares".to_owned(), shares_of(context, password)?);
        if whole && let Some(share) = shares::received(context, password)? {
            let told = shares::represent(context, &share, text(password, "user"), Parts::MODEL)?;
            members.insert("share".to_owned(), told);
        }
    }
    Ok(members.into())
}

/// The folder it is in; the base folder where that is hidden and the password is not.
fn folder(context: &ActionContext<'_>, password: &Record) -> Result<Value, Outcome> {
    folders::told(context, text(password, "user"), text(password, "folder"), flag(password, "hidden"))
}

fn tags_of(context: &ActionContext<'_>, password: &Record, listed: Listed) -> Result<Value, Outcome> {
    let sight = Sight::of(password);
    let all = super::tags(context, password)?;
    all.iter()
        .filter(|tag| sight.sees(tag))
        .map(|tag| match listed {
            Listed::Models => tags::represent(context, tag, Parts::MODEL),
            Listed::Ids => Ok(id(tag)),
        })
        .collect()
}

/// The shares that its owner gave, by receiver.
fn shares_of(context: &ActionContext<'_>, password: &Record) -> Result<Value, Outcome> {
    let mut all = shares::of_source(context, text(password, "id"))?;
    all.sort_by(|one, other| text(one, "receiver").cmp(text(other, "receiver")));
    let viewer = text(password, "user");
    all.iter().map(|share| shares::represent(context, share, viewer, Parts::MODEL)).collect()
}
