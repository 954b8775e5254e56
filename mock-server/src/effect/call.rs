//! `call`: a named action, written in Rust.

use serde_json::Map;
use tercet_spec::language::ValueExpr;

use super::request::Request;
use super::run::{Done, Failure};
use crate::action::ActionContext;
use crate::handover::is_whole;
use crate::outcome::Outcome;
use crate::scope::{Bindings, Bound, Want};
use crate::state::Transaction;

pub(super) fn call(
    request: &Request<'_>,
    tx: &mut Transaction,
    bindings: &Bindings,
    action: &str,
    with: &[(String, ValueExpr)],
    outcomes: &[String],
) -> Result<Done, Failure> {
    let scope = request.scope(&tx.state, bindings);
    let mut input = Map::new();
    for (name, value) in with {
        if matches!(value, ValueExpr::Expression(one) if is_whole(one))
            && let Some(body) = request.take_body()
        {
            input.insert(name.clone(), body);
        } else if let Some(value) = scope.eval(value, Want::One) {
            input.insert(name.clone(), value.into_json());
        }
    }
    let mut context = ActionContext::new(*request, tx, bindings);
    let ended = request.actions.call(action, &mut context, input);
    let produced = context.take_produced();
    match ended {
        Ok(value) if value.is_null() && produced.is_none() => Ok(Done::nothing()),
        Ok(value) => Ok(Done::with(produced.unwrap_or_else(|| Bound::owned(value)))),
        Err(outcome) if outcomes.iter().any(|name| *name == outcome.name) => Err(outcome.into()),
        // What the state refuses is told as it is; anything else the document knows nothing of.
        Err(outcome) if ["invalid", "conflict", "not-found"].contains(&outcome.name.as_ref()) => {
            Err(outcome.into())
        }
        Err(outcome) => {
            let sentence =
                format!("the action `{action}` ended in `{outcome}`, which its step does not name");
            Err(Outcome::new("internal", sentence).into())
        }
    }
}
