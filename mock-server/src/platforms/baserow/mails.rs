//! Mails: what the product would send becomes a record of `mails`, where tests find the token of a link.

use serde_json::{Value, json};

use super::records::text;
use crate::action::ActionContext;
use crate::outcome::Outcome;
use crate::state::Record;

/// Puts a mail without a link into the outbox.
pub(super) fn send(context: &mut ActionContext<'_>, to: &str, kind: &str) -> Result<(), Outcome> {
    context.insert("mails", json!({ "to": to, "type": kind })).map(drop)
}

/// Puts a mail whose link is `base` and the token into the outbox.
pub(super) fn send_link(
    context: &mut ActionContext<'_>,
    to: &str,
    kind: &str,
    base: &str,
    token: &str,
) -> Result<(), Outcome> {
    let link = format!("{}/{token}", base.strip_suffix('/').unwrap_or(base));
    context.insert("mails", json!({ "to": to, "type": kind, "link": link, "token": token })).map(drop)
}

/// Links of mails lead to the web frontend and nowhere else.
pub(super) fn require_frontend(context: &ActionContext<'_>, base_url: &str) -> Result<(), Outcome> {
    let host = |url: &str| {
        let uri: http::Uri = url.parse().ok()?;
        uri.host().map(str::to_ascii_lowercase)
    };
    let frontend = frontend(context);
    match (host(base_url), host(frontend)) {
        (Some(wanted), Some(own)) if wanted == own => Ok(()),
        _ => {
            let sentence = "only the host of the web frontend (setting `PUBLIC_WEB_FRONTEND_URL`) is allowed";
            Err(Outcome::new("ERROR_HOSTNAME_IS_NOT_ALLOWED", sentence))
        }
    }
}

/// Where the web frontend is.
pub(super) fn frontend<'c>(context: &ActionContext<'c>) -> &'c str {
    context.setting("PUBLIC_WEB_FRONTEND_URL").and_then(Value::as_str).unwrap_or_default()
}

/// The address that a user's mails go to.
pub(super) fn address(user: &Record) -> String {
    text(user, "email").to_owned()
}
