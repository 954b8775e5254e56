//! The engine: a pure function of contract, state, clock, chance and request.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use serde_json::Value;
use tercet_spec::contract::{AssignAt, Operation, SchemaId, SchemeUse};
use tercet_spec::{Contract, Diagnostic};

use crate::action::{ActionContext, ActionTable, NoActions};
use crate::assign::assign;
pub use crate::authenticate::{Callers, Presented};
use crate::authenticate::{authenticate, refused};
use crate::build;
use crate::defaults::{complete, completed};
use crate::effect::{Request, run};
use crate::entropy::Clock;
use crate::handover::hands_over;
use crate::inputs::Inputs;
use crate::model::Model;
use crate::outcome::Outcome;
pub use crate::render::Answer;
use crate::render::{Answering, Asked, Made, Plans, example_answer};
use crate::scope::{Bindings, Bound, Scope, Want};
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

impl Default for EngineOptions {
    /// The document's settings, seed 0, the system's clock, no actions.
    fn default() -> Self {
        Self { settings: BTreeMap::new(), seed: 0, clock: Clock::system(), actions: Arc::new(NoActions) }
    }
}

/// A contract made ready to serve. Operations are named by their index in `contract.operations`.
///
/// The order of calls for a request: [`guard`](Self::guard), [`authenticate`](Self::authenticate) and validation in the order that
/// `x-conduct` says, [`Transaction::begin`], [`apply`](Self::apply), [`Transaction::commit`], [`answer`](Self::answer).
pub struct Engine {
    model: Arc<Model>,
    plans: Plans,
    made: Made,
    initial: State,
    /// By operation: whether its effect can change records.
    writes: Vec<bool>,
    /// By operation: whether its effect may have the body for good.
    hands_over: Vec<bool>,
    /// By operation: the schema whose defaults complete its body.
    completed: Vec<Option<SchemaId>>,
    options: EngineOptions,
}

/// What an operation's effect has produced, with all of its steps or the first of them.
#[derive(Clone, Debug, Default)]
pub struct Produced {
    bindings: Bindings,
    /// How many of the steps have run.
    steps: usize,
}

impl Produced {
    /// What the response renders.
    #[must_use]
    pub fn result(&self) -> Option<&Bound<'static>> {
        self.bindings.result.as_ref()
    }
}

impl Engine {
    /// Makes a contract ready to serve, its seeds included.
    ///
    /// # Errors
    /// What stands in the way, each with its place in the document: a missing action, a seed that breaks a rule, a pattern
    /// that is no regular expression, a setting that does not fit its schema.
    pub fn new(contract: Arc<Contract>, options: EngineOptions) -> Result<Self, Vec<Diagnostic>> {
        let model = Arc::new(build::model(contract, &options)?);
        let writes =
            model.contract.operations.iter().map(|one| one.effect.iter().any(|step| !step.verb.reads()));
        let writes = writes.collect();
        let initial = build::initial_state(&model, &options)?;
        let hands_over = hands_over(&model.contract);
        let (plans, made) = (Plans::new(&model.contract), Made::new(options.seed));
        let completed = completed(&model.contract);
        Ok(Self { plans, made, writes, hands_over, completed, initial, model, options })
    }

    /// The contract it serves.
    #[must_use]
    pub fn contract(&self) -> &Contract {
        &self.model.contract
    }

    pub(crate) fn shared_contract(&self) -> Arc<Contract> {
        Arc::clone(&self.model.contract)
    }

    /// The clock. Ask it once for each request, for [`Inputs::now`].
    #[must_use]
    pub fn clock(&self) -> &Clock {
        &self.options.clock
    }

    /// A setting's value.
    #[must_use]
    pub fn setting(&self, name: &str) -> Option<&Value> {
        self.model.settings.get(name)
    }

    /// The state with the document's seeds. Always the same for one engine.
    #[must_use]
    pub fn initial_state(&self) -> State {
        self.initial.clone()
    }

