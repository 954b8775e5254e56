//! Which method a POST means.

use serde_json::Value;

use crate::action::ActionContext;
use crate::outcome::Outcome;
use crate::platforms::qore::refusal;

/// What a POST cannot be said to be, as Symfony has it since 8.0.
const NEVER: [&str; 4] = ["GET", "HEAD", "CONNECT", "TRACE"];

/// What a POST means: what a header or the field `_method` says, in whatever letter case, and else itself (facts: qore 1.6).
/// What is not made of letters says nothing, and neither does one of [`NEVER`].
pub(super) fn meant(said: Option<&str>, fields: &Value) -> String {
    // A header without a value leaves the word to the field.
    let said = said.filter(|said| !said.trim().is_empty()).or_else(|| fields.get("_method")?.as_str());
    let said = said.unwrap_or_default().trim().to_ascii_uppercase();
    let counts = !said.is_empty() && said.bytes().all(|byte| byte.is_ascii_uppercase());
    match counts && !NEVER.contains(&said.as_str()) {
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

/// Forms with files are read of POST only, as in PHP before 8.4: of a PUT nothing would arrive, so it is not taken for one
/// that has nothing to say.
///
/// # Errors
/// `invalid`
pub(super) fn readable(context: &ActionContext<'_>) -> Result<(), Outcome> {
    let content_type = context.header("content-type").unwrap_or_default();
    let essence = content_type.split(';').next().unwrap_or_default().trim();
    if !essence.eq_ignore_ascii_case("multipart/form-data") {
        return Ok(());
    }
    let sentence = "PHP reads multipart/form-data of POST only, so nothing of this PUT arrives: send a POST with the field _method set to PUT.";
    Err(refusal::invalid([("_method".to_owned(), sentence.to_owned())]))
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
        for never in ["GET", "head", "CONNECT", "Trace"] {
            assert_eq!(meant(Some(never), &put), "POST", "{never}");
        }
        assert_eq!(meant(None, &json!({ "_method": 5 })), "POST");
    }
}
