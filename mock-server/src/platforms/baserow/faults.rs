//! Rules of a body that its schema cannot say, told in the product's form: a list of sentences with codes for each property.

use serde_json::{Map, Value, json};

use crate::outcome::Outcome;

/// What is wrong with a body, by property.
#[derive(Debug, Default)]
pub(super) struct Faults(Map<String, Value>);

impl Faults {
    /// One fault of one property.
    pub(super) fn one(property: &str, sentence: impl Into<String>, code: &str) -> Outcome {
        let mut faults = Self::default();
        faults.add(property, sentence, code);
        faults.outcome()
    }

    /// Adds a fault.
    pub(super) fn add(&mut self, property: &str, sentence: impl Into<String>, code: &str) {
        let fault = json!({ "error": sentence.into(), "code": code });
        let own = self.0.entry(property).or_insert_with(|| Value::Array(Vec::new()));
        if let Value::Array(all) = own {
            all.push(fault);
        }
    }

    /// Nothing when nothing is wrong, else the outcome `invalid`.
    pub(super) fn settle(self) -> Result<(), Outcome> {
        if self.0.is_empty() { Ok(()) } else { Err(self.outcome()) }
    }

    fn outcome(self) -> Outcome {
        Outcome::new("invalid", "").data(Value::Object(self.0))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::Faults;

    #[test]
    fn faults_stand_by_property_in_the_order_in_which_they_were_found() {
        let mut faults = Faults::default();
        faults.add("name", "too short", "min_length");
        faults.add("language", "unknown", "invalid_language");
        faults.add("name", "too plain", "invalid");
        let outcome = faults.settle().unwrap_err();
        assert_eq!(outcome.name, "invalid");
        let expected = json!({
            "name": [{ "error": "too short", "code": "min_length" }, { "error": "too plain", "code": "invalid" }],
            "language": [{ "error": "unknown", "code": "invalid_language" }],
        });
        assert_eq!(*outcome.data, expected);
        assert!(Faults::default().settle().is_ok());
    }
}
