//! Functions of numbers.

use std::cmp::Ordering;

use bigdecimal::num_bigint::Sign;
use bigdecimal::{BigDecimal, One, RoundingMode, Zero};

use super::call::{Call, ordering};
use super::number::{count, truncated};
use super::scientific;
use super::value::Value;

pub(super) fn run(call: &Call<'_>) -> Value {
    match (call.name, call.value(0)) {
        ("greatest", _) => one_of_two(&call.values, Ordering::Greater),
        ("least", _) => one_of_two(&call.values, Ordering::Less),
        ("is_nan", value) => Value::Boolean(matches!(value, Value::NotANumber)),
        ("when_nan", Value::NotANumber) => call.value(1).clone(),
        ("when_nan", value) => value.clone(),
        (name, _) => compute(name, &call.values),
    }
}

fn one_of_two(values: &[Value], wanted: Ordering) -> Value {
    let known = values.iter().filter(|value| !value.is_null());
    let better = |best, next| if ordering(next, best) == Some(wanted) { next } else { best };
    known.reduce(better).cloned().unwrap_or(Value::Null)
}

fn compute(name: &str, values: &[Value]) -> Value {
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
        "mod" if second.is_zero() => return Value::NotANumber,
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
            Sign::Plus => BigDecimal::one(),
        },
        "even" => return Value::Boolean((first % two).is_zero()),
        // The remainder of a negative number is negative: upstream compares it with one all the same.
        "odd" => return Value::Boolean((first % two).is_one()),
        "exp" => return scientific::value(scientific::exp(first)),
        "ln" => return scientific::value(scientific::ln(first)),
        "sqrt" => return scientific::value(first.sqrt()),
        "power" => return scientific::value(scientific::power(first, second)),
        _ => return scientific::value(scientific::log(first, second)),
    };
    Value::Number(number)
}

fn not_a_number(name: &str) -> Value {
    if matches!(name, "even" | "odd") { Value::Boolean(false) } else { Value::NotANumber }
}
