//! The report as plain data. No secret is in it: whatever could hold one was masked when the report was made.

use schemars::JsonSchema;
use serde::Serialize;

use crate::run::Plan;
use crate::session::Leftover;
use crate::{Clause, Verdict};

/// The version of this format; it grows when something in it changes its meaning.
pub(super) const FORMAT: u32 = 1;

/// What a run found.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Report {
    /// The version of this format.
    pub format: u32,
    /// The suite's version.
    pub suite: String,
    /// The document's title and version.
    pub contract: String,
    /// The document.
    pub document: String,
    /// The deployment.
    pub base_url: String,
    /// The run's name, which the marks of its records carry.
    pub run: String,
    /// The seed: the same seed sends the same requests.
    pub seed: u64,
    /// Requests sent, cleaning up included.
    pub requests: usize,
    /// Records created.
    pub created: usize,
    /// From the first request to the last answer, in milliseconds.
    pub took_ms: u64,
    /// Whether the run was ended early by Ctrl-C.
    pub interrupted: bool,
    /// Whether a budget (`--max-requests`, `--max-creations`) was spent before everything was tried.
    pub out_of_budget: bool,
    /// How many verdicts of each kind.
    pub counts: Counts,
    /// Every verdict: checks by operation, laws by case.
    pub results: Vec<Result>,
    /// What the run made and could not remove.
    pub leftovers: Vec<Leftover>,
    /// What was announced.
    pub plan: Plan,
}

/// How many verdicts of each kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Counts {
    /// Clauses that are kept.
    pub pass: usize,
    /// Clauses that are broken.
    pub fail: usize,
    /// Not tried.
    pub skipped: usize,
    /// Not said by the contract.
    pub not_applicable: usize,
    /// Not judged, because of the network or a fault of the suite.
    pub error: usize,
}

/// Whether a verdict is a check's or a law's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// On the exchanges of an operation.
    Check,
    /// On a case.
    Law,
    /// On a walk-through.
    Story,
}

/// A verdict.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Result {
    /// A check's or a law's.
    pub kind: Kind,
    /// The check or law; `*` for all checks.
    pub name: String,
    /// The operation, or the case.
    pub subject: String,
    /// `pass`, `fail`, `skipped`, `not-applicable` or `error`.
    pub verdict: String,
    /// Why it was not judged.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// What is wrong.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub findings: Vec<ReportedFinding>,
    #[serde(skip)]
    #[schemars(skip)]
    pub(crate) raw: Option<Verdict>,
}

impl Result {
    pub(crate) fn check(name: &str, operation: &str, verdict: Verdict) -> Self {
        Self::of(Kind::Check, name, operation, verdict)
    }

    /// Whether it is a finding.
    pub(crate) fn failed(&self) -> bool {
        matches!(self.raw, Some(Verdict::Fail { .. }))
    }

    pub(crate) fn story(name: &str, summary: &str, verdict: Verdict) -> Self {
        Self::of(Kind::Story, name, summary, verdict)
    }

    pub(crate) fn law(name: &str, case: &str, verdict: Verdict) -> Self {
        Self::of(Kind::Law, name, case, verdict)
    }

    fn of(kind: Kind, name: &str, subject: &str, verdict: Verdict) -> Self {
        let reason = match &verdict {
            Verdict::Skipped { reason } => Some(reason.clone()),
            Verdict::NotApplicable { missing } => Some(missing.clone()),
            Verdict::Error { message } => Some(message.clone()),
            Verdict::Pass | Verdict::Fail { .. } => None,
        };
        Self {
            kind,
            name: name.to_owned(),
            subject: subject.to_owned(),
            verdict: verdict.word().to_owned(),
            reason,
            findings: Vec::new(),
            raw: Some(verdict),
        }
    }
}

/// A finding with everything that is needed to see it again.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct ReportedFinding {
    /// The operation it is about.
    pub operation: Option<String>,
    /// What the deployment is held to.
    pub clause: Clause,
    /// What was expected and what was seen.
    pub message: String,
    /// The shortest list of exchanges that shows it.
    pub exchanges: Vec<ShownExchange>,
}

/// An exchange as reports show it.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct ShownExchange {
    /// Its number within the run.
    pub number: usize,
    /// The request as a curl command, with a shell variable for every secret.
    pub curl: String,
    /// The status of the answer.
    pub status: Option<u16>,
    /// The answer's headers.
    pub headers: Vec<(String, String)>,
    /// The beginning of the answer's body, or why there was no answer.
    pub answer: String,
}

impl Report {
    /// Whether the deployment keeps everything that was judged.
    #[must_use]
    pub fn holds(&self) -> bool {
        self.counts.fail == 0
    }

    /// Every finding with the name of the check or law that made it.
    pub fn findings(&self) -> impl Iterator<Item = (&str, &ReportedFinding)> {
        self.results.iter().flat_map(|one| one.findings.iter().map(|finding| (one.name.as_str(), finding)))
    }

    /// What a process ends with: 0 holds, 1 findings, 2 when nothing could be judged or a creation's fate is unknown.
    #[must_use]
    pub fn exit_code(&self) -> u8 {
        match self.counts {
            Counts { fail: 1.., .. } => 1,
            Counts { error: 1.., .. } => 2,
            Counts { pass: 0, .. } => 2,
            _ if self.interrupted => 2,
            _ => 0,
        }
    }
}
