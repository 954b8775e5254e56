//! Names of records that do not exist.

use futures::future::BoxFuture;

use super::Probe;
use super::subject::{Subject, nobody};
use crate::reading::{Reading, Slot};
use crate::session::{Session, Wishes};
use crate::{Purpose, Stop};

#[derive(Debug)]
pub(super) struct UnknownRecord;

impl Probe for UnknownRecord {
    fn name(&self) -> &'static str {
        "unknown-record"
    }

    fn about(&self) -> &'static str {
        "a request that is as it should be, but names a record that does not exist"
    }

    fn serves(&self) -> &'static [&'static str] {
        &["unknown_record_refusal"]
    }

    fn applies(&self, reading: &Reading, operation: usize) -> bool {
        reading.namings(operation).iter().any(|naming| matches!(naming.slot, Slot::Path(_) | Slot::Body(_)))
    }

    fn succeeds(&self) -> bool {
        false
    }

    fn run<'a>(&'a self, session: &'a mut Session, operation: usize) -> BoxFuture<'a, Result<(), Stop>> {
        Box::pin(async move {
            let subject = nobody(session, operation)?;
            if let Subject::Nobody(_) = subject {
                let inputs = session.prepare(operation, &subject.records(), &Wishes::minimal())?;
                session.write(operation, subject.aim(), &inputs, Purpose::MadeUp).await?;
            }
            Ok(())
        })
    }
}
