//! What a search asks for: fields, and what they have to be (facts: passwords 3.6).

use std::cmp::Ordering;

use serde_json::Value;

use super::faults::unavailable;
use crate::outcome::Outcome;

const OPERATORS: [&str; 6] = ["eq", "ne", "lt", "gt", "le", "ge"];

/// Tests on fields, all of which must pass.
#[derive(Debug, Default)]
pub(super) struct Criteria(Vec<(String, Test)>);

#[derive(Debug)]
enum Test {
    /// Equal, type and all.
    Is(Value),
    /// As an operator says.
    Compares(String, Value),
    /// An operator that is `true`: the product lets it pass as one, and then it says nothing.
    Anything,
}

impl Criteria {
    /// Reads the criteria of a search among these fields.
    ///
    /// # Errors
    /// `illegal-field`, `illegal-operator`; `unavailable` for what is no map.
    pub(super) fn read(criteria: Option<&Value>, allowed: &[&str]) -> Result<Self, Outcome> {
        let tests = match criteria {
            None | Some(Value::Null) => Vec::new(),
            Some(Value::Object(members)) => {
                members.iter().map(|(field, value)| (field.clone(), value)).collect()
            }
            Some(Value::Array(items)) => {
                items.iter().enumerate().map(|(index, value)| (index.to_string(), value)).collect()
            }
            Some(_) => return Err(unavailable()),
        };
        let mut read = Vec::with_capacity(tests.len());
        for (field, value) in tests {
            if !allowed.contains(&field.as_str()) {
                return Err(illegal("field", &field));
            }
            read.push((field, Test::read(value)?));
        }
        Ok(Self(read))
    }

    /// The same with a test more, unless something is asked of that field already.
    pub(super) fn or_else(mut self, field: &str, value: impl Into<Value>) -> Self {
        // PHP takes null for nothing that was set.
        self.0.retain(|(name, test)| name != field || !matches!(test, Test::Is(Value::Null)));
        if !self.asks(field) {
            self.0.push((field.to_owned(), Test::Is(value.into())));
        }
        self
    }

    /// Whether something is asked of that field.
    pub(super) fn asks(&self, field: &str) -> bool {
        self.0.iter().any(|(name, _)| name == field)
    }

    /// Whether fields with these values pass all tests.
    pub(super) fn pass<'v>(&self, value: impl Fn(&str) -> Option<&'v Value>) -> bool {
        self.0.iter().all(|(field, test)| test.passes(value(field).unwrap_or(&Value::Null)))
    }
}

impl Test {
    fn read(value: &Value) -> Result<Self, Outcome> {
        let (operator, operand) = match value {
            Value::String(text) if text == "true" => return Ok(Self::Is(true.into())),
            Value::String(text) if text == "false" => return Ok(Self::Is(false.into())),
            Value::Array(items) => (items.first(), items.get(1)),
            Value::Object(members) => (members.get("0"), members.get("1")),
            plain => return Ok(Self::Is(plain.clone())),
        };
        match operator {
            Some(Value::String(operator)) if OPERATORS.contains(&operator.as_str()) => {
                Ok(Self::Compares(operator.clone(), operand.cloned().unwrap_or_default()))
            }
            Some(Value::String(other)) => Err(illegal("operator", other)),
            Some(Value::Bool(true)) => Ok(Self::Anything),
            Some(Value::Number(number)) => Err(illegal("operator", &number.to_string())),
            None | Some(Value::Null | Value::Bool(false)) => Err(illegal("operator", "")),
            Some(Value::Array(_) | Value::Object(_)) => Err(unavailable()),
        }
    }

    fn passes(&self, value: &Value) -> bool {
        match self {
            Self::Is(wanted) => value == wanted,
            Self::Anything => true,
            Self::Compares(operator, operand) => match operator.as_str() {
                "eq" => value == operand,
                "ne" => value != operand,
                "lt" => compare(value, operand) == Ordering::Less,
                "gt" => compare(value, operand) == Ordering::Greater,
                "le" => compare(value, operand) != Ordering::Greater,
                _ => compare(value, operand) != Ordering::Less,
            },
        }
    }
}

