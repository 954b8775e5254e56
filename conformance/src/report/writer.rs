//! Makes the report of a run: picks the exchanges that show each finding, and masks everything.

use std::time::Duration;

use super::model::{Counts, FORMAT, Report, ReportedFinding, Result, ShownExchange};
use crate::run::Plan;
use crate::session::{Leftover, Session};
use crate::{Exchange, Finding, Verdict, curl};

/// The beginning of a body that is shown, in bytes.
const SHOWN: usize = 2_000;

/// Makes the report of a session.
pub(crate) struct Writer<'w> {
    pub(crate) session: &'w Session,
    pub(crate) seed: u64,
    pub(crate) took: Duration,
}

impl Writer<'_> {
    /// The report.
    pub(crate) fn report(&self, results: Vec<Result>, leftovers: Vec<Leftover>, plan: Plan) -> Report {
        let reading = self.session.reading();
        let contract = reading.contract();
        let results: Vec<Result> = results.into_iter().map(|one| self.complete(one)).collect();
        let mut counts = Counts::default();
        for one in &results {
            match one.verdict.as_str() {
                "pass" => counts.pass += 1,
                "fail" => counts.fail += 1,
                "skipped" => counts.skipped += 1,
                "not-applicable" => counts.not_applicable += 1,
                _ => counts.error += 1,
            }
        }
        Report {
            format: FORMAT,
            suite: env!("CARGO_PKG_VERSION").to_owned(),
            contract: format!("{} {}", contract.title, contract.version),
            document: contract.document.name().to_owned(),
            base_url: self.mask(self.session.target().base.as_str()),
            run: self.session.run_name().to_owned(),
            seed: self.seed,
            requests: self.session.exchanges().len(),
            created: self.session.made().iter().filter(|made| made.certain).count(),
            took_ms: u64::try_from(self.took.as_millis()).unwrap_or(u64::MAX),
            interrupted: self.session.is_interrupted(),
            out_of_budget: self.session.is_out_of_budget(),
            counts,
            results,
            leftovers: leftovers.into_iter().map(|one| self.mask_leftover(one)).collect(),
            plan,
        }
    }

    fn mask(&self, text: &str) -> String {
        self.session.masks().mask(text)
    }

    fn mask_leftover(&self, mut one: Leftover) -> Leftover {
        one.why = self.mask(&one.why);
        for value in one.names.values_mut() {
            if let Some(text) = value.as_str() {
                *value = self.mask(text).into();
            }
        }
        one
    }

    fn complete(&self, mut one: Result) -> Result {
        one.reason = one.reason.map(|reason| self.mask(&reason));
        if let Some(Verdict::Fail { findings }) = one.raw.take() {
            one.findings = findings.iter().map(|finding| self.finding(finding)).collect();
        }
        one
    }

    fn finding(&self, finding: &Finding) -> ReportedFinding {
        let mut numbers = finding.exchanges.clone();
        let mut at = 0;
        // What an exchange needs stands before it, so this ends.
        while let Some(number) = numbers.get(at).copied() {
            for needed in self.exchange(number).map(|one| one.needs.clone()).unwrap_or_default() {
                if !numbers.contains(&needed) {
                    numbers.push(needed);
                }
            }
            at += 1;
        }
        numbers.sort_unstable();
        ReportedFinding {
            operation: finding.operation.clone(),
            clause: finding.clause.clone(),
            message: self.mask(&finding.message),
            exchanges: numbers
                .iter()
                .filter_map(|number| self.exchange(*number))
                .map(|one| self.shown(one))
                .collect(),
        }
    }

    fn exchange(&self, number: usize) -> Option<&Exchange> {
        self.session.exchanges().get(number.wrapping_sub(1)).map(AsRef::as_ref)
    }

    fn shown(&self, exchange: &Exchange) -> ShownExchange {
        let (status, headers, answer) = match &exchange.answer {
            Ok(answer) => {
                let headers =
                    answer.headers.iter().map(|(name, value)| (name.clone(), self.mask(value))).collect();
                (Some(answer.status), headers, beginning(&self.mask(&String::from_utf8_lossy(&answer.body))))
            }
            Err(fault) => (None, Vec::new(), self.mask(&fault.to_string())),
        };
        ShownExchange {
            number: exchange.number,
            curl: curl(&exchange.request, self.session.masks()),
            status,
            headers,
            answer,
        }
    }
}

fn beginning(text: &str) -> String {
    if text.len() <= SHOWN {
        return text.to_owned();
    }
    let end = (0..=SHOWN).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    format!("{}… ({} bytes in all)", &text[..end], text.len())
}
