//! Naming what does not exist ends in the documented outcome.

use futures::future::BoxFuture;

use super::lens::{case, expected, found, make_neighbours, missing, none_of, used, verdict};
use super::{Case, Law};
use crate::reading::{Does, Naming, Reading, Use};
use crate::session::{Aim, Nameable, Session, Wishes};
use crate::{Purpose, Stop, Verdict};

/// See [`Law::about`].
pub(super) struct MissingIsNotFound;

impl Law for MissingIsNotFound {
    fn name(&self) -> &'static str {
        "missing_is_not_found"
    }

    fn about(&self) -> &'static str {
        "naming a record that does not exist ends in the outcome that the step gives for it"
    }

    fn clause(&self) -> &'static str {
        "`x-effect`: the `else` of a step, `not-found` by default"
    }

    fn cases(&self, reading: &Reading) -> Result<Vec<Case>, String> {
        let mut cases = Vec::new();
        for one in reading.uses().iter().filter(|one| misses(one) && !one.conditional) {
            let Some(outcome) = reading.miss(one) else { continue };
            for naming in by_this_step(reading, one) {
                let what = format!("a `{}` that does not exist", naming.collection);
                let title = format!("`{}` with {what} ({})", reading.operation(one).id, naming.slot);
                let says = format!("{what} ends in `{outcome}`");
                cases.push(case(reading, title, says, &[one], &naming.slot.to_string()));
            }
        }
        none_of(cases, "a step that names a record and ends when it is not there")
    }

    fn run<'a>(&'a self, session: &'a mut Session, case: &'a Case) -> BoxFuture<'a, Result<Verdict, Stop>> {
        Box::pin(async move {
            let reading = session.reading();
            let one = used(&reading, case, 0)?;
            let Some(outcome) = reading.miss(one) else {
                return missing("an outcome of a miss");
            };
            let Some(refusal) = expected(reading.contract(), reading.operation(one), outcome) else {
                return missing(format!("a response that speaks `{outcome}`"));
            };
            let Some(naming) =
                by_this_step(&reading, one).into_iter().find(|naming| naming.slot.to_string() == case.detail)
            else {
                return missing("a part of the request that names the record");
            };
            // With something there that could be found in its place.
            make_neighbours(session, one.operation).await?;
            let nobody = session.made_up(&naming.collection)?;
            let Some(name) = nobody.name(&naming.field).cloned() else {
                return missing(format!("a `{}` that can be made up", naming.field));
            };
            let mut inputs = session.prepare(one.operation, &[&nobody], &Wishes::minimal())?;
            inputs.set(&naming.slot, name);
            // Another way to name a record of the same collection would find one.
            for other in reading.namings(one.operation) {
                if other.collection == naming.collection
                    && other.slot != naming.slot
                    && other.step == naming.step
                {
                    let own = nobody.name(&other.field).cloned();
                    match own {
                        Some(value) if inputs.get(&other.slot).is_some() => inputs.set(&other.slot, value),
                        _ => {}
                    }
                }
            }
            let aim = Aim::Nobody(&nobody);
            let exchange = if reading.is_safe(one.operation) {
                session.ask(one.operation, &inputs, Purpose::Look).await?
            } else {
                session.write(one.operation, aim, &inputs, Purpose::Look).await?
            };
            if refusal.met_by(&exchange) {
                return Ok(Verdict::Pass);
            }
            let message = format!(
                "{} names a `{}` that does not exist: {} is due, but {}",
                naming.slot,
                naming.collection,
                refusal.words(),
                exchange.summary()
            );
            Ok(verdict(vec![found(self, &reading, case, one.operation, message, &[&exchange])]))
        })
    }
}

fn misses(one: &Use) -> bool {
    matches!(one.does, Does::Find | Does::Update | Does::Replace | Does::Delete)
}

/// The namings that this step is the first to look at.
fn by_this_step<'r>(reading: &'r Reading, one: &'r Use) -> Vec<&'r Naming> {
    let all = reading.namings(one.operation);
    let earlier =
        |naming: &Naming| all.iter().any(|other| other.step < one.step && other.slot == naming.slot);
    let own = one.names.iter().filter(|naming| naming.step == one.step && !earlier(naming));
    own.filter(|naming| naming.through.is_none() || one.names.iter().any(|other| other.through.is_none()))
        .collect()
}
