//! Judging a wrong server by the right document.

use std::collections::BTreeSet;
use std::sync::Arc;

use tercet_conformance::check::CHECKS;
use tercet_conformance::generate::Chance;
use tercet_conformance::law::{Case, LAWS, Law};
use tercet_conformance::oracle::Oracle;
use tercet_conformance::reading::Reading;
use tercet_conformance::run::{Choice, Progress, look_around, run};
use tercet_conformance::session::{Interrupt, Journal, Session};
use tercet_conformance::story::stories;
use tercet_conformance::{Consent, Identity, Limits, Target, Trust, Verdict, base_url};
use tercet_mock_server::{Builder, MockServer};
use tercet_spec::{Contract, Document, PLATFORMS};

use super::edit::contract;

const SEED: u64 = 7;

/// Says nothing.
struct Quiet;

impl Progress for Quiet {
    fn begins(&self, _: usize, _: usize, _: &str, _: usize) {}
}

/// A document, read once, to judge its mutants by.
pub(super) struct Bench {
    reading: Arc<Reading>,
    /// Those that the *original* accepts.
    people: Vec<Identity>,
    cases: Vec<(&'static dyn Law, Case)>,
}

/// Starts the server of a mutant; why it cannot be served otherwise.
pub(super) async fn serve(mutant: Document) -> Result<MockServer, String> {
    let platform = platform_of(mutant.name()).unwrap_or_default().to_owned();
    // Nobody reads the journal.
    let builder = Builder::new(mutant).actions_of(&platform).seed(SEED).journal(1, 1 << 10);
    builder.start().await.map_err(|error| error.to_string())
}

impl Bench {
    /// Reads a document.
    pub(super) async fn of(original: &Document) -> Self {
        let contract = contract(original).unwrap_or_else(|error| panic!("{error}"));
        let reading = Arc::new(Reading::new(Arc::new(contract)));
        let mut cases = Vec::new();
        for law in LAWS {
            cases.extend(law.cases(&reading).unwrap_or_default().into_iter().map(|case| (*law, case)));
        }
        let people = people(original, reading.contract()).await;
        Self { reading, people, cases }
    }

    /// A session of that name: two on one server must not make the same names up.
    fn session(&self, url: &str, name: &str) -> Session {
        let base = base_url(self.reading.contract(), url).unwrap_or_else(|trouble| panic!("{trouble}"));
        // Bodies of many megabytes are tried elsewhere, and not once for every mutant.
        let limits = Limits { body: 1 << 20, ..Limits::default() };
        let identities = self.people.clone();
        let target =
            Target { base, identities, limits, consent: Consent::ThrowAway, trust: Trust::default() };
        let chance = Chance::new(SEED, name);
        Session::open(Arc::clone(&self.reading), target, Journal::none(), Interrupt::default(), chance)
            .unwrap()
    }

    /// Every check and law that finds something, each with its first message.
    pub(super) async fn found_by(&self, mutant: Document) -> Result<Vec<(String, String)>, String> {
        let server = serve(mutant).await?;
        self.found_at(&server.url()).await
    }

    /// Every check and law that finds something in what runs there, each with its first message.
    pub(super) async fn found_at(&self, url: &str) -> Result<Vec<(String, String)>, String> {
        found_in(&mut self.session(url, "m")).await
    }

    /// As [`found_by`](Self::found_by), with the oracle of the original.
    pub(super) async fn found_with_oracle(
        &self,
        original: &Document,
        mutant: Document,
    ) -> Result<Vec<(String, String)>, String> {
        let server = serve(mutant).await?;
        let platform = platform_of(original.name()).unwrap_or_default().to_owned();
        let builder = Builder::new(original.clone()).actions_of(&platform);
        let mut session = self.session(&server.url(), "m");
        session.consult_oracle(Oracle::start(&builder, &self.reading, false).await?)?;
        found_in(&mut session).await
    }

