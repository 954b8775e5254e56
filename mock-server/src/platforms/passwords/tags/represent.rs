//! What a tag looks like in answers.

use serde_json::Value;

use super::super::details::{Listed, Parts};
use super::super::kind::Kind;
use super::super::passwords;
use super::super::reading::{flag, text};
use super::super::representation::{Sight, begin, id};
use crate::action::ActionContext;
use crate::outcome::Outcome;
use crate::state::Record;

/// A tag with the parts that were asked for (facts: passwords 3.5).
pub(in super::super) fn represent(
    context: &ActionContext<'_>,
    tag: &Record,
    parts: Parts<'_>,
) -> Result<Value, Outcome> {
    let mut members = begin(context, Kind::Tag, tag, parts)?;
    if let Some(listed) = parts.listed("passwords", "password-ids") {
        let told = if parts.has("password-tags") { Parts::TAGGED } else { Parts::MODEL };
        let bearers = bearers(context, tag)?;
        let all = bearers.iter().map(|password| match listed {
            Listed::Models => passwords::represent(context, password, told),
            Listed::Ids => Ok(id(password)),
        });
        members.insert("passwords".to_owned(), all.collect::<Result<_, _>>()?);
    }
    Ok(members.into())
}

/// The passwords that bear a tag; only one in the trash shows those that are suspended.
fn bearers(context: &ActionContext<'_>, tag: &Record) -> Result<Vec<Record>, Outcome> {
    let sight = Sight::of(tag);
    let relations = context.all("password_tags", &[("tag", &text(tag, "id").into())])?;
    let bearers = relations.iter().filter_map(|relation| context.referred(relation, "password"));
    Ok(bearers.filter(|one| sight.sees(one) && (sight.trashed || !flag(one, "suspended"))).collect())
}
