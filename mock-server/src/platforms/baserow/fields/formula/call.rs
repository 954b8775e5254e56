//! Functions of single values.

use std::cmp::Ordering;

use bigdecimal::num_bigint::Sign;
use bigdecimal::{BigDecimal, RoundingMode, Zero};
use jiff::tz::TimeZone;

use super::functions::{Function, Takes};
use super::kind::Kind;
use super::number::{count, truncated};
use super::program::Resolved;
use super::text::to_text;
use super::value::Value;

/// What a function gives for these arguments in the row `row`.
pub(super) fn call(function: &Function, arguments: &[Resolved], values: Vec<Value>, row: u64) -> Value {
    let kinds: Vec<&Kind> = arguments.iter().map(|argument| &argument.kind).collect();
    let fill = |(value, kind): (Value, &&Kind)| if function.fills { value.or_empty(kind) } else { value };
    let values: Vec<Value> = values.into_iter().zip(&kinds).map(fill).collect();
    match function.name {
        "row_id" => Value::Number(row.into()),
        "concat" => {
            Value::Text(values.iter().zip(&kinds).map(|(value, kind)| to_text(kind, value)).collect())
        }
        "equal" => Value::Boolean(equal(&kinds, &values)),
        "not_equal" => Value::Boolean(!equal(&kinds, &values)),
        "if" => chosen(&kinds, &values),
        "totext" => Value::Text(to_text(kinds[0], &values[0])),
        "t" => Value::Text(if kinds[0].is_text() { values[0].text().to_owned() } else { String::new() }),
        "isblank" => Value::Boolean(is_blank(&values[0])),
        "is_null" => Value::Boolean(values[0].is_null()),
        "when_empty" => values.into_iter().find(|value| !value.is_null()).unwrap_or(Value::Null),
        "greater_than" | "greater_than_or_equal" | "less_than" | "less_than_or_equal" => {
            Value::Boolean(ordering(&values[0], &values[1]).is_some_and(|found| passes(function.name, found)))
        }
        "greatest" => one_of_two(values, Ordering::Greater),
        "least" => one_of_two(values, Ordering::Less),
        "and" => Value::Boolean(values.iter().all(Value::truth)),
        "or" => Value::Boolean(values.iter().any(Value::truth)),
        "not" => Value::Boolean(!values[0].truth()),
        name => match function.takes(0) {
            Takes::Number => numbers(name, &values),
            Takes::Date => part_of_date(name, &values[0]),
            _ => texts(name, &values),
        },
    }
}

fn equal(kinds: &[&Kind], values: &[Value]) -> bool {
    if kinds[0].name() != kinds[1].name() {
        return to_text(kinds[0], &values[0]) == to_text(kinds[1], &values[1]);
    }
    match (&values[0], &values[1]) {
        (Value::Raw(left), Value::Raw(right)) => {
            left.get("id") == right.get("id") && left.get("id").is_some() || left == right
        }
        (left, right) => ordering(left, right).map_or_else(|| left == right, Ordering::is_eq),
    }
}

fn chosen(kinds: &[&Kind], values: &[Value]) -> Value {
    let place = if values[0].truth() { 1 } else { 2 };
    if kinds[1].name() == kinds[2].name() {
        return values[place].clone();
    }
    Value::Text(to_text(kinds[place], &values[place]))
}

fn is_blank(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Text(text) => text.is_empty(),
        Value::Raw(raw) => raw.as_array().is_some_and(Vec::is_empty),
        _ => false,
    }
}

fn passes(name: &str, found: Ordering) -> bool {
    match name {
        "greater_than" => found.is_gt(),
        "greater_than_or_equal" => found.is_ge(),
        "less_than" => found.is_lt(),
        _ => found.is_le(),
    }
}

/// How two values of one type compare; `None` when one of them is null. PostgreSQL has what is no number above all that are.
pub(super) fn ordering(left: &Value, right: &Value) -> Option<Ordering> {
    match (left, right) {
        (Value::Number(left), Value::Number(right)) | (Value::Duration(left), Value::Duration(right)) => {
            Some(left.cmp(right))
        }
        (Value::NotANumber, Value::NotANumber) => Some(Ordering::Equal),
        (Value::NotANumber, Value::Number(_)) => Some(Ordering::Greater),
        (Value::Number(_), Value::NotANumber) => Some(Ordering::Less),
        (Value::Day(left), Value::Day(right)) => Some(left.cmp(right)),
        (Value::Moment(_) | Value::Day(_), Value::Moment(_) | Value::Day(_)) => {
            Some(moment(left)?.cmp(&moment(right)?))
        }
        _ => None,
    }
}

fn moment(value: &Value) -> Option<jiff::civil::DateTime> {
    match value {
        Value::Moment(moment) => Some(moment.to_zoned(TimeZone::UTC).datetime()),
        Value::Day(day) => Some(day.at(0, 0, 0, 0)),
        _ => None,
    }
}

