//! Every body is of a documented media type.

use super::{Check, Judgement, Subject};

/// Only documented media types.
#[derive(Debug)]
pub(super) struct ContentTypeConformance;

impl Check for ContentTypeConformance {
    fn name(&self) -> &'static str {
        "content_type_conformance"
    }

    fn about(&self) -> &'static str {
        "the media type of every body is documented for its status"
    }

    fn clause(&self) -> &'static str {
        "`content` of the response, `x-conduct.content-type`"
    }

    fn check(&self, subject: &Subject<'_>) -> Judgement {
        let (Some(answer), Some(response), true) =
            (subject.answer(), subject.response(), subject.is_own_method())
        else {
            return Judgement::Silent;
        };
        if answer.body.is_empty() || response.content.is_empty() {
            return Judgement::Silent;
        }
        let names: Vec<&str> = response.content.iter().map(|media| media.name.as_str()).collect();
        let says = format!("a {} of `{}` is {}", answer.status, subject.operation.id, names.join(" or "));
        let seen = answer.media_type();
        let is_json = |name: &str| crate::reading::is_json(name);
        // What all JSON answers say is said once for the platform, whatever kind of JSON a response declares.
        let everywhere = subject.contract.conduct.content_type.as_deref();
        let both_json = seen.as_deref().is_some_and(is_json) && names.iter().any(|name| is_json(name));
        if let Some(wanted) = everywhere.filter(|_| both_json) {
            let header = answer.header("content-type").unwrap_or_default();
            if same_type(wanted, header) {
                return Judgement::Held;
            }
            let pointer = subject.contract.conduct.pointer.child("content-type");
            let message = format!("`Content-Type` is `{header}` instead of `{wanted}`");
            let says = format!("JSON is `{wanted}`");
            return Judgement::Broken(vec![subject.finding(self.name(), &pointer, says, message)]);
        }
        if seen.as_deref().is_some_and(|seen| names.iter().any(|name| covers(name, seen))) {
            return Judgement::Held;
        }
        let message = match seen {
            Some(seen) => format!("the body is `{seen}`: {}", subject.exchange.summary()),
            None => format!("the body has no `Content-Type`: {}", subject.exchange.summary()),
        };
        Judgement::Broken(vec![subject.finding(self.name(), &response.pointer, says, message)])
    }
}

/// Whether a media type, perhaps a range such as `image/*`, covers another.
fn covers(declared: &str, seen: &str) -> bool {
    let declared = declared.split(';').next().unwrap_or("").trim().to_ascii_lowercase();
    let prefix = declared.strip_suffix('*').filter(|prefix| prefix.ends_with('/'));
    declared == "*/*" || declared == seen || prefix.is_some_and(|prefix| seen.starts_with(prefix))
}

/// Whether two media types with parameters are the same: case, blanks and quotes make no difference (RFC 9110, 8.3.1).
fn same_type(a: &str, b: &str) -> bool {
    let plain = |text: &str| -> Vec<String> {
        let mut parts: Vec<String> =
            text.split(';').map(|part| part.trim().replace('"', "").to_ascii_lowercase()).collect();
        parts[1..].sort();
        parts
    };
    plain(a) == plain(b)
}
