//! One engine, its state, and requests in one line.

use std::collections::HashMap;
use std::sync::Arc;

use serde_json::{Value, json};
use tercet_mock_server::engine::{Answer, Callers, Engine, EngineOptions, Presented};
use tercet_mock_server::entropy::{Clock, Timestamp};
use tercet_mock_server::inputs::{Inputs, Parameters};
use tercet_mock_server::outcome::Outcome;
use tercet_mock_server::state::{State, Transaction};
use tercet_spec::{Contract, Diagnostic, Document, Severity};

/// 2026-01-01T00:00:00Z
pub(crate) const START: Timestamp = Timestamp(1_767_225_600_000);

pub(crate) struct World {
    pub(crate) engine: Engine,
    pub(crate) state: State,
    pub(crate) clock: Clock,
}

/// What a request presents: `authorization`, query parameters and cookies by name.
#[derive(Default)]
pub(crate) struct Shown(pub(crate) HashMap<&'static str, String>);

impl Presented for Shown {
    fn header(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }
    fn query(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }
    fn cookie(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }
}

/// Status and body of an answer.
#[derive(Debug, PartialEq)]
pub(crate) struct Said(pub(crate) u16, pub(crate) Value);

pub(crate) fn contract(text: &str) -> Arc<Contract> {
    let document =
        Document::parse("fixture.yaml", text).unwrap_or_else(|faults| panic!("{}", shown(&faults)));
    let (contract, diagnostics) = tercet_spec::lower(&document);
    let errors: Vec<_> = diagnostics.into_iter().filter(|one| one.severity == Severity::Error).collect();
    assert!(errors.is_empty(), "{}", shown(&errors));
    Arc::new(contract)
}

pub(crate) fn shown(diagnostics: &[Diagnostic]) -> String {
    diagnostics.iter().map(Diagnostic::render).collect::<Vec<_>>().join("\n")
}

impl World {
    pub(crate) fn new(text: &str) -> Self {
        Self::with(text, EngineOptions { seed: 7, ..EngineOptions::default() })
    }

    pub(crate) fn with(text: &str, options: EngineOptions) -> Self {
        let clock = Clock::manual(START);
        let options = EngineOptions { clock: clock.clone(), ..options };
        let engine =
            Engine::new(contract(text), options).unwrap_or_else(|faults| panic!("{}", shown(&faults)));
        let state = engine.initial_state();
        Self { engine, state, clock }
    }

    pub(crate) fn operation(&self, id: &str) -> usize {
        let operations = &self.engine.contract().operations;
        operations.iter().position(|one| one.id == id).unwrap_or_else(|| panic!("no operation `{id}`"))
    }

    /// `parts` has `path`, `query`, `header` and `body`.
    pub(crate) fn inputs(&self, parts: Value) -> Inputs {
        let map = |name: &str| parts.get(name).and_then(Value::as_object).cloned().unwrap_or_default().into();
        Inputs {
            path: map("path"),
            query: map("query"),
            header: map("header"),
            cookie: Parameters::default(),
            body: parts.get("body").cloned(),
            method: "POST".into(),
            url: "/here?x=1".to_owned(),
            now: self.clock.now(),
            ..Inputs::default()
        }
    }

    pub(crate) fn call(&mut self, id: &str, parts: Value) -> Said {
        let answer = self.answer(id, parts, &Shown::default());
        Said(answer.status, serde_json::from_slice(&answer.body).unwrap_or(Value::Null))
    }

    /// A call that must go well; gives the body.
    pub(crate) fn ok(&mut self, id: &str, parts: Value) -> Value {
        let Said(status, body) = self.call(id, parts);
        assert!((200..300).contains(&status), "{id}: {status} {body}");
        body
    }

    /// A call that must go wrong; gives the status. The state must be as it was.
    pub(crate) fn refused(&mut self, id: &str, parts: Value) -> (u16, String) {
        let before = self.state.to_json();
        let Said(status, body) = self.call(id, parts);
        assert!(status >= 400, "{id}: {status} {body}");
        assert_eq!(self.state.to_json(), before, "{id} left something behind");
        (status, body["text"].as_str().unwrap_or_default().to_owned())
    }

    pub(crate) fn callers(&self, id: &str, presented: &Shown) -> Result<Callers, Outcome> {
        self.engine.authenticate(&self.state, self.operation(id), &self.inputs(json!({})), presented)
    }

    pub(crate) fn answer(&mut self, id: &str, parts: Value, presented: &Shown) -> Answer {
        let operation = self.operation(id);
        let inputs = self.inputs(parts);
        let callers = match self.engine.authenticate(&self.state, operation, &inputs, presented) {
            Ok(callers) => callers,
            Err(outcome) => {
                let ended = Err(outcome);
                return self.engine.answer(&self.state, operation, &inputs, &Callers::default(), &ended);
            }
        };
        let mut tx = Transaction::begin(&self.state);
        self.engine.touch(&mut tx, &inputs, &callers);
        let ended = self.engine.apply(&mut tx, operation, &inputs, &callers);
        self.state = tx.commit();
        self.engine.answer(&self.state, operation, &inputs, &callers, &ended)
    }
}
