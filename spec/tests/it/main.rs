//! Tests of the crate through its public door.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

mod codes;
mod door;
mod drawn;
mod foreign;
mod habits;
mod language;
mod leading;
mod overlay;
mod planted;
mod rights;
mod schemas;
mod served;
mod silence;
mod support;
mod texts;
mod tidy;
mod torture;
mod vocabulary;
