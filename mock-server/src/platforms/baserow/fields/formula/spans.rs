//! Durations: PostgreSQL's intervals, in months and seconds.

use bigdecimal::{BigDecimal, RoundingMode, ToPrimitive, Zero};
use jiff::SignedDuration;
use jiff::civil::DateTime;

use super::call::Call;
use super::interval;
use super::value::Value;

/// What a duration's months are taken for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum As {
    /// Answers: a year has 365 days, a month 30.
    Shown,
    /// `extract(epoch from …)`: a year has 365 days and a quarter, a month 30.
    Epoch,
    /// Comparisons: every month has 30 days.
    Compared,
}

pub(super) fn run(call: &Call<'_>) -> Value {
    match (call.name, call.value(0)) {
        ("date_interval", value) => {
            interval::parse(value.text()).map_or(Value::Null, |(months, seconds)| of(months, seconds))
        }
        ("toduration", Value::Number(seconds)) => Value::Duration(to_microseconds(seconds)),
        ("toduration", _) => Value::Null,
        (_, value) => seconds(value, As::Epoch).map_or(Value::Null, Value::Number),
    }
}

/// A duration of months and seconds.
pub(super) fn of(months: i64, seconds: BigDecimal) -> Value {
    if months == 0 { Value::Duration(seconds) } else { Value::Span(months, seconds) }
}

/// A duration's months and seconds.
pub(super) fn parts(value: &Value) -> Option<(i64, BigDecimal)> {
    match value {
        Value::Duration(seconds) => Some((0, seconds.clone())),
        Value::Span(months, seconds) => Some((*months, seconds.clone())),
        _ => None,
    }
}

/// A duration in seconds.
pub(super) fn seconds(value: &Value, how: As) -> Option<BigDecimal> {
    let (months, seconds) = parts(value)?;
    let (years, rest) = (months / 12, months % 12);
    let (year, month) = (BigDecimal::from(years), BigDecimal::from(rest * 30 * 86400));
    Some(
        seconds
            + match how {
                As::Compared => BigDecimal::from(months * 30 * 86400),
                As::Shown => year * BigDecimal::from(365 * 86400) + month,
                As::Epoch => year * BigDecimal::from(31_557_600) + month,
            },
    )
}

/// Rounded as PostgreSQL keeps durations.
pub(super) fn to_microseconds(seconds: &BigDecimal) -> BigDecimal {
    seconds.with_scale_round(6, RoundingMode::HalfEven).normalized()
}

/// A date later by a duration, or earlier: months by the calendar, then the rest. `None` beyond the years that there are.
pub(super) fn shifted(from: DateTime, span: &Value, before: bool) -> Option<DateTime> {
    let (months, seconds) = parts(span)?;
    let (months, seconds) = if before { (-months, -seconds) } else { (months, seconds) };
    let later = match months {
        0 => from,
        months => from.checked_add(jiff::Span::new().try_months(months).ok()?).ok()?,
    };
    if seconds.is_zero() {
        return Some(later);
    }
    let nanoseconds = (seconds * BigDecimal::from(1_000_000_000)).to_i128()?;
    later.checked_add(SignedDuration::try_from_nanos_i128(nanoseconds)?).ok()
}
