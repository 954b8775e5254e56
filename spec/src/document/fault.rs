//! What can be wrong with a text before it means anything.

use std::ops::Range;

use serde_json::Value;

/// How deep mappings and lists may nest. Real documents stay below 40; what walks the value may recurse this deep.
pub(super) const DEPTH_LIMIT: usize = 200;

/// A fault of the text: its byte range, what is wrong, what to do.
#[derive(Clone, Debug)]
pub(super) struct Fault {
    pub(super) code: &'static str,
    pub(super) range: Range<usize>,
    pub(super) message: String,
    pub(super) help: &'static str,
}

impl Fault {
    pub(super) fn syntax(range: Range<usize>, message: impl Into<String>, help: &'static str) -> Self {
        Self { code: "syntax", range, message: message.into(), help }
    }

    /// A key that stands a second time in one mapping.
    pub(super) fn duplicate_key(key: &str, range: Range<usize>) -> Self {
        Self {
            code: "duplicate-key",
            range,
            message: format!("the key `{key}` stands here a second time"),
            help: "remove or rename one of them: only the first was read",
        }
    }

    /// Nesting beyond [`DEPTH_LIMIT`].
    pub(super) fn too_deep(range: Range<usize>) -> Self {
        Self::syntax(range, format!("more than {DEPTH_LIMIT} levels of nesting"), "flatten the document")
    }

    /// What is read instead of a number that is too large, so that nothing else is said of it.
    pub(super) fn nearest_number(text: &str) -> Value {
        Value::from(if text.starts_with('-') { f64::MIN } else { f64::MAX })
    }

    /// A number that no 64-bit integer or float holds.
    pub(super) fn huge_number(text: &str, range: Range<usize>) -> Self {
        let mut shown: String = text.chars().take(24).collect();
        if shown.len() < text.len() {
            shown.push('…');
        }
        Self {
            code: "number-range",
            range,
            message: format!("the number `{shown}` is too large"),
            help: "write a number that fits a 64-bit float; put it in quotes where a text is meant",
        }
    }
}
