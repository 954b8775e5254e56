//! Judging a server by a document, in a few words.

use std::sync::Arc;

use serde_json::Value;
use tercet_conformance::generate::Chance;
use tercet_conformance::reading::Reading;
use tercet_conformance::report::Report;
use tercet_conformance::run::{Choice, Progress, Trouble, run};
use tercet_conformance::session::{Interrupt, Journal, Session};
use tercet_conformance::{Consent, Identity, Limits, Target, Trust, base_url};
use tercet_mock_server::{Builder, MockServer};
use tercet_spec::{Contract, Document, Severity, lower, shipped};

/// The documents that the suite must find nothing wrong with.
pub(crate) const BOARDS: &str = include_str!("documents/boards.yaml");
pub(crate) const PANTRY: &str = include_str!("documents/pantry.yaml");
pub(crate) const LIBRARY: &str = include_str!("documents/library.yaml");
pub(crate) const ALBUM: &str = include_str!("documents/album.yaml");
/// With everything that frameworks do unasked.
pub(crate) const WORKSHOP: &str = include_str!("documents/workshop.yaml");

/// Reads a document that is known to be right.
pub(crate) fn document(name: &str, text: &str) -> Document {
    Document::parse(name, text).unwrap_or_else(|faults| panic!("{name}: {}", faults[0].render()))
}

pub(crate) fn contract(document: &Document) -> Contract {
    let (contract, diagnostics) = lower(document);
    if let Some(error) = diagnostics.iter().find(|one| one.severity == Severity::Error) {
        panic!("{}", error.render());
    }
    contract
}

pub(crate) fn reading(document: &Document) -> Arc<Reading> {
    Arc::new(Reading::new(Arc::new(contract(document))))
}

/// The document of a platform that ships.
pub(crate) fn tooljet() -> Document {
    shipped("tooljet").unwrap().1
}

/// The document of a platform that ships, or one of its editions (`NAME@EDITION`), that needs accounts to be made.
pub(crate) fn baserow(edition: &str) -> Document {
    shipped(edition).unwrap().1
}

/// Says nothing.
pub(crate) struct Quiet;

impl Progress for Quiet {
    fn begins(&self, _: usize, _: usize, _: &str, _: usize) {}
}

/// Who can call a mock server: the first two credentials of every scheme, and accounts to be made.
pub(crate) fn identities(contract: &Contract, server: &MockServer) -> Vec<Identity> {
    Identity::offered(contract, &server.credentials(), "test")
}

/// A target on this machine without limits.
pub(crate) fn target(contract: &Contract, url: &str, identities: Vec<Identity>) -> Target {
    Target {
        base: base_url(contract, url).unwrap(),
        identities,
        limits: Limits::default(),
        consent: Consent::ThrowAway,
        trust: Trust::default(),
    }
}

/// A session with a target.
pub(crate) fn session(reading: &Arc<Reading>, target: Target, seed: u64) -> Session {
    Session::open(
        Arc::clone(reading),
        target,
        Journal::none(),
        Interrupt::default(),
        Chance::new(seed, "test"),
    )
    .unwrap()
}

/// Judges a running server by a document.
pub(crate) async fn judge_running(
    document: &Document,
    server: &MockServer,
    choice: &Choice,
    seed: u64,
) -> Result<Report, Trouble> {
    let reading = reading(document);
    let mut target = target(reading.contract(), &server.url(), identities(reading.contract(), server));
    target.trust.authorities = server.certificate_pem().unwrap_or_default().to_owned();
    let mut session = session(&reading, target, seed);
    run(&mut session, choice, seed, &Quiet).await
}

/// Judges the reference server of `served` by `document`.
pub(crate) async fn judge(document: &Document, served: Builder, choice: &Choice, seed: u64) -> Report {
    let server = served.start().await.unwrap();
    judge_running(document, &server, choice, seed).await.unwrap()
}

/// Every finding on a line of its own, for messages of assertions.
pub(crate) fn findings(report: &Report) -> Vec<String> {
    report
        .findings()
        .map(|(by, finding)| {
            let last = finding.exchanges.last().map_or("", |one| one.curl.as_str());
            format!("{by}: {} [{}]\n    {last}", finding.message, finding.clause)
        })
        .collect()
}

/// The names of the checks and laws that found something.
pub(crate) fn found_by(report: &Report) -> Vec<&str> {
    let mut names: Vec<&str> = report.findings().map(|(by, _)| by).collect();
    names.dedup();
    names
}

/// Why something was not judged: verdict, name, subject and reason.
pub(crate) fn unjudged(report: &Report, verdict: &str) -> Vec<String> {
    report
        .results
        .iter()
        .filter(|one| one.verdict == verdict)
        .map(|one| format!("{} of {}: {}", one.name, one.subject, one.reason.as_deref().unwrap_or("")))
        .collect()
}

/// A document with one value replaced (or, with `Value::Null`, taken out) at a JSON Pointer.
pub(crate) fn changed(document: &Document, pointer: &str, value: Value) -> Document {
    let mut root = document.root().clone();
    let (parent, key) = pointer.rsplit_once('/').unwrap();
    let key = key.replace("~1", "/").replace("~0", "~");
    match root.pointer_mut(parent).unwrap_or_else(|| panic!("nothing at {parent}")) {
        Value::Object(members) if value.is_null() => drop(members.shift_remove(&key)),
        Value::Object(members) => drop(members.insert(key, value)),
        Value::Array(items) => items[key.parse::<usize>().unwrap()] = value,
        other => panic!("{parent} is {other}"),
    }
    Document::from_value("changed.json", &root)
}
