//! Text for people: findings as numbered stories, then what was not judged, then one line that sums up.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::{Format, Kind, Report, ReportedFinding};

#[derive(Debug)]
pub(super) struct Terminal;

impl Format for Terminal {
    fn name(&self) -> &'static str {
        "terminal"
    }

    fn about(&self) -> &'static str {
        "text for people"
    }

    fn render(&self, report: &Report) -> Result<String, String> {
        let mut out = String::new();
        write(&mut out, report).map_err(|error| error.to_string())?;
        Ok(out)
    }
}

fn write(out: &mut String, report: &Report) -> std::fmt::Result {
    writeln!(out, "{} held against {}", report.base_url, report.contract)?;
    writeln!(out)?;
    table(out, report)?;
    for (index, (by, finding)) in report.findings().enumerate() {
        writeln!(out)?;
        story(out, index + 1, by, finding)?;
    }
    if report.findings().any(|(_, finding)| finding.clause.made) {
        let hint = "`mock-server … --app FILE --print-document` prints the one of an application's file";
        writeln!(out, "\nthe places are JSON pointers into a document that was made for this run; {hint}")?;
    }
    unjudged(out, report, "error", "could not be judged")?;
    unjudged(out, report, "skipped", "skipped")?;
    unjudged(out, report, "not-applicable", "not said by the document")?;
    if !report.leftovers.is_empty() {
        writeln!(
            out,
            "\nleft behind: {}",
            count(report.leftovers.len(), "thing that is still there", "things that are still there")
        )?;
        let mut by_why: BTreeMap<(&str, &str), Vec<String>> = BTreeMap::new();
        for one in &report.leftovers {
            let names: Vec<String> =
                one.names.iter().map(|(field, value)| format!("{field}={value}")).collect();
            by_why.entry((&one.operation, &one.why)).or_default().push(names.join(" "));
        }
        for ((operation, why), names) in by_why {
            writeln!(out, "  by `{operation}`: {why}")?;
            for one in names {
                writeln!(out, "    {}", if one.is_empty() { "(without a known name)" } else { &one })?;
            }
        }
    }
    summary(out, report)
}

/// One line for each check and law: how many verdicts of each kind.
fn table(out: &mut String, report: &Report) -> std::fmt::Result {
    for (kind, title) in [(Kind::Check, "checks"), (Kind::Law, "laws"), (Kind::Story, "stories")] {
        let mut lines: Vec<(&str, BTreeMap<&str, usize>)> = Vec::new();
        for one in report.results.iter().filter(|one| one.kind == kind) {
            let at = lines.iter().position(|(name, _)| *name == one.name).unwrap_or_else(|| {
                lines.push((&one.name, BTreeMap::new()));
                lines.len() - 1
            });
            *lines[at].1.entry(&one.verdict).or_default() += 1;
        }
        if lines.is_empty() {
            continue;
        }
        writeln!(out, "{title}")?;
        for (name, verdicts) in lines {
            let words: Vec<String> = ["fail", "error", "pass", "skipped", "not-applicable"]
                .iter()
                .filter_map(|word| verdicts.get(word).map(|count| format!("{count} {word}")))
                .collect();
            let mark = if verdicts.contains_key("fail") {
                "FAIL"
            } else if verdicts.contains_key("error") {
                "????"
            } else if verdicts.contains_key("pass") {
                "ok  "
            } else {
                "-   "
            };
            writeln!(out, "  {mark} {name}: {}", words.join(", "))?;
        }
    }
    Ok(())
}

fn story(out: &mut String, number: usize, by: &str, finding: &ReportedFinding) -> std::fmt::Result {
    let operation = finding.operation.as_ref().map(|one| format!(" {one}")).unwrap_or_default();
    writeln!(out, "{number}. {by}{operation}: {}", finding.message)?;
    if finding.clause.made {
        writeln!(out, "   held to {}", finding.clause)?;
    } else {
        writeln!(out, "   held to {} (`{}`)", finding.clause, finding.clause.pointer)?;
    }
    for (index, exchange) in finding.exchanges.iter().enumerate() {
        writeln!(out, "   {}) {}", index + 1, exchange.curl)?;
        let status = exchange.status.map_or_else(|| "no answer".to_owned(), |status| status.to_string());
        let answer: String = exchange.answer.chars().take(400).collect();
        writeln!(out, "      -> {status} {}", answer.replace('\n', "\n         "))?;
    }
    Ok(())
}

/// Verdicts of one kind, those with the same reason together.
fn unjudged(out: &mut String, report: &Report, verdict: &str, title: &str) -> std::fmt::Result {
    let mut reasons: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for one in report.results.iter().filter(|one| one.verdict == verdict) {
        let subject = if one.subject.is_empty() {
            one.name.clone()
        } else {
            format!("{} of {}", one.name, one.subject)
        };
        reasons.entry(one.reason.as_deref().unwrap_or("")).or_default().push(subject);
    }
    if reasons.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n{title}")?;
    for (reason, subjects) in reasons {
        writeln!(out, "  {reason}: {}", subjects.join("; "))?;
    }
    Ok(())
}

fn summary(out: &mut String, report: &Report) -> std::fmt::Result {
    let counts = report.counts;
    let word = if report.interrupted {
        "INTERRUPTED"
    } else if counts.fail > 0 {
        "FINDINGS"
    } else if report.exit_code() == 0 && report.out_of_budget {
        "HOLDS AS FAR AS IT WENT (a budget was spent: `--max-requests`, `--max-creations`)"
    } else if report.exit_code() == 0 {
        "HOLDS"
    } else {
        "COULD NOT JUDGE"
    };
    writeln!(
        out,
        "\n{word}: {} pass, {} fail, {} skipped, {} not applicable, {} error; {}, {} created, {} left behind, {}.{} s, seed {}",
        counts.pass,
        counts.fail,
        counts.skipped,
        counts.not_applicable,
        counts.error,
        count(report.requests, "request", "requests"),
        report.created,
        report.leftovers.len(),
        report.took_ms / 1000,
        report.took_ms % 1000 / 100,
        report.seed,
    )
}

fn count(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}
