//! Whether a `pattern` is a regular expression that the validator can use.

use serde_json::json;

/// Compiles the pattern as the validator will.
///
/// # Errors
/// Why it is not a regular expression.
pub(crate) fn check(pattern: &str) -> Result<(), String> {
    jsonschema::draft202012::new(&json!({ "pattern": pattern }))
        .map(drop)
        .map_err(|_| format!("`{pattern}` is not a regular expression"))
}
