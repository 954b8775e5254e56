//! Rules of media types and servers that a list of keys cannot say.

use std::collections::BTreeSet;

use serde_json::Value;

use super::structure::{Walk, closest};
use crate::{Diagnostic, Pointer};

/// The name of a media type (RFC 9110, 8.3.1), or a range of them.
pub(super) fn media_type(walk: &mut Walk<'_>, at: &Pointer) {
    let name = at.last().unwrap_or_default();
    let essence = name.split(';').next().unwrap_or_default().trim();
    let is_token = |text: &str| {
        !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(c))
    };
    if essence.split_once('/').is_some_and(|(kind, subtype)| is_token(kind) && is_token(subtype)) {
        return;
    }
    let help = "write type and subtype with a slash between them, such as `application/json`";
    walk.error("media-type", at, format!("`{name}` is not a media type"), help);
}

/// The URL of a server, and its variables (OpenAPI 3.0.3, "Server Object").
pub(super) fn server(walk: &mut Walk<'_>, at: &Pointer) {
    let value = walk.get(at);
    let Some(url) = value.get("url").and_then(Value::as_str) else { return };
    let variables = value.get("variables").and_then(Value::as_object);
    let named: BTreeSet<&str> =
        url.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(name, _)| name).collect();
    for name in &named {
        if !variables.is_some_and(|all| all.contains_key(*name)) {
            let help = format!("add `{name}: {{ default: … }}` to the server's `variables`");
            url_fault(walk, at, format!("the URL names `{{{name}}}`, but there is no such variable"), help);
        }
    }
    for (name, variable) in variables.into_iter().flatten() {
        let here = at.child("variables").child(name);
        if !named.contains(name.as_str()) {
            let near = closest(name, named.iter().copied());
            let help = near.map_or_else(
                || format!("write `{{{name}}}` where it belongs in the URL"),
                |near| format!("did you mean `{near}`?"),
            );
            walk.error("server-url", &here, format!("the URL does not name `{{{name}}}`"), help);
        }
        if let (Some(Value::Array(allowed)), Some(default)) = (variable.get("enum"), variable.get("default"))
            && !allowed.contains(default)
        {
            let message = format!("the default {default} is not in the variable's `enum`");
            let diagnostic = Diagnostic::error("server-url", message);
            walk.report(
                diagnostic
                    .at_value(walk.document, &here.child("default"))
                    .help("add it, or choose another default"),
            );
        }
    }
    if let Err(message) = is_url(url) {
        let help =
            "write an absolute URL such as `https://example.com/v1`, or a path such as `/v1`".to_owned();
        url_fault(walk, at, message, help);
    }
}

fn url_fault(walk: &mut Walk<'_>, at: &Pointer, message: String, help: String) {
    walk.report(
        Diagnostic::error("server-url", message).at_value(walk.document, &at.child("url")).help(help),
    );
}

/// Enough of RFC 3986 to notice a slip: what a variable stands for is not known.
fn is_url(url: &str) -> Result<(), String> {
    if url.contains(|c: char| c.is_whitespace() || c.is_control() || "<>\"\\^`".contains(c)) {
        return Err(format!("`{url}` has a character that no URL may have"));
    }
    if url.contains(['?', '#']) {
        return Err(format!("`{url}` has a query or a fragment, which a server's URL may not have"));
    }
    match url.split_once(':') {
        Some((scheme, rest)) if !scheme.contains(['/', '{', '}']) => {
            let is_scheme = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
                && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c));
            match rest.strip_prefix("//") {
                Some(host) if is_scheme && !host.is_empty() && !host.starts_with('/') => Ok(()),
                _ => Err(format!("`{url}` is not a URL")),
            }
        }
        _ => Ok(()),
    }
}
