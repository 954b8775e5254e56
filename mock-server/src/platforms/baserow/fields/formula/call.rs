//! Calling a function with values, and how values compare.

use std::cmp::Ordering;

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;

use super::functions::Function;
use super::kind::Kind;
use super::program::Resolved;
use super::spans::{self, As};
use super::value::Value;
use crate::platforms::baserow::rows::SortKey;

/// A function's arguments, and where it is called.
pub(super) struct Call<'c> {
    pub(super) name: &'static str,
    pub(super) kinds: Vec<&'c Kind>,
    pub(super) values: Vec<Value>,
    /// The row's id.
    pub(super) row: u64,
    /// The time of the request.
    pub(super) now: Timestamp,
}

/// What a function gives for these arguments in the row `row`.
pub(super) fn call(
    function: &Function,
    arguments: &[Resolved],
    values: Vec<Value>,
    row: u64,
    now: Timestamp,
) -> Value {
    let kinds: Vec<&Kind> = arguments.iter().map(|argument| &argument.kind).collect();
    let fill = |(value, kind): (Value, &&Kind)| if function.fills { value.or_empty(kind) } else { value };
    let values: Vec<Value> = values.into_iter().zip(&kinds).map(fill).collect();
    (function.run)(&Call { name: function.name, kinds, values, row, now })
}

impl Call<'_> {
    /// An argument; null where there is none.
    pub(super) fn value(&self, place: usize) -> &Value {
        self.values.get(place).unwrap_or(&Value::Null)
    }

    /// An argument's text; empty where it is none.
    pub(super) fn text(&self, place: usize) -> &str {
        self.value(place).text()
    }
}

/// How two values of one type compare; `None` when one of them is null. PostgreSQL has what is no number above all that
/// are. Texts compare as rows are sorted.
pub(super) fn ordering(left: &Value, right: &Value) -> Option<Ordering> {
    match (left, right) {
        (Value::Number(left), Value::Number(right)) => Some(left.cmp(right)),
        (Value::Duration(_) | Value::Span(..), Value::Duration(_) | Value::Span(..)) => {
            Some(spans::seconds(left, As::Compared)?.cmp(&spans::seconds(right, As::Compared)?))
        }
        (Value::NotANumber, Value::NotANumber) => Some(Ordering::Equal),
        (Value::NotANumber, Value::Number(_)) => Some(Ordering::Greater),
        (Value::Number(_), Value::NotANumber) => Some(Ordering::Less),
        (Value::Day(left), Value::Day(right)) => Some(left.cmp(right)),
        (Value::Moment(_) | Value::Day(_), Value::Moment(_) | Value::Day(_)) => {
            Some(moment(left)?.cmp(&moment(right)?))
        }
        (Value::Text(left), Value::Text(right)) => Some(SortKey::text(left).cmp(&SortKey::text(right))),
        _ => None,
    }
}

/// A date's day and time, UTC.
pub(super) fn moment(value: &Value) -> Option<DateTime> {
    match value {
        Value::Moment(moment) => Some(moment.to_zoned(TimeZone::UTC).datetime()),
        Value::Day(day) => Some(day.at(0, 0, 0, 0)),
        _ => None,
    }
}

/// A day and time, UTC, as a value; null beyond the years that there are.
pub(super) fn of_moment(moment: DateTime) -> Value {
    moment.to_zoned(TimeZone::UTC).map_or(Value::Null, |zoned| Value::Moment(zoned.timestamp()))
}
