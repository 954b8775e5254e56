//! Reading a record, and listing its collection, leave it as it was.

use futures::future::BoxFuture;

use super::{Case, Law, lens};
use crate::reading::{Does, Reading};
use crate::session::{Session, Wishes};
use crate::{Clause, Exchange, Finding, Purpose, Stop, Verdict};

/// Read, look at everything else, read again.
#[derive(Debug)]
pub(super) struct SafeMethodsChangeNothing;

impl Law for SafeMethodsChangeNothing {
    fn name(&self) -> &'static str {
        "safe_methods_change_nothing"
    }

    fn about(&self) -> &'static str {
        "a record reads the same before and after safe requests that are about it"
    }

    fn clause(&self) -> &'static str {
        "`x-effect` of a find or list, which writes nothing (RFC 9110, 9.2.1)"
    }

    fn cases(&self, reading: &Reading) -> Result<Vec<Case>, String> {
        let mut cases = Vec::new();
        for collection in reading.contract().collections.keys() {
            let Some(creator) = lens::creators(reading, collection).first().copied() else { continue };
            for reader in lens::readers(reading, collection) {
                let title = format!(
                    "`{}` around safe requests, after `{}`",
                    reading.operation(reader).id,
                    reading.operation(creator).id
                );
                cases.push(lens::case(reading, title.clone(), title, &[reader, creator], ""));
            }
        }
        if cases.is_empty() {
            Err("a safe operation that finds what another creates".to_owned())
        } else {
            Ok(cases)
        }
    }

    fn run<'a>(&'a self, session: &'a mut Session, case: &'a Case) -> BoxFuture<'a, Result<Verdict, Stop>> {
        Box::pin(async move {
            let reading = session.reading();
            let (reader, creator) = (lens::used(&reading, case, 0)?, lens::used(&reading, case, 1)?);
            let record = session.create(creator, &Wishes::plain()).await?;
            let before = session.read(reader, &record).await?;
            if !before.succeeded() {
                return Err(Stop::Blocked(format!("the record cannot be read: {}", before.summary())));
            }
            let inputs = session.prepare(reader.operation, &[&record], &Wishes::minimal())?;
            session.with_method(reader.operation, "HEAD", &inputs, Purpose::Look).await?;
            for lister in
                reading.that(Does::List, &reader.collection).filter(|one| reading.is_safe(one.operation))
            {
                session.list(lister, &[&record], &Wishes::minimal()).await?;
            }
            let after = session.read(reader, &record).await?;
            if lens::same_answer(&before, &after, &lens::volatile(&reading, reader.operation)) {
                return Ok(Verdict::Pass);
            }
            let owner = reading.operation(reader);
            let clause = Clause::at(
                reading.contract(),
                &reading.step(reader).pointer,
                format!("`{}` only finds; nothing is written", owner.id),
            );
            let message = difference(&before, &after);
            let shown: [&Exchange; 2] = [&before, &after];
            let finding = Finding::new(self.name(), clause, message).of(owner);
            Ok(Verdict::fail(shown.into_iter().fold(finding, |finding, one| finding.shown_by(one))))
        })
    }
}

fn difference(before: &Exchange, after: &Exchange) -> String {
    match (before.json(), after.json()) {
        (Some(old), Some(new)) => format!("the record reads `{new}` where it read `{old}` before"),
        _ => format!("{}, and before that {}", after.summary(), before.summary()),
    }
}
