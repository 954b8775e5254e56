//! Whether upper and lower case, or a slash at the end, make another path is as the document says.

use futures::future::BoxFuture;
use tercet_spec::Pointer;
use tercet_spec::contract::{Operation, Segment};

use super::lens::{missing, same_answer, volatile};
use super::{Case, Law};
use crate::reading::Reading;
use crate::session::{Session, Wishes};
use crate::{Clause, Exchange, Finding, Purpose, Stop, Twist, Verdict};

/// See [`Law::about`].
pub(super) struct PathsAsSaid;

const TWISTS: [(Twist, &str, &str); 2] = [
    (Twist::OtherCase, "ignore-case", "in other case"),
    (Twist::OtherEnd, "ignore-trailing-slash", "with the other end"),
];

impl Law for PathsAsSaid {
    fn name(&self) -> &'static str {
        "paths_as_said"
    }

    fn about(&self) -> &'static str {
        "a path in other case or with a slash more is the same path or an unknown one, as the document says"
    }

    fn clause(&self) -> &'static str {
        "`x-conduct.paths`"
    }

    fn cases(&self, reading: &Reading) -> Result<Vec<Case>, String> {
        let contract = reading.contract();
        let mut cases = Vec::new();
        for (twist, key, words) in TWISTS {
            let pointer = place(reading, key);
            // Documents that say nothing are judged by nothing: servers differ, and RFC 3986 leaves it to them.
            if contract.document.get(&pointer).is_none() {
                continue;
            }
            let same = is_same(reading, twist);
            for (index, operation) in contract.operations.iter().enumerate() {
                if !reading.is_safe(index) || is_another(reading, operation, twist) {
                    continue;
                }
                let says = if same { "is the same path" } else { "is an unknown path" };
                cases.push(Case {
                    title: format!("`{}` {words}", operation.id),
                    clause: Clause::at(
                        contract,
                        &pointer,
                        format!("`{}` {words} {says}", operation.path.text),
                    ),
                    operations: vec![index],
                    uses: Vec::new(),
                    detail: key.to_owned(),
                });
            }
        }
        if cases.is_empty() { Err("`x-conduct.paths`".to_owned()) } else { Ok(cases) }
    }

    fn run<'a>(&'a self, session: &'a mut Session, case: &'a Case) -> BoxFuture<'a, Result<Verdict, Stop>> {
        Box::pin(async move {
            let reading = session.reading();
            let Some((twist, ..)) = TWISTS.into_iter().find(|(_, key, _)| *key == case.detail) else {
                return missing("a way of writing the path otherwise");
            };
            let operation = case.operations[0];
            let inputs = session.prepare(operation, &[], &Wishes::minimal())?;
            let plain = session.ask(operation, &inputs, Purpose::Look).await?;
            if !plain.succeeded() {
                return Err(Stop::Blocked(format!("the path itself is refused: {}", plain.summary())));
            }
            let other = session.ask(operation, &inputs, Purpose::OtherPath(twist)).await?;
            let wrong = if is_same(&reading, twist) {
                let apart_from = volatile(&reading, operation);
                (!same_answer(&plain, &other, &apart_from)).then(|| "the same answer".to_owned())
            } else {
                refusal_missed(&reading, &other)
            };
            let Some(wanted) = wrong else { return Ok(Verdict::Pass) };
            let message = format!("expected {wanted}, {} (and {})", other.summary(), plain.summary());
            let finding = Finding::new(self.name(), case.clause.clone(), message);
            let finding = finding.of(&reading.contract().operations[operation]);
            Ok(Verdict::fail(finding.shown_by(&plain).shown_by(&other)))
        })
    }
}

/// Where the document says it.
fn place(reading: &Reading, key: &str) -> Pointer {
    reading.contract().conduct.pointer.child("paths").child(key)
}

fn is_same(reading: &Reading, twist: Twist) -> bool {
    let conduct = &reading.contract().conduct;
    match twist {
        Twist::OtherCase => conduct.ignore_case,
        Twist::OtherEnd => conduct.ignore_trailing_slash,
    }
}

/// What an unknown path must be answered with, where it was not.
fn refusal_missed(reading: &Reading, other: &Exchange) -> Option<String> {
    let conduct = &reading.contract().conduct;
    let status = conduct.responses.get("not-found").map_or(404, |one| one.status);
    let unrouted = conduct.unrouted.iter().filter_map(|rule| conduct.responses.get(&rule.outcome));
    let statuses: Vec<u16> = [status].into_iter().chain(unrouted.map(|one| one.status)).collect();
    let kept = other.status().is_some_and(|status| statuses.contains(&status));
    (!kept).then(|| {
        let words: Vec<String> = statuses.iter().map(ToString::to_string).collect();
        format!("{}, as for every unknown path", words.join(" or "))
    })
}

/// Whether the path, written otherwise, is that of another operation, or nothing in it can be written otherwise.
fn is_another(reading: &Reading, operation: &Operation, twist: Twist) -> bool {
    let others = reading.contract().operations.iter().filter(|one| one.path.text != operation.path.text);
    let literal = |parts: &[Segment]| parts.iter().all(|part| matches!(part, Segment::Literal(_)));
    match twist {
        Twist::OtherEnd => {
            let bare = |text: &str| text.trim_end_matches('/').to_owned();
            others.into_iter().any(|one| bare(&one.path.text) == bare(&operation.path.text))
                || operation.path.text == "/"
        }
        Twist::OtherCase => {
            let letters = |part: &Segment| match part {
                Segment::Literal(text) => text.chars().any(|c| c.is_ascii_alphabetic()),
                Segment::Parameter(_) => false,
            };
            let own = &operation.path.segments;
            !own.iter().flatten().any(letters)
                || others.into_iter().any(|one| {
                    one.path.segments.len() == own.len()
                        && one
                            .path
                            .segments
                            .iter()
                            .zip(own)
                            .all(|(other, own)| !literal(other) || !literal(own) || other == own)
                })
        }
    }
}
