//! The envelope that a platform's JSON answers come in.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::Document;

/// What stands at `x-envelope`: how a platform wraps what it answers, and what the numbers in it mean. For those who make
/// clients; nothing is served or judged by it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Envelope {
    /// The property that holds what was asked for.
    pub payload: String,
    /// The property with the number that says how it went; failures have it, too.
    pub code: String,
    /// The number that says that all went well.
    pub success: i64,
    /// What else an envelope has that tells nothing more.
    #[serde(default)]
    pub besides: Vec<String>,
    /// What failures mean, by their numbers.
    #[serde(default)]
    pub meanings: Meanings,
}

/// Which numbers say what, whatever the status; one may say two things.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Meanings {
    /// Nobody is signed in, or not with these credentials.
    pub unauthenticated: Vec<i64>,
    /// Whoever is signed in may not do that.
    pub not_authorized: Vec<i64>,
    /// It is not there.
    pub not_found: Vec<i64>,
    /// What was sent is not what belongs there.
    pub invalid: Vec<i64>,
    /// It cannot be done to what there is.
    pub conflict: Vec<i64>,
    /// The server did not expect it.
    pub server_error: Vec<i64>,
}

impl Envelope {
    /// What the document says; nothing where it says nothing, or what cannot be read, which is a diagnostic of its own.
    #[must_use]
    pub fn of(document: &Document) -> Option<Self> {
        serde_json::from_value(document.root().get("x-envelope")?.clone()).ok()
    }
}