    /// Reads a state that [`State::to_json`] wrote, or a person.
    ///
    /// # Errors
    /// Everything wrong with it, a sentence each.
    pub fn restore(&self, json: &Value) -> Result<State, Vec<String>> {
        State::from_json(&self.model, self.initial.entropy, self.options.actions.as_ref(), json)
    }

    /// Tests `x-conduct`'s preconditions, which come before everything else.
    ///
    /// # Errors
    /// The outcome of the first that does not hold.
    pub fn guard(&self, state: &State, inputs: &Inputs) -> Result<(), Outcome> {
        let (nobody, nothing) = (Callers::default(), Bindings::default());
        for guard in &self.model.contract.conduct.require {
            if !self.request(inputs, &nobody).scope(state, &nothing).holds(&guard.filter) {
                let sentence = "a precondition of every request does not hold";
                return Err(Outcome::new(guard.outcome.clone(), sentence));
            }
        }
        Ok(())
    }

    /// Tests what `x-conduct.unrouted` demands of a request that no operation has: the caller is whom the document's own
    /// `security` recognises, or nobody.
    ///
    /// # Errors
    /// The outcome of the first rule that does not hold, and the rule's index.
    pub(crate) fn unrouted(
        &self,
        state: &State,
        inputs: &Inputs,
        presented: &dyn Presented,
    ) -> Result<(), (usize, Outcome)> {
        let conduct = &self.model.contract.conduct;
        if conduct.unrouted.is_empty() {
            return Ok(());
        }
        let (nobody, nothing) = (Callers::default(), Bindings::default());
        let caller =
            authenticate(&self.request(inputs, &nobody), state, &conduct.unrouted_security, presented);
        let callers = caller.unwrap_or_default();
        let request = self.request(inputs, &callers);
        let scope = request.scope(state, &nothing);
        for (index, rule) in conduct.unrouted.iter().enumerate() {
            if !scope.holds(&rule.filter) {
                let sentence = "no operation has the path, or not with this method";
                return Err((index, Outcome::new(rule.outcome.clone(), sentence)));
            }
        }
        Ok(())
    }

    /// The largest body in bytes, and the outcome of a larger one; `None` for no limit.
    #[must_use]
    pub fn body_limit(&self, state: &State, inputs: &Inputs) -> Option<(u64, &str)> {
        let limit = self.model.contract.conduct.body_limit.as_ref()?;
        let (nobody, nothing) = (Callers::default(), Bindings::default());
        let request = self.request(inputs, &nobody);
        let size = request.scope(state, &nothing).eval(&limit.size, Want::One)?.into_json();
        Some((build::bytes(&size)?, limit.outcome.as_str()))
    }

    /// Finds out who is calling.
    ///
    /// # Errors
    /// `unauthenticated` when no alternative of the operation's `security` is met.
    pub fn authenticate(
        &self,
        state: &State,
        operation: usize,
        inputs: &Inputs,
        presented: &dyn Presented,
    ) -> Result<Callers, Outcome> {
        let nobody = Callers::default();
        let security = &self.model.contract.operations[operation].security;
        authenticate(&self.request(inputs, &nobody), state, security, presented)
    }

    /// The outcome of a credential that is presented for one of the alternatives and not recognised, unless another lets
    /// the caller in.
    pub(crate) fn refused(
        &self,
        state: &State,
        alternatives: &[Vec<SchemeUse>],
        inputs: &Inputs,
        presented: &dyn Presented,
    ) -> Option<Outcome> {
        let nobody = Callers::default();
        refused(&self.request(inputs, &nobody), state, alternatives, presented)
    }

    /// Whether the operation can change the state. One that cannot needs no writer's turn: give `apply` a transaction and drop it.
    #[must_use]
    pub fn writes(&self, operation: usize) -> bool {
        self.writes[operation]
    }

    /// Whether the operation has an effect. One that has none is answered by [`Engine::example_answer`].
    #[must_use]
    pub fn has_effect(&self, operation: usize) -> bool {
        !self.model.contract.operations[operation].effect.is_empty()
    }

