//! Who may not is refused as the document says, and changes nothing.

use std::sync::Arc;

use futures::future::BoxFuture;

use super::changes;
use super::lens::{
    Facts, case, creators, differences, fitting, found, listers, make_other_parts, missing, none_of, read,
    readers, shown_in, spoken_by, succeeded, used, verdict, walk_list,
};
use super::{Case, Law};
use crate::reading::{Does, Naming, Reading, Use};
use crate::session::{Aim, Nameable, Owned, Session, Wishes};
use crate::wire::is_public;
use crate::{Exchange, Inputs, Purpose, Stop, Verdict};

/// See [`Law::about`].
pub(super) struct RightsAreKept;

/// Details of cases: signed in, but with nothing to do with the record; and without any credential.
const STRANGERS: &str = "strangers";
const ANONYMOUS: &str = "anonymous";

/// An outcome by which a caller is let in.
const OK: &str = "ok";

impl Law for RightsAreKept {
    fn name(&self) -> &'static str {
        "rights_are_kept"
    }

    fn about(&self) -> &'static str {
        "a caller without the right to do something is refused as the document says, and the record stays as it is"
    }

    fn clause(&self) -> &'static str {
        "`strangers` and `anonymous` of `x-effect`"
    }

    fn cases(&self, reading: &Reading) -> Result<Vec<Case>, String> {
        let mut cases = Vec::new();
        for one in reading.uses().iter().filter(|one| !one.conditional) {
            let rights = &reading.step(one).rights;
            let Some(subject) = subject(reading, one) else { continue };
            let Some(creator) = creators(reading, &subject).first().copied() else { continue };
            let shows = |one: &&Use| {
                let telling = reading.telling(&subject);
                let view = reading.view(one.operation);
                view.is_some_and(|view| telling.iter().any(|field| view.member(field).is_some()))
            };
            let mut observers = readers(reading, &subject).into_iter().chain(listers(reading, &subject));
            let observer = observers.find(shows);
            let mut uses = vec![one, creator];
            uses.extend(observer);
            let operation = reading.operation(one);
            if !rights.strangers.is_empty() {
                let says = format!("`strangers`: {}", rights.strangers.join(" or "));
                let title = format!("`{}` by a stranger", operation.id);
                cases.push(case(reading, title, says, &uses, STRANGERS));
            }
            // That reading takes a credential is tried by itself.
            let barred =
                !is_public(operation) && !rights.strangers.is_empty() && !reading.is_safe(one.operation);
            if barred || !rights.anonymous.is_empty() {
                let says = format!("`anonymous`: {}", outcomes(reading, one, ANONYMOUS).join(" or "));
                let title = format!("`{}` by nobody", operation.id);
                cases.push(case(reading, title, says, &uses, ANONYMOUS));
            }
        }
        none_of(cases, "a step that says what `strangers` end in, and an operation that makes its record")
    }

    fn run<'a>(&'a self, session: &'a mut Session, case: &'a Case) -> BoxFuture<'a, Result<Verdict, Stop>> {
        Box::pin(async move {
            let reading = session.reading();
            let (one, creator) = (used(&reading, case, 0)?, used(&reading, case, 1)?);
            if case.detail == STRANGERS {
                session.speak_as(1)?;
                session.speak_as(0)?;
            }
            // Nothing optional: no part of it opens the record to others.
            let fixed = match one.does {
                Does::List => fitting(&reading, creator, one),
                _ => Vec::new(),
            };
            let wishes =
                fixed.into_iter().fold(Wishes::minimal(), |wishes, (slot, value)| wishes.with(slot, value));
            let record = session.create(creator, &wishes).await?;
            // While the latest record is still the owner's.
            make_other_parts(session, one, &record).await?;
            let inputs = session.prepare(one.operation, &[&record], &Wishes::plain())?;
            let before = match case.uses.len() {
                3.. => Some(look(session, used(&reading, case, 2)?, &record).await?),
                _ => None,
            };
            let answer = attempt(session, case, one, &record, &inputs).await?;
            if let Some(message) = wrong(&reading, case, one, &record, &answer) {
                let finding = found(self, &reading, case, one.operation, message, &[&answer]);
                return Ok(verdict(vec![finding]));
            }
            let Some(before) = before.filter(|_| !reading.is_safe(one.operation)) else {
                return Ok(Verdict::Pass);
            };
            let (changed, after) = changed(session, used(&reading, case, 2)?, &record, &before).await?;
            if changed.is_empty() {
                return Ok(Verdict::Pass);
            }
            let message =
                format!("{} was refused, and yet the record changed: {}", who(case), changed.join(", "));
            let shown_by: [&Exchange; 3] = [&before, &answer, &after];
            Ok(verdict(vec![found(self, &reading, case, one.operation, message, &shown_by)]))
        })
    }
}

/// The collection of the record that a step is about: its own, else the one of what it names and refers to; for a creation what the new
/// record belongs to.
fn subject(reading: &Reading, one: &Use) -> Option<String> {
    let direct = |naming: &&Naming| naming.through.is_none();
    match one.does {
        Does::Create => {
            let own = reading.collection(&one.collection)?;
            let given = |field: &str| reading.source_of(one, field).is_some();
            own.references.iter().find(|(field, _)| given(field)).map(|(_, to)| to.to.clone())
        }
        Does::List if !creators(reading, &one.collection).is_empty() => Some(one.collection.clone()),
        _ => {
            let own = one.names.iter().find(direct).or(one.names.first())?;
            Some(own.collection.clone())
        }
    }
}

