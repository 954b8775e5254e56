//! Functions of dates.

use bigdecimal::{BigDecimal, RoundingMode};
use jiff::civil::DateTime;
use jiff::tz::TimeZone;

use super::call::{Call, moment, of_moment};
use super::datetime::Format;
use super::value::Value;

pub(super) fn run(call: &Call<'_>) -> Value {
    match call.name {
        "now" => Value::Moment(call.now),
        "today" => Value::Day(call.now.to_zoned(TimeZone::UTC).date()),
        "todate" => read(call).map_or(Value::Null, of_moment),
        "todate_tz" => read_in_zone(call).unwrap_or(Value::Null),
        "datetime_format" => {
            let shown =
                moment(call.value(0)).map(|moment| with_format(call, |format| format.show(moment, "UTC")));
            Value::Text(shown.unwrap_or_default().trim_matches(' ').to_owned())
        }
        "datetime_format_tz" => {
            Value::Text(shown_in_zone(call).unwrap_or_default().trim_matches(' ').to_owned())
        }
        "date_diff" => match (moment(call.value(1)), moment(call.value(2))) {
            (Some(start), Some(end)) => difference(call.text(0), start, end),
            _ => Value::Null,
        },
        name => moment(call.value(0)).map_or(Value::Null, |moment| part(name, moment)),
    }
}

fn part(name: &str, moment: DateTime) -> Value {
    let whole = match name {
        "day" => i64::from(moment.day()),
        "month" => i64::from(moment.month()),
        // There is no year 0: the year before 1 is -1.
        "year" => i64::from(moment.year()) - i64::from(moment.year() <= 0),
        _ => {
            let nanoseconds =
                i64::from(moment.second()) * 1_000_000_000 + i64::from(moment.subsec_nanosecond());
            return Value::Number(BigDecimal::new(nanoseconds.into(), 9));
        }
    };
    Value::Number(whole.into())
}

/// The second argument as a format: one that was written out has been read before.
fn with_format<T>(call: &Call<'_>, then: impl FnOnce(&Format) -> T) -> T {
    match call.value(1) {
        Value::Format(format) => then(format),
        other => then(&Format::new(other.text())),
    }
}

fn shown_in_zone(call: &Call<'_>) -> Option<String> {
    let moment = moment(call.value(0))?;
    let zone = TimeZone::get(call.text(2)).ok()?;
    let there = TimeZone::UTC.to_timestamp(moment).ok()?.to_zoned(zone).datetime();
    // A time without a zone has no zone's name.
    Some(with_format(call, |format| format.show(there, "")))
}

fn read(call: &Call<'_>) -> Option<DateTime> {
    with_format(call, |format| format.read(call.text(0)))
}

fn read_in_zone(call: &Call<'_>) -> Option<Value> {
    let zone = TimeZone::get(call.text(2)).ok()?;
    // PostgreSQL takes a time that does not exist as the one an hour later, one that is there twice as the later.
    let zoned = zone.to_ambiguous_zoned(read(call)?).later().ok()?;
    Some(Value::Moment(zoned.timestamp()))
}

/// From a date to another in one of the product's units: years and months by the calendar, days and less by what has passed.
fn difference(unit: &str, start: DateTime, end: DateTime) -> Value {
    let years = i64::from(end.year()) - i64::from(start.year());
    let months = years * 12 + i64::from(end.month()) - i64::from(start.month());
    let passed = end.duration_since(start);
    let whole = match unit {
        "yy" | "yyyy" | "year" => years,
        "mm" | "m" | "month" => months,
        "wk" | "ww" | "week" => {
            let weeks = BigDecimal::from(passed.as_hours() / 24) / BigDecimal::from(7);
            return Value::Number(weeks.with_scale_round(0, RoundingMode::HalfUp));
        }
        "dd" | "d" | "day" => passed.as_hours() / 24,
        "hh" | "hour" => passed.as_hours(),
        "mi" | "n" | "minute" => passed.as_mins(),
        "s" | "ss" | "second" => {
            let seconds = BigDecimal::new(passed.as_nanos().into(), 9);
            return Value::Number(seconds.with_scale_round(0, RoundingMode::HalfUp));
        }
        _ => return Value::NotANumber,
    };
    Value::Number(whole.into())
}
