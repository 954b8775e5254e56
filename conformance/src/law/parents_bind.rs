//! A record is seen, changed and deleted only under the record it belongs to.

use futures::future::BoxFuture;

use super::lens::{
    Facts, case, creators, expected, found, listers, make_plain, missing, none_of, readers, removers,
    shown_in, used, verdict, walk_list, writers,
};
use super::{Case, Law};
use crate::reading::{Does, Naming, Reading, Slot, Use};
use crate::session::{Aim, Nameable, Owned, Session, Wishes};
use crate::{Purpose, Stop, Verdict};

/// See [`Law::about`].
pub(super) struct ParentsBind;

impl Law for ParentsBind {
    fn name(&self) -> &'static str {
        "parents_bind"
    }

    fn about(&self) -> &'static str {
        "a record is found, listed, changed and deleted only under the record it belongs to"
    }

    fn clause(&self) -> &'static str {
        "`x-effect`: a `where` that names what a record belongs to"
    }

    fn cases(&self, reading: &Reading) -> Result<Vec<Case>, String> {
        let mut cases = Vec::new();
        for collection in reading.contract().collections.keys() {
            let Some(creator) = creators(reading, collection).first().copied() else { continue };
            let mut all = readers(reading, collection);
            all.extend(listers(reading, collection));
            all.extend(writers(reading, collection, Does::Update));
            all.extend(writers(reading, collection, Does::Replace));
            all.extend(removers(reading, collection));
            for one in all {
                let Some(naming) = parent(one) else { continue };
                let Some(maker) = creators(reading, &naming.collection).first().copied() else { continue };
                let title = format!("`{}` under another `{}`", reading.operation(one).id, naming.collection);
                let says = format!("selects by `{}`", naming.through.as_deref().unwrap_or_default());
                cases.push(case(reading, title, says, &[one, creator, maker], ""));
            }
        }
        none_of(cases, "a selection by what a record belongs to")
    }

    fn run<'a>(&'a self, session: &'a mut Session, case: &'a Case) -> BoxFuture<'a, Result<Verdict, Stop>> {
        Box::pin(async move {
            let reading = session.reading();
            let (one, creator, maker) =
                (used(&reading, case, 0)?, used(&reading, case, 1)?, used(&reading, case, 2)?);
            let Some(naming) = parent(one) else {
                return missing("a part of the request that names what the record belongs to");
            };
            let other = make_plain(session, maker).await?;
            let own = make_plain(session, maker).await?;
            let child = session.create_below(creator, &[&own], &Wishes::minimal()).await?;
            if one.does == Does::List {
                return self.listed(session, case, one, &other, &child).await;
            }
            let Some(name) = other.name(&naming.field).cloned() else {
                return missing("what names the other record");
            };
            let Some(outcome) = reading.miss(one) else {
                return missing("an outcome of a miss");
            };
            let Some(refusal) = expected(reading.contract(), reading.operation(one), outcome) else {
                return missing(format!("a response that speaks `{outcome}`"));
            };
            let mut inputs = session.prepare(one.operation, &[&child, &own], &Wishes::plain())?;
            inputs.set(&naming.slot, name);
            let exchange = session.write(one.operation, Aim::Own(&child), &inputs, Purpose::Look).await?;
            if refusal.met_by(&exchange) {
                return Ok(Verdict::Pass);
            }
            let what = match shown_in(&reading, one.operation, &exchange) {
                Some(_) => "is shown",
                None => "is not refused",
            };
            let message = format!(
                "a record {what} under a `{}` that it does not belong to: {} is due, but {}",
                naming.collection,
                refusal.words(),
                exchange.summary()
            );
            Ok(verdict(vec![found(self, &reading, case, one.operation, message, &[&exchange])]))
        })
    }
}

impl ParentsBind {
    async fn listed(
        &self,
        session: &mut Session,
        case: &Case,
        lister: &Use,
        other: &Owned,
        child: &Owned,
    ) -> Result<Verdict, Stop> {
        let reading = session.reading();
        let Some(view) = reading.view(lister.operation) else {
            return missing("an answer that shows records");
        };
        let facts = Facts::of(&reading, child);
        let listing = walk_list(session, lister, &[other as &dyn Nameable], &[], None).await?;
        if listing.places(&reading, view, &facts)?.is_empty() {
            return Ok(Verdict::Pass);
        }
        let message =
            format!("a record is listed under another one than it belongs to: {}", listing.last().summary());
        Ok(verdict(vec![found(self, &reading, case, lister.operation, message, &[listing.last()])]))
    }
}

/// The naming of what the record belongs to, where the path gives it.
fn parent(one: &Use) -> Option<&Naming> {
    one.names.iter().find(|naming| naming.through.is_some() && matches!(naming.slot, Slot::Path(_)))
}