    /// Notes on the callers' credentials that they were used.
    pub fn touch(&self, tx: &mut Transaction, inputs: &Inputs, callers: &Callers) {
        let nothing = Bindings::default();
        for record in callers.records() {
            // Between recognition and now it may have changed, or gone.
            let current = tx.state.table(record.collection()).get(record.sequence()).cloned();
            let Some(record) = current.filter(|_| self.model.collections[record.collection()].touched) else {
                continue;
            };
            let before = tx.clone();
            let mut fields = record.fields().clone();
            let place = (record.collection(), record.sequence());
            let request = self.request(inputs, callers);
            let done = assign(&request, &nothing, tx, place, &mut fields, AssignAt::Used, &|_| false)
                .and_then(|()| tx.replace(&record, fields));
            if done.is_err() {
                // A note that breaks a rule of the collection (a unique time of use, say) is not taken.
                *tx = before;
            }
        }
    }

    /// Runs the steps that come before the request is read (`before: request`). What of it they keep is in the
    /// transaction, also when one of them misses; the others have only read.
    ///
    /// # Errors
    /// The outcome of the first that misses.
    pub(crate) fn open(
        &self,
        tx: &mut Transaction,
        operation: usize,
        inputs: &Inputs,
        callers: &Callers,
        produced: &mut Produced,
    ) -> Result<(), Outcome> {
        let steps = &self.model.contract.operations[operation].effect;
        let first = steps.iter().take_while(|step| step.before_request).count();
        *produced = Produced { steps: first, ..Produced::default() };
        run(&self.request(inputs, callers), tx, &steps[..first], &mut produced.bindings)
    }

    /// Runs the steps that come before the body is validated (`before: validate`), on a state that stays as it is.
    ///
    /// # Errors
    /// The outcome of the first that misses.
    pub(crate) fn early(
        &self,
        state: &State,
        operation: usize,
        inputs: &Inputs,
        callers: &Callers,
        produced: &Produced,
    ) -> Result<(), Outcome> {
        let steps = &self.model.contract.operations[operation].effect[produced.steps..];
        let early = steps.iter().take_while(|step| step.before_validation).count();
        let mut forgotten = Transaction::begin(state);
        let mut bindings = produced.bindings.clone();
        run(&self.request(inputs, callers), &mut forgotten, &steps[..early], &mut bindings)
    }

    /// An answer without a body, with the headers of every answer.
    #[must_use]
    pub fn empty_answer(&self, state: &State, inputs: &Inputs, status: u16) -> Answer {
        let (nobody, nothing) = (Callers::default(), Bindings::default());
        let scope = self.request(inputs, &nobody).scope(state, &nothing);
        self.answering(scope, None).bare(status)
    }

    /// Does what the operation does.
    ///
    /// # Errors
    /// The outcome it ended in; the transaction is then as it was, but for what steps have kept (`keep: true`).
    pub fn apply(
        &self,
        tx: &mut Transaction,
        operation: usize,
        inputs: &Inputs,
        callers: &Callers,
    ) -> Result<Produced, Outcome> {
        let steps = &self.model.contract.operations[operation].effect;
        let mut completed = std::borrow::Cow::Borrowed(inputs);
        if self.completed[operation].is_some() {
            self.complete(operation, completed.to_mut());
        }
        let (request, before) = (self.request(&completed, callers), self.before(tx, operation));
        let mut bindings = Bindings::default();
        run(&request, tx, steps, &mut bindings)?;
        self.after(&request, tx, operation, &bindings, before)?;
        Ok(Produced { bindings, steps: steps.len() })
    }

    /// As [`apply`](Self::apply), from where `produced` has come to; and a body that only one step looks at is moved out of
    /// the inputs rather than copied.
    ///
    /// # Errors
    /// As [`apply`](Self::apply).
    pub(crate) fn go_on(
        &self,
        tx: &mut Transaction,
        operation: usize,
        inputs: &mut Inputs,
        callers: &Callers,
        produced: &mut Produced,
    ) -> Result<(), Outcome> {
        let steps = &self.model.contract.operations[operation].effect;
        let rest = &steps[std::mem::replace(&mut produced.steps, steps.len())..];
        self.complete(operation, inputs);
        let body = Cell::new(if self.hands_over[operation] { inputs.body.take() } else { None });
        let body = self.hands_over[operation].then_some(&body);
        let before = self.before(tx, operation);
        let request = Request { body, ..self.request(inputs, callers) };
        run(&request, tx, rest, &mut produced.bindings)?;
        self.after(&request, tx, operation, &produced.bindings, before)
    }

