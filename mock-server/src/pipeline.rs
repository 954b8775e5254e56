//! The order of events: route, guard, authenticate, validate, apply, render. A pure function of state and request.

use std::sync::Arc;

use http::header::ALLOW;
use http::{HeaderMap, HeaderValue};
use serde_json::{Value, json};
use tercet_spec::contract::Stage;
use tercet_spec::{Contract, Pointer};

use crate::decode::Wire;
use crate::door::Door;
use crate::engine::{Answer, Callers, Engine, Produced};
use crate::entropy::Timestamp;
use crate::inputs::Inputs;
use crate::outcome::Outcome;
use crate::plan::Plans;
use crate::receive::Received;
use crate::route::{Matched, Routes};
use crate::state::{State, Transaction};
use crate::tidy::Tidy;
use crate::{nearest, read};

/// The outcome of OPTIONS, where the document answers it for all paths at once.
const DESCRIBED: &str = "options";

/// The outcome of a preflight request (Fetch, "CORS-preflight request"), where the document answers them.
const PREFLIGHT: &str = "preflight";

/// Everything that answers requests, made once.
pub(crate) struct Pipeline {
    pub(crate) engine: Engine,
    pub(crate) contract: Arc<Contract>,
    pub(crate) routes: Routes,
    pub(crate) plans: Plans,
    pub(crate) tidy: Tidy,
    /// Counts requests, where there is a limit.
    door: Option<Door>,
    speaks_of_origins: bool,
}

/// A request as it came in.
pub(crate) struct Request<'r> {
    pub(crate) method: &'r str,
    pub(crate) path: &'r str,
    pub(crate) query: Option<&'r str>,
    pub(crate) headers: &'r HeaderMap,
    /// It came over TLS.
    pub(crate) encrypted: bool,
    pub(crate) body: &'r Received,
    pub(crate) now: Timestamp,
}

/// A request of which all is known that can be known before its effect.
pub(crate) struct Ready {
    pub(crate) operation: usize,
    pub(crate) inputs: Inputs,
    pub(crate) callers: Callers,
    /// What the steps that come before the request have bound.
    pub(crate) produced: Produced,
    /// The state with what they have kept.
    pub(crate) kept: Option<State>,
}

impl Ready {
    fn new(operation: usize, inputs: Inputs) -> Self {
        Self { operation, inputs, callers: Callers::default(), produced: Produced::default(), kept: None }
    }
}

/// How a request ended.
pub(crate) struct Verdict {
    /// What is sent.
    pub(crate) answer: Answer,
    /// Where and why the request was refused.
    pub(crate) refused: Option<Refusal>,
    /// The state with what steps have kept, where the request came to nothing else.
    pub(crate) kept: Option<State>,
}

/// What came of an effect.
pub(crate) struct Applied {
    /// How it ended; `None` where the operation has none.
    ended: Option<Result<(), Outcome>>,
    /// The state as it left it.
    pub(crate) state: State,
    /// Whether that is another state than before.
    pub(crate) changed: bool,
}

/// Where and why a request was refused.
#[derive(Clone, Debug)]
pub(crate) struct Refusal {
    /// How it ends.
    pub(crate) outcome: Outcome,
    /// The stage that refused it.
    pub(crate) stage: &'static str,
    /// The rule in the document.
    pub(crate) place: Option<Pointer>,
}

impl Refusal {
    pub(crate) fn new(stage: &'static str, outcome: Outcome, place: Option<Pointer>) -> Self {
        Self { outcome, stage, place }
    }
}

impl Verdict {
    pub(crate) fn new(answer: Answer, refused: Option<Refusal>) -> Self {
        Self { answer, refused, kept: None }
    }
}

impl Pipeline {
    pub(crate) fn new(engine: Engine) -> Self {
        let contract = engine.shared_contract();
        let (routes, plans) = (Routes::new(&contract), Plans::new(&contract));
        let tidy = Tidy::new(&contract);
        let speaks_of_origins = contract.operations.iter().any(|operation| operation.method == "OPTIONS");
        let door = Door::new(&engine);
        Self { engine, contract, routes, plans, tidy, door, speaks_of_origins }
    }

    /// What preflight requests are answered with, where the document says so.
    pub(crate) fn preflight(&self) -> Option<Answer> {
        if !self.contract.conduct.responses.contains_key(PREFLIGHT) {
            return None;
        }
        let (state, inputs) = (self.engine.initial_state(), Inputs::default());
        Some(self.engine.answer_default(&state, &inputs, &Outcome::new(PREFLIGHT, "")))
    }

