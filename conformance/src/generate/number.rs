//! Numbers within bounds.

use serde_json::{Number, Value};
use tercet_spec::contract::Schema;

use super::Chance;

/// Inclusive bounds of an integer schema; `None` where a side is open.
pub(super) fn integer_bounds(schema: &Schema) -> (Option<i128>, Option<i128>) {
    let whole = |number: &Number| {
        number.as_i128().or_else(|| number.as_f64().filter(|f| f.is_finite()).map(|f| f.floor() as i128))
    };
    let up = |number: &Number| {
        number.as_i128().or_else(|| number.as_f64().filter(|f| f.is_finite()).map(|f| f.ceil() as i128))
    };
    let low = [
        schema.range.0.as_ref().and_then(up),
        schema.exclusive_range.0.as_ref().and_then(whole).map(|bound| bound.saturating_add(1)),
        format_bounds(schema).map(|(low, _)| low),
    ];
    let high = [
        schema.range.1.as_ref().and_then(whole),
        schema.exclusive_range.1.as_ref().and_then(up).map(|bound| bound.saturating_sub(1)),
        format_bounds(schema).map(|(_, high)| high),
    ];
    // What is beyond JSON's integers is no bound that could be met.
    let near = |bound: i128| bound.clamp(-FAR, FAR);
    (low.into_iter().flatten().max().map(near), high.into_iter().flatten().min().map(near))
}

/// Beyond every integer that is written as one.
const FAR: i128 = 1 << 70;

/// What a format of OpenAPI says about size (3.0.3, "Data Types").
fn format_bounds(schema: &Schema) -> Option<(i128, i128)> {
    match schema.format.as_deref()? {
        "int32" => Some((i32::MIN.into(), i32::MAX.into())),
        "int64" => Some((i64::MIN.into(), i64::MAX.into())),
        _ => None,
    }
}

/// An integer that the schema allows; `None` when it allows none.
pub(super) fn integer(schema: &Schema, chance: &mut Chance) -> Option<Value> {
    let (low, high) = integer_bounds(schema);
    let step = schema.multiple_of.as_ref().and_then(Number::as_i128).filter(|step| *step > 0).unwrap_or(1);
    let (low, high) = match (low, high) {
        (Some(low), Some(high)) => (low, high),
        (Some(low), None) => (low, low.saturating_add(1000 * step)),
        (None, Some(high)) => (high.saturating_sub(1000 * step), high),
        (None, None) => (0, 1000 * step),
    };
    // Small numbers first: a limit of nine digits is allowed and helps nobody.
    let (low, high) =
        if low <= 0 && high >= 0 { (low.max(-50 * step), high.min(1000 * step)) } else { (low, high) };
    let (first, last) = (div_up(low, step), high.div_euclid(step));
    if first > last {
        return None;
    }
    let span = i64::try_from((last - first).min(1000)).ok()?;
    let chosen = (first + i128::from(chance.between(0, span))) * step;
    of_i128(chosen)
}

/// A number that the schema allows; `None` when it allows none.
pub(super) fn number(schema: &Schema, chance: &mut Chance) -> Option<Value> {
    let bound = |number: &Option<Number>| number.as_ref().and_then(Number::as_f64);
    let low = bound(&schema.range.0).into_iter().chain(bound(&schema.exclusive_range.0)).reduce(f64::max);
    let high = bound(&schema.range.1).into_iter().chain(bound(&schema.exclusive_range.1)).reduce(f64::min);
    let (low, high) = match (low, high) {
        (Some(low), Some(high)) if low > high => return None,
        (Some(low), Some(high)) => (low, high),
        (Some(low), None) => (low, low + 1000.0),
        (None, Some(high)) => (high - 1000.0, high),
        (None, None) => (0.0, 1000.0),
    };
    if let Some(step) = bound(&schema.multiple_of).filter(|step| *step > 0.0) {
        return multiple(schema, step, (low, high), chance);
    }
    // Between, never at, the bounds; in quarters, which every reader keeps exactly.
    let inner = low + (high - low) * (0.25 + 0.5 * chance.fraction());
    let quarter = (inner * 4.0).round() / 4.0;
    let value = if quarter > low && quarter < high { quarter } else { inner };
    Number::from_f64(value).map(Value::Number)
}

/// A multiple of a step, without the noise of binary fractions: `0.03`, not `0.030000000000000002`.
fn multiple(schema: &Schema, step: f64, (low, high): (f64, f64), chance: &mut Chance) -> Option<Value> {
    let parts = (1.0 / step).round();
    let decimal = parts >= 1.0 && (parts * step - 1.0).abs() < 1e-9;
    let times = |times: f64| if decimal { times / parts } else { times * step };
    let open = |bound: &Option<Number>| bound.as_ref().and_then(Number::as_f64);
    let (least, most) = (open(&schema.exclusive_range.0), open(&schema.exclusive_range.1));
    let fits = |value: f64| {
        (low..=high).contains(&value)
            && least.is_none_or(|least| value > least)
            && most.is_none_or(|most| value < most)
    };
    let (first, last) = ((low / step).floor(), (high / step).ceil());
    // Quarters first, where they are multiples: every reader keeps them exactly.
    let quarters = (0..4).map(|_| ((low + (high - low) * chance.fraction()) * 4.0).round() / 4.0);
    let whole = |value: &f64| (value / step - (value / step).round()).abs() < 1e-9;
    let quarters: Vec<f64> = quarters.filter(|value| *value > low && *value < high && whole(value)).collect();
    let drawn = (0..16).map(|_| times((first + (last - first) * chance.fraction()).round()));
    let drawn: Vec<f64> = drawn.collect();
    let edges = (0..4).flat_map(|by| [times(first + f64::from(by)), times(last - f64::from(by))]);
    let found = quarters.into_iter().chain(drawn).chain(edges).find(|value| fits(*value))?;
    Number::from_f64(found).map(Value::Number)
}

fn div_up(value: i128, step: i128) -> i128 {
    -(-value).div_euclid(step)
}

/// An integer of JSON; `None` when it is too large to be written as one.
pub(super) fn of_i128(value: i128) -> Option<Value> {
    i64::try_from(value).ok().map(Value::from).or_else(|| u64::try_from(value).ok().map(Value::from))
}
