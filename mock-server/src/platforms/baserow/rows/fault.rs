//! What is wrong with a cell that a client sent.

use serde_json::{Value, json};

/// Why a cell is not taken.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Fault {
    /// The value breaks rules: a sentence and a code each, listed under the field (facts: baserow 2.2, E2).
    Rules(Vec<(String, &'static str)>),
    /// Elements of the value break rules: details as they are answered, in place of the list of rules.
    Within(Value),
    /// The value is well formed and means nothing here. Said only when no cell of the request breaks a rule, and then as the
    /// whole of the detail.
    Meaning(String),
}

impl Fault {
    pub(crate) fn rule(message: impl Into<String>, code: &'static str) -> Self {
        Self::Rules(vec![(message.into(), code)])
    }

    pub(crate) fn null() -> Self {
        Self::rule("This field may not be null.", "null")
    }

    /// What stands under the field's name.
    pub(crate) fn details(&self) -> Value {
        match self {
            Self::Rules(rules) => {
                rules.iter().map(|(error, code)| json!({ "error": error, "code": code })).collect()
            }
            Self::Within(details) => details.clone(),
            Self::Meaning(sentence) => Value::String(sentence.clone()),
        }
    }
}
