//! Refusals: the sentence for people, and which fields are to blame.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::Error;
use crate::runtime::empty_map;

/// What the server says when it refuses. Its sentences are in the language of the application, and nothing to go by; what is
/// wrong is told by the status ([`is_not_found`](Error::is_not_found) and its like) and by the fields.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Refusal {
    /// The sentence for people.
    #[serde(default)]
    pub message: String,
    /// What is wrong with the fields, where that is what it is.
    #[serde(default, rename = "errors", skip_serializing_if = "Violations::is_empty")]
    pub violations: Violations,
    /// Members that nobody knows, kept as they came.
    #[serde(flatten)]
    pub extra: Map<String, Value>,
}

impl Refusal {
    /// What the server said, whatever the call and the status; `None` where no answer came, or none that was JSON.
    #[must_use]
    pub fn of<E>(error: &Error<E>) -> Option<Self> {
        serde_json::from_str(&error.text()?).ok()
    }
}

/// What is wrong with the fields of a form, by field: sentences for people. Members of lists go by `tenants.0`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Violations {
    // PHP writes a map without members as a list.
    #[serde(deserialize_with = "empty_map::deserialize")]
    fields: BTreeMap<String, Sentences>,
}

/// Sentences, also where there is one and no list around it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
enum Sentences {
    Many(Vec<String>),
    One(String),
}

impl Sentences {
    fn as_slice(&self) -> &[String] {
        match self {
            Self::Many(many) => many,
            Self::One(one) => std::slice::from_ref(one),
        }
    }
}

static NONE: Violations = Violations { fields: BTreeMap::new() };

impl Violations {
    /// Whether no field is to blame.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.fields.is_empty()
    }

    /// Each field that is to blame, and what is said of it.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &[String])> {
        self.fields.iter().map(|(field, says)| (field.as_str(), says.as_slice()))
    }

    /// What is said of a field; nothing where it is not to blame.
    #[must_use]
    pub fn of(&self, field: &str) -> &[String] {
        self.fields.get(field).map_or(&[], Sentences::as_slice)
    }

    /// What is said of a field and of everything in it: of `tenants`, say, and of `tenants.0`.
    pub fn within<'v>(&'v self, field: &'v str) -> impl Iterator<Item = (&'v str, &'v [String])> {
        self.iter().filter(move |(name, _)| {
            name.strip_prefix(field).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        })
    }
}

impl Error<Refusal> {
    /// What is wrong with the fields, by field; empty where that is not what went wrong.
    #[must_use]
    pub fn violations(&self) -> &Violations {
        self.declared().map_or(&NONE, |refusal| &refusal.violations)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{from_value, json, to_value};

    use super::Refusal;

    #[test]
    fn sentences_are_found_by_field() {
        let body = json!({
            "message": "m", "errors": { "name": ["a", "b"], "tenants.0": "c", "tenants.1": ["d"], "tenants_old": ["e"] },
        });
        let Refusal { violations, .. } = from_value(body.clone()).unwrap();
        assert_eq!(violations.of("name"), ["a", "b"]);
        assert_eq!(violations.of("tenants"), [""; 0]);
        let within: Vec<_> =
            violations.within("tenants").map(|(name, says)| (name, says[0].as_str())).collect();
        assert_eq!(within, [("tenants.0", "c"), ("tenants.1", "d")]);
        assert_eq!(violations.iter().count(), 4);
        assert_eq!(to_value(from_value::<Refusal>(body.clone()).unwrap()).unwrap(), body);
    }

    #[test]
    fn what_is_not_there_is_nothing() {
        for body in
            [json!({}), json!({ "message": "m" }), json!({ "message": "m", "errors": [], "trace": [] })]
        {
            assert!(from_value::<Refusal>(body).unwrap().violations.is_empty());
        }
    }
}