/// What a caller may end in.
fn outcomes(reading: &Reading, one: &Use, who: &str) -> Vec<String> {
    let rights = &reading.step(one).rights;
    match who {
        STRANGERS => rights.strangers.clone(),
        _ if rights.anonymous.is_empty() => vec!["unauthenticated".to_owned()],
        _ => rights.anonymous.clone(),
    }
}

fn who(case: &Case) -> &'static str {
    if case.detail == STRANGERS { "a stranger" } else { "a caller without a credential" }
}

/// The operation, as somebody who may not.
async fn attempt(
    session: &mut Session,
    case: &Case,
    one: &Use,
    record: &Owned,
    inputs: &Inputs,
) -> Result<Arc<Exchange>, Stop> {
    let reading = session.reading();
    let purpose = if case.detail == STRANGERS { Purpose::Look } else { Purpose::Anonymous };
    let let_in = outcomes(&reading, one, &case.detail).iter().any(|outcome| outcome == OK);
    let aim = if one.does == Does::Create { Aim::New } else { Aim::Own(record) };
    if case.detail == STRANGERS {
        session.speak_as(1)?;
    }
    let answer = match (one.does, let_in && case.detail == STRANGERS) {
        // All pages of it: the record may stand on the last.
        (Does::List, true) => walk_list(session, one, &[record as &dyn Nameable], &[], None)
            .await
            .map(|listing| whole(&reading, one, &listing.exchanges, record)),
        _ => session.write(one.operation, aim, inputs, purpose).await,
    };
    session.be_usual();
    answer
}

/// The page of a listing that shows a record, else the last.
fn whole(reading: &Reading, one: &Use, pages: &[Arc<Exchange>], record: &Owned) -> Arc<Exchange> {
    let showing = pages.iter().find(|page| shows(reading, one, record, page) == Some(true));
    Arc::clone(showing.unwrap_or(&pages[pages.len() - 1]))
}

/// What is wrong with an answer to somebody who may not.
fn wrong(reading: &Reading, case: &Case, one: &Use, record: &Owned, answer: &Exchange) -> Option<String> {
    let outcomes = outcomes(reading, one, &case.detail);
    let operation = reading.operation(one);
    let refused = outcomes
        .iter()
        .any(|outcome| outcome != OK && spoken_by(reading.contract(), operation, outcome, answer));
    if refused {
        return None;
    }
    let due = outcomes.join("` or `");
    let who = who(case);
    if !(answer.succeeded() && outcomes.iter().any(|outcome| outcome == OK)) {
        let summary = answer.summary();
        return Some(format!("{who} asked for what is another's: `{due}` is due, but {summary}"));
    }
    match (one.does, shows(reading, one, record, answer)) {
        (Does::List, Some(true)) => Some(format!("{who} sees another's record listed")),
        (Does::Find, Some(false)) => Some(format!("{who} may read the record, but is not shown it")),
        _ => None,
    }
}

/// Whether an answer shows the record; `None` where that cannot be told.
fn shows(reading: &Reading, one: &Use, record: &Owned, answer: &Exchange) -> Option<bool> {
    let view = reading.view(one.operation).filter(|view| view.collection == record.collection())?;
    let telling = reading.telling(record.collection());
    let (member, name) = telling.iter().find_map(|field| Some((view.member(field)?, record.name(field)?)))?;
    Some(view.records(answer.json()?).iter().any(|shown| shown.get(member) == Some(name)))
}

/// What whoever made the record sees of it.
async fn look(session: &mut Session, observer: &Use, record: &Owned) -> Result<Arc<Exchange>, Stop> {
    let reading = session.reading();
    if observer.does == Does::Find {
        return succeeded(read(session, observer, record).await?);
    }
    let listing = walk_list(session, observer, &[record as &dyn Nameable], &[], None).await?;
    let page = whole(&reading, observer, &listing.exchanges, record);
    match shows(&reading, observer, record, &page) {
        Some(true) => Ok(page),
        _ => missing("a listing that shows the record to whoever made it"),
    }
}

/// What of a record is otherwise than it was.
async fn changed(
    session: &mut Session,
    observer: &Use,
    record: &Owned,
    before: &Exchange,
) -> Result<(Vec<String>, Arc<Exchange>), Stop> {
    let reading = session.reading();
    if observer.does == Does::List {
        let listing = walk_list(session, observer, &[record as &dyn Nameable], &[], None).await?;
        let page = whole(&reading, observer, &listing.exchanges, record);
        let gone = shows(&reading, observer, record, &page) != Some(true);
        return Ok((if gone { vec!["it is listed no more".to_owned()] } else { Vec::new() }, page));
    }
    let after = read(session, observer, record).await?;
    let facts = shown_in(&reading, observer.operation, before)
        .map_or_else(Facts::default, |shown| changes::lasting(&reading, observer, shown));
    let wrong = match (reading.view(observer.operation), shown_in(&reading, observer.operation, &after)) {
        (Some(view), Some(shown)) => differences(&reading, view, &facts, shown),
        _ => vec![after.summary()],
    };
    Ok((wrong, after))
}
