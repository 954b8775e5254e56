//! The clients against servers that answer truth and nonsense.
#![cfg(all(
    feature = "baserow",
    feature = "lowcoder",
    feature = "passwords",
    feature = "qore",
    feature = "tooljet"
))]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on may stop")]

mod answers;
mod attempts;
mod baserow;
mod deadlines;
mod lowcoder;
mod nonsense;
mod passwords;
mod qore;
mod requests;
mod round_trip;
mod secrets;
mod support;
mod tls;
mod truth;
