//! Versions: making them, and which one counts.

use serde_json::{Value, json};

use super::info::{edited_dsl, single, view};
use super::reach::{in_state, may, named};
use crate::action::ActionContext as Context;
use crate::generated::lowcoder as g;
use crate::outcome::Outcome;
use crate::platforms::lowcoder::access::Role;
use crate::platforms::lowcoder::ids::now;
use crate::platforms::lowcoder::refusal::server_error;
use crate::platforms::reading::{caller, id, member, text, value};
use crate::state::Record;

/// The number of the first version.
const FIRST: &str = "1.0.0";

/// The newest version of an application; `None` where nothing was published.
pub(super) fn newest(context: &Context<'_>, application: &Record) -> Result<Option<Record>, Outcome> {
    Ok(context.all("application_versions", &[("applicationId", &id(application))])?.pop())
}

/// What users of an application see: the newest version, or what is being edited where nothing was published.
pub(in crate::platforms::lowcoder) fn live_dsl(
    context: &Context<'_>,
    application: &Record,
) -> Result<Value, Outcome> {
    Ok(dsl_of(newest(context, application)?.as_ref(), application))
}

/// As [`live_dsl`], where the newest version is at hand.
pub(super) fn dsl_of(newest: Option<&Record>, application: &Record) -> Value {
    newest.map_or_else(|| edited_dsl(application), |version| value(version, "dsl"))
}

/// Makes what is being edited the newest version (facts: lowcoder 10.6 P5).
pub(in crate::platforms::lowcoder) fn publish_application(
    context: &mut Context<'_>,
    input: g::PublishApplicationInput,
) -> Result<Value, Outcome> {
    let application = named(context, &input.application_id)?;
    in_state(&application, "NORMAL")?;
    let role = may(context, &application, Role::Editor)?;
    let versions = context.all("application_versions", &[("applicationId", &id(&application))])?;
    let (tag, message) = if input.body.is_null() {
        let newest = versions.last().map(|version| text(version, "tag"));
        (Value::from(next_tag(newest)?), Value::from(""))
    } else {
        // A body without a tag makes a version without one.
        let text = |name: &str| member(&input.body, name).map_or(Value::Null, Value::from);
        (text("tag"), text("commitMessage"))
    };
    // having no tag counts as a tag
    if versions.iter().any(|version| value(version, "tag") == tag) {
        return Err(server_error("The application has a version with that tag."));
    }
    let version = json!({
        "applicationId": id(&application), "tag": tag, "commitMessage": message, "dsl": edited_dsl(&application),
        "createdBy": id(caller(context)?), "createTime": now(context),
    });
    context.insert("application_versions", version)?;
    let info = single(context, &application, Some(role))?;
    Ok(view(info, edited_dsl(&application), None))
}

/// The tag after the newest one: one more at the end of three numbers; the first for anything else.
///
/// # Errors
/// `server-error` for numbers that the product cannot count up.
fn next_tag(newest: Option<&str>) -> Result<String, Outcome> {
    let parts: Vec<&str> = newest.unwrap_or_default().split('.').collect();
    let numbers = |part: &&str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    if parts.len() != 3 || !parts.iter().all(numbers) {
        return Ok(FIRST.to_owned());
    }
    let number = |part: &str| part.parse::<i32>().map_err(|_| too_large());
    let (major, minor, patch) = (number(parts[0])?, number(parts[1])?, number(parts[2])?);
    let patch = patch.checked_add(1).ok_or_else(too_large)?;
    Ok(format!("{major}.{minor}.{patch}"))
}

fn too_large() -> Outcome {
    server_error("The numbers of the newest version are too large to count on.")
}

#[cfg(test)]
mod tests {
    use super::next_tag;

    #[test]
    fn versions_count_on_at_their_end() {
        let next = |newest| next_tag(newest).map_err(|outcome| outcome.name);
        for (newest, expected) in [
            (None, "1.0.0"),
            (Some(""), "1.0.0"),
            (Some("1.0.0"), "1.0.1"),
            (Some("2.10.9"), "2.10.10"),
            (Some("01.2.3"), "1.2.4"),
            (Some("beta"), "1.0.0"),
            (Some("1.0"), "1.0.0"),
            (Some("1.0.0.0"), "1.0.0"),
            (Some("1.0.-1"), "1.0.0"),
            (Some("1..1"), "1.0.0"),
        ] {
            assert_eq!(next(newest), Ok(expected.to_owned()), "{newest:?}");
        }
        assert_eq!(next(Some("1.0.2147483647")), Err("server-error".into()));
        assert_eq!(next(Some("1.0.99999999999")), Err("server-error".into()));
    }
}