fn one_of_two(values: Vec<Value>, wanted: Ordering) -> Value {
    let known = values.into_iter().filter(|value| !value.is_null());
    known
        .reduce(|best, next| if ordering(&next, &best) == Some(wanted) { next } else { best })
        .unwrap_or(Value::Null)
}

fn numbers(name: &str, values: &[Value]) -> Value {
    let (Some(first), second) = (values[0].number(), values.get(1)) else { return not_a_number(name) };
    let second = match second {
        None => &BigDecimal::zero(),
        Some(second) => match second.number() {
            Some(second) => second,
            None => return not_a_number(name),
        },
    };
    let two = BigDecimal::from(2);
    let number = match name {
        "add" => first + second,
        "minus" => first - second,
        "multiply" => first * second,
        "divide" | "mod" if second.is_zero() => return Value::NotANumber,
        "divide" => first / second,
        "mod" => first % second,
        "abs" => first.abs(),
        "ceil" => first.with_scale_round(0, RoundingMode::Ceiling),
        "floor" => first.with_scale_round(0, RoundingMode::Floor),
        "int" | "trunc" => truncated(first),
        "round" => {
            // More digits than a number can have change nothing.
            first.with_scale_round(count(second).clamp(-60, 60), RoundingMode::HalfUp)
        }
        "sign" => match first.sign() {
            Sign::Minus => BigDecimal::from(-1),
            Sign::NoSign => BigDecimal::zero(),
            Sign::Plus => BigDecimal::from(1),
        },
        "even" => return Value::Boolean((first % two).is_zero()),
        _ => return Value::Boolean(!(first % two).is_zero()),
    };
    Value::Number(number)
}

fn not_a_number(name: &str) -> Value {
    if matches!(name, "even" | "odd") { Value::Boolean(false) } else { Value::NotANumber }
}

fn part_of_date(name: &str, value: &Value) -> Value {
    let Some(moment) = moment(value) else { return Value::Null };
    let number = match name {
        "day" => i64::from(moment.day()),
        "month" => i64::from(moment.month()),
        "year" => i64::from(moment.year()),
        _ => i64::from(moment.second()),
    };
    Value::Number(number.into())
}

fn texts(name: &str, values: &[Value]) -> Value {
    let text = values[0].text();
    let second = values.get(1).map_or("", Value::text);
    let many = |place: usize| values.get(place).and_then(Value::number).map_or(0, count);
    let number = |number: usize| Value::Number(BigDecimal::from(number as u64));
    match name {
        "lower" => Value::Text(text.to_lowercase()),
        "upper" => Value::Text(text.to_uppercase()),
        "trim" => Value::Text(text.trim().to_owned()),
        "reverse" => Value::Text(text.chars().rev().collect()),
        "length" => number(text.chars().count()),
        "search" => number(place_of(text, second)),
        "contains" => Value::Boolean(place_of(text, second) != 0),
        "replace" if second.is_empty() => Value::Text(text.to_owned()),
        "replace" => Value::Text(text.replace(second, values[2].text())),
        "left" => match &values[1] {
            Value::NotANumber => Value::Null,
            _ => Value::Text(text.chars().take(kept(text, many(1))).collect()),
        },
        "right" => match &values[1] {
            Value::NotANumber => Value::Null,
            _ => {
                let length = text.chars().count();
                Value::Text(text.chars().skip(length.saturating_sub(kept(text, many(1)))).collect())
            }
        },
        "split_part" => Value::Text(part(text, second, many(2)).to_owned()),
        _ => read_number(text.trim()),
    }
}

/// Where a text begins in another, in characters from one; zero when it is not in it.
fn place_of(text: &str, wanted: &str) -> usize {
    text.find(wanted).map_or(0, |at| text[..at].chars().count() + 1)
}

/// How many characters `left` and `right` keep: fewer than none leaves so many out.
fn kept(text: &str, wanted: i64) -> usize {
    let length = i64::try_from(text.chars().count()).unwrap_or(i64::MAX);
    let kept = if wanted < 0 { length.saturating_add(wanted) } else { wanted.min(length) };
    usize::try_from(kept.max(0)).unwrap_or_default()
}

fn part<'t>(text: &'t str, separator: &str, wanted: i64) -> &'t str {
    let Some(place) = usize::try_from(wanted).ok().and_then(|wanted| wanted.checked_sub(1)) else {
        return "";
    };
    if separator.is_empty() {
        return if place == 0 { text } else { "" };
    }
    text.split(separator).nth(place).unwrap_or_default()
}

/// The number that a text is. What has more digits than a number of the product can have (50 and 10 decimals) is none.
fn read_number(text: &str) -> Value {
    let fits =
        |number: &BigDecimal| number.digits() <= 60 && (-60..=60).contains(&number.fractional_digit_count());
    text.parse().ok().filter(fits).map_or(Value::NotANumber, Value::Number)
}