    /// Whether the document has OPTIONS operations, and so speaks about other origins itself.
    pub(crate) fn speaks_of_origins(&self) -> bool {
        self.speaks_of_origins
    }

    /// Whether requests are counted.
    pub(crate) fn has_door(&self) -> bool {
        self.door.is_some()
    }

    /// Counts a request, and says how it ends where it is one too many.
    pub(crate) fn one_too_many(
        &self,
        state: &State,
        namespace: &str,
        request: &Request<'_>,
    ) -> Option<Verdict> {
        let outcome = self.door.as_ref()?.count(namespace, request.path, request.now)?;
        let wire = Wire::new(request.query, request.headers);
        let inputs = read::head(self, request, &wire, &Matched::Nothing);
        let answer = self.engine.answer_default(state, &inputs, &outcome);
        let place = self.contract.conduct.rate_limit.as_ref().map(|limit| limit.pointer.clone());
        Some(Verdict::new(answer, Some(Refusal::new("limit", outcome, place))))
    }

    /// Everything that comes before the effect: route, guard, then who is calling and what is asked in the platform's order.
    ///
    /// # Errors
    /// The verdict, where the request ends here.
    pub(crate) fn prepare(
        &self,
        state: &State,
        request: &Request<'_>,
        matched: &Matched<'_>,
    ) -> Result<Ready, Box<Verdict>> {
        let wire = Wire::new(request.query, request.headers);
        let inputs = read::head(self, request, &wire, matched);
        let Matched::Operation { index: operation, captures } = matched else {
            return Err(Box::new(self.unmatched(state, request, &inputs, matched, &wire)));
        };
        let mut ready = Ready::new(*operation, inputs);
        let ended = self.asked_first(state, &ready, &wire).and_then(|()| {
            self.contract.conduct.order.iter().try_for_each(|stage| match stage {
                Stage::Authenticate => {
                    self.authenticate(state, &mut ready, &wire)?;
                    self.open(state, &mut ready)
                }
                Stage::Validate => read::request(self, state, &mut ready, captures, request, &wire),
            })
        });
        match ended {
            Ok(()) => Ok(ready),
            Err(refusal) => Err(Box::new(self.refuse(state, &ready, refusal))),
        }
    }

    /// How a request ends whose head is enough to refuse it, so that its body need not be waited for: routes, guards, and
    /// who is calling where that is asked first.
    pub(crate) fn refused_by_head(
        &self,
        state: &State,
        request: &Request<'_>,
        matched: &Matched<'_>,
    ) -> Option<Verdict> {
        let wire = Wire::new(request.query, request.headers);
        let inputs = read::head(self, request, &wire, matched);
        let Matched::Operation { index: operation, .. } = matched else {
            return Some(self.unmatched(state, request, &inputs, matched, &wire));
        };
        let mut ready = Ready::new(*operation, inputs);
        let mut ended = self.asked_first(state, &ready, &wire);
        if self.contract.conduct.order[0] == Stage::Authenticate {
            ended = ended.and_then(|()| self.authenticate(state, &mut ready, &wire));
        }
        ended.err().map(|refusal| self.refuse(state, &ready, refusal))
    }

    /// What [`prepare`](Self::prepare) has learnt from a state, asked again of one that has changed since. What the
    /// request says need not be read again: no state has a say in that.
    ///
    /// # Errors
    /// The verdict, where the request ends here.
    pub(crate) fn again(
        &self,
        state: &State,
        request: &Request<'_>,
        matched: &Matched<'_>,
        ready: &mut Ready,
    ) -> Result<(), Box<Verdict>> {
        let wire = Wire::new(request.query, request.headers);
        // Guards, and who is calling where that comes first, are asked before parameters are read.
        let head = read::head(self, request, &wire, matched);
        let read = std::mem::replace(&mut ready.inputs, head);
        let mut ended = self.asked_first(state, ready, &wire);
        let validates_first = self.contract.conduct.order[0] == Stage::Validate;
        if validates_first {
            ready.inputs = read;
            ended = ended.and_then(|()| self.authenticate(state, ready, &wire));
        } else {
            ended = ended.and_then(|()| self.authenticate(state, ready, &wire));
            ended = ended.and_then(|()| self.open(state, ready));
            ready.inputs = read;
        }
        ended.map_err(|refusal| Box::new(self.refuse(state, ready, refusal)))
    }

