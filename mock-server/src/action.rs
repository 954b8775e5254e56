//! Named actions: effects written in Rust, for what a document cannot say.

use serde_json::{Map, Value};

use crate::outcome::Outcome;

/// The named actions of a platform. The generated adapter implements it on top of a trait with one typed method per action.
pub trait ActionTable: Send + Sync {
    /// The names of the actions it has.
    fn names(&self) -> &[&str];

    /// Runs an action with its input.
    ///
    /// # Errors
    /// The outcome it ends in, which must be one that the step's `outcomes` names.
    fn call(
        &self,
        name: &str,
        context: &mut ActionContext<'_>,
        input: Map<String, Value>,
    ) -> Result<Value, Outcome>;
}

/// No actions.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoActions;

impl ActionTable for NoActions {
    fn names(&self) -> &[&str] {
        &[]
    }

    fn call(&self, name: &str, _: &mut ActionContext<'_>, _: Map<String, Value>) -> Result<Value, Outcome> {
        Err(Outcome::new("internal", format!("there is no action `{name}`")))
    }
}

/// What an action can see and do. Everything it writes is part of the operation's transaction.
pub struct ActionContext<'a> {
    marker: std::marker::PhantomData<&'a ()>,
}
