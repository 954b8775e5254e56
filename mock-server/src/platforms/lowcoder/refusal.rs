//! What operations end in. The outcome's name is the document's, which says the code and the HTTP status of it.

use crate::action::ActionContext as Context;
use crate::outcome::Outcome;
use crate::platforms::reading::on;

/// An outcome of the document.
pub(super) fn refused(outcome: &'static str, message: impl Into<String>) -> Outcome {
    Outcome::new(outcome, message)
}

/// 5000, what the product did not foresee: a value that has to be unique, a page that is not there.
pub(super) fn server_error(message: impl Into<String>) -> Outcome {
    refused("server-error", message)
}

/// 5001, the caller may not do that.
pub(super) fn not_authorized() -> Outcome {
    refused("not-authorized", "You may not do that.")
}

/// 5002, a parameter is missing, blank or of another type.
pub(super) fn invalid_parameter(message: impl Into<String>) -> Outcome {
    refused("invalid-parameter", message)
}

/// 5003, not in this state or mode.
pub(super) fn unsupported(message: impl Into<String>) -> Outcome {
    refused("unsupported-operation", message)
}

/// 5005, no such resource.
pub(super) fn no_resource(message: impl Into<String>) -> Outcome {
    refused("no-resource-found", message)
}

/// What is answered where the product finds nothing and then says nothing: `otherwise`, or an empty answer with
/// `STRICT_EMPTY_ANSWERS` (facts: lowcoder 12 Q2). The operation's outcomes have to have `nothing`.
pub(super) fn nothing_or(context: &Context<'_>, otherwise: Outcome) -> Outcome {
    if on(context, "STRICT_EMPTY_ANSWERS") {
        return refused("nothing", "There is nothing.");
    }
    otherwise
}
