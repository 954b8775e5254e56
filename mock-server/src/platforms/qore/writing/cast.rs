//! What was sent as what fields store: numbers, days, keys and truths out of texts, too.

use serde_json::{Number, Value};

use crate::action::ActionContext;
use crate::platforms::qore::application::{App, Field, Kind, Resource};
use crate::platforms::qore::eyes::same;
use crate::platforms::qore::{dates, place, rules};

/// What is wrong with a value: the field, or `field.0` for a member, and a sentence.
pub(super) type Wrong = Vec<(String, String)>;

/// A value as a field holds it, files aside. Null stays null but where a field always has something.
///
/// # Errors
/// What is not of the field's kind, or chooses what is not there.
pub(super) fn cast(
    app: &App,
    context: &ActionContext<'_>,
    field: &Field,
    raw: &Value,
) -> Result<Value, Wrong> {
    chosen(app, context, field, raw, &|_, _| true)
}

/// As [`cast`]; of related records those only that may be chosen.
///
/// # Errors
/// As [`cast`].
pub(super) fn chosen(
    app: &App,
    context: &ActionContext<'_>,
    field: &Field,
    raw: &Value,
    may: &dyn Fn(&Resource, &Value) -> bool,
) -> Result<Value, Wrong> {
    let wrong = |rule: &str, parameters: &[&str]| {
        Err(vec![(field.name.clone(), rules::said(rule, &field.name, parameters))])
    };
    match (&field.kind, raw) {
        (Kind::Checkbox, raw) => truth(raw).map_or_else(|| wrong("boolean", &[]), |flag| Ok(flag.into())),
        (Kind::BelongsToMany { .. } | Kind::Select { multiple: true, .. }, Value::Null) => {
            Ok(Value::Array(Vec::new()))
        }
        (_, Value::Null) => Ok(Value::Null),
        (Kind::Text | Kind::Textarea | Kind::Email | Kind::Url | Kind::Password, raw) => {
            if raw.is_string() {
                Ok(raw.clone())
            } else {
                wrong("string", &[])
            }
        }
        (Kind::Number(precision), raw) => match (number(raw), precision) {
            (None, _) => wrong("numeric", &[]),
            (Some(number), Some(0)) if places(&number) > 0 => wrong("integer", &[]),
            (Some(number), Some(most)) if places(&number) > usize::from(*most) => {
                wrong("decimal", &["0", &most.to_string()])
            }
            (Some(number), _) => Ok(number.into()),
        },
        (Kind::Date | Kind::Datetime, raw) => {
            let format = field.rules.iter().find(|rule| rule.name == "date_format");
            let format = format.and_then(|rule| rule.parameters.first());
            let read = |text: &str| match format {
                Some(format) => dates::by_format(text, format).or_else(|| as_stored(text)),
                None => dates::read(text, dates::civil(context.now())),
            };
            match (raw.as_str().and_then(read), format) {
                (Some(moment), _) if matches!(field.kind, Kind::Date) => Ok(dates::day_text(moment).into()),
                (Some(moment), _) => Ok(dates::time_text(moment).into()),
                (None, Some(format)) => wrong("date_format", &[format]),
                (None, None) => wrong("date", &[]),
            }
        }
        (Kind::Select { options, multiple }, raw) => {
            let chosen =
                |raw: &Value| options.iter().map(|(value, _)| value).find(|value| same(value, raw)).cloned();
            match multiple {
                true => several(field, raw, &chosen),
                false => chosen(raw).map_or_else(|| wrong("in", &[]), Ok),
            }
        }
        (Kind::BelongsTo { resource, .. } | Kind::BelongsToMany { resource, .. }, raw) => {
            let chosen = |raw: &Value| {
                let other = app.resources.get(resource)?;
                let key = key(other, raw)?;
                context.get(resource, &key).ok().flatten().filter(|_| may(other, &key)).map(|_| key)
            };
            match field.kind {
                Kind::BelongsToMany { .. } => several(field, raw, &chosen),
                _ => chosen(raw).map_or_else(|| wrong("in", &[]), Ok),
            }
        }
        (Kind::File, Value::Object(_)) | (Kind::HasMany { .. } | Kind::Sequence(_), _) => Ok(raw.clone()),
        (Kind::File, _) => wrong("file", &[]),
    }
}

