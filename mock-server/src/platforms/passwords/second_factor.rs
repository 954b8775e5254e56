//! Second factors. The mock has none: like a server that cannot reach the list of features, it never asks (facts: passwords 2.4).

use crate::outcome::Outcome;

/// Asks a provider for a code.
pub(super) fn request(provider: &str) -> Outcome {
    Outcome::new("provider-inactive", format!("the account has no second factor `{provider}`"))
}
