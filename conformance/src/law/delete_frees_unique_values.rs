//! What a deleted record had to itself may be had again.

use futures::future::BoxFuture;
use tercet_spec::contract::Collection;

use super::gone;
use super::lens::{Facts, creators, expected, found, make_plain, missing, none_of, used, verdict};
use super::{Case, Law};
use crate::reading::{Reading, Slot};
use crate::session::{Aim, Session, Wishes};
use crate::{Purpose, Stop, Verdict};

/// See [`Law::about`].
pub(super) struct DeleteFreesUniqueValues;

impl Law for DeleteFreesUniqueValues {
    fn name(&self) -> &'static str {
        "delete_frees_unique_values"
    }

    fn about(&self) -> &'static str {
        "after a deletion another record may take the unique values of the one that is gone"
    }

    fn clause(&self) -> &'static str {
        "`x-effect`: `delete`, and `unique`"
    }

    fn cases(&self, reading: &Reading) -> Result<Vec<Case>, String> {
        let first_creator = |reading, collection| creators(reading, collection).into_iter().take(1).collect();
        let mut cases =
            gone::cases(reading, first_creator, "removes the record, and what it had to itself is free");
        cases.retain(|one| {
            let own = used(reading, one, 0).ok().and_then(|creator| reading.collection(&creator.collection));
            own.is_some_and(|own| !own.unique.is_empty())
        });
        none_of(cases, "an operation that deletes a record with unique fields")
    }

    fn run<'a>(&'a self, session: &'a mut Session, case: &'a Case) -> BoxFuture<'a, Result<Verdict, Stop>> {
        Box::pin(async move {
            let reading = session.reading();
            let (creator, remover) = (used(&reading, case, 0)?, used(&reading, case, 1)?);
            let record = make_plain(session, creator).await?;
            let facts = Facts::of(&reading, &record);
            let fields: Vec<&String> =
                reading.collection(&creator.collection).map(unique_fields).unwrap_or_default();
            let mut wishes = Wishes::plain();
            let mut any = false;
            for field in fields {
                if let (Some(slot @ Slot::Body(_)), Some(value)) =
                    (super::lens::slot_of(&reading, creator, field), facts.known(field))
                {
                    wishes = wishes.with(slot, value.clone());
                    any = true;
                }
            }
            if !any {
                return missing("a unique field that the request decides");
            }
            let deletion = gone::delete(session, remover, &record).await?;
            let wishes = session.accustomed(creator, &wishes);
            let inputs = session.prepare(creator.operation, &[], &wishes)?;
            let again = session.write(creator.operation, Aim::New, &inputs, Purpose::Look).await?;
            let refusal =
                expected(reading.contract(), reading.operation(creator), &reading.step(creator).conflict);
            if again.succeeded() {
                return Ok(Verdict::Pass);
            }
            if !refusal.is_some_and(|refusal| refusal.met_by(&again)) {
                return Err(Stop::Blocked(again.summary()));
            }
            // Whatever else may stand in the way stands in the way of other values, too.
            make_plain(session, creator).await?;
            let message = format!("what a deleted record had is still taken: {}", again.summary());
            Ok(verdict(vec![found(self, &reading, case, remover.operation, message, &[&deletion, &again])]))
        })
    }
}

fn unique_fields(collection: &Collection) -> Vec<&String> {
    collection.unique.iter().flatten().collect()
}
