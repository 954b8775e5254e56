//! PHP's casts (`x-conduct.coerce: php`): what `(int)`, `(float)` and `(bool)` make of a value.

use serde_json::{Number, Value};
use tercet_spec::contract::Type;

/// A value cast to the first number or boolean among the types that are wanted; `None` where it fits already, or where
/// nothing is converted.
pub(super) fn cast(wanted: &[Type], value: &Value) -> Option<Value> {
    if value.is_null() || wanted.iter().any(|kind| fits(*kind, value)) {
        return None;
    }
    wanted.iter().find_map(|kind| match kind {
        Type::Integer => Some(Value::from(integer(value))),
        Type::Number => Some(Number::from_f64(float(value)).map_or(Value::from(0), Value::Number)),
        Type::Boolean => Some(Value::Bool(truth(value))),
        Type::Null | Type::String | Type::Array | Type::Object => None,
    })
}

fn fits(kind: Type, value: &Value) -> bool {
    match kind {
        Type::Null => value.is_null(),
        Type::Boolean => value.is_boolean(),
        Type::Integer => value.is_i64(),
        Type::Number => value.is_number(),
        Type::String => value.is_string(),
        Type::Array => value.is_array(),
        Type::Object => value.is_object(),
    }
}

/// What `(int)` makes of a value.
///
/// An exponent counts, `1e3` is 1000, as it does in PHP 7.1 and later (the PHP manual, "Numeric strings"); older versions
/// stopped at the `e`. A number beyond the integers is taken modulo 2^64, a text beyond them is the nearest.
pub(crate) fn integer(value: &Value) -> i64 {
    match value {
        Value::Number(number) => number.as_i64().unwrap_or_else(|| wrapped(number.as_f64().unwrap_or(0.0))),
        Value::String(text) => {
            let digits = numeric(text);
            // A text beyond the integers is the largest or smallest of them: that is what `as` does.
            digits.parse().unwrap_or_else(|_| digits.parse::<f64>().unwrap_or(0.0) as i64)
        }
        other => i64::from(truth(other)),
    }
}

fn float(value: &Value) -> f64 {
    match value {
        Value::Number(number) => number.as_f64().unwrap_or(0.0),
        Value::String(text) => numeric(text).parse().unwrap_or(0.0),
        other => f64::from(u8::from(truth(other))),
    }
}

/// A number beyond the integers is taken modulo 2^64.
fn wrapped(number: f64) -> i64 {
    const RANGE: f64 = 18_446_744_073_709_551_616.0;
    if !number.is_finite() {
        return 0;
    }
    if number.abs() < RANGE / 2.0 { number as i64 } else { (number.rem_euclid(RANGE) as u64).cast_signed() }
}

/// PHP's truth, but for the text `false`, which frameworks take for what it says. Code of a product that casts by itself
/// does not: that is another reading, beside its platform.
fn truth(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::Bool(flag) => *flag,
        Value::Number(number) => number.as_f64().is_none_or(|number| number != 0.0),
        Value::String(text) => !matches!(text.as_str(), "" | "0" | "false"),
        Value::Array(items) => !items.is_empty(),
        Value::Object(members) => !members.is_empty(),
    }
}

/// The number that a text begins with, blanks before it left out; empty where there is none.
fn numeric(text: &str) -> &str {
    let text = text.trim_start_matches([' ', '\t', '\n', '\r', '\u{b}', '\u{c}']);
    let bytes = text.as_bytes();
    let digits = |from: usize| bytes[from..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    let sign = usize::from(matches!(bytes.first(), Some(b'+' | b'-')));
    let whole = digits(sign);
    let mut end = sign + whole;
    let mut fraction = 0;
    if bytes.get(end) == Some(&b'.') {
        fraction = digits(end + 1);
        if whole + fraction > 0 {
            end += 1 + fraction;
        }
    }
    if whole + fraction == 0 {
        return "";
    }
    if matches!(bytes.get(end), Some(b'e' | b'E')) {
        let signed = usize::from(matches!(bytes.get(end + 1), Some(b'+' | b'-')));
        let exponent = digits((end + 1 + signed).min(bytes.len()));
        if exponent > 0 {
            end += 1 + signed + exponent;
        }
    }
    &text[..end]
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};
    use tercet_spec::contract::Type;

    use super::cast;

    #[test]
    fn whatever_stands_for_an_integer_becomes_one() {
        for (value, expected) in [
            (json!("abc"), 0),
            (json!("12"), 12),
            (json!(" 12 apples"), 12),
            (json!("+3"), 3),
            (json!("-0x1A"), 0),
            (json!("1e3"), 1000),
            (json!("1.9"), 1),
            (json!(".5"), 0),
            (json!("."), 0),
            (json!("5e"), 5),
            (json!(""), 0),
            (json!("99999999999999999999"), i64::MAX),
            (json!("-99999999999999999999"), i64::MIN),
            (json!(-2.7), -2),
            (json!(18_446_744_073_709_551_615_u64), 0),
            (json!(1e30), 5_076_964_154_930_102_272),
            (json!(true), 1),
            (json!([]), 0),
            (json!([0]), 1),
            (json!({ "a": 1 }), 1),
        ] {
            assert_eq!(cast(&[Type::Integer], &value), Some(json!(expected)), "{value}");
        }
    }

    #[test]
    fn whatever_stands_for_a_boolean_is_true_or_false() {
        for (value, expected) in [
            (json!("false"), false),
            (json!("False"), true),
            (json!("yes"), true),
            (json!("0"), false),
            (json!("0.0"), true),
            (json!(""), false),
            (json!(" "), true),
            (json!(0), false),
            (json!(0.1), true),
            (json!([]), false),
            (json!({}), false),
            (json!([false]), true),
        ] {
            assert_eq!(cast(&[Type::Boolean], &value), Some(json!(expected)), "{value}");
        }
    }

    #[test]
    fn what_fits_and_what_is_no_scalar_is_left_alone() {
        let none = None::<Value>;
        assert_eq!(cast(&[Type::Integer, Type::String], &json!("12")), none);
        assert_eq!(cast(&[Type::String], &json!(12)), none);
        assert_eq!(cast(&[Type::Array], &json!("a")), none);
        assert_eq!(cast(&[Type::Integer, Type::Null], &Value::Null), none);
        assert_eq!(cast(&[], &json!("a")), none);
        assert_eq!(cast(&[Type::Number], &json!("2.5kg")), Some(json!(2.5)));
        assert_eq!(cast(&[Type::Number], &json!(2)), none);
    }
}
