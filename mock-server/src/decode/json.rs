//! JSON bodies, with its refusals in plain words.

use serde_json::Value;

/// Reads JSON. Nesting deeper than 128 levels and numbers beyond a double are refused rather than cut.
///
/// # Errors
/// A sentence with line and column.
pub(super) fn read(bytes: &[u8]) -> Result<Value, String> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    serde_json::from_slice(bytes).map_err(|error| {
        let text = error.to_string();
        match text.strip_prefix("recursion limit exceeded") {
            Some(place) => format!("it is nested deeper than 128 levels{place}"),
            None => text,
        }
    })
}
