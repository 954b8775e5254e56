//! What a field's rules are in the words of JSON Schema.

use std::borrow::Cow;

use serde_json::{Map, Number, Value, json};

use super::numeric;
use crate::platforms::qore::application::{Field, Kind, Rule};

/// A schema that is being written.
pub(super) type Schema = Map<String, Value>;

/// Writes into a schema what a field's rules say. Gives whether it says all of it, and nothing else.
pub(super) fn apply(field: &Field, schema: &mut Schema) -> bool {
    // Each of them, also behind one that says less.
    let own = |rule: &&Rule| !numeric::takes(field, rule);
    let unsaid = field.rules.iter().filter(own).filter(|rule| !rule_into(field, rule, schema)).count();
    let said = numeric::apply(field, schema);
    said && unsaid == 0
}

/// A field as it is asked for when its record is there: a password that is left empty then stays what it is.
pub(super) fn later(field: &Field, fresh: bool) -> Cow<'_, Field> {
    if fresh || !matches!(field.kind, Kind::Password) || !field.has_rule("required") {
        return Cow::Borrowed(field);
    }
    let mut own = field.clone();
    own.rules.retain(|rule| rule.name != "required");
    Cow::Owned(own)
}

/// What a confirmed field is sent as a second time: under which name, and what it is.
pub(super) fn confirmation(field: &Field) -> Option<(String, Schema)> {
    if !field.has_rule("confirmed") || field.readonly {
        return None;
    }
    let pointer = field.name.replace('~', "~0").replace('/', "~1");
    let mut schema = Map::new();
    if matches!(field.kind, Kind::Password) {
        schema.insert("type".to_owned(), "string".into());
        schema.insert("format".to_owned(), "password".into());
        schema.insert("writeOnly".to_owned(), true.into());
        schema.insert("nullable".to_owned(), true.into());
    }
    schema.insert("title".to_owned(), format!("{}, once more", field.label).into());
    schema.insert("description".to_owned(), format!("The same as `{}`.", field.name).into());
    schema.insert("x-value".to_owned(), format!("$request.body#/{pointer}").into());
    Some((format!("{}_confirmation", field.name), schema))
}

fn rule_into(field: &Field, rule: &Rule, schema: &mut Schema) -> bool {
    let first = rule.parameters.first().map(String::as_str);
    match (rule.name.as_str(), first) {
        // Said elsewhere, or by the kind of the field.
        ("required" | "nullable" | "unique" | "bail" | "sometimes" | "confirmed", _) => true,
        ("string", _) => {
            !is_number(field) && !is_list(field) && !matches!(field.kind, Kind::Checkbox | Kind::File)
        }
        ("numeric", _) => is_number(field),
        ("boolean", _) if is_text(field) => put(schema, "enum", json!(["0", "1"])),
        ("boolean", _) => matches!(field.kind, Kind::Checkbox),
        ("date", _) => matches!(field.kind, Kind::Date | Kind::Datetime),
        ("array", _) => is_list(field),
        ("file", _) => matches!(field.kind, Kind::File),
        ("exists", _) => matches!(field.kind, Kind::BelongsTo { .. } | Kind::BelongsToMany { .. }),
        ("email", None) => put(schema, "format", "email".into()),
        ("url", None) => put(schema, "format", "uri".into()),
        ("uuid", None) => put(schema, "format", "uuid".into()),
        ("integer", _) if is_number(field) => put(schema, "type", "integer".into()),
        ("min" | "max", Some(limit)) => bound(field, &rule.name, limit, schema),
        ("between", Some(low)) => {
            let high = rule.parameters.get(1).map_or("", String::as_str);
            bound(field, "min", low, schema) && bound(field, "max", high, schema)
        }
        ("size", Some(size)) => bound(field, "min", size, schema) && bound(field, "max", size, schema),
        ("digits", Some(count)) if is_count(count) => pattern(field, schema, format!("^[0-9]{{{count}}}$")),
        ("digits_between", Some(low)) => {
            let high = rule.parameters.get(1).map_or("", String::as_str);
            is_count(low) && is_count(high) && pattern(field, schema, format!("^[0-9]{{{low},{high}}}$"))
        }
        ("alpha", None) => pattern(field, schema, r"^[\p{L}\p{M}]+$".to_owned()),
        ("alpha_num", None) => pattern(field, schema, r"^[\p{L}\p{M}\p{N}]+$".to_owned()),
        ("alpha_dash", None) => pattern(field, schema, r"^[\p{L}\p{M}\p{N}_-]+$".to_owned()),
        ("uppercase", None) => pattern(field, schema, r"^\P{Ll}*$".to_owned()),
        ("lowercase", None) => pattern(field, schema, r"^\P{Lu}*$".to_owned()),
        ("regex", Some(_)) => {
            // A rule of its own in the list: commas in it separate nothing.
            let whole = rule.parameters.join(",");
            delimited(&whole).is_some_and(|inner| pattern(field, schema, inner))
        }
        ("in", Some(_)) => {
            let values = rule.parameters.iter().map(|one| typed(field, one)).collect::<Option<Vec<_>>>();
            values.is_some_and(|values| put(schema, "enum", values.into()))
        }
        ("multiple_of", Some(step)) if is_number(field) => {
            number(step).is_some_and(|step| put(schema, "multipleOf", step.into()))
        }
        ("gt", Some(limit)) if is_number(field) => exclusive(schema, "minimum", "exclusiveMinimum", limit),
        ("lt", Some(limit)) if is_number(field) => exclusive(schema, "maximum", "exclusiveMaximum", limit),
        ("gte", Some(limit)) if is_number(field) => bound(field, "min", limit, schema),
        ("lte", Some(limit)) if is_number(field) => bound(field, "max", limit, schema),
        _ => false,
    }
}

