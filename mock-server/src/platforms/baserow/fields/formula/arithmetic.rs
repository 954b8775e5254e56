//! `+`, `-`, `*` and `/`, of whatever has them: numbers, durations, dates, and texts that are joined.

use bigdecimal::{BigDecimal, Zero};

use super::call::{Call, moment, of_moment};
use super::kind::Kind;
use super::spans::{self, As};
use super::text::to_text;
use super::value::Value;

pub(super) fn run(call: &Call<'_>) -> Value {
    let (left, right) = (call.value(0), call.value(1));
    match (call.name, left, right) {
        (_, Value::Null, _) | (_, _, Value::Null) => Value::Null,
        ("add", Value::Text(_), _) | ("add", _, Value::Text(_)) => {
            let parts = call.kinds.iter().zip(&call.values);
            Value::Text(parts.map(|(kind, value)| to_text(kind, value)).collect())
        }
        (_, Value::NotANumber, _) | (_, _, Value::NotANumber) => {
            let durations = call.kinds.iter().any(|kind| matches!(kind, Kind::Duration(_)));
            if durations { Value::Null } else { Value::NotANumber }
        }
        (_, Value::Number(left), Value::Number(right)) => numbers(call.name, left, right),
        ("minus", Value::Day(_) | Value::Moment(_), Value::Day(_) | Value::Moment(_)) => between(left, right),
        ("add", Value::Day(_) | Value::Moment(_), span) => later(left, span, false),
        ("add", span, Value::Day(_) | Value::Moment(_)) => later(right, span, false),
        ("minus", Value::Day(_) | Value::Moment(_), span) => later(left, span, true),
        ("add" | "minus", _, _) => together(call.name, left, right),
        ("multiply" | "divide", _, _) => scaled(call.name, left, right),
        _ => Value::NotANumber,
    }
}

fn numbers(name: &str, left: &BigDecimal, right: &BigDecimal) -> Value {
    Value::Number(match name {
        "add" => left + right,
        "minus" => left - right,
        "multiply" => left * right,
        _ if right.is_zero() => return Value::NotANumber,
        _ => left / right,
    })
}

fn between(later: &Value, earlier: &Value) -> Value {
    let (Some(later), Some(earlier)) = (moment(later), moment(earlier)) else { return Value::Null };
    let between = later.duration_since(earlier);
    Value::Duration(BigDecimal::new(between.as_nanos().into(), 9).normalized())
}

fn later(date: &Value, span: &Value, before: bool) -> Value {
    let found = moment(date).and_then(|moment| spans::shifted(moment, span, before));
    found.map_or(Value::Null, of_moment)
}

fn together(name: &str, left: &Value, right: &Value) -> Value {
    let (Some((months, seconds)), Some((other, others))) = (spans::parts(left), spans::parts(right)) else {
        return Value::NotANumber;
    };
    let (months, seconds) =
        if name == "add" { (months + other, seconds + others) } else { (months - other, seconds - others) };
    spans::of(months, seconds)
}

/// A duration so many times; what is divided by zero is null.
fn scaled(name: &str, left: &Value, right: &Value) -> Value {
    let ((Value::Number(number), span) | (span, Value::Number(number))) = (left, right) else {
        return Value::Null;
    };
    match spans::seconds(span, As::Epoch) {
        Some(_) if name == "divide" && number.is_zero() => Value::Null,
        Some(seconds) if name == "divide" => Value::Duration(spans::to_microseconds(&(seconds / number))),
        Some(seconds) => Value::Duration(spans::to_microseconds(&(seconds * number))),
        None => Value::Null,
    }
}
