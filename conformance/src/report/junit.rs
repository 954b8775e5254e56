//! JUnit XML, for build servers: a suite for every check and law, a case for every operation and case.

use std::time::Duration;

use indexmap::IndexMap;
use quick_junit::{NonSuccessKind, TestCase, TestCaseStatus, TestSuite};

use super::{Format, Report};

#[derive(Debug)]
pub(super) struct Junit;

impl Format for Junit {
    fn name(&self) -> &'static str {
        "junit"
    }

    fn about(&self) -> &'static str {
        "JUnit XML, for build servers"
    }

    fn render(&self, report: &Report) -> Result<String, String> {
        let mut out =
            quick_junit::Report::new(format!("conformance of {} with {}", report.base_url, report.contract));
        out.set_time(Duration::from_millis(report.took_ms));
        let mut suites: IndexMap<&str, TestSuite> = IndexMap::new();
        for one in &report.results {
            let status = match one.verdict.as_str() {
                "pass" => TestCaseStatus::success(),
                "fail" => {
                    let mut status = TestCaseStatus::non_success(NonSuccessKind::Failure);
                    let messages: Vec<&str> =
                        one.findings.iter().map(|finding| finding.message.as_str()).collect();
                    status.set_message(messages.join("; "));
                    status.set_type(one.name.clone());
                    status.set_description(description(one));
                    status
                }
                "error" => {
                    let mut status = TestCaseStatus::non_success(NonSuccessKind::Error);
                    status.set_message(one.reason.clone().unwrap_or_default());
                    status
                }
                other => {
                    let mut status = TestCaseStatus::skipped();
                    status.set_message(format!("{other}: {}", one.reason.clone().unwrap_or_default()));
                    status
                }
            };
            let name = if one.subject.is_empty() { one.name.as_str() } else { one.subject.as_str() };
            let mut case = TestCase::new(name, status);
            case.set_classname(one.name.clone());
            suites.entry(&one.name).or_insert_with(|| TestSuite::new(one.name.as_str())).add_test_case(case);
        }
        out.add_test_suites(suites.into_values());
        out.to_string().map_err(|error| error.to_string())
    }
}

fn description(one: &super::Result) -> String {
    let mut text = String::new();
    for finding in &one.findings {
        text.push_str(&format!("{}\n  {}\n", finding.message, finding.clause));
        for exchange in &finding.exchanges {
            text.push_str(&format!("  {}\n", exchange.curl));
        }
    }
    text
}