    /// Adds the defaults of what the client left out of a body that is stored.
    fn complete(&self, operation: usize, inputs: &mut Inputs) {
        if let (Some(schema), Some(body)) = (self.completed[operation], &mut inputs.body) {
            complete(&self.model.contract, schema, body);
        }
    }

    /// What an operation that writes begins with, for actions that watch.
    fn before(&self, tx: &Transaction, operation: usize) -> Option<Transaction> {
        (self.writes[operation] && self.options.actions.watches()).then(|| tx.clone())
    }

    /// Lets the actions say what they have to of what an operation did. When they refuse, it did nothing.
    fn after(
        &self,
        request: &Request<'_>,
        tx: &mut Transaction,
        operation: usize,
        bindings: &Bindings,
        before: Option<Transaction>,
    ) -> Result<(), Outcome> {
        let Some(before) = before else { return Ok(()) };
        let id = &self.model.contract.operations[operation].id;
        let mut context = ActionContext::new(*request, tx, bindings);
        let done = self.options.actions.after(&mut context, id, before.state());
        if done.is_err() {
            *tx = before;
        }
        done
    }

    /// Answers a request that an operation matched. `state` is the state after the effect.
    #[must_use]
    pub fn answer(
        &self,
        state: &State,
        operation: usize,
        inputs: &Inputs,
        callers: &Callers,
        ended: &Result<Produced, Outcome>,
    ) -> Answer {
        let nothing = Produced::default();
        let produced = ended.as_ref().unwrap_or(&nothing);
        self.answer_with(state, operation, inputs, callers, produced, ended.as_ref().err())
    }

    /// As [`answer`](Self::answer), with what steps have bound also where the operation came to nothing.
    pub(crate) fn answer_with(
        &self,
        state: &State,
        operation: usize,
        inputs: &Inputs,
        callers: &Callers,
        produced: &Produced,
        outcome: Option<&Outcome>,
    ) -> Answer {
        let scope = self.request(inputs, callers).scope(state, &produced.bindings);
        let scope = Scope { outcome, ..scope };
        let operation = &self.model.contract.operations[operation];
        self.answering(scope, Some(operation)).by_operation(&operation.responses)
    }

    /// Answers a request that no operation matched or that a guard refused, by `x-conduct`'s responses.
    #[must_use]
    pub fn answer_default(&self, state: &State, inputs: &Inputs, outcome: &Outcome) -> Answer {
        let (nobody, nothing) = (Callers::default(), Bindings::default());
        let scope = Scope { outcome: Some(outcome), ..self.request(inputs, &nobody).scope(state, &nothing) };
        self.answering(scope, None).by_conduct()
    }

    /// Answers for an operation without an effect: from its examples, else with values made from its schema.
    /// `status` and `example` are wishes (`Prefer: code=404, example=NAME`).
    #[must_use]
    pub fn example_answer(
        &self,
        operation: usize,
        inputs: &Inputs,
        status: Option<u16>,
        example: Option<&str>,
    ) -> Answer {
        let contract = &self.model.contract;
        let operation = &contract.operations[operation];
        example_answer(Asked { contract, made: &self.made, operation, inputs }, status, example)
    }

    fn answering<'a>(&'a self, scope: Scope<'a>, operation: Option<&'a Operation>) -> Answering<'a> {
        let operation = operation.map_or("", |operation| operation.id.as_str());
        Answering { plans: &self.plans, scope, made: &self.made, operation }
    }

    fn request<'a>(&'a self, inputs: &'a Inputs, callers: &'a Callers) -> Request<'a> {
        Request { model: &self.model, inputs, callers, actions: &self.options.actions, body: None }
    }
}

impl fmt::Debug for Engine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Engine({} {})", self.model.contract.title, self.model.contract.version)
    }
}
