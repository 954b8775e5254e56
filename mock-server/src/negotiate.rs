//! Media types: what a client accepts (RFC 9110, 12.5.1) and what it sends.

use std::borrow::Cow;

use tercet_spec::contract::{MediaType, Operation};

/// A media type without its parameters, in lower case.
pub(crate) fn essence(text: &str) -> Cow<'_, str> {
    let bare = text.split(';').next().unwrap_or_default().trim();
    if bare.bytes().any(|byte| byte.is_ascii_uppercase()) {
        Cow::Owned(bare.to_ascii_lowercase())
    } else {
        Cow::Borrowed(bare)
    }
}

/// Whether a media type is JSON: `application/json`, or one with the suffix `+json` (RFC 6839).
pub(crate) fn is_json(text: &str) -> bool {
    let essence = essence(text);
    essence == "application/json" || essence == "text/json" || essence.ends_with("+json")
}

/// Whether a range such as `image/*` holds a media type. Both are essences.
fn holds(range: &str, essence: &str) -> bool {
    if range == "*/*" || range == essence {
        return true;
    }
    range.strip_suffix("/*").is_some_and(|kind| essence.split('/').next() == Some(kind))
}

/// The declared media type that a body of this `Content-Type` is: the exact one before a range.
pub(crate) fn declared<'m>(content: &'m [MediaType], content_type: &str) -> Option<&'m MediaType> {
    let sent = essence(content_type);
    let exact = content.iter().find(|media| essence(&media.name) == sent);
    exact.or_else(|| content.iter().find(|media| holds(&essence(&media.name), &sent)))
}

/// Whether some successful answer of an operation would be welcome. An operation without a body in its answers always is.
pub(crate) fn acceptable(operation: &Operation, accept: &str) -> bool {
    let ranges: Vec<_> = accept.split(',').map(range).filter(|(name, _)| !name.is_empty()).collect();
    if ranges.is_empty() || ranges.iter().any(|(name, weight)| name == "*/*" && *weight > 0.0) {
        return true;
    }
    let successes = operation
        .responses
        .iter()
        .filter(|response| response.status.covers(200) || (200..300).contains(&response.status.code()));
    let mut media = successes.flat_map(|response| &response.content).peekable();
    media.peek().is_none() || media.any(|media| weight(&ranges, &essence(&media.name)) > 0.0)
}

/// The weight of the most specific range that holds the media type.
fn weight(ranges: &[(Cow<'_, str>, f32)], essence: &str) -> f32 {
    let specific = |range: &str| match range {
        "*/*" => 0,
        range if range.ends_with("/*") => 1,
        _ => 2,
    };
    let fitting = ranges.iter().filter(|(range, _)| holds(range, essence));
    fitting.max_by_key(|(range, _)| specific(range)).map_or(0.0, |(_, weight)| *weight)
}

fn range(text: &str) -> (Cow<'_, str>, f32) {
    let quality = text.split(';').skip(1).find_map(|part| {
        let (name, value) = part.split_once('=')?;
        name.trim().eq_ignore_ascii_case("q").then(|| value.trim().parse::<f32>().ok()).flatten()
    });
    (essence(text), quality.unwrap_or(1.0).clamp(0.0, 1.0))
}

#[cfg(test)]
mod tests {
    use super::{essence, holds, is_json, range, weight};

    #[test]
    fn the_most_specific_range_decides() {
        let ranges: Vec<_> = "text/*;q=0.3, text/html;q=0, */*;q=0.5".split(',').map(range).collect();
        for (media, expected) in [("text/html", 0.0), ("text/plain", 0.3), ("image/png", 0.5)] {
            assert!((weight(&ranges, media) - expected).abs() < f32::EPSILON, "{media}");
        }
    }

    #[test]
    fn parameters_and_case_do_not_count() {
        assert_eq!(essence("Application/JSON; charset=utf-8"), "application/json");
        assert!(is_json("application/problem+json"));
        assert!(holds("image/*", "image/png") && !holds("image/*", "text/png"));
    }
}
