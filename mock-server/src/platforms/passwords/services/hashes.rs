//! Hashes of passwords that everybody knows.

use serde_json::Value;

use super::super::status;
use crate::outcome::Outcome;

/// Characters of a range.
const LENGTHS: std::ops::RangeInclusive<usize> = 5..=40;

/// The hashes that begin with the range. Upper case finds nothing (facts: passwords 8).
pub(in super::super) fn breached(range: &str) -> Result<Value, Outcome> {
    if !LENGTHS.contains(&range.chars().count()) {
        return Err(Outcome::new("range-invalid", "Invalid range"));
    }
    let found: Vec<&str> = status::breached_range(range).collect();
    if found.is_empty() {
        return Err(Outcome::new("no-hashes", "no known password has such a hash"));
    }
    Ok(found.into())
}
