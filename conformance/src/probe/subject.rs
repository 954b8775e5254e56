//! The record that an operation is tried on.

use tercet_spec::contract::Verb;

use crate::reading::{Does, Reading, Slot};
use crate::session::{Aim, MadeUp, Nameable, Owned, Session, Wishes};
use crate::{Inputs, Stop};

/// What an operation is aimed at.
pub(crate) enum Subject {
    /// Nothing: it creates, or it is safe and asks for no record.
    Nothing,
    /// A record of the run.
    Own(Box<Owned>),
    /// Nobody.
    Nobody(MadeUp),
    /// A path that was made up, for an operation of which the document does not say what it does.
    Invented,
}

impl Subject {
    pub(crate) fn aim(&self) -> Aim<'_> {
        match self {
            Self::Nothing => Aim::New,
            Self::Own(record) => Aim::Own(record),
            Self::Nobody(made_up) => Aim::Nobody(made_up),
            Self::Invented => Aim::Invented,
        }
    }

    pub(super) fn records(&self) -> Vec<&dyn Nameable> {
        match self {
            Self::Nothing | Self::Invented => Vec::new(),
            Self::Own(record) => vec![record.as_ref()],
            Self::Nobody(made_up) => vec![made_up],
        }
    }
}

/// A record of the run for an operation that names one; nothing for an operation that does not. An operation that
/// deletes gets a fresh one every time, others share one.
pub(super) async fn own(session: &mut Session, operation: usize) -> Result<Subject, Stop> {
    let reading = session.reading();
    if is_unsaid(&reading, operation) {
        return Ok(Subject::Invented);
    }
    let deletes = reading.uses().iter().any(|one| one.operation == operation && one.does == Does::Delete);
    let mut refused = None;
    for naming in reading.namings(operation) {
        let Some(creator) = session.creators(&naming.collection).into_iter().find(|one| !one.conditional)
        else {
            continue;
        };
        if creator.operation == operation {
            continue;
        }
        if let Some(spare) = session.spare(&naming.collection).filter(|_| !deletes) {
            return Ok(Subject::Own(Box::new(spare)));
        }
        match session.create(&creator, &Wishes::plain()).await {
            Ok(record) => {
                if !deletes {
                    session.keep_spare(&record);
                }
                return Ok(Subject::Own(Box::new(record)));
            }
            // A safe operation may be tried on what is there.
            Err(Stop::Blocked(why)) => refused = Some(why),
            Err(stop) => return Err(stop),
        }
    }
    let changes = [Does::Update, Does::Replace, Does::Delete];
    let must_own = reading.uses().iter().any(|one| one.operation == operation && changes.contains(&one.does));
    match refused {
        Some(why) if must_own => Err(Stop::Blocked(why)),
        None if must_own => Err(Stop::Missing("an operation that creates what this one changes".to_owned())),
        _ => Ok(Subject::Nothing),
    }
}

/// Nobody, for an operation that names a record; nothing for an operation that does not.
pub(super) fn nobody(session: &mut Session, operation: usize) -> Result<Subject, Stop> {
    let reading = session.reading();
    if is_unsaid(&reading, operation) {
        return Ok(Subject::Invented);
    }
    let parameters = &reading.contract().operations[operation].parameters;
    let optional = |slot: &Slot| match slot {
        Slot::Query(name) => !parameters.iter().any(|one| one.name == *name && one.required),
        _ => false,
    };
    let named = reading.namings(operation).iter().find(|one| !optional(&one.slot));
    match named.map(|naming| naming.collection.clone()) {
        Some(collection) => session.made_up(&collection).map(Subject::Nobody),
        None => Ok(Subject::Nothing),
    }
}

/// Inputs for a request that must be refused before it does anything: names of nobody where names are asked for, and all
/// path parameters made up where the document does not say what they name.
pub(crate) fn harmless(
    session: &mut Session,
    operation: usize,
    wishes: &Wishes,
) -> Result<(Subject, Inputs), Stop> {
    let subject = nobody(session, operation)?;
    let inputs = session.prepare(operation, &subject.records(), wishes)?;
    if matches!(subject, Subject::Invented) {
        session.invent(operation, &inputs);
    }
    Ok((subject, inputs))
}

/// Inputs whose path names nobody at all, whatever it names.
pub(super) fn nowhere(session: &mut Session, operation: usize) -> Result<Inputs, Stop> {
    let reading = session.reading();
    let mut collections: Vec<String> =
        reading.namings(operation).iter().map(|one| one.collection.clone()).collect();
    collections.dedup();
    let mut nobodies = Vec::new();
    for collection in &collections {
        nobodies.push(session.made_up(collection)?);
    }
    let records: Vec<&dyn Nameable> = nobodies.iter().map(|one| one as &dyn Nameable).collect();
    let inputs = session.prepare(operation, &records, &Wishes::minimal())?;
    session.invent(operation, &inputs);
    Ok(inputs)
}

/// Whether the document does not say what an unsafe operation does; POST is taken to create.
fn is_unsaid(reading: &Reading, operation: usize) -> bool {
    let owner = &reading.contract().operations[operation];
    owner.effect.is_empty() && !reading.is_safe(operation) && owner.method != "POST"
}

/// Whether an operation runs actions that the document does not spell out.
pub(super) fn has_action(session: &Session, operation: usize) -> bool {
    let reading = session.reading();
    let owner = &reading.contract().operations[operation];
    owner.effect.iter().any(|step| matches!(step.verb, Verb::Call { .. }) && !step.is_bookkeeping())
}