    /// The steps that come before the body is validated: whether what they look for is there.
    pub(crate) fn early(&self, state: &State, ready: &Ready) -> Result<(), Refusal> {
        let state = ready.kept.as_ref().unwrap_or(state);
        let Ready { operation, inputs, callers, produced, .. } = ready;
        let ended = self.engine.early(state, *operation, inputs, callers, produced);
        ended.map_err(|outcome| self.of_effect(*operation, outcome))
    }

    /// A refusal by a step.
    pub(crate) fn of_effect(&self, operation: usize, outcome: Outcome) -> Refusal {
        let place = self.contract.operations[operation].pointer.child("x-effect");
        Refusal::new("apply", outcome, Some(place))
    }

    /// The effect, in a transaction.
    pub(crate) fn apply(&self, state: &State, ready: &mut Ready) -> Applied {
        let Ready { operation, inputs, callers, produced, kept } = ready;
        if !self.engine.has_effect(*operation) {
            return Applied { ended: None, state: state.clone(), changed: false };
        }
        let mut transaction = Transaction::begin(kept.as_ref().unwrap_or(state));
        if callers.touches() && kept.is_none() {
            self.engine.touch(&mut transaction, inputs, callers);
        }
        let ended = self.engine.go_on(&mut transaction, *operation, inputs, callers, produced);
        // A credential was used, and steps have kept what they wrote, also where the effect came to nothing.
        let left = callers.touches() || self.plans.of(*operation).leaves;
        let changed = left || (ended.is_ok() && self.engine.writes(*operation));
        Applied { ended: Some(ended), state: transaction.commit(), changed }
    }

    /// The answer to what came of it. It looks at nothing but the state that the effect left, so nobody waits for it.
    pub(crate) fn finish(&self, request: &Request<'_>, ready: &Ready, applied: Applied) -> Verdict {
        let Ready { operation, inputs, callers, produced, .. } = ready;
        let mut verdict = match applied.ended {
            None => self.example(request, *operation, inputs),
            Some(Err(outcome)) => self.refuse(&applied.state, ready, self.of_effect(*operation, outcome)),
            Some(Ok(())) => {
                let state = &applied.state;
                let answer = self.engine.answer_with(state, *operation, inputs, callers, produced, None);
                Verdict::new(answer, None)
            }
        };
        self.allow(ready.operation, &mut verdict.answer);
        verdict
    }

    /// Whether a request that was routed so can change the state as far as one can tell without reading it.
    pub(crate) fn writes(&self, matched: &Matched<'_>) -> bool {
        matches!(matched, Matched::Operation { index, .. } if self.engine.writes(*index))
    }

    fn guard(&self, state: &State, inputs: &Inputs) -> Result<(), Refusal> {
        self.engine.guard(state, inputs).map_err(|outcome| {
            let guards = &self.contract.conduct.require;
            let place =
                guards.iter().find(|guard| guard.outcome == outcome.name).map(|one| one.pointer.clone());
            Refusal::new("guard", outcome, place)
        })
    }

    fn authenticate(&self, state: &State, ready: &mut Ready, wire: &Wire<'_>) -> Result<(), Refusal> {
        match self.engine.authenticate(state, ready.operation, &ready.inputs, wire) {
            Ok(callers) => {
                ready.callers = callers;
                Ok(())
            }
            Err(outcome) => {
                let own = self.contract.operations[ready.operation].pointer.child("security");
                let says_so = self.contract.document.get(&own).is_some();
                let place = if says_so { own } else { Pointer::root().child("security") };
                Err(Refusal::new("authenticate", outcome, Some(place)))
            }
        }
    }

    /// What is asked before anything else: guards, and whom credentials belong to where the path does not matter for that.
    fn asked_first(&self, state: &State, ready: &Ready, wire: &Wire<'_>) -> Result<(), Refusal> {
        self.guard(state, &ready.inputs)?;
        match self.plans.of(ready.operation).refuses_first {
            true => self.refused_first(state, &ready.inputs, wire).map_or(Ok(()), Err),
            false => Ok(()),
        }
    }

    fn refuse(&self, state: &State, ready: &Ready, refusal: Refusal) -> Verdict {
        let Ready { operation, inputs, callers, produced, kept } = ready;
        let state = kept.as_ref().unwrap_or(state);
        let outcome = Some(&refusal.outcome);
        let mut answer = self.engine.answer_with(state, *operation, inputs, callers, produced, outcome);
        self.allow(*operation, &mut answer);
        Verdict { answer, refused: Some(refusal), kept: kept.clone() }
    }

    /// What else the path can do (RFC 9110, 10.2.1), where the platform says so with every answer.
    fn allow(&self, operation: usize, answer: &mut Answer) {
        if let Some(methods) = self.routes.allowed(operation) {
            add_allow(answer, methods);
        }
    }