pub(super) fn put(schema: &mut Schema, key: &str, value: Value) -> bool {
    // Two rules about the same: the first is said.
    if schema.contains_key(key) && key != "type" && schema.get(key) != Some(&value) {
        return false;
    }
    schema.insert(key.to_owned(), value);
    true
}

fn pattern(field: &Field, schema: &mut Schema, pattern: String) -> bool {
    // Of a number the pattern would be that of its digits.
    !is_number(field) && regex::Regex::new(&pattern).is_ok() && put(schema, "pattern", pattern.into())
}

/// A bound of whatever the kind of field counts: letters, members, or the number itself.
fn bound(field: &Field, word: &str, limit: &str, schema: &mut Schema) -> bool {
    let key = match (&field.kind, word) {
        (Kind::Number(_), "min") => "minimum",
        (Kind::Number(_), _) => "maximum",
        (Kind::BelongsToMany { .. } | Kind::Select { multiple: true, .. }, "min") => "minItems",
        (Kind::BelongsToMany { .. } | Kind::Select { multiple: true, .. }, _) => "maxItems",
        (Kind::Text | Kind::Textarea | Kind::Email | Kind::Url | Kind::Password, "min") => "minLength",
        (Kind::Text | Kind::Textarea | Kind::Email | Kind::Url | Kind::Password, _) => "maxLength",
        _ => return false,
    };
    let limit = if is_number(field) { number(limit) } else { limit.parse::<u64>().ok().map(Number::from) };
    limit.is_some_and(|limit| put(schema, key, limit.into()))
}

fn exclusive(schema: &mut Schema, key: &str, flag: &str, limit: &str) -> bool {
    number(limit).is_some_and(|limit| put(schema, key, limit.into()) && put(schema, flag, json!(true)))
}

pub(super) fn is_number(field: &Field) -> bool {
    matches!(field.kind, Kind::Number(_))
}

pub(super) fn is_text(field: &Field) -> bool {
    matches!(field.kind, Kind::Text | Kind::Textarea)
}

fn is_list(field: &Field) -> bool {
    matches!(field.kind, Kind::BelongsToMany { .. } | Kind::Select { multiple: true, .. })
}

fn is_count(text: &str) -> bool {
    text.parse::<u16>().is_ok()
}

pub(super) fn number(text: &str) -> Option<Number> {
    text.parse::<i64>().ok().map(Number::from).or_else(|| Number::from_f64(text.parse().ok()?))
}

fn typed(field: &Field, text: &str) -> Option<Value> {
    if is_number(field) { number(text).map(Value::Number) } else { Some(text.into()) }
}

/// What stands between the delimiters of a pattern as PHP writes it; `None` where flags follow that change its meaning.
fn delimited(text: &str) -> Option<String> {
    let open = text.chars().next()?;
    let close = match open {
        '(' => ')',
        '{' => '}',
        '[' => ']',
        '<' => '>',
        same => same,
    };
    let end = text.rfind(close).filter(|end| *end > 0)?;
    let flags = &text[end + close.len_utf8()..];
    (flags.is_empty() || flags == "u").then(|| text[open.len_utf8()..end].replace("\\/", "/"))
}