/// As PHP 8 compares values of any two types.
fn compare(left: &Value, right: &Value) -> Ordering {
    let as_number = |value: &Value| match value {
        Value::Number(number) => number.as_f64(),
        Value::String(text) => {
            text.trim_matches([' ', '\t', '\n', '\r']).parse().ok().filter(|number: &f64| number.is_finite())
        }
        _ => None,
    };
    let as_text = |value: &Value| match value {
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        other => other.to_string(),
    };
    match (left, right) {
        (Value::Null, Value::String(_)) | (Value::String(_), Value::Null) => {
            as_text(left).cmp(&as_text(right))
        }
        (Value::Null | Value::Bool(_), _) | (_, Value::Null | Value::Bool(_)) => {
            truth(left).cmp(&truth(right))
        }
        (_, Value::Array(_) | Value::Object(_)) => Ordering::Less,
        (Value::Array(_) | Value::Object(_), _) => Ordering::Greater,
        _ => match (as_number(left), as_number(right)) {
            (Some(left), Some(right)) => left.total_cmp(&right),
            _ => as_text(left).cmp(&as_text(right)),
        },
    }
}

/// What PHP takes for true.
fn truth(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::Bool(truth) => *truth,
        Value::Number(number) => number.as_f64() != Some(0.0),
        Value::String(text) => !super::content::is_empty(text),
        Value::Array(items) => !items.is_empty(),
        Value::Object(members) => !members.is_empty(),
    }
}

fn illegal(what: &str, which: &str) -> Outcome {
    Outcome::new(format!("illegal-{what}"), format!("Illegal {what} in search criteria: {}", escaped(which)))
}

/// Quotes, backslashes and NUL behind a backslash, as PHP's `addslashes` puts it.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '\'' | '"' | '\\' => out.extend(['\\', letter]),
            '\0' => out.push_str("\\0"),
            other => out.push(other),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::Criteria;

    fn passes(test: &Value, value: &Value) -> bool {
        let criteria = Criteria::read(Some(&json!({ "status": test })), &["status"]).unwrap();
        criteria.pass(|_| Some(value))
    }

    #[test]
    fn a_plain_value_is_equal_type_and_all() {
        assert!(passes(&json!(1), &json!(1)));
        assert!(!passes(&json!("1"), &json!(1)), "a text is no number");
        assert!(passes(&json!("true"), &json!(true)), "but `true` is a truth");
        assert!(passes(&json!("false"), &json!(false)));
        assert!(!passes(&json!(["eq", "true"]), &json!(true)), "not behind an operator");
    }

    #[test]
    fn operators_compare_as_php_does() {
        for (test, value, expected) in [
            (json!(["ne", 2]), json!(1), true),
            (json!(["lt", 2]), json!(2), false),
            (json!(["le", 2, "more"]), json!(2), true),
            (json!(["gt", "1"]), json!(2), true),
            (json!(["ge", "b"]), json!("a"), false),
            (json!(["gt", null]), json!(1), true),
            (json!(["lt", []]), json!(1), true),
            (json!([true, 7]), json!(1), true),
            (json!(["ge"]), json!("none"), true),
        ] {
            assert_eq!(passes(&test, &value), expected, "{value} {test}");
        }
    }

    #[test]
    fn what_cannot_be_asked_is_refused() {
        let refused = |criteria: Value| Criteria::read(Some(&criteria), &["status"]).unwrap_err();
        assert_eq!(refused(json!({ "it's": 1 })).message, "Illegal field in search criteria: it\\'s");
        assert_eq!(refused(json!(["x"])).name, "illegal-field");
        assert_eq!(
            refused(json!({ "status": ["like", 1] })).message,
            "Illegal operator in search criteria: like"
        );
        assert_eq!(refused(json!({ "status": [] })).message, "Illegal operator in search criteria: ");
        assert_eq!(refused(json!("status")).name, "unavailable");
        assert!(Criteria::read(Some(&Value::Null), &[]).unwrap().pass(|_| None));
    }

    #[test]
    fn a_default_stands_where_nothing_is_asked() {
        let criteria = |value: Value| Criteria::read(Some(&value), &["status"]).unwrap().or_else("status", 0);
        let passes = |asked: Value, value: Value| criteria(asked).pass(|_| Some(&value));
        assert!(passes(json!({}), json!(0)) && !passes(json!({}), json!(1)));
        assert!(passes(json!({ "status": 1 }), json!(1)));
        assert!(passes(json!({ "status": null }), json!(0)), "null asks for nothing");
    }
}
