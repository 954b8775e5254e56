//! What requests are refused with, in Laravel's words.

use crate::outcome::Outcome;

/// There is no such resource, table, field or action.
pub(super) fn unknown(what: &str, name: &str) -> Outcome {
    Outcome::not_found(format!("The {what} [{name}] could not be found."))
}

/// There is no such record.
pub(super) fn no_record(resource: &str, id: &str) -> Outcome {
    Outcome::not_found(format!("No query results for model [{resource}] {id}"))
}

/// The caller may not, or the page is switched off.
pub(super) fn forbidden() -> Outcome {
    Outcome::new("forbidden", "This action is unauthorized.")
}

/// The fields break rules: name, `tenants.0` for members, and sentence of each. There is at least one.
pub(super) fn invalid(violations: impl IntoIterator<Item = (String, String)>) -> Outcome {
    let broken = violations.into_iter();
    let mut outcome =
        broken.fold(Outcome::invalid(""), |outcome, (field, sentence)| outcome.field(field, sentence));
    let more = outcome.messages.len().saturating_sub(1);
    if more > 0 {
        let errors = if more == 1 { "error" } else { "errors" };
        outcome.message = format!("{} (and {more} more {errors})", outcome.message);
    }
    outcome
}

/// A POST that is not said to mean a PUT, or a spoofed method that the route does not take.
pub(super) fn wrong_method(method: &str, path: &str, allow: &str) -> Outcome {
    let data = serde_json::json!({ "method": method, "path": path.trim_start_matches('/'), "allow": allow });
    Outcome::new("method-not-allowed", "").data(data)
}
