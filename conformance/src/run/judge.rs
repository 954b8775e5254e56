//! Lets every check look at every exchange, and keeps the score.

use indexmap::IndexMap;

use crate::check::{Check, Judgement, Subject};
use crate::reading::Reading;
use crate::{Exchange, Finding, Purpose, Verdict};

/// What a check said about the exchanges of one operation.
#[derive(Clone, Debug, Default)]
pub(super) struct Tally {
    held: usize,
    missing: Option<&'static str>,
    findings: Vec<Finding>,
}

/// The score of a run: check and operation, in the order in which they were first met.
#[derive(Debug, Default)]
pub(super) struct Score {
    tallies: IndexMap<(&'static str, String), Tally>,
    judged: usize,
}

impl Score {
    /// Judges the exchanges that were not judged yet.
    pub(super) fn judge(
        &mut self,
        reading: &Reading,
        exchanges: &[std::sync::Arc<Exchange>],
        checks: &[&dyn Check],
        stand_in: bool,
    ) {
        let contract = reading.contract();
        for exchange in &exchanges[self.judged..] {
            let Some(operation) = contract.operation(&exchange.operation) else {
                continue;
            };
            let beside = match exchange.purpose {
                Purpose::Head(get) => exchanges.get(get.wrapping_sub(1)).map(AsRef::as_ref),
                _ => None,
            };
            let subject = Subject { contract, operation, exchange, beside, stand_in };
            for check in checks {
                let tally = self.tallies.entry((check.name(), operation.id.clone())).or_default();
                match check.check(&subject) {
                    Judgement::Silent => {}
                    Judgement::Missing(fact) => tally.missing = Some(fact),
                    Judgement::Held => tally.held += 1,
                    Judgement::Broken(findings) => {
                        for finding in findings {
                            // One of a kind; the first is the smallest, because probes begin small.
                            if !tally.findings.iter().any(|known| known.bucket() == finding.bucket()) {
                                tally.findings.push(finding);
                            }
                        }
                    }
                }
            }
        }
        self.judged = exchanges.len();
    }

    /// Findings so far.
    pub(super) fn findings(&self) -> usize {
        self.tallies.values().map(|tally| tally.findings.len()).sum()
    }

    /// Every finding, with the check that made it, to be replaced by a smaller one.
    pub(super) fn findings_mut(&mut self) -> impl Iterator<Item = (&'static str, &mut Finding)> {
        self.tallies
            .iter_mut()
            .flat_map(|((check, _), tally)| tally.findings.iter_mut().map(move |finding| (*check, finding)))
    }

    /// The verdict on each check and operation that has one.
    pub(super) fn verdicts(&self) -> impl Iterator<Item = (&'static str, &str, Verdict)> {
        self.tallies.iter().filter_map(|((check, operation), tally)| {
            let verdict = if !tally.findings.is_empty() {
                Verdict::Fail { findings: tally.findings.clone() }
            } else if tally.held > 0 {
                Verdict::Pass
            } else {
                Verdict::not_applicable(tally.missing?)
            };
            Some((*check, operation.as_str(), verdict))
        })
    }
}
