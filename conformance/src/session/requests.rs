//! Sending, and the rules that every request must pass first.

use std::sync::Arc;

use serde_json::Value;

use super::own::{MadeUp, Nameable, Owned};
use super::state::Session;
use crate::reading::Use;
use crate::{Exchange, Inputs, Purpose, Stop};

/// What an unsafe request is aimed at. There is none for records that were there before.
#[derive(Clone, Copy, Debug)]
pub enum Aim<'a> {
    /// At nothing yet: it creates.
    New,
    /// At a record that this run created.
    Own(&'a Owned),
    /// At nobody.
    Nobody(&'a MadeUp),
}
