//! The order of events of a run.

use std::panic::AssertUnwindSafe;
use std::time::Instant;

use futures::FutureExt;

use super::judge::Score;
use super::preflight::{Trouble, preflight};
use super::shrink::shrink;
use crate::check::{CHECKS, Check};
use crate::law::LAWS;
use crate::oracle;
use crate::probe::{PROBES, Probe};
use crate::reading::Does;
use crate::report::{Report, Result, Writer};
use crate::session::{Session, Wishes};
use crate::story::Story;
use crate::{Purpose, Stop, Verdict};

/// Which checks and laws a run is about.
#[derive(Clone, Debug, Default)]
pub struct Choice {
    /// Only these; empty = all.
    pub only: Vec<String>,
    /// Not these.
    pub skip: Vec<String>,
    /// The stories to tell, each called `story NAME`.
    pub stories: Vec<Story>,
    /// End with the first finding.
    pub fail_fast: bool,
}

impl Choice {
    /// Whether a check or law of that name is wanted.
    #[must_use]
    pub fn wants(&self, name: &str) -> bool {
        let listed = |names: &[String]| names.iter().any(|one| one == name);
        (self.only.is_empty() || listed(&self.only)) && !listed(&self.skip)
    }

    /// Whether a probe serves a check that is wanted. Checks that judge everything want the requests that must succeed.
    #[must_use]
    pub fn wants_probe(&self, probe: &dyn Probe) -> bool {
        let own = probe.serves().iter().any(|check| self.wants(check));
        let served = |name: &str| PROBES.iter().any(|one| one.serves().contains(&name));
        let general = CHECKS.iter().any(|check| !served(check.name()) && self.wants(check.name()));
        own || general
    }

    /// A name that neither a check nor a law has.
    #[must_use]
    pub fn unknown(&self) -> Option<&str> {
        let known = |name: &&String| {
            !CHECKS.iter().any(|check| check.name() == name.as_str())
                && !LAWS.iter().any(|law| law.name() == name.as_str())
                && !self.stories.iter().any(|story| format!("story {}", story.name()) == name.as_str())
        };
        self.only.iter().chain(&self.skip).find(known).map(String::as_str)
    }
}

/// Told how far a run is.
pub trait Progress {
    /// Something begins: step `at` of `of`.
    fn begins(&self, at: usize, of: usize, what: &str, findings: usize);
}

/// Judges a deployment. The records that the run made are removed before this returns.
///
/// # Errors
/// When nobody answers, or the credential is refused, before anything else was sent.
pub async fn run(
    session: &mut Session,
    choice: &Choice,
    seed: u64,
    progress: &dyn Progress,
) -> std::result::Result<Report, Trouble> {
    let started = Instant::now();
    session.sign_in().await?;
    preflight(session).await?;
    let reading = session.reading();
    let stand_in = session.target().limits.stand_in;
    let checks: Vec<&dyn Check> = CHECKS.iter().copied().filter(|check| choice.wants(check.name())).collect();
    let plan = super::plan(&reading, session.target(), choice);
    let mut score = Score::default();
    let mut results = Vec::new();
    let mut at = 0;
    let mut begin = |what: &str, findings: usize| {
        at += 1;
        progress.begins(at, plan.steps.len(), what, findings);
    };

    look_around(session).await;
    if let Some(oracle) = session.oracle() {
        oracle.begin();
    }
    let enough = |score: &Score, results: &[Result]| {
        choice.fail_fast && (score.findings() > 0 || results.iter().any(Result::failed))
    };
    'all: {
        for (operation, owner) in reading.contract().operations.iter().enumerate() {
            if session.target().limits.read_only && !reading.is_safe(operation) {
                results.push(Result::check("*", &owner.id, Verdict::skipped("`--read-only`")));
                continue;
            }
            for probe in PROBES
                .iter()
                .filter(|probe| choice.wants_probe(**probe) && probe.applies(&reading, operation))
            {
                begin(&format!("{} {}", probe.name(), owner.id), score.findings());
                if let Err(stop) = guarded(probe.run(session, operation)).await {
                    let by = probe.serves().first().copied().unwrap_or(probe.name());
                    results.push(Result::check(by, &owner.id, stop.into()));
                }
                score.judge(&reading, session.exchanges(), &checks, stand_in);
                if enough(&score, &results) {
                    break 'all;
                }
            }
        }
        for law in LAWS.iter().filter(|law| choice.wants(law.name())) {
            match law.cases(&reading) {
                Err(missing) => results.push(Result::law(law.name(), "", Verdict::not_applicable(missing))),
                Ok(cases) => {
                    for case in &cases {
                        begin(&format!("{} {}", law.name(), case.title), score.findings());
                        let verdict = guarded(law.run(session, case)).await.unwrap_or_else(Verdict::from);
                        // A law that speaks as somebody else may have ended before it was itself again.
                        session.be_usual();
                        results.push(Result::law(law.name(), &case.title, verdict));
                        score.judge(&reading, session.exchanges(), &checks, stand_in);
                        if enough(&score, &results) {
                            break 'all;
                        }
                    }
                }
            }
        }
        for story in &choice.stories {
            let name = format!("story {}", story.name());
            if choice.wants(&name) {
                begin(&name, score.findings());
                let verdict = guarded(story.tell(session)).await.unwrap_or_else(Verdict::from);
                session.be_usual();
                results.push(Result::story(&name, story.summary(), verdict));
                score.judge(&reading, session.exchanges(), &checks, stand_in);
                if enough(&score, &results) {
                    break 'all;
                }
            }
        }
    }
    shrink(session, &mut score).await;
    let leftovers = session.clean_up().await;
    score.judge(&reading, session.exchanges(), &checks, stand_in);
    for (check, operation, verdict) in score.verdicts() {
        results.push(Result::check(check, operation, verdict));
    }
    if let Some(oracle) = session.oracle() {
        let verdicts = oracle.verdicts();
        results.extend(verdicts.map(|(operation, verdict)| Result::check(oracle::NAME, operation, verdict)));
    }
    Ok(Writer { session, seed, took: started.elapsed() }.report(results, leftovers, plan))
}

/// A fault of the suite in one case is said there: the others are judged all the same, and what the run made is removed.
async fn guarded<T>(
    judging: impl Future<Output = std::result::Result<T, Stop>>,
) -> std::result::Result<T, Stop> {
    AssertUnwindSafe(judging).catch_unwind().await.unwrap_or_else(|fault| {
        let text = fault.downcast_ref::<String>().map(String::as_str);
        let text = text.or_else(|| fault.downcast_ref::<&str>().copied()).unwrap_or("it does not say which");
        Err(Stop::Broken(format!("a fault of the suite, please report it: {text}")))
    })
}

/// Lists every collection once, so that the run knows what there is to refer to.
pub async fn look_around(session: &mut Session) {
    let reading = session.reading();
    for one in reading.uses().iter().filter(|one| one.does == Does::List && reading.is_safe(one.operation)) {
        let Ok(inputs) = session.prepare(one.operation, &[], &Wishes::minimal()) else {
            continue;
        };
        let purpose = Purpose::Valid { variant: "minimal".to_owned(), certain: false, sound: true };
        // What does not answer here is judged when its operation's turn comes.
        match session.ask(one.operation, &inputs, purpose).await {
            Ok(exchange) => session.notice(one.operation, &exchange),
            Err(Stop::Blocked(_) | Stop::Missing(_) | Stop::Broken(_)) => {}
        }
    }
}
