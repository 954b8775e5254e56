//! How good a password is (facts: passwords 3.1, status rules).

use serde_json::{Value, json};

use super::content::{integer, is_empty, put, text};
use super::kind::Kind;
use super::reading::text as text_of;
use super::{php, revisions, settings};
use crate::action::ActionContext;
use crate::outcome::Outcome;
use crate::state::Record;

pub(super) use super::breaches::{breached, breached_range};

const DAY: i64 = 86_400;
/// The code of a password that another password has as well.
pub(super) const DUPLICATE: &str = "DUPLICATE";

/// A verdict: `status` and `statusCode`.
pub(super) type Verdict = (i64, &'static str);

/// What becomes of a hash that was last changed at `edited`, as far as the other passwords of the user are concerned.
pub(super) fn verdict(
    context: &ActionContext<'_>,
    user: &str,
    password: &str,
    hash: &str,
    edited: i64,
) -> Result<Verdict, Outcome> {
    if is_empty(hash) {
        return Ok((3, "NOT_CHECKED"));
    }
    if breached(hash) {
        return Ok((2, "BREACHED"));
    }
    let days = settings::integer(context, user, "user.password.security.age")?;
    if days > 0 && php::now(context).saturating_sub(days.saturating_mul(DAY)) > edited {
        return Ok((1, "OUTDATED"));
    }
    if settings::boolean(context, user, "user.password.security.duplicates")? {
        let mut same = bearing(context, user, hash)?.into_iter();
        if same.any(|revision| text_of(&revision, "object") != password) {
            return Ok((1, DUPLICATE));
        }
    }
    Ok((0, "GOOD"))
}

/// The revisions of a user's passwords that bear a hash.
fn bearing(context: &ActionContext<'_>, user: &str, hash: &str) -> Result<Vec<Record>, Outcome> {
    context.all("revisions", &[("hash", &Value::from(hash)), ("user", &Value::from(user))])
}

/// Looks anew at everything that bears a hash.
pub(super) fn refresh(context: &mut ActionContext<'_>, user: &str, hash: &str) -> Result<(), Outcome> {
    for revision in bearing(context, user, hash)? {
        let mut held = revisions::held(&revision);
        let object = text_of(&revision, "object");
        let (status, code) = verdict(context, user, object, hash, integer(&held, "edited"))?;
        if text(&held, "statusCode") == code {
            continue;
        }
        put(&mut held, "status", status);
        put(&mut held, "statusCode", code);
        context.update(&revision, json!({ "content": held, "updated": php::now(context) }))?;
        if let Ok(password) = revisions::object(context, Kind::Password, user, object)
            && password.get("revision") == revision.get("id")
        {
            context.update(&password, json!({ "status": status, "statusCode": code }))?;
        }
    }
    Ok(())
}