    /// An operation that says nothing of records answers from its examples and schemas. `Prefer` chooses among them.
    fn example(&self, request: &Request<'_>, operation: usize, inputs: &Inputs) -> Verdict {
        let prefer = request.headers.get("prefer").and_then(|value| value.to_str().ok()).unwrap_or_default();
        let wish = |name: &str| {
            prefer.split([',', ';']).find_map(|part| {
                let (key, value) = part.split_once('=')?;
                key.trim().eq_ignore_ascii_case(name).then(|| value.trim().trim_matches('"'))
            })
        };
        let status = wish("code").or_else(|| wish("status")).and_then(|code| code.parse().ok());
        let answer = self.engine.example_answer(operation, inputs, status, wish("example"));
        Verdict::new(answer, None)
    }

    /// A path that is unknown, or known with another method.
    fn unmatched(
        &self,
        state: &State,
        request: &Request<'_>,
        inputs: &Inputs,
        matched: &Matched<'_>,
        wire: &Wire<'_>,
    ) -> Verdict {
        if let Some(refusal) = self.refused_first(state, inputs, wire) {
            let answer = self.engine.answer_default(state, inputs, &refusal.outcome);
            return Verdict::new(answer, Some(refusal));
        }
        let Matched::OtherMethod { allow, index } = matched else {
            if let Some(verdict) = self.slash(state, request, inputs, matched) {
                return verdict;
            }
            if let Some(verdict) = self.unrouted(state, inputs, wire) {
                return verdict;
            }
            let outcome = Outcome::not_found(format!("no operation has the path `{}`", shown(request.path)));
            let outcome = outcome.data(about(request, &[]));
            let mut answer = self.engine.answer_default(state, inputs, &outcome);
            answer.explanation = nearest::explain(&self.contract, request.method, request.path).into();
            let refusal = Refusal::new("route", outcome, None);
            return Verdict::new(answer, Some(refusal));
        };
        let said = about(request, allow);
        let mut allow = allow.clone();
        // A document that declares OPTIONS for some paths has none for the others.
        if !self.speaks_of_origins && !allow.iter().any(|one| one == "OPTIONS") {
            allow.push("OPTIONS".to_owned());
        }
        let allow = allow.join(", ");
        if request.method == "OPTIONS" && !self.speaks_of_origins {
            // RFC 9110, 9.3.7
            let conduct = &self.contract.conduct;
            let mut answer = if conduct.responses.contains_key(DESCRIBED) {
                let path = &self.contract.operations[*index].path.text;
                self.engine.answer_default(state, inputs, &Outcome::new(DESCRIBED, path.clone()))
            } else if conduct.allow {
                self.engine.empty_answer(state, inputs, 200)
            } else {
                Answer { status: 204, outcome: "ok".into(), ..Answer::default() }
            };
            add_allow(&mut answer, &allow);
            return Verdict::new(answer, None);
        }
        if let Some(verdict) = self.unrouted(state, inputs, wire) {
            return verdict;
        }
        let path = &self.contract.operations[*index].path.text;
        let message = format!("`{path}` has no {}, only {allow}", request.method);
        let name = self.contract.conduct.method_not_allowed.clone();
        let outcome = Outcome::new(name, message.clone()).data(said);
        let mut answer = self.engine.answer_default(state, inputs, &outcome);
        // RFC 9110, 15.5.6: a 405 carries Allow. Where the platform says 404 it hides its methods.
        if answer.status == 405 || self.contract.conduct.allow {
            add_allow(&mut answer, &allow);
        }
        answer.explanation = message.into();
        let place = self.contract.operations[*index].pointer.parent();
        Verdict::new(answer, Some(Refusal::new("route", outcome, place)))
    }
}

/// What `$outcome.data` tells of a request that no operation has: its method, its path without the first slash and without
/// the query, and the methods that the document has there.
fn about(request: &Request<'_>, allow: &[String]) -> Value {
    let path = request.path.strip_prefix('/').unwrap_or(request.path);
    json!({ "method": request.method, "path": shown(path), "allow": allow.join(", ") })
}

pub(crate) fn add_allow(answer: &mut Answer, methods: &str) {
    if !answer.headers.contains_key(ALLOW) {
        // Methods are tokens, which a header can say.
        answer.headers.extend(HeaderValue::try_from(methods).map(|allow| (ALLOW, allow)));
    }
}

/// At most 200 characters of what a client sent.
pub(crate) fn shown(text: &str) -> String {
    text.chars().take(200).collect()
}
