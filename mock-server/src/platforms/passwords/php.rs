//! How PHP reads values, and the product's clock.

use serde_json::Value;

use crate::action::ActionContext;

/// Seconds since 1970 at the time of the request.
pub(super) fn seconds(context: &ActionContext<'_>) -> u64 {
    u64::try_from(now(context)).unwrap_or_default()
}

/// As [`seconds`], signed.
pub(super) fn now(context: &ActionContext<'_>) -> i64 {
    context.now().0.div_euclid(1000)
}

/// A value cast to an integer: the number at the beginning of a text, 1 or 0 of anything else.
pub(super) fn integer(value: &Value) -> i64 {
    match value {
        Value::Null => 0,
        Value::Bool(truth) => i64::from(*truth),
        #[allow(clippy::cast_possible_truncation, reason = "PHP cuts the fraction off as well")]
        Value::Number(number) => {
            number.as_i64().unwrap_or_else(|| number.as_f64().unwrap_or_default() as i64)
        }
        Value::String(text) => leading(text),
        Value::Array(items) => i64::from(!items.is_empty()),
        Value::Object(members) => i64::from(!members.is_empty()),
    }
}

fn leading(text: &str) -> i64 {
    let text = text.trim_start();
    let (sign, digits) = match text.strip_prefix('-') {
        Some(rest) => (-1, rest),
        None => (1, text.strip_prefix('+').unwrap_or(text)),
    };
    let end = digits.find(|c: char| !c.is_ascii_digit()).unwrap_or(digits.len());
    let size = match &digits[..end] {
        "" => 0,
        digits => digits.parse().unwrap_or(i64::MAX),
    };
    sign * size
}

/// A value's truth: `""`, `"0"`, 0, null and empty arrays are false, the text `false` is not.
pub(super) fn truth(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::Bool(truth) => *truth,
        Value::Number(number) => number.as_f64() != Some(0.0),
        Value::String(text) => !text.is_empty() && text != "0",
        Value::Array(items) => !items.is_empty(),
        Value::Object(_) => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn values_are_cast_as_php_casts_them() {
        for (value, expected) in [
            (json!("12"), 12),
            (json!("12abc"), 12),
            (json!("abc"), 0),
            (json!("-3"), -3),
            (json!(""), 0),
            (json!(true), 1),
            (json!(null), 0),
            (json!(2.9), 2),
            (json!("99999999999999999999"), i64::MAX),
        ] {
            assert_eq!(integer(&value), expected, "{value}");
        }
        for (value, expected) in [
            (json!("false"), true),
            (json!("0"), false),
            (json!(""), false),
            (json!(0), false),
            (json!(0.0), false),
            (json!([]), false),
            (json!({}), true),
            (json!("yes"), true),
            (json!(null), false),
        ] {
            assert_eq!(truth(&value), expected, "{value}");
        }
    }
}
