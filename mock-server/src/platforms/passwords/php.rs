//! How PHP reads values, and the product's clock.

use serde_json::Value;

use crate::action::ActionContext;
pub(super) use crate::tidy::php_integer as integer;

/// Seconds since 1970 at the time of the request.
pub(super) fn seconds(context: &ActionContext<'_>) -> u64 {
    u64::try_from(now(context)).unwrap_or_default()
}

/// As [`seconds`], signed.
pub(super) fn now(context: &ActionContext<'_>) -> i64 {
    context.now().0.div_euclid(1000)
}

/// A value's truth as the product's own casts have it: `""`, `"0"`, 0, null and empty arrays are false. The text `false` is
/// true here, and so is an object, even an empty one; parameters and bodies are cast before, by the framework, to which both
/// are false (`x-conduct.coerce: php`).
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
            (json!("1e3"), 1000),
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
