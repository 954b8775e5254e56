//! What stays the same while an operation runs.

use std::cell::Cell;
use std::sync::Arc;

use serde_json::Value;

use crate::action::ActionTable;
use crate::authenticate::Callers;
use crate::inputs::Inputs;
use crate::model::Model;
use crate::scope::{Bindings, Scope};
use crate::state::State;

/// A request and whom it comes from.
#[derive(Clone, Copy)]
pub(crate) struct Request<'a> {
    pub(crate) model: &'a Model,
    pub(crate) inputs: &'a Inputs,
    pub(crate) callers: &'a Callers,
    pub(crate) actions: &'a Arc<dyn ActionTable>,
    /// The body, where one step may have it for good.
    pub(crate) body: Option<&'a Cell<Option<Value>>>,
}

impl<'a> Request<'a> {
    /// The body itself, where it is handed over.
    pub(crate) fn take_body(&self) -> Option<Value> {
        self.body.and_then(Cell::take)
    }

    /// What expressions see.
    pub(crate) fn scope<'b>(&self, state: &'b State, bindings: &'b Bindings) -> Scope<'b>
    where
        'a: 'b,
    {
        Scope {
            model: self.model,
            state,
            inputs: self.inputs,
            callers: self.callers,
            bindings,
            outcome: None,
            record: None,
            item: None,
            credential: None,
            claims: None,
            fault: None,
            trace: None,
            depth: 0,
        }
    }
}
