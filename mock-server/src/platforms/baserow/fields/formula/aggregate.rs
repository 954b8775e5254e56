//! Functions that make one value of many.

use bigdecimal::{BigDecimal, Zero};
use serde_json::Value as Json;

use super::call::ordering;
use super::kind::Kind;
use super::number::count;
use super::value::Value;

/// What an aggregate gives. Nulls are left out; of no number it is zero.
pub(super) fn aggregate(name: &str, kind: &Kind, values: &[Value], rest: &[Value]) -> Value {
    if matches!(name, "count" | "get_file_count") {
        return Value::Number(BigDecimal::from(values.len() as u64));
    }
    let known: Vec<&Value> = values.iter().filter(|value| !value.is_null()).collect();
    match name {
        "any" => return Value::Boolean(known.iter().any(|value| value.truth())),
        "every" => return Value::Boolean(!known.is_empty() && known.iter().all(|value| value.truth())),
        "join" => {
            let separator = rest.first().map_or("", Value::text);
            return Value::Text(values.iter().map(Value::text).collect::<Vec<_>>().join(separator));
        }
        "has_option" => {
            let wanted = rest.first().map_or("", Value::text);
            return Value::Boolean(known.iter().any(|value| has(value, wanted)));
        }
        "index" => return at(values, rest.first()),
        "min" => return extreme(&known, kind, std::cmp::Ordering::Less),
        "max" => return extreme(&known, kind, std::cmp::Ordering::Greater),
        _ => {}
    }
    if known.iter().any(|value| matches!(value, Value::NotANumber)) {
        return Value::NotANumber;
    }
    let numbers: Vec<&BigDecimal> = known.iter().filter_map(|value| value.number()).collect();
    let number = match name {
        "sum" => numbers.iter().copied().sum(),
        "avg" => mean(&numbers),
        "variance_pop" => variance(&numbers, 0),
        "variance_sample" => variance(&numbers, 1),
        "stddev_pop" => root(&variance(&numbers, 0)),
        _ => root(&variance(&numbers, 1)),
    };
    of_kind(kind, number)
}

/// Whether an option, or one of several, has that name.
fn has(value: &Value, wanted: &str) -> bool {
    let named = |option: &Json| option.get("value").and_then(Json::as_str) == Some(wanted);
    match value {
        Value::Raw(Json::Array(options)) => options.iter().any(named),
        Value::Raw(option) => named(option),
        _ => false,
    }
}

/// The value at a place, counted from zero; from the end where the place is negative.
fn at(values: &[Value], place: Option<&Value>) -> Value {
    let place = place.and_then(Value::number).filter(|place| place.is_integer()).map(count);
    let found = place.and_then(|place| match usize::try_from(place) {
        Ok(place) => values.get(place),
        Err(_) => {
            let back = usize::try_from(place.unsigned_abs()).ok()?;
            values.get(values.len().checked_sub(back)?)
        }
    });
    found.cloned().unwrap_or(Value::Null)
}

fn of_kind(kind: &Kind, number: BigDecimal) -> Value {
    if matches!(kind, Kind::Duration(_)) { Value::Duration(number) } else { Value::Number(number) }
}

fn extreme(values: &[&Value], kind: &Kind, wanted: std::cmp::Ordering) -> Value {
    let better = |best: &'_ Value, next: &'_ Value| ordering(next, best) == Some(wanted);
    let best = values.iter().copied().reduce(|best, next| if better(best, next) { next } else { best });
    match (best, kind) {
        (Some(best), _) => best.clone(),
        (None, Kind::Number(_) | Kind::Duration(_)) => of_kind(kind, BigDecimal::zero()),
        (None, _) => Value::Null,
    }
}

fn mean(numbers: &[&BigDecimal]) -> BigDecimal {
    if numbers.is_empty() {
        return BigDecimal::zero();
    }
    numbers.iter().copied().sum::<BigDecimal>() / BigDecimal::from(numbers.len() as u64)
}

fn variance(numbers: &[&BigDecimal], freedom: usize) -> BigDecimal {
    if numbers.len() <= freedom {
        return BigDecimal::zero();
    }
    let mean = mean(numbers);
    let squares = numbers.iter().map(|number| (*number - &mean).square()).sum::<BigDecimal>();
    squares / BigDecimal::from((numbers.len() - freedom) as u64)
}

fn root(number: &BigDecimal) -> BigDecimal {
    number.sqrt().unwrap_or_default()
}
