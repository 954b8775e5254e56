//! Tests of the crate through its public door.

mod codes;
mod foreign;
mod language;
mod planted;
mod schemas;
mod support;
mod texts;
mod tidy;
mod torture;
mod vocabulary;
