//! Where websites let their users change their passwords.

use serde_json::{Value, json};

use crate::outcome::Outcome;

/// What is known without asking. Others are asked at their well-known address, which the mock cannot reach.
const KNOWN: &[(&str, &str)] = &[
    ("accounts.google.com", "https://myaccount.google.com/signinoptions/password"),
    ("google.com", "https://myaccount.google.com/signinoptions/password"),
    ("github.com", "https://github.com/settings/security"),
    ("gitlab.com", "https://gitlab.com/-/profile/password/edit"),
    ("www.amazon.com", "https://www.amazon.com/ap/cnep"),
    ("facebook.com", "https://www.facebook.com/settings?tab=security"),
    ("login.live.com", "https://account.live.com/password/change"),
    ("www.paypal.com", "https://www.paypal.com/myaccount/security/password/change"),
    ("www.reddit.com", "https://www.reddit.com/change_password"),
    ("en.wikipedia.org", "https://en.wikipedia.org/wiki/Special:ChangePassword"),
];

/// The address for a host name, or for a URL of it.
pub(in super::super) fn find_change(domain: &str) -> Result<Value, Outcome> {
    let host = domain.split_once("://").map_or(domain, |(_, rest)| rest);
    let host = host.split(['/', ':', '?']).next().unwrap_or_default();
    let known = KNOWN.iter().find(|(name, _)| name.eq_ignore_ascii_case(host));
    match known {
        Some((_, url)) => Ok(json!({ "url": url })),
        None => Err(Outcome::new("no-address", "nothing is known of that website")),
    }
}
