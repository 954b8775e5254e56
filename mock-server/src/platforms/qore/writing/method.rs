//! Which method a POST means.

use serde_json::Value;

use crate::outcome::Outcome;
use crate::platforms::qore::refusal;

/// What a POST means: what a header or the field `_method` says, in whatever letter case, and else itself (facts: qore 1.6).
/// What is not made of letters says nothing.
pub(super) fn meant(said: Option<&str>, fields: &Value) -> String {
    // A header without a value leaves the word to the field.
    let said = said.filter(|said| !said.trim().is_empty()).or_else(|| fields.get("_method")?.as_str());
    let said = said.unwrap_or_default().trim().to_ascii_uppercase();
    match !said.is_empty() && said.bytes().all(|byte| byte.is_ascii_uppercase()) {
        true => said,
        false => "POST".to_owned(),
    }
}

/// A POST that means a POST.
///
/// # Errors
/// `method-not-allowed` for one that means something else.
pub(super) fn post(said: &Value, fields: &Value, path: &[&str]) -> Result<(), Outcome> {
    match meant(said.as_str(), fields) {
        method if method == "POST" => Ok(()),
        method => Err(wrong(&method, path, "POST")),
    }
}

/// A method that the path does not take.
pub(super) fn wrong(method: &str, path: &[&str], allow: &str) -> Outcome {
    refusal::wrong_method(method, &format!("api/resources/{}", path.join("/")), allow)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::meant;

    #[test]
    fn the_header_counts_before_the_field_and_letters_count() {
        let put = json!({ "_method": "put" });
        assert_eq!(meant(None, &put), "PUT");
        assert_eq!(meant(Some("patch"), &put), "PATCH");
        assert_eq!(meant(Some(""), &put), "PUT");
        assert_eq!(meant(Some("PU-T"), &json!({})), "POST");
        assert_eq!(meant(None, &json!({ "_method": 5 })), "POST");
    }
}
