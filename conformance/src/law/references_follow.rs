//! What becomes of records that refer to one that is deleted: they go too, they hold it, or they let it go.

use futures::future::BoxFuture;
use serde_json::Value;
use tercet_spec::contract::OnDelete;

use super::lens::{
    case, creators, expected, forbidden, found, make_plain, missing, none_of, read, readers, removers,
    shown_in, used, verdict,
};
use super::{Case, Law};
use crate::reading::{Reading, Use};
use crate::session::{Nameable, Owned, Session, Wishes};
use crate::{Clause, Exchange, Stop, Verdict};

/// See [`Law::about`].
pub(super) struct CascadeFollows;

/// See [`Law::about`].
pub(super) struct RestrictHolds;

/// See [`Law::about`].
pub(super) struct ClearClears;

impl Law for CascadeFollows {
    fn name(&self) -> &'static str {
        "cascade_follows"
    }

    fn about(&self) -> &'static str {
        "what refers to a deleted record with `on-delete: cascade` is deleted with it"
    }

    fn clause(&self) -> &'static str {
        "`x-ref`: `on-delete: cascade`"
    }

    fn cases(&self, reading: &Reading) -> Result<Vec<Case>, String> {
        cases(reading, OnDelete::Cascade)
    }

    fn run<'a>(&'a self, session: &'a mut Session, case: &'a Case) -> BoxFuture<'a, Result<Verdict, Stop>> {
        Box::pin(async move {
            let reading = session.reading();
            let (remover, reader) = (used(&reading, case, 0)?, used(&reading, case, 1)?);
            let (_, child, deletion) = family(session, &reading, case).await?;
            if !deletion.succeeded() {
                return Ok(held_back(self, &reading, case, remover, &deletion));
            }
            let answer = read(session, reader, &child).await?;
            if !answer.succeeded() {
                session.went_along(&child)?;
                return Ok(Verdict::Pass);
            }
            let message = format!("what refers to the deleted record is still there: {}", answer.summary());
            Ok(verdict(vec![found(self, &reading, case, remover.operation, message, &[&deletion, &answer])]))
        })
    }
}

impl Law for RestrictHolds {
    fn name(&self) -> &'static str {
        "restrict_holds"
    }

    fn about(&self) -> &'static str {
        "a record that another refers to with `on-delete: restrict` cannot be deleted, and both stay"
    }

    fn clause(&self) -> &'static str {
        "`x-ref`: `on-delete: restrict`, which is the default"
    }

    fn cases(&self, reading: &Reading) -> Result<Vec<Case>, String> {
        cases(reading, OnDelete::Restrict)
    }

    fn run<'a>(&'a self, session: &'a mut Session, case: &'a Case) -> BoxFuture<'a, Result<Verdict, Stop>> {
        Box::pin(async move {
            let reading = session.reading();
            let (remover, reader) = (used(&reading, case, 0)?, used(&reading, case, 1)?);
            let conflict = &reading.step(remover).conflict;
            let Some(refusal) = expected(reading.contract(), reading.operation(remover), conflict) else {
                return missing(format!("a response that speaks `{conflict}`"));
            };
            let (_, child, deletion) = family(session, &reading, case).await?;
            let fail = |message: String, shown_by: &[&Exchange]| {
                Ok(verdict(vec![found(self, &reading, case, remover.operation, message, shown_by)]))
            };
            if !refusal.met_by(&deletion) {
                let message = format!(
                    "another record refers to it, so {} is due, but {}",
                    refusal.words(),
                    deletion.summary()
                );
                return fail(message, &[&deletion]);
            }
            let answer = read(session, reader, &child).await?;
            if !answer.succeeded() {
                let message = format!(
                    "the deletion was refused, but what refers to the record is gone: {}",
                    answer.summary()
                );
                return fail(message, &[&deletion, &answer]);
            }
            Ok(Verdict::Pass)
        })
    }
}