    /// The first check, law or story that finds something. Laws that are about the operation under `hint` are tried first, and, where
    /// `about_only`, no others.
    pub(super) async fn first_found(
        &self,
        mutant: Document,
        hint: &str,
        checks_first: bool,
        about_only: bool,
    ) -> Result<Option<String>, String> {
        let server = serve(mutant).await?;
        if checks_first && let Some(name) = self.of_checks(&server).await {
            return Ok(Some(name));
        }
        if let Some(name) = self.of_laws(&server, hint, about_only).await {
            return Ok(Some(name));
        }
        if about_only {
            return Ok(None);
        }
        if !checks_first && let Some(name) = self.of_checks(&server).await {
            return Ok(Some(name));
        }
        Ok(self.of_stories(&server).await)
    }

    /// The first story, of those that are kept beside a shipped document, that does not end as it should.
    async fn of_stories(&self, server: &MockServer) -> Option<String> {
        let contract = self.reading.contract();
        let platform =
            PLATFORMS.iter().find(|one| Some(one.name) == platform_of(contract.document.name()))?;
        let workflows = platform.workflows?;
        let document = Document::parse(workflows.path, workflows.text).unwrap();
        // As if nothing had been tried before.
        server.reset();
        let mut session = self.session(&server.url(), "stories");
        for story in stories(&document, contract).unwrap() {
            if let Ok(Verdict::Fail { .. }) = story.tell(&mut session).await {
                return Some(format!("story {}", story.name()));
            }
        }
        None
    }

    async fn of_laws(&self, server: &MockServer, hint: &str, about_only: bool) -> Option<String> {
        let mut session = self.session(&server.url(), "laws");
        look_around(&mut session).await;
        let operations = &self.reading.contract().operations;
        let about = |operation: &usize| hint.starts_with(operations[*operation].pointer.as_str());
        let distance = |case: &Case| {
            if hint.starts_with(&case.clause.pointer) || case.clause.pointer.starts_with(hint) {
                0
            } else if case.operations.first().is_some_and(about) {
                1
            } else if case.operations.iter().any(about) {
                2
            } else {
                3
            }
        };
        let mut cases: Vec<_> = self.cases.iter().map(|(law, case)| (distance(case), law, case)).collect();
        cases.sort_by_key(|(distance, _, _)| *distance);
        cases.retain(|(distance, _, _)| !about_only || *distance < 3);
        for (_, law, case) in cases {
            if let Ok(Verdict::Fail { .. }) = law.run(&mut session, case).await {
                return Some(law.name().to_owned());
            }
            session.be_usual();
        }
        None
    }

    async fn of_checks(&self, server: &MockServer) -> Option<String> {
        let mut session = self.session(&server.url(), "checks");
        let only = CHECKS.iter().map(|check| check.name().to_owned()).collect();
        let choice = Choice { only, fail_fast: true, ..Choice::default() };
        match run(&mut session, &choice, SEED, &Quiet).await {
            Ok(report) => report.findings().next().map(|(by, _)| by.to_owned()),
            // A server that does not let the suite in at all is noticed, too.
            Err(_) => Some("the run cannot begin".to_owned()),
        }
    }
}

async fn found_in(session: &mut Session) -> Result<Vec<(String, String)>, String> {
    let report =
        run(session, &Choice::default(), SEED, &Quiet).await.map_err(|trouble| trouble.to_string())?;
    let mut names = BTreeSet::new();
    let first = report.findings().filter(|(by, _)| names.insert((*by).to_owned()));
    Ok(first.map(|(by, finding)| (by.to_owned(), finding.message.clone())).collect())
}

/// Whose credentials the suite is given: those that the *original* accepts, and accounts to be made where it has none.
async fn people(original: &Document, contract: &Contract) -> Vec<Identity> {
    let server = serve(original.clone()).await.unwrap();
    Identity::offered(contract, &server.credentials(), "mutant")
}

/// The platform whose document has that name.
fn platform_of(document: &str) -> Option<&str> {
    document.rsplit_once("platforms/")?.1.split('/').next()
}
