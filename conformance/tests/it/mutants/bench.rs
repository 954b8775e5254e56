//! Judging a wrong server by the right document.

use std::collections::BTreeSet;
use std::sync::Arc;

use tercet_conformance::check::CHECKS;
use tercet_conformance::generate::Chance;
use tercet_conformance::law::LAWS;
use tercet_conformance::reading::Reading;
use tercet_conformance::run::{Choice, Progress, look_around, run};
use tercet_conformance::session::{Interrupt, Journal, Session};
use tercet_conformance::story::stories;
use tercet_conformance::{Consent, Identity, Limits, Secret, Target, Trust, Verdict, base_url};
use tercet_mock_server::{Builder, MockServer};
use tercet_spec::{Document, PLATFORMS};

use super::edit::contract;

const SEED: u64 = 7;

/// Says nothing.
struct Quiet;

impl Progress for Quiet {
    fn begins(&self, _: usize, _: usize, _: &str, _: usize) {}
}

/// What the original document means.
pub(super) fn reading(document: &Document) -> Arc<Reading> {
    Arc::new(Reading::new(Arc::new(contract(document).unwrap_or_else(|error| panic!("{error}")))))
}

/// Starts the server of a mutant; why it cannot be served otherwise.
pub(super) async fn serve(mutant: Document) -> Result<MockServer, String> {
    let platform = platform_of(mutant.name()).unwrap_or_default().to_owned();
    Builder::new(mutant).actions_of(&platform).seed(SEED).start().await.map_err(|error| error.to_string())
}

/// A session of that name: two on one server must not make the same names up.
fn session(reading: &Arc<Reading>, url: &str, people: &[Identity], name: &str) -> Session {
    let base = base_url(reading.contract(), url).unwrap_or_else(|trouble| panic!("{trouble}"));
    // Bodies of many megabytes are tried elsewhere, and not once for every mutant.
    let limits = Limits { body: 1 << 20, ..Limits::default() };
    let target = Target {
        base,
        identities: people.to_vec(),
        limits,
        consent: Consent::ThrowAway,
        trust: Trust::default(),
    };
    Session::open(Arc::clone(reading), target, Journal::none(), Interrupt::default(), Chance::new(SEED, name))
        .unwrap()
}

/// Whose credentials the suite is given: those that the *original* accepts.
pub(super) async fn people(original: &Document) -> Vec<Identity> {
    let server = serve(original.clone()).await.unwrap();
    let mut people = vec![Identity::default(), Identity::default()];
    for one in server.credentials() {
        if let Some(identity) = people.iter_mut().find(|identity| identity.credential(&one.scheme).is_none())
        {
            identity.credentials.push((one.scheme.clone(), Secret::new(one.value.as_str())));
        }
    }
    people.retain(|identity| !identity.credentials.is_empty());
    people
}

/// Every check and law that finds something, each with its first message.
pub(super) async fn found_by(
    reading: &Arc<Reading>,
    people: &[Identity],
    mutant: Document,
) -> Result<Vec<(String, String)>, String> {
    let server = serve(mutant).await?;
    found_at(reading, people, &server.url()).await
}

/// Every check and law that finds something in what runs there, each with its first message.
pub(super) async fn found_at(
    reading: &Arc<Reading>,
    people: &[Identity],
    url: &str,
) -> Result<Vec<(String, String)>, String> {
    let mut session = session(reading, url, people, "m");
    let report =
        run(&mut session, &Choice::default(), SEED, &Quiet).await.map_err(|trouble| trouble.to_string())?;
    let mut names = BTreeSet::new();
    let first = report.findings().filter(|(by, _)| names.insert((*by).to_owned()));
    Ok(first.map(|(by, finding)| (by.to_owned(), finding.message.clone())).collect())
}

/// The first check, law or story that finds something; laws that are about the operation under `hint` are tried first.
pub(super) async fn first_found(
    reading: &Arc<Reading>,
    people: &[Identity],
    mutant: Document,
    hint: &str,
    checks_first: bool,
) -> Result<Option<String>, String> {
    let server = serve(mutant).await?;
    if checks_first && let Some(name) = of_checks(reading, people, &server).await? {
        return Ok(Some(name));
    }
    if let Some(name) = of_laws(reading, people, &server, hint).await {
        return Ok(Some(name));
    }
    if !checks_first && let Some(name) = of_checks(reading, people, &server).await? {
        return Ok(Some(name));
    }
    Ok(of_stories(reading, people, &server).await)
}

/// The first story, of those that are kept beside a shipped document, that does not end as it should.
async fn of_stories(reading: &Arc<Reading>, people: &[Identity], server: &MockServer) -> Option<String> {
    let contract = reading.contract();
    let platform = PLATFORMS.iter().find(|one| Some(one.name) == platform_of(contract.document.name()))?;
    let workflows = platform.workflows?;
    let document = Document::parse(workflows.path, workflows.text).unwrap();
    // As if nothing had been tried before.
    server.reset();
    let mut session = session(reading, &server.url(), people, "stories");
    for story in stories(&document, contract).unwrap() {
        if let Ok(Verdict::Fail { .. }) = story.tell(&mut session).await {
            return Some(format!("story {}", story.name()));
        }
    }
    None
}

/// The platform whose document has that name.
fn platform_of(document: &str) -> Option<&str> {
    document.rsplit_once("platforms/")?.1.split('/').next()
}

async fn of_laws(
    reading: &Arc<Reading>,
    people: &[Identity],
    server: &MockServer,
    hint: &str,
) -> Option<String> {
    let mut session = session(reading, &server.url(), people, "laws");
    look_around(&mut session).await;
    let mut cases = Vec::new();
    for law in LAWS {
        cases.extend(law.cases(reading).unwrap_or_default().into_iter().map(|case| (*law, case)));
    }
    let about =
        |operation: &usize| hint.starts_with(reading.contract().operations[*operation].pointer.as_str());
    cases.sort_by_key(|(_, case)| {
        if hint.starts_with(&case.clause.pointer) || case.clause.pointer.starts_with(hint) {
            0
        } else if case.operations.first().is_some_and(about) {
            1
        } else if case.operations.iter().any(about) {
            2
        } else {
            3
        }
    });
    for (law, case) in cases {
        if let Ok(Verdict::Fail { .. }) = law.run(&mut session, &case).await {
            return Some(law.name().to_owned());
        }
        session.be_usual();
    }
    None
}

async fn of_checks(
    reading: &Arc<Reading>,
    people: &[Identity],
    server: &MockServer,
) -> Result<Option<String>, String> {
    let mut session = session(reading, &server.url(), people, "checks");
    let choice =
        Choice { only: CHECKS.iter().map(|check| check.name().to_owned()).collect(), ..Choice::default() };
    let report = run(&mut session, &choice, SEED, &Quiet).await;
    // A server that does not let the suite in at all is noticed, too.
    let report = match report {
        Ok(report) => report,
        Err(_) => return Ok(Some("the run cannot begin".to_owned())),
    };
    Ok(report.findings().next().map(|(by, _)| by.to_owned()))
}
