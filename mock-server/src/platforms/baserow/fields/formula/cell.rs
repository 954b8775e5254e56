//! Cells, as answers show them, and the values that formulas compute with.

use bigdecimal::{BigDecimal, FromPrimitive, ToPrimitive};
use jiff::Timestamp;
use serde_json::{Value as Json, json};

use super::call::moment;
use super::kind::Kind;
use super::number::printed;
use super::spans::{self, As};
use super::value::Value;

/// A cell's value. What does not fit its type counts as null: stored cells always fit.
pub(super) fn read(kind: &Kind, cell: &Json) -> Value {
    let value = match (kind, cell) {
        (Kind::Text | Kind::Char | Kind::Url, Json::String(text)) => Some(Value::Text(text.clone())),
        (Kind::Number(_), Json::String(digits)) if digits == "NaN" => Some(Value::NotANumber),
        (Kind::Number(_), Json::String(digits)) => digits.parse().ok().map(Value::Number),
        (Kind::Number(_), Json::Number(number)) => number.to_string().parse().ok().map(Value::Number),
        (Kind::Boolean, Json::Bool(truth)) => Some(Value::Boolean(*truth)),
        (Kind::Date(_), Json::String(text)) => match text.parse::<Timestamp>() {
            Ok(moment) => Some(Value::Moment(moment)),
            Err(_) => text.parse().ok().map(Value::Day),
        },
        (Kind::Duration(_), Json::Number(seconds)) => {
            seconds.as_f64().and_then(BigDecimal::from_f64).map(Value::Duration)
        }
        (_, Json::Null) => None,
        (
            Kind::SingleSelect
            | Kind::MultipleSelect
            | Kind::Collaborators
            | Kind::File
            | Kind::Link
            | Kind::Button,
            raw,
        ) => Some(Value::Raw(raw.clone())),
        _ => None,
    };
    value.unwrap_or(Value::Null)
}

/// The elements of an array's cell, each with the id of the row it comes from; 0 for those that come from none.
pub(super) fn elements(kind: &Kind, cell: &Json) -> Vec<(u64, Value)> {
    let own = |element: &Json| match (kind, element.get("id").and_then(Json::as_u64), element.get("value")) {
        (_, Some(id), Some(value)) => (id, read(kind, value)),
        _ => (0, read(kind, element)),
    };
    cell.as_array().map_or_else(Vec::new, |elements| elements.iter().map(own).collect())
}

/// A value as a cell.
pub(super) fn write(kind: &Kind, value: &Value) -> Json {
    match (kind, value) {
        (_, Value::Null) => Json::Null,
        (_, Value::NotANumber) => "NaN".into(),
        // There is no room for more than 50 digits.
        (Kind::Number(_), Value::Number(number)) if number.order_of_magnitude() >= 50 => "NaN".into(),
        (Kind::Number(numbers), Value::Number(number)) => printed(number, numbers.decimals).into(),
        // Years before the first are not kept (upstream: `bc_to_null`).
        (Kind::Date(_), value) if moment(value).is_some_and(|moment| moment.year() <= 0) => Json::Null,
        (Kind::Date(dates), Value::Moment(moment)) if !dates.include_time => {
            moment.to_zoned(jiff::tz::TimeZone::UTC).date().to_string().into()
        }
        (Kind::Date(dates), Value::Day(day)) if dates.include_time => format!("{day}T00:00:00Z").into(),
        (_, Value::Text(text)) => text.as_str().into(),
        (_, Value::Number(number)) => number.to_plain_string().into(),
        (_, Value::Boolean(truth)) => (*truth).into(),
        (_, Value::Day(day)) => day.to_string().into(),
        (_, Value::Moment(moment)) if moment.subsec_nanosecond() == 0 => moment.to_string().into(),
        (_, Value::Moment(moment)) => format!("{moment:.6}").into(),
        (_, Value::Duration(_) | Value::Span(..)) => spans::seconds(value, As::Shown)
            .and_then(|seconds| seconds.to_f64())
            .map_or(Json::Null, |seconds| json!(seconds)),
        (_, Value::Pattern(_) | Value::Format(_)) => Json::Null,
        (_, Value::Raw(raw)) => raw.clone(),
    }
}

/// Elements as an array's cell.
pub(super) fn write_elements(kind: &Kind, elements: &[(u64, Value)]) -> Json {
    let one = |(row, value): &(u64, Value)| match row {
        0 => write(kind, value),
        row => json!({ "id": row, "value": write(kind, value) }),
    };
    elements.iter().map(one).collect()
}