/// A time as it is stored: what was read can be sent back, whatever format is asked of people.
fn as_stored(text: &str) -> Option<jiff::civil::DateTime> {
    let whole = text.len() == 10 || text.ends_with('Z');
    dates::read(text, jiff::civil::DateTime::ZERO).filter(|_| whole && text.as_bytes().get(4) == Some(&b'-'))
}

/// Members of a list; numbered members of a form are a list, too, and empty ones are none.
fn several(field: &Field, raw: &Value, chosen: &dyn Fn(&Value) -> Option<Value>) -> Result<Value, Wrong> {
    let members: Vec<(String, &Value)> = match raw {
        Value::Array(members) => {
            members.iter().enumerate().map(|(index, one)| (index.to_string(), one)).collect()
        }
        Value::Object(members) if members.keys().all(|key| key.parse::<u32>().is_ok()) => {
            members.iter().map(|(key, one)| (key.clone(), one)).collect()
        }
        _ => return Err(vec![(field.name.clone(), rules::said("array", &field.name, &[]))]),
    };
    let (mut all, mut wrong) = (Vec::new(), Vec::new());
    for (index, member) in members.into_iter().filter(|(_, member)| !member.is_null()) {
        match chosen(member) {
            Some(value) => all.push(value),
            None => {
                let name = format!("{}.{index}", field.name);
                let said = rules::said("in", &name, &[]);
                wrong.push((name, said));
            }
        }
    }
    if wrong.is_empty() { Ok(Value::Array(all)) } else { Err(wrong) }
}

/// What is stored of what a field holds: rules count members as they were sent, but a record is related once.
pub(super) fn stored(field: &Field, value: Value) -> Value {
    match (&field.kind, value) {
        (Kind::BelongsToMany { .. }, Value::Array(members)) => {
            let mut once = Vec::with_capacity(members.len());
            for member in members {
                if !once.contains(&member) {
                    once.push(member);
                }
            }
            Value::Array(once)
        }
        (_, value) => value,
    }
}

/// The key of a record, as JSON or a form has it.
fn key(resource: &Resource, raw: &Value) -> Option<Value> {
    match raw {
        Value::String(text) => place::key(resource, text),
        Value::Number(number) => place::key(resource, &number.to_string()),
        _ => None,
    }
}

fn truth(raw: &Value) -> Option<bool> {
    match raw {
        Value::Null => Some(false),
        Value::Bool(flag) => Some(*flag),
        Value::Number(number) if number.as_f64() == Some(1.0) => Some(true),
        Value::Number(number) if number.as_f64() == Some(0.0) => Some(false),
        Value::String(text) => match text.to_ascii_lowercase().as_str() {
            "1" | "true" | "on" | "yes" => Some(true),
            "0" | "false" | "off" | "no" => Some(false),
            _ => None,
        },
        _ => None,
    }
}

/// A number, whole where it has no fraction: `12`, `"12"`, `12.0`.
fn number(raw: &Value) -> Option<Number> {
    let whole = match raw {
        Value::Number(number) if number.is_i64() || number.is_u64() => Some(number.clone()),
        Value::String(text) => text.parse::<i64>().ok().map(Number::from),
        _ => None,
    };
    whole.or_else(|| {
        let number = rules::number(raw)?;
        #[allow(clippy::cast_possible_truncation, reason = "it has no fraction and is small")]
        if number.fract() == 0.0 && number.abs() < 1e15 {
            return Some(Number::from(number as i64));
        }
        Number::from_f64(number)
    })
}

/// Digits behind the point.
fn places(number: &Number) -> usize {
    let plain = number.as_f64().map(|number| number.to_string()).unwrap_or_default();
    plain.split_once('.').map_or(0, |(_, places)| places.len())
}
