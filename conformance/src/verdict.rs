//! How a check or a law ended.

use schemars::JsonSchema;
use serde::Serialize;

use crate::Finding;

/// How a check (of an operation) or a law (on a case) ended. A group's verdict is its worst.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(tag = "verdict", rename_all = "kebab-case")]
pub enum Verdict {
    /// The deployment keeps the clause.
    Pass,
    /// The contract lacks a fact that is needed to judge.
    NotApplicable {
        /// The fact, for example `an operation that reads one of users`.
        missing: String,
    },
    /// It was not tried.
    Skipped {
        /// Why: profile, consent, budget, or something else that did not work first.
        reason: String,
    },
    /// The deployment breaks the clause.
    Fail {
        /// What was seen.
        findings: Vec<Finding>,
    },
    /// The suite could not judge: the network, or a fault of its own. Never counted as the deployment's.
    Error {
        /// What happened.
        message: String,
    },
}

impl Verdict {
    /// The verdict that one finding makes.
    #[must_use]
    pub fn fail(finding: Finding) -> Self {
        Self::Fail { findings: vec![finding] }
    }

    /// Why it was not tried.
    #[must_use]
    pub fn skipped(reason: impl Into<String>) -> Self {
        Self::Skipped { reason: reason.into() }
    }

    /// Which fact is missing.
    #[must_use]
    pub fn not_applicable(missing: impl Into<String>) -> Self {
        Self::NotApplicable { missing: missing.into() }
    }

    /// What went wrong on the suite's side.
    #[must_use]
    pub fn error(message: impl Into<String>) -> Self {
        Self::Error { message: message.into() }
    }

    /// Its name in reports.
    #[must_use]
    pub fn word(&self) -> &'static str {
        match self {
            Self::Pass => "pass",
            Self::NotApplicable { .. } => "not-applicable",
            Self::Skipped { .. } => "skipped",
            Self::Fail { .. } => "fail",
            Self::Error { .. } => "error",
        }
    }

    /// Its findings.
    #[must_use]
    pub fn findings(&self) -> &[Finding] {
        match self {
            Self::Fail { findings } => findings,
            _ => &[],
        }
    }
}

/// Why a law ends before it has judged anything.
#[derive(Clone, Debug, PartialEq)]
pub enum Stop {
    /// A step could not be taken: no consent, budget spent, a refused preparation. The law is skipped.
    Blocked(String),
    /// The contract lacks a fact, which shows only now. The law is not applicable.
    Missing(String),
    /// No answer, or a fault of the suite.
    Broken(String),
}

impl From<Stop> for Verdict {
    fn from(stop: Stop) -> Self {
        match stop {
            Stop::Blocked(reason) => Self::Skipped { reason },
            Stop::Missing(missing) => Self::NotApplicable { missing },
            Stop::Broken(message) => Self::Error { message },
        }
    }
}
