//! Decimal numbers as PostgreSQL's `numeric` has them: rounding goes away from zero at the half.

use bigdecimal::{BigDecimal, RoundingMode, ToPrimitive};

/// With exactly so many decimals.
pub(super) fn rounded(number: &BigDecimal, decimals: u32) -> BigDecimal {
    number.with_scale_round(i64::from(decimals), RoundingMode::HalfUp)
}

/// As text with exactly so many decimals.
pub(super) fn printed(number: &BigDecimal, decimals: u32) -> String {
    rounded(number, decimals).to_plain_string()
}

/// Without decimals, towards zero.
pub(super) fn truncated(number: &BigDecimal) -> BigDecimal {
    number.with_scale_round(0, RoundingMode::Down)
}

/// As a count, towards zero; beyond what a count can be, the most or least there is.
pub(super) fn count(number: &BigDecimal) -> i64 {
    truncated(number).to_i64().unwrap_or(if number.sign() == bigdecimal::num_bigint::Sign::Minus {
        i64::MIN
    } else {
        i64::MAX
    })
}