impl Law for ClearClears {
    fn name(&self) -> &'static str {
        "clear_clears"
    }

    fn about(&self) -> &'static str {
        "what refers to a deleted record with `on-delete: clear` stays and no longer refers to it"
    }

    fn clause(&self) -> &'static str {
        "`x-ref`: `on-delete: clear`"
    }

    fn cases(&self, reading: &Reading) -> Result<Vec<Case>, String> {
        cases(reading, OnDelete::Clear)
    }

    fn run<'a>(&'a self, session: &'a mut Session, case: &'a Case) -> BoxFuture<'a, Result<Verdict, Stop>> {
        Box::pin(async move {
            let reading = session.reading();
            let (remover, reader) = (used(&reading, case, 0)?, used(&reading, case, 1)?);
            let (_, child, deletion) = family(session, &reading, case).await?;
            if !deletion.succeeded() {
                return Ok(held_back(self, &reading, case, remover, &deletion));
            }
            let answer = read(session, reader, &child).await?;
            let fail = |message: String| {
                Ok(verdict(vec![found(
                    self,
                    &reading,
                    case,
                    remover.operation,
                    message,
                    &[&deletion, &answer],
                )]))
            };
            let (Some(view), Some(shown)) =
                (reading.view(reader.operation), shown_in(&reading, reader.operation, &answer))
            else {
                return fail(format!("what refers to the deleted record is gone too: {}", answer.summary()));
            };
            let Some(member) = view.member(&case.detail) else {
                return missing(format!("an answer that shows `{}`", case.detail));
            };
            match shown.get(member) {
                None | Some(Value::Null) => Ok(Verdict::Pass),
                Some(Value::Array(items)) if items.is_empty() => Ok(Verdict::Pass),
                Some(other) => fail(format!("`{member}` still refers to what was deleted: {other}")),
            }
        })
    }
}

/// Uses: who removes the one referred to, who reads and who creates the one that refers, who creates the one referred to.
fn cases(reading: &Reading, wanted: OnDelete) -> Result<Vec<Case>, String> {
    let mut cases = Vec::new();
    for (name, collection) in &reading.contract().collections {
        let Some(creator) = creators(reading, name).first().copied() else { continue };
        for (field, reference) in
            collection.references.iter().filter(|(_, to)| to.on_delete == wanted && !to.many)
        {
            // A reader that does not name the deleted record tells more: the other one misses either way.
            let apart = |one: &&Use| {
                !reading.namings(one.operation).iter().any(|naming| naming.collection == reference.to)
            };
            let all = readers(reading, name);
            let Some(reader) = all.iter().copied().find(apart).or(all.first().copied()) else { continue };
            let parents = creators(reading, &reference.to);
            let (Some(parent), true) =
                (parents.first().copied(), super::lens::slot_of(reading, creator, field).is_some())
            else {
                continue;
            };
            for remover in removers(reading, &reference.to) {
                let title = format!("`{}` of what `{field}` refers to", reading.operation(remover).id);
                let says = format!("`{field}` of `{name}` refers to `{}`", reference.to);
                let mut one = case(reading, title, says.clone(), &[remover, reader, creator, parent], field);
                if let Some(id) = super::lens::property(reading, name, field) {
                    let pointer = reading.contract().schema(id).pointer.child("x-ref");
                    one.clause = Clause::at(reading.contract(), &pointer, says);
                }
                cases.push(one);
            }
        }
    }
    let word = match wanted {
        OnDelete::Cascade => "cascade",
        OnDelete::Restrict => "restrict",
        OnDelete::Clear => "clear",
    };
    none_of(cases, &format!("a reference with `on-delete: {word}` to a record that can be made and deleted"))
}

/// The verdict on a deployment that does not delete a record because others refer to it, though they must not hold it.
fn held_back(law: &dyn Law, reading: &Reading, case: &Case, remover: &Use, deletion: &Exchange) -> Verdict {
    let message = format!("what refers to it must not hold the record: {}", deletion.summary());
    verdict(vec![found(law, reading, case, remover.operation, message, &[deletion])])
}

/// Makes a record and one that refers to it, and tries to delete the former.
async fn family(
    session: &mut Session,
    reading: &Reading,
    case: &Case,
) -> Result<(Owned, Owned, std::sync::Arc<Exchange>), Stop> {
    let (remover, reader) = (used(reading, case, 0)?, used(reading, case, 1)?);
    let (creator, parents) = (used(reading, case, 2)?, used(reading, case, 3)?);
    let parent = make_plain(session, parents).await?;
    let slot = super::lens::slot_of(reading, creator, &case.detail);
    let key = reading.collection(&parents.collection).and_then(|own| parent.name(&own.key)).cloned();
    let (Some(slot), Some(key)) = (slot, key) else {
        return missing("a part of the request that decides the reference");
    };
    let child = session.create_below(creator, &[&parent], &Wishes::minimal().with(slot, key)).await?;
    let answer = super::lens::succeeded(read(session, reader, &child).await?)?;
    let refers = child
        .prediction()
        .get(&case.detail)
        .is_some_and(|field| matches!(field, crate::reading::Predicted::Known(_)));
    if !refers {
        return Err(Stop::Blocked(format!(
            "`{}` could not be made to refer: {}",
            case.detail,
            answer.summary()
        )));
    }
    let deletion = session.delete(remover, &parent).await?;
    if forbidden(reading, remover, &deletion) {
        return Err(Stop::Blocked(format!("the caller may not delete what it made: {}", deletion.summary())));
    }
    Ok((parent, child, deletion))
}
