//! What was created can be read back, with the values that were sent.

use futures::future::BoxFuture;

use super::{Case, Law, story};
use crate::reading::{Does, Reading};
use crate::session::{Session, Wishes};
use crate::{Clause, Finding, Stop, Verdict};

/// Create, then read.
#[derive(Debug)]
pub(super) struct ReadYourWrites;

impl Law for ReadYourWrites {
    fn name(&self) -> &'static str {
        "read_your_writes"
    }

    fn about(&self) -> &'static str {
        "a record that was created is found by its names, with the values that were sent"
    }

    fn clause(&self) -> &'static str {
        "`x-effect` of a create and of a find in the same collection"
    }

    fn cases(&self, reading: &Reading) -> Result<Vec<Case>, String> {
        let mut cases = Vec::new();
        for creator in reading.uses().iter().filter(|one| one.does == Does::Create && !one.conditional) {
            for finder in story::readers(reading, &creator.collection) {
                cases.push(Case::of(reading, &[creator, finder], "then"));
            }
        }
        if cases.is_empty() { Err("an operation that creates and one that finds in the same collection".to_owned()) } else { Ok(cases) }
    }

    fn run<'a>(&'a self, session: &'a mut Session, case: &'a Case) -> BoxFuture<'a, Result<Verdict, Stop>> {
        Box::pin(async move {
            let reading = session.reading();
            let (creator, finder) = (&reading.uses()[case.uses[0]], &reading.uses()[case.uses[1]]);
            let record = session.create(creator, &Wishes::plain()).await?;
            let inputs = session.prepare(finder.operation, &[&record], &Wishes::minimal())?;
            if session.takes(finder, &inputs, &record) != Some(true) {
                return Err(Stop::Missing("a find whose `where` surely takes what was created".to_owned()));
            }
            let exchange = session.read(finder, &record).await?;
            let owner = reading.operation(finder);
            let finding = |message: String| {
                let says = format!("`{}` finds what `{}` created", owner.id, reading.operation(creator).id);
                let clause = Clause::at(reading.contract(), &reading.step(finder).pointer, says);
                Verdict::fail(Finding::new(self.name(), clause, message).of(owner).shown_by(&exchange))
            };
            if !exchange.succeeded() {
                return Ok(finding(format!("what was just created is not found: {}", exchange.summary())));
            }
            let (Some(view), Some(body)) = (reading.view(finder.operation), exchange.json()) else {
                return Err(Stop::Missing(format!("a documented answer of `{}` that shows the record", owner.id)));
            };
            let Some(shown) = view.records(body).into_iter().next() else {
                return Ok(finding("the answer does not show the record".to_owned()));
            };
            let differences = reading.differences(view, record.prediction(), shown);
            if differences.is_empty() {
                return Ok(Verdict::Pass);
            }
            let list: Vec<String> = differences.iter().map(ToString::to_string).collect();
            Ok(finding(format!("what is read is not what was written: {}", list.join(", "))))
        })
    }
}
