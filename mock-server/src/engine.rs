//! The engine: a pure function of contract, state, clock, chance and request.

use std::collections::BTreeMap;
use std::sync::Arc;

use bytes::Bytes;
use serde_json::Value;
use tercet_spec::{Contract, Diagnostic, Pointer};

use crate::action::ActionTable;
use crate::entropy::Clock;
use crate::inputs::Inputs;
use crate::outcome::Outcome;
use crate::state::{State, Transaction};

/// What an engine is made with besides its contract.
#[derive(Clone)]
pub struct EngineOptions {
    /// Settings that differ from the document's defaults. `JWT_SECRET` signs tokens, whether the document declares it or not.
    pub settings: BTreeMap<String, Value>,
    /// What chance is drawn from: the same seed gives the same ids and tokens.
    pub seed: u64,
    /// The clock.
    pub clock: Clock,
    /// The named actions.
    pub actions: Arc<dyn ActionTable>,
}

/// A contract made ready to serve. Operations are named by their index in `contract.operations`.
///
/// The order of calls for a request: `authenticate` → (validation) → `begin`, `apply`, `commit` → `answer`.
pub struct Engine {
    contract: Arc<Contract>,
    options: EngineOptions,
}

/// Credentials as they were presented. `header` is asked with names in lower case.
pub trait Presented {
    /// A header's value.
    fn header(&self, name: &str) -> Option<&str>;
    /// A query parameter's value, percent-decoded.
    fn query(&self, name: &str) -> Option<&str>;
    /// A cookie's value.
    fn cookie(&self, name: &str) -> Option<&str>;
}

/// Whom the credentials belong to. The default is nobody.
#[derive(Clone, Debug, Default)]
pub struct Callers {}

impl Callers {
    /// Whether the credentials remember that they were used (`x-assign … at: used`), so that [`Engine::touch`] must run.
    #[must_use]
    pub fn touches(&self) -> bool {
        unimplemented!()
    }
}

/// What an operation's effect produced.
#[derive(Clone, Debug, Default)]
pub struct Produced {}

/// An answer, ready to be sent.
#[derive(Clone, Debug, Default)]
pub struct Answer {
    /// The status code.
    pub status: u16,
    /// Names as the document writes them (`Content-Type` among them where there is a body) and values.
    pub headers: Vec<(String, String)>,
    /// The body; empty for none. `Content-Length` is left to the server.
    pub body: Bytes,
    /// The outcome's name; `ok` when all went well.
    pub outcome: String,
    /// Why it is as it is, for log and journal: the outcome, its sentence, and what was missing in the document if something was.
    pub explanation: String,
    /// The response in the document that was followed.
    pub response: Option<Pointer>,
}

impl Engine {
    /// Makes a contract ready to serve, its seeds included.
    ///
    /// # Errors
    /// What stands in the way, each with its place in the document: a missing action, a seed that breaks a rule, a pattern
    /// that is no regular expression, a setting that does not fit its schema.
    pub fn new(contract: Arc<Contract>, options: EngineOptions) -> Result<Self, Vec<Diagnostic>> {
        Ok(Self { contract, options })
    }

    /// The contract it serves.
    #[must_use]
    pub fn contract(&self) -> &Contract {
        &self.contract
    }

    /// The clock. Ask it once for each request, for [`Inputs::now`].
    #[must_use]
    pub fn clock(&self) -> &Clock {
        &self.options.clock
    }

    /// A setting's value.
    #[must_use]
    pub fn setting(&self, _name: &str) -> Option<&Value> {
        unimplemented!()
    }

    /// The state with the document's seeds. Always the same for one engine.
    #[must_use]
    pub fn initial_state(&self) -> State {
        unimplemented!()
    }

    /// Reads a state that [`State::to_json`] wrote, or a person.
    ///
    /// # Errors
    /// Everything wrong with it, a sentence each.
    pub fn restore(&self, _json: &Value) -> Result<State, Vec<String>> {
        unimplemented!()
    }

    /// Tests `x-conduct`'s preconditions, which come before everything else.
    ///
    /// # Errors
    /// The outcome of the first that does not hold.
    pub fn guard(&self, _state: &State, _inputs: &Inputs) -> Result<(), Outcome> {
        unimplemented!()
    }

    /// The largest body in bytes, and the outcome of a larger one; `None` for no limit.
    #[must_use]
    pub fn body_limit(&self, _state: &State, _inputs: &Inputs) -> Option<(u64, &str)> {
        unimplemented!()
    }

    /// Finds out who is calling.
    ///
    /// # Errors
    /// `unauthenticated` when no alternative of the operation's `security` is met.
    pub fn authenticate(
        &self,
        _state: &State,
        _operation: usize,
        _inputs: &Inputs,
        _presented: &dyn Presented,
    ) -> Result<Callers, Outcome> {
        unimplemented!()
    }

    /// Whether the operation can change the state. One that cannot needs no writer's turn: give `apply` a transaction and drop it.
    #[must_use]
    pub fn writes(&self, _operation: usize) -> bool {
        unimplemented!()
    }

    /// Whether the operation has an effect. One that has none is answered by [`Engine::example_answer`].
    #[must_use]
    pub fn has_effect(&self, operation: usize) -> bool {
        !self.contract.operations[operation].effect.is_empty()
    }

    /// Notes on the callers' credentials that they were used.
    pub fn touch(&self, _tx: &mut Transaction, _inputs: &Inputs, _callers: &Callers) {
        unimplemented!()
    }

    /// Does what the operation does.
    ///
    /// # Errors
    /// The outcome it ended in; the transaction is then as it was.
    pub fn apply(
        &self,
        _tx: &mut Transaction,
        _operation: usize,
        _inputs: &Inputs,
        _callers: &Callers,
    ) -> Result<Produced, Outcome> {
        unimplemented!()
    }

    /// Answers a request that an operation matched. `state` is the state after the effect.
    #[must_use]
    pub fn answer(
        &self,
        _state: &State,
        _operation: usize,
        _inputs: &Inputs,
        _callers: &Callers,
        _ended: Result<Produced, Outcome>,
    ) -> Answer {
        unimplemented!()
    }

    /// Answers a request that no operation matched or that a guard refused, by `x-conduct`'s responses.
    #[must_use]
    pub fn answer_default(&self, _state: &State, _inputs: &Inputs, _outcome: &Outcome) -> Answer {
        unimplemented!()
    }

    /// Answers for an operation without an effect: from its examples, else with values made from its schema.
    /// `status` and `example` are wishes (`Prefer: code=404, example=NAME`).
    #[must_use]
    pub fn example_answer(
        &self,
        _operation: usize,
        _inputs: &Inputs,
        _status: Option<u16>,
        _example: Option<&str>,
    ) -> Answer {
        unimplemented!()
    }
}
