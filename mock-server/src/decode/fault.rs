//! A rule that a request breaks, before it becomes a sentence of the platform.

use serde_json::Value;
use tercet_spec::Pointer;
use tercet_spec::contract::Violation;

use crate::outcome::Way;

/// A rule that a request breaks.
#[derive(Clone, Debug)]
pub(crate) struct Fault {
    /// What the request ends in.
    pub(crate) outcome: String,
    /// Where, with dots: a parameter's name, or a path into the body. Empty for the body itself.
    pub(crate) path: String,
    /// The same, step by step.
    pub(crate) way: Vec<Way>,
    /// The rule, as [`Violation::rule`] names it.
    pub(crate) rule: String,
    /// What the rule demands.
    pub(crate) limit: Value,
    /// What was there instead.
    pub(crate) value: Value,
    /// Null was there; `value` is null for objects and arrays, too.
    pub(crate) null: bool,
    /// A plain sentence.
    pub(crate) message: String,
    /// Where the rule stands in the document.
    pub(crate) place: Pointer,
}

impl Fault {
    /// Something that cannot even be read.
    pub(crate) fn unreadable(path: &str, message: impl Into<String>, place: &Pointer) -> Self {
        Self {
            outcome: "invalid".to_owned(),
            path: path.to_owned(),
            way: path.split('.').filter(|name| !name.is_empty()).map(Way::name).collect(),
            rule: "syntax".to_owned(),
            limit: Value::Null,
            value: Value::Null,
            null: false,
            message: message.into(),
            place: place.clone(),
        }
    }

    /// Something that is not there.
    pub(crate) fn missing(path: &str, message: impl Into<String>, place: &Pointer) -> Self {
        Self { rule: "required".to_owned(), ..Self::unreadable(path, message, place) }
    }

    /// A violation of a schema by `root`, which stands at `prefix` in the request.
    pub(crate) fn of(violation: Violation, prefix: &str, root: &Value) -> Self {
        let mut path = prefix.to_owned();
        let mut way: Vec<Way> = Vec::new();
        if !prefix.is_empty() {
            way.push(Way::name(prefix));
        }
        let mut at = Some(root);
        for token in violation.instance.tokens() {
            push(&mut path, &token);
            way.push(Way::new(at, &token));
            at = match at {
                Some(Value::Array(items)) => token.parse().ok().and_then(|index: usize| items.get(index)),
                Some(other) => other.get(&token),
                None => None,
            };
        }
        let found = violation.instance.resolve(root);
        let null = found.is_some_and(Value::is_null);
        let value = match found {
            // Nobody wants a whole document in a sentence.
            Some(Value::Object(_) | Value::Array(_)) | None => Value::Null,
            Some(scalar) => scalar.clone(),
        };
        // A missing property is named by where it should be.
        let missing = violation.limit.as_str().filter(|_| violation.rule == "required");
        if let Some(name) = missing {
            push(&mut path, name);
            way.push(Way::name(name));
        }
        let subject = if path.is_empty() { "the body" } else { path.as_str() };
        let words = if missing.is_some() { "is missing" } else { violation.message.as_str() };
        let message = format!("{subject} {words}");
        Self {
            outcome: "invalid".to_owned(),
            path,
            way,
            rule: violation.rule,
            limit: violation.limit,
            value,
            null,
            message,
            place: violation.schema,
        }
    }

    /// The same, ending in another outcome.
    pub(crate) fn ending_in(mut self, outcome: &str) -> Self {
        outcome.clone_into(&mut self.outcome);
        self
    }
}

fn push(path: &mut String, token: &str) {
    if !path.is_empty() {
        path.push('.');
    }
    path.push_str(token);
}
