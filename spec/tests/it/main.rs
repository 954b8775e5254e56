//! Tests of the crate through its public door.

mod codes;
mod language;
mod planted;
mod schemas;
mod support;
mod texts;
mod torture;
mod vocabulary;
