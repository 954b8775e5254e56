//! Texts that must be numbers, and numbers with so many decimals: what of them JSON Schema can say, and a value that fits where it cannot.

use serde_json::{Value, json};

use super::rules::{Schema, is_number, is_text, number, put};
use crate::platforms::qore::application::{Field, Rule};

/// Rules that mean numbers where one of the first three stands beside them.
const NUMERIC: [&str; 3] = ["numeric", "integer", "decimal"];
const SIZES: [&str; 4] = ["min", "max", "between", "size"];

/// Ranges with more numbers in them are not written out.
const FEW: i64 = 200;

/// Whether a rule is said here.
pub(super) fn takes(field: &Field, rule: &Rule) -> bool {
    let name = rule.name.as_str();
    if is_number(field) {
        return name == "decimal";
    }
    is_numeric_text(field) && (NUMERIC.contains(&name) || SIZES.contains(&name))
}

fn is_numeric_text(field: &Field) -> bool {
    is_text(field) && NUMERIC.iter().any(|name| field.has_rule(name))
}

/// Writes into a schema what a field's rules say of its numbers. Gives whether that is all that there is to say.
pub(super) fn apply(field: &Field, schema: &mut Schema) -> bool {
    if is_number(field) {
        return decimals(field).is_none_or(|(least, _)| decimal(field, schema, least));
    }
    if !is_numeric_text(field) {
        return true;
    }
    let (low, high) = range(field);
    let bounded = field.rules.iter().any(|rule| SIZES.contains(&rule.name.as_str()));
    let of_digits = ["digits", "digits_between"].iter().any(|name| field.has_rule(name));
    if of_digits && !bounded && decimals(field).is_none() {
        return true;
    }
    if let (true, Some(low), Some(high)) = (field.has_rule("integer"), whole(low), whole(high))
        && (0..=FEW).contains(&high.saturating_sub(low))
    {
        let all: Vec<String> = (low..=high).map(|one| one.to_string()).collect();
        return put(schema, "pattern", format!("^({})$", all.join("|")).into());
    }
    let pattern = match decimals(field) {
        Some((least, most)) => format!(r"^-?[1-9][0-9]{{0,5}}\.[0-9]{{{least},{most}}}$"),
        None if field.has_rule("integer") => "^(0|-?[1-9][0-9]{0,8})$".to_owned(),
        None => r"^(0|-?[1-9][0-9]{0,5})(\.[0-9]{1,3})?$".to_owned(),
    };
    let said = put(schema, "pattern", pattern.into());
    if !bounded {
        return said;
    }
    // Which of them are small or large enough, no pattern says.
    let fitting = fitting(field, low, high);
    only(schema, fitting.map(|number| json!(number.to_string())));
    false
}

/// A number with so many decimals: of those that JSON writes without noughts at the end, one.
fn decimal(field: &Field, schema: &mut Schema, least: u32) -> bool {
    let (low, high) = range(field);
    let parts = 10_f64.powi(i32::try_from(least).unwrap_or(i32::MAX));
    let first = low.map_or(1.0, f64::floor);
    // The last decimal is 5: with it there are as many as are asked for.
    let candidates = [0.0, 1.0].map(|by| ((first + by) * parts + 5.0) / parts);
    let fits = |value: &f64| low.is_none_or(|low| *value >= low) && high.is_none_or(|high| *value <= high);
    only(schema, candidates.into_iter().find(fits).filter(|_| least > 0).map(|value| json!(value)));
    least == 0
}

/// An example that is the default: no other value is known to fit.
fn only(schema: &mut Schema, value: Option<Value>) {
    if let Some(value) = value {
        schema.insert("example".to_owned(), value.clone());
        schema.insert("default".to_owned(), value);
    }
}

fn fitting(field: &Field, low: Option<f64>, high: Option<f64>) -> Option<f64> {
    let fits = |value: &f64| low.is_none_or(|low| *value >= low) && high.is_none_or(|high| *value <= high);
    let near = low.map(f64::ceil).or_else(|| high.map(f64::floor));
    let exact = low.filter(|_| !field.has_rule("integer"));
    [Some(1.0), near, exact].into_iter().flatten().find(fits)
}

/// The least and the largest number, as far as rules bound it.
fn range(field: &Field) -> (Option<f64>, Option<f64>) {
    let (mut low, mut high) = (None::<f64>, None::<f64>);
    for rule in &field.rules {
        let at = |at: usize| rule.parameters.get(at).and_then(|text| number(text)?.as_f64());
        let (least, most) = match rule.name.as_str() {
            "min" | "gte" => (at(0), None),
            "max" | "lte" => (None, at(0)),
            "between" => (at(0), at(1)),
            "size" => (at(0), at(0)),
            _ => continue,
        };
        low = low.into_iter().chain(least).reduce(f64::max);
        high = high.into_iter().chain(most).reduce(f64::min);
    }
    (low, high)
}

#[allow(clippy::cast_possible_truncation, reason = "what is beyond is no bound that is written out")]
fn whole(bound: Option<f64>) -> Option<i64> {
    bound.filter(|bound| bound.fract() == 0.0 && bound.abs() < 1e15).map(|bound| bound as i64)
}

/// How many decimals there must be, and may be.
fn decimals(field: &Field) -> Option<(u32, u32)> {
    let rule = field.rules.iter().find(|rule| rule.name == "decimal")?;
    let least = rule.parameters.first()?.parse().ok()?;
    Some((least, rule.parameters.get(1).and_then(|most| most.parse().ok()).unwrap_or(least)))
}
