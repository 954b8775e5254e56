//! Values of the file as they are stored: each held to what its field is.

use serde_json::{Value, json};

use super::super::{App, Field, Kind};
use crate::entropy::Timestamp;
use crate::platforms::qore::eyes::same;
use crate::platforms::qore::place;

/// What is wrong with a value, and what to do.
pub(super) type Wrong = (String, String);

/// The largest number of which every reader of JSON has the same idea: 2⁵³ − 1.
pub(super) const LARGEST: u64 = (1 << 53) - 1;

/// A value of the file as a field stores it. Whether keys are those of records is asked [later](absent).
///
/// # Errors
/// It is nothing that the field can hold.
pub(super) fn stored(app: &App, field: &Field, value: &Value) -> Result<Value, Wrong> {
    let wrong = |what: &str| {
        Err((format!("`{}` is {what}, not {value}", field.name), "correct the value".to_owned()))
    };
    if value.is_null() {
        return Ok(nothing(&field.kind));
    }
    match &field.kind {
        Kind::Password if !value.is_string() => {
            Err((format!("`{}` is a text", field.name), "put quotes around it".to_owned()))
        }
        Kind::Text | Kind::Textarea | Kind::Email | Kind::Url | Kind::Password | Kind::Sequence(_) => {
            match value {
                Value::String(_) => Ok(value.clone()),
                _ => Err((
                    format!("`{}` is a text, not {value}", field.name),
                    "put quotes around it".to_owned(),
                )),
            }
        }
        Kind::Number(precision) => match value.as_f64() {
            Some(number) if precision.is_none_or(|digits| fits(number, digits)) => Ok(value.clone()),
            Some(_) => wrong("a number with fewer digits behind the point"),
            None => wrong("a number"),
        },
        Kind::Checkbox => if_some(value.is_boolean().then(|| value.clone()), || wrong("true or false")),
        Kind::Date => if_some(value.as_str().and_then(day), || wrong("a day such as `2023-01-31`")),
        Kind::Datetime => {
            let time = value.as_str().and_then(time).map(|time| time.rfc3339(6).into());
            if_some(time, || wrong("a time such as `2023-01-31T10:00:00Z`"))
        }
        // That there are no options has been told where they would stand.
        Kind::Select { options, .. } if options.is_empty() => Ok(value.clone()),
        Kind::Select { options, multiple } => {
            let listed =
                if *multiple { list(value, |one| option(options, one)) } else { option(options, value) };
            let what = if *multiple { "a list of options" } else { "one of the options" };
            listed.ok_or_else(|| {
                let known: Vec<String> =
                    options.iter().map(|(value, _)| format!("`{}`", shown(value))).collect();
                let help = format!("there is: {}", known.join(", "));
                (format!("`{}` is {what}, not {value}", field.name), help)
            })
        }
        Kind::BelongsTo { resource, .. } => Ok(key(app, resource, value)),
        Kind::BelongsToMany { resource, .. } => {
            if_some(list(value, |one| Some(key(app, resource, one))), || wrong("a list of ids"))
        }
        Kind::HasMany { .. } => {
            Err((format!("`{}` follows from other records", field.name), "leave it out".to_owned()))
        }
        Kind::File => {
            let help = "leave it out: it is empty in the records of the start, even where it is required";
            Err((format!("`{}` is a file, which is uploaded", field.name), help.to_owned()))
        }
    }
}

fn if_some(found: Option<Value>, otherwise: impl FnOnce() -> Result<Value, Wrong>) -> Result<Value, Wrong> {
    found.map_or_else(otherwise, Ok)
}

/// What a field holds where nothing is given.
pub(super) fn nothing(kind: &Kind) -> Value {
    match kind {
        Kind::Checkbox => Value::Bool(false),
        Kind::BelongsToMany { .. } | Kind::Select { multiple: true, .. } => json!([]),
        _ => Value::Null,
    }
}

fn list(value: &Value, member: impl Fn(&Value) -> Option<Value>) -> Option<Value> {
    value.as_array()?.iter().map(member).collect::<Option<Vec<_>>>().map(Value::from)
}

/// The option that a value names.
pub(super) fn option(options: &[(Value, String)], value: &Value) -> Option<Value> {
    options.iter().find(|(one, _)| same(one, value)).map(|(one, _)| one.clone())
}

/// A key as the resource has them; what is none stays as it is, for [`absent`] to find.
pub(super) fn key(app: &App, resource: &str, value: &Value) -> Value {
    let Some(resource) = app.resources.get(resource) else { return value.clone() };
    let text = match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    place::key(resource, &text).unwrap_or_else(|| value.clone())
}

/// What is said of a key that no record of the start has.
pub(super) fn absent(app: &App, resource: &str, key: &Value) -> Option<Wrong> {
    let resource = app.resources.get(resource)?;
    let wanted = self::key(app, &resource.name, key);
    let ids = resource.records.iter().filter_map(|record| record.get("id").filter(|id| !id.is_null()));
    let ids: Vec<&Value> = ids.collect();
    if key.is_null() || ids.contains(&&wanted) {
        return None;
    }
    let known: Vec<String> = ids.iter().map(|id| id.to_string()).collect();
    let help = if known.is_empty() {
        format!("give `{}` a record with this `id`, or leave it out", resource.name)
    } else {
        format!("there is: {}", known.join(", "))
    };
    Some((format!("`{}` has no record {key}", resource.name), help))
}

/// A day, as it is stored.
pub(super) fn day(text: &str) -> Option<Value> {
    let is_day = text.len() == 10 && Timestamp::parse(&format!("{text}T00:00:00Z")).is_some();
    is_day.then(|| text.into())
}

/// A day, as its beginning, or a time in RFC 3339.
pub(super) fn time(text: &str) -> Option<Timestamp> {
    if text.len() == 10 { Timestamp::parse(&format!("{text}T00:00:00Z")) } else { Timestamp::parse(text) }
}

fn shown(value: &Value) -> String {
    crate::platforms::qore::eyes::shown(value)
}

/// Whether a number has no more digits behind the point.
fn fits(number: f64, digits: u8) -> bool {
    let scaled = number * 10f64.powi(i32::from(digits));
    (scaled - scaled.round()).abs() < 1e-6
}
