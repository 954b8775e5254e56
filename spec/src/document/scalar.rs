//! What a YAML scalar is, by the core schema of YAML 1.2.2 (10.3).

use std::borrow::Cow;
use std::ops::Range;

use saphyr::Scalar;
use saphyr_parser::{ScalarStyle, Tag};
use serde_json::{Number, Value};

use super::fault::Fault;

/// The value of a scalar, and what is wrong with it.
pub(super) fn value(
    text: &str,
    style: ScalarStyle,
    tag: Option<&Cow<'_, Tag>>,
    range: &Range<usize>,
) -> (Value, Option<Fault>) {
    let Some(tag) = tag else {
        return if style == ScalarStyle::Plain { plain(text, range) } else { (text.into(), None) };
    };
    if !tag.is_yaml_core_schema() {
        return (text.into(), Some(unknown_tag(tag, range)));
    }
    let (value, fault) = plain(text, range);
    let fits = match tag.suffix.as_str() {
        "str" => return (text.into(), None),
        "null" => value.is_null(),
        "bool" => value.is_boolean(),
        "int" => value.is_i64() || value.is_u64(),
        "float" => value.is_number(),
        _ => return (value, Some(unknown_tag(tag, range))),
    };
    if fits {
        return (value, fault);
    }
    let message = format!("`{text}` is not what its tag `!!{}` says", tag.suffix);
    (
        value,
        Some(Fault {
            code: "yaml-tag",
            range: range.clone(),
            message,
            help: "correct the value, or remove the tag",
        }),
    )
}

/// What to say of a tag that means nothing in an OpenAPI document; `None` where it says what stands there anyway.
pub(super) fn collection_tag(tag: Option<&Cow<'_, Tag>>, own: &str, range: &Range<usize>) -> Option<Fault> {
    let tag = tag?;
    (!(tag.is_yaml_core_schema() && tag.suffix == own)).then(|| unknown_tag(tag, range))
}

fn unknown_tag(tag: &Tag, range: &Range<usize>) -> Fault {
    let name = if tag.is_yaml_core_schema() {
        format!("!!{}", tag.suffix)
    } else {
        format!("{}{}", tag.handle, tag.suffix)
    };
    Fault {
        code: "yaml-tag",
        range: range.clone(),
        message: format!("the tag `{name}` means nothing in an OpenAPI document"),
        help: "remove the tag: OpenAPI allows the tags of YAML's JSON schema only",
    }
}

/// A plain scalar. `no`, `on` and dates stay text.
fn plain(text: &str, range: &Range<usize>) -> (Value, Option<Fault>) {
    match Scalar::parse_from_cow(text.into()) {
        Scalar::Null => (Value::Null, None),
        Scalar::Boolean(boolean) => (Value::Bool(boolean), None),
        Scalar::Integer(integer) => (Value::Number(integer.into()), None),
        Scalar::FloatingPoint(float) => float_value(text, float.into_inner(), range),
        Scalar::String(_) if text.is_empty() => (Value::Null, None),
        Scalar::String(_) => (text.into(), None),
    }
}

fn float_value(text: &str, float: f64, range: &Range<usize>) -> (Value, Option<Fault>) {
    if let Ok(integer) = text.parse::<u64>() {
        return (Value::Number(integer.into()), None);
    }
    match Number::from_f64(float) {
        Some(number) => (Value::Number(number), None),
        // `.inf` and `.nan` have no JSON; what reads them finds a text and says so.
        None if text.bytes().any(|byte| byte.is_ascii_digit()) => {
            (Fault::nearest_number(text), Some(Fault::huge_number(text, range.clone())))
        }
        None => (text.into(), None),
    }
}
