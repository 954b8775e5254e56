//! The order of events: a step's condition, its verb, its references, its names.

use tercet_spec::contract::{Miss, Step, Verb};

use super::request::Request;
use super::{call, create, delete, find, list, replace, require, serve, update};
use crate::outcome::Outcome;
use crate::scope::{Bindings, Bound, PageInfo, Served};
use crate::state::Transaction;

/// What a step produced.
pub(super) struct Done {
    pub(super) result: Option<Bound<'static>>,
    pub(super) page: Option<PageInfo>,
    /// Bytes to answer with instead of a representation.
    pub(super) served: Option<Served>,
    /// Whether it answers when no step says `as: result`.
    pub(super) answers: bool,
}

/// Why a step did not do what it says.
pub(super) enum Failure {
    /// There was nothing to do it to: `else` has a say in it.
    Miss(Outcome),
    /// Anything else.
    Other(Outcome),
}

impl From<Outcome> for Failure {
    fn from(outcome: Outcome) -> Self {
        Self::Other(outcome)
    }
}

impl Done {
    pub(super) fn with(result: Bound<'static>) -> Self {
        Self { result: Some(result), page: None, served: None, answers: true }
    }

    pub(super) fn nothing() -> Self {
        Self { result: None, page: None, served: None, answers: false }
    }
}

/// Runs the steps after those that have bound `bindings`. When one fails, `tx` is as it was before the first, but for what
/// steps have kept, and so are the names, but for those of steps that have read or kept.
pub(crate) fn run(
    request: &Request<'_>,
    tx: &mut Transaction,
    steps: &[Step],
    bindings: &mut Bindings,
) -> Result<(), Outcome> {
    let mut kept = tx.clone();
    let mut lasting = None;
    for step in steps {
        if !step.keep && !step.verb.reads() {
            lasting.get_or_insert(bindings.named.len());
        }
        match one(request, tx, bindings, step) {
            Ok(Some(done)) => bind(bindings, step, done),
            Ok(None) => {}
            Err(outcome) => {
                // An action that keeps has counted, say, before it refused.
                let refused =
                    step.keep && matches!(step.verb, Verb::Call { .. }) && outcome.name != "internal";
                if !(refused && tx.settle().is_ok()) {
                    *tx = kept;
                }
                bindings.forget(lasting.unwrap_or(bindings.named.len()));
                return Err(outcome);
            }
        }
        if step.keep {
            kept = tx.clone();
        }
    }
    Ok(())
}

/// One step; `None` when it was skipped or passed over.
fn one(
    request: &Request<'_>,
    tx: &mut Transaction,
    bindings: &Bindings,
    step: &Step,
) -> Result<Option<Done>, Outcome> {
    if let Some(when) = &step.when
        && !request.scope(&tx.state, bindings).holds_strictly(when)
    {
        return Ok(None);
    }
    let done = match &step.verb {
        Verb::Find(selection) => find::find(request, tx, bindings, selection),
        Verb::List(selection) => Ok(list::list(request, tx, bindings, selection)),
        Verb::Create { into, set, each } => {
            create::create(request, tx, bindings, into, set.as_ref(), each.as_ref())
        }
        Verb::Update(selection, set) => update::update(request, tx, bindings, selection, set.as_ref()),
        Verb::Replace(selection, set) => replace::replace(request, tx, bindings, selection, set.as_ref()),
        Verb::Delete(selection) => delete::delete(request, tx, bindings, selection),
        Verb::Require(filter) => require::require(request, tx, bindings, filter),
        Verb::Call { action, with, outcomes, reads, .. } => {
            let before = reads.then(|| tx.clone());
            let done = call::call(request, tx, bindings, action, with, outcomes);
            match before.filter(|before| tx.differs(before)) {
                None => done,
                // What a reading step writes would be lost without a word: it has no writer's turn.
                Some(_) => Err(Failure::Other(Outcome::new(
                    "internal",
                    format!("the action `{action}` changes something, but its step says `reads: true`"),
                ))),
            }
        }
        Verb::Serve(serve) => serve::serve(request, tx, bindings, serve),
    };
    match done.and_then(|done| Ok(tx.settle().map(|()| done)?)) {
        Ok(done) => Ok(Some(done)),
        Err(Failure::Miss(outcome)) => match &step.miss {
            Miss::Pass => Ok(None),
            Miss::Outcome(name) => Err(outcome.named(name.clone())),
        },
        Err(Failure::Other(outcome))
            if outcome.name == "conflict" && !matches!(step.verb, Verb::Call { .. }) =>
        {
            Err(outcome.named(step.conflict.clone()))
        }
        Err(Failure::Other(outcome)) => Err(outcome),
    }
}

fn bind(bindings: &mut Bindings, step: &Step, done: Done) {
    bindings.served = done.served.or(bindings.served.take());
    let Some(result) = done.result else { return };
    match step.bind.as_deref() {
        Some("result") => {
            bindings.chosen = true;
            bindings.result = Some(result);
            bindings.page = done.page.or(bindings.page);
        }
        name => {
            if let Some(name) = name {
                bindings.named.push((name.to_owned(), result.clone()));
            }
            if !bindings.chosen && done.answers {
                bindings.result = Some(result);
                bindings.page = done.page.or(bindings.page);
            }
        }
    }
}
