//! Path values: each stays one segment as given, or is refused before anything is sent.

use std::fmt::Display;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// Everything but the unreserved characters (RFC 3986, 2.3).
const SEGMENT: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// A value as a path segment.
///
/// # Errors
/// For values that no encoding keeps from changing the route: empty ones, `.` and `..` (which URL parsers resolve, also
/// when they are percent-encoded), and control characters, which servers and proxies treat in different ways.
pub(crate) fn segment(name: &str, value: &str) -> Result<String, String> {
    if value.is_empty() {
        return Err(format!("the path value `{name}` is empty"));
    }
    if value == "." || value == ".." {
        return Err(format!("the path value `{name}` is `{value}`, which would change the route"));
    }
    if value.chars().any(char::is_control) {
        return Err(format!("the path value `{name}` contains a control character"));
    }
    Ok(utf8_percent_encode(value, SEGMENT).to_string())
}

/// A path template with its values in place.
pub(crate) fn expand(template: &str, values: &[(&'static str, String)]) -> String {
    let mut path = String::with_capacity(template.len() + 32);
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        path.push_str(before);
        let (name, after) = after.split_once('}').unwrap_or((after, ""));
        if let Some((_, value)) = values.iter().find(|(known, _)| *known == name) {
            path.push_str(value);
        }
        rest = after;
    }
    path.push_str(rest);
    path
}

/// The members of a list in one text.
#[allow(dead_code, reason = "only platforms with lists in parameters need it")]
pub(crate) fn joined(members: impl IntoIterator<Item = impl Display>, by: char) -> String {
    let mut text = String::new();
    for (index, member) in members.into_iter().enumerate() {
        if index > 0 {
            text.push(by);
        }
        text.push_str(&member.to_string());
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{expand, joined, segment};

    #[test]
    fn values_stay_one_segment() {
        for (value, written) in [
            ("john@example.com", "john%40example.com"),
            ("a/b", "a%2Fb"),
            ("..%2f", "..%252f"),
            ("%2e%2e", "%252e%252e"),
            ("a\\..\\b", "a%5C..%5Cb"),
            ("?x#y;z", "%3Fx%23y%3Bz"),
            ("...", "..."),
            ("ü ", "%C3%BC%20"),
        ] {
            assert_eq!(segment("id", value).as_deref(), Ok(written), "{value}");
        }
    }

    #[test]
    fn values_that_change_the_route_are_refused() {
        for value in ["", ".", "..", "a\0b", "a\nb", "\u{7f}"] {
            let message = segment("id", value).unwrap_err();
            assert!(message.contains("`id`"), "{message}");
        }
    }

    #[test]
    fn templates_take_their_values_once() {
        let values = [("a", "%7Bb%7D".to_owned()), ("b", "2".to_owned())];
        assert_eq!(expand("/x/{a}/y:{b}.json", &values), "/x/%7Bb%7D/y:2.json");
    }

    #[test]
    fn lists_are_joined() {
        assert_eq!(joined([1, 2, 3], ','), "1,2,3");
        assert_eq!(joined(Vec::<String>::new(), '|'), "");
    }
}
