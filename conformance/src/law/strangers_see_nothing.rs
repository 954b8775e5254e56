//! What belongs to one caller is not there for another.

use futures::future::BoxFuture;
use tercet_spec::language::Source;

use super::lens::{
    Facts, case, creators, differences, expected, found, listers, make_fitting, make_other_parts, make_plain,
    missing, none_of, read, readers, removers, shown_in, used, verdict, walk_list,
};
use super::{Case, Law};
use crate::reading::{Does, Reading, Use};
use crate::session::{Aim, Nameable, Owned, Session, Wishes};
use crate::{Exchange, Purpose, Stop, Verdict};

/// See [`Law::about`].
pub(super) struct StrangersSeeNothing;

impl Law for StrangersSeeNothing {
    fn name(&self) -> &'static str {
        "strangers_see_nothing"
    }

    fn about(&self) -> &'static str {
        "what a selection by caller gives to one identity is neither found, listed, changed nor deleted by another"
    }

    fn clause(&self) -> &'static str {
        "`x-effect`: `$caller` in a `where`"
    }

    fn cases(&self, reading: &Reading) -> Result<Vec<Case>, String> {
        let mut cases = Vec::new();
        for collection in reading.contract().collections.keys() {
            let Some(creator) = creators(reading, collection).first().copied() else { continue };
            let all =
                reading.uses().iter().filter(|one| one.collection == *collection && one.does != Does::Create);
            for one in all.filter(|one| asks_who(reading, one) && !one.conditional) {
                let judged = one.does == Does::List
                    && listers(reading, collection).iter().any(|own| own.index == one.index);
                if !judged && !one.names.iter().any(|naming| naming.through.is_none()) {
                    continue;
                }
                let title = format!("`{}` of `{collection}` by a stranger", reading.operation(one).id);
                let mut uses = vec![one, creator];
                uses.extend(readers(reading, collection).first());
                cases.push(case(reading, title, "selects by caller".to_owned(), &uses, ""));
            }
        }
        none_of(cases, "a selection by `$caller` of what an operation creates")
    }

    fn run<'a>(&'a self, session: &'a mut Session, case: &'a Case) -> BoxFuture<'a, Result<Verdict, Stop>> {
        Box::pin(async move {
            session.speak_as(1)?;
            session.speak_as(0)?;
            let reading = session.reading();
            let (one, creator) = (used(&reading, case, 0)?, used(&reading, case, 1)?);
            let record = match one.does {
                Does::List => make_fitting(session, creator, one).await?,
                _ => make_plain(session, creator).await?,
            };
            // While the latest record is still the owner's.
            make_other_parts(session, one, &record).await?;
            let own = strangers_own(session, creator).await?;
            let judged = match one.does {
                Does::List => self.listed(session, case, one, &record).await,
                _ => self.named(session, case, one, &record).await,
            };
            if let Some((remover, own)) = own {
                session.speak_as(1)?;
                session.delete(&remover, &own).await?;
            }
            session.speak_as(0)?;
            judged
        })
    }
}

impl StrangersSeeNothing {
    async fn listed(
        &self,
        session: &mut Session,
        case: &Case,
        lister: &Use,
        record: &Owned,
    ) -> Result<Verdict, Stop> {
        let reading = session.reading();
        let Some(view) = reading.view(lister.operation) else {
            return missing("an answer that shows records");
        };
        let facts = Facts::of(&reading, record);
        let own = walk_list(session, lister, &[record as &dyn Nameable], &[], None).await?;
        if own.places(&reading, view, &facts)?.is_empty() {
            return Err(Stop::Blocked("the record's owner does not see it listed".to_owned()));
        }
        session.speak_as(1)?;
        let listing = walk_list(session, lister, &[record as &dyn Nameable], &[], None).await;
        session.speak_as(0)?;
        let listing = listing?;
        if listing.places(&reading, view, &facts)?.is_empty() {
            return Ok(Verdict::Pass);
        }
        let message = "another caller's record is listed".to_owned();
        Ok(verdict(vec![found(self, &reading, case, lister.operation, message, &[listing.last()])]))
    }

    async fn named(
        &self,
        session: &mut Session,
        case: &Case,
        one: &Use,
        record: &Owned,
    ) -> Result<Verdict, Stop> {
        let reading = session.reading();
        let Some(outcome) = reading.miss(one) else {
            return missing("an outcome of a miss");
        };
        let Some(refusal) = expected(reading.contract(), reading.operation(one), outcome) else {
            return missing(format!("a response that speaks `{outcome}`"));
        };
        let inputs = session.prepare(one.operation, &[record], &Wishes::plain())?;
        session.speak_as(1)?;
        let exchange = session.write(one.operation, Aim::Own(record), &inputs, Purpose::Look).await;
        session.speak_as(0)?;
        let exchange = exchange?;
        let fail = |message: String, shown_by: &[&Exchange]| {
            Ok(verdict(vec![found(self, &reading, case, one.operation, message, shown_by)]))
        };
        if !refusal.met_by(&exchange) {
            let message = format!(
                "a stranger named another caller's record: {} is due, but {}",
                refusal.words(),
                exchange.summary()
            );
            return fail(message, &[&exchange]);
        }
        if reading.is_safe(one.operation) || case.uses.len() < 3 {
            return Ok(Verdict::Pass);
        }
        let reader = used(&reading, case, 2)?;
        let answer = read(session, reader, record).await?;
        let facts = Facts::of(&reading, record);
        let wrong = match (reading.view(reader.operation), shown_in(&reading, reader.operation, &answer)) {
            (Some(view), Some(shown)) => differences(&reading, view, &facts, shown),
            _ => vec![answer.summary()],
        };
        if wrong.is_empty() {
            return Ok(Verdict::Pass);
        }
        fail(
            format!("a stranger was refused, and yet the record changed: {}", wrong.join(", ")),
            &[&exchange, &answer],
        )
    }
}

/// A record that the stranger owns, so that having one of their own opens no door to another's; none where it could not be
/// removed again.
async fn strangers_own(session: &mut Session, creator: &Use) -> Result<Option<(Use, Owned)>, Stop> {
    let reading = session.reading();
    let Some(remover) = removers(&reading, &creator.collection).first().map(|one| (*one).clone()) else {
        return Ok(None);
    };
    session.speak_as(1)?;
    let own = session.create(creator, &Wishes::minimal()).await;
    session.speak_as(0)?;
    match own {
        Ok(own) => Ok(Some((remover, own))),
        Err(Stop::Blocked(_)) => Ok(None),
        Err(stop) => Err(stop),
    }
}

/// Whether a selection depends on who calls.
fn asks_who(reading: &Reading, one: &Use) -> bool {
    let mut found = false;
    if let Some(selection) = reading.step(one).verb.seen().selection() {
        selection.filter.expressions(&mut |expression| found |= expression.source == Source::Caller);
    }
    found
}
