//! Exponents and logarithms, exact far beyond the digits that a cell can have.

use std::sync::LazyLock;

use bigdecimal::num_bigint::Sign;
use bigdecimal::{BigDecimal, FromPrimitive, One, ToPrimitive, Zero};

use super::value::Value;

/// Digits that are kept: a cell has 50 at most, and 10 decimals.
const DIGITS: u64 = 90;

/// The number, or what is none.
pub(super) fn value(number: Option<BigDecimal>) -> Value {
    number.map_or(Value::NotANumber, Value::Number)
}

/// e to that power; `None` for one with more digits than a number can have.
pub(super) fn exp(power: &BigDecimal) -> Option<BigDecimal> {
    // e to the power of 120 has 53 digits before the point; of -120 it has 52 zeros after it.
    match power.to_f64()? {
        large if large > 120.0 => None,
        small if small < -120.0 => Some(BigDecimal::zero()),
        _ => Some(power.with_prec(DIGITS).exp()),
    }
}

/// The natural logarithm; `None` of what has none.
pub(super) fn ln(number: &BigDecimal) -> Option<BigDecimal> {
    static LN_OF_TEN: LazyLock<BigDecimal> = LazyLock::new(|| ln_of_digit(&BigDecimal::from(10)));
    if number.sign() != Sign::Plus {
        return None;
    }
    let (digits, scale) = number.with_prec(DIGITS).into_bigint_and_scale();
    let tens = BigDecimal::new(digits.clone(), 0).order_of_magnitude();
    let leading = BigDecimal::new(digits, tens);
    Some(ln_of_digit(&leading) + BigDecimal::from(tens - scale) * &*LN_OF_TEN)
}

/// Of a number from 1 to 10: a guess of 15 digits, each step (Halley's) has three times as many.
fn ln_of_digit(number: &BigDecimal) -> BigDecimal {
    let guess = number.to_f64().map_or(1.0, f64::ln);
    let mut found = BigDecimal::from_f64(guess).unwrap_or_default();
    for _ in 0..2 {
        let reached = found.exp();
        let step = BigDecimal::from(2) * (number - &reached) / (number + &reached);
        found = (found + step).with_prec(DIGITS);
    }
    found
}

/// The logarithm to a base; `None` where there is none.
pub(super) fn log(base: &BigDecimal, number: &BigDecimal) -> Option<BigDecimal> {
    let (base, number) = (ln(base)?, ln(number)?);
    if base.is_zero() { None } else { Some(number / base) }
}

/// A power; `None` where there is none, or one with more digits than a number can have.
pub(super) fn power(base: &BigDecimal, power: &BigDecimal) -> Option<BigDecimal> {
    if power.is_zero() {
        return Some(BigDecimal::one());
    }
    if base.is_zero() {
        return (power.sign() == Sign::Plus).then(BigDecimal::zero);
    }
    let negative = base.sign() == Sign::Minus;
    if negative && !power.is_integer() {
        return None;
    }
    let exponent = ln(&base.abs())? * power;
    let size = match power.to_i64().filter(|whole| whole.abs() <= 400 && power.is_integer()) {
        Some(whole) if exponent.to_f64()?.abs() <= 120.0 => base.abs().powi(whole),
        _ => exp(&exponent)?,
    };
    let odd = !(power % BigDecimal::from(2)).is_zero();
    Some(if negative && odd { -size } else { size })
}
