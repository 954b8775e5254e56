//! Small readings of records and of the instance that several areas share: those of every platform, and what comes of keys
//! that are numbers.

use serde_json::Value;

pub(super) use super::super::reading::{caller, flag, get, id, number, on, referred, text, value};
use crate::action::ActionContext;
use crate::outcome::Outcome;
use crate::state::Record;

/// The record's `id` as a number.
pub(super) fn key(record: &Record) -> u64 {
    number(record, "id")
}

/// An id of the API as the key that collections have; no record has 0.
pub(super) fn from_id(id: i64) -> u64 {
    u64::try_from(id).unwrap_or_default()
}

/// The whole numbers of a list.
pub(super) fn numbers(list: Option<&Value>) -> Vec<u64> {
    list.and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_u64).collect()
}

/// The one record of `instance`.
pub(super) fn instance(context: &ActionContext<'_>) -> Result<Record, Outcome> {
    get(context, "instance", 1)
}

/// A request on which the product crashes: refused as `instead` says, unless the mock is to crash as well.
pub(super) fn crash(context: &ActionContext<'_>, instead: Outcome) -> Outcome {
    if on(context, "PRODUCT_CRASHES") {
        Outcome::new("product-crash", "the product fails on this request")
    } else {
        instead
    }
}
