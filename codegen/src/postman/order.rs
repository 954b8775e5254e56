//! In which order requests run: those that make records before those that name them, deletions at the end.

use std::collections::{BTreeMap, BTreeSet};

use heck::ToSnakeCase;
use tercet_spec::contract::{Contract, Miss, Operation, Segment, Verb};

use super::nouns::{Naming, Noun};
use super::view::Capture;

/// What an operation needs and gives.
pub(super) struct Link<'c> {
    pub(super) operation: &'c Operation,
    pub(super) namings: Vec<Naming>,
    pub(super) captures: Vec<Capture>,
}

/// When an operation runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Stage {
    /// Makes the account.
    Register,
    /// Obtains the credential.
    SignIn,
    /// Everything else.
    Use,
    /// Removes records.
    Delete,
    /// Acts on nothing that the request names, so on the caller: signing out, closing the account.
    Farewell,
}

/// When an operation runs.
pub(super) fn stage(contract: &Contract, operation: &Operation) -> Stage {
    let sign_ins = || {
        contract
            .schemes
            .iter()
            .filter_map(|one| one.credential.as_ref())
            .filter_map(|one| one.sign_in.as_ref())
    };
    if sign_ins().any(|one| one.register.as_ref().is_some_and(|register| register.operation == operation.id))
    {
        return Stage::Register;
    }
    if sign_ins().any(|one| one.operation == operation.id) {
        return Stage::SignIn;
    }
    let acts_on_caller = operation.method != "GET"
        && operation.body.is_none()
        && !operation.path.text.contains('{')
        && (operation.effect.iter().any(|step| step.verb.is_opaque())
            || (operation.effect.is_empty() && operation.method == "POST"));
    let opaque = operation.effect.iter().any(|step| step.verb.is_opaque());
    let acts_on_caller =
        acts_on_caller || (opaque && !operation.path.text.contains('{') && has_password(contract, operation));
    let makes = |verb: &Verb| matches!(verb, Verb::Create { .. } | Verb::Update(..) | Verb::Replace(..));
    let deletes = operation.method == "DELETE"
        || (operation
            .effect
            .iter()
            .any(|step| matches!(step.verb.seen(), Verb::Delete(_)) && step.miss != Miss::Pass)
            && !operation.effect.iter().any(|step| makes(step.verb.seen()) || step.verb.is_opaque()));
    let of_session = deletes && !operation.path.text.contains('{') && operation.body.is_none();
    // What the document does not say its name may.
    let words = operation.id.to_snake_case();
    let deletes =
        deletes || (opaque && words.split('_').any(|word| matches!(word, "delete" | "remove" | "destroy")));
    match (acts_on_caller || of_session, deletes) {
        (true, _) => Stage::Farewell,
        (_, true) => Stage::Delete,
        _ => Stage::Use,
    }
}

/// Whether the body has a password in it: what it changes may be how the caller signs in.
fn has_password(contract: &Contract, operation: &Operation) -> bool {
    let schemas = operation.body.iter().flat_map(|one| &one.content).filter_map(|one| one.schema);
    let mut members = schemas.flat_map(|id| contract.schema(id).properties.values());
    members.any(|id| contract.schema(*id).format.as_deref() == Some("password"))
}

/// For each noun the operation that makes its record, where one does: unconditional and in need of little.
pub(super) fn makers(links: &[Link<'_>]) -> BTreeMap<Noun, usize> {
    let mut best: BTreeMap<Noun, (usize, usize)> = BTreeMap::new();
    for (index, link) in links.iter().enumerate() {
        for capture in link.captures.iter().filter(|one| one.creates) {
            // What needs a record of its own kind is a copy of it, not the first.
            if link.namings.iter().any(|one| one.noun.collection == capture.noun.collection) {
                continue;
            }
            let declared = link.operation.effect.iter().any(|step| {
                matches!(step.verb.seen(), Verb::Create { .. })
                    && step.verb.seen().collection() == Some(&capture.noun.collection)
            });
            let cost =
                link.namings.len() + usize::from(!declared) * 10 + usize::from(link.operation.body.is_none());
            let better = best.get(&capture.noun).is_none_or(|(_, known)| cost < *known);
            if better {
                best.insert(capture.noun.clone(), (index, cost));
            }
        }
    }
    best.into_iter().map(|(noun, (index, _))| (noun, index)).collect()
}

/// The folders with their operations, in the order in which they run. `wanted` are indices into `links`.
pub(super) fn folders(
    links: &[Link<'_>],
    wanted: &[usize],
    makers: &BTreeMap<Noun, usize>,
) -> Vec<(String, Vec<usize>)> {
    let mut left: Vec<(String, Vec<usize>)> = Vec::new();
    for index in wanted {
        let name = folder(links[*index].operation);
        match left.iter_mut().find(|(known, _)| *known == name) {
            Some((_, members)) => members.push(*index),
            None => left.push((name, vec![*index])),
        }
    }
    let mut known: BTreeSet<&Noun> = BTreeSet::new();
    let mut done = Vec::new();
    while !left.is_empty() {
        // The folder that lacks least; in the document's order.
        let lacking = |members: &[usize]| {
            let own: BTreeSet<&Noun> =
                makers.iter().filter(|(_, index)| members.contains(index)).map(|(noun, _)| noun).collect();
            let needs: BTreeSet<&Noun> =
                members.iter().flat_map(|index| needs(&links[*index], makers)).collect();
            needs.iter().filter(|noun| !known.contains(**noun) && !own.contains(**noun)).count()
        };
        let next = (0..left.len()).min_by_key(|at| (lacking(&left[*at].1), *at)).unwrap_or_default();
        let (name, members) = left.remove(next);
        let members = within(links, members, makers, &mut known);
        done.push((name, members));
    }
    done
}

/// The order within a folder: what is at hand first, and of that what others wait for.
fn within<'l>(
    links: &'l [Link<'_>],
    mut left: Vec<usize>,
    makers: &'l BTreeMap<Noun, usize>,
    known: &mut BTreeSet<&'l Noun>,
) -> Vec<usize> {
    let mut done = Vec::new();
    while !left.is_empty() {
        let rank = |index: &usize| {
            let lacking = needs(&links[*index], makers).filter(|noun| !known.contains(noun)).count();
            let steps = &links[*index].operation.effect;
            let creates = steps.iter().any(|step| matches!(step.verb.seen(), Verb::Create { .. }));
            let others_wait = makers.values().any(|maker| maker == index);
            (lacking, if others_wait { 0 } else { 2 - usize::from(creates) })
        };
        let next = (0..left.len()).min_by_key(|at| (rank(&left[*at]), *at)).unwrap_or_default();
        let index = left.remove(next);
        known.extend(makers.iter().filter(|(_, maker)| **maker == index).map(|(noun, _)| noun));
        done.push(index);
    }
    done
}

/// The nouns of a request that some other request makes.
fn needs<'l>(link: &'l Link<'_>, makers: &'l BTreeMap<Noun, usize>) -> impl Iterator<Item = &'l Noun> {
    link.namings.iter().map(|one| &one.noun).filter(|noun| {
        makers.contains_key(*noun) && !link.captures.iter().any(|one| one.creates && one.noun == **noun)
    })
}

/// Deletions, children before their parents.
pub(super) fn deletions(
    links: &[Link<'_>],
    mut wanted: Vec<usize>,
    makers: &BTreeMap<Noun, usize>,
) -> Vec<usize> {
    let depth = |index: usize| {
        let link = &links[index];
        link.namings.iter().map(|one| depth(links, makers, &one.noun, 0)).max().unwrap_or_default()
    };
    // What empties something goes before what removes it.
    let ends_in_name = |index: usize| {
        let mut segments = links[index].operation.path.segments.iter().rev();
        segments
            .find(|one| !matches!(one.as_slice(), [Segment::Literal(text)] if text.is_empty()))
            .is_some_and(|one| matches!(one.as_slice(), [Segment::Parameter(_)]))
    };
    wanted.sort_by_key(|index| (std::cmp::Reverse(depth(*index)), ends_in_name(*index)));
    wanted
}

/// How many records have to be made before a record of that kind can be.
fn depth(links: &[Link<'_>], makers: &BTreeMap<Noun, usize>, noun: &Noun, level: usize) -> usize {
    // Deeper than this is a circle.
    let Some(maker) = makers.get(noun).filter(|_| level < 12) else { return 0 };
    let parents = links[*maker].namings.iter().filter(|one| one.noun.collection != noun.collection);
    1 + parents.map(|one| depth(links, makers, &one.noun, level + 1)).max().unwrap_or_default()
}

/// The first tag; without one the first word of the path.
pub(super) fn folder(operation: &Operation) -> String {
    let word = || {
        let mut segments = operation.path.segments.iter().flatten();
        segments.find_map(|part| match part {
            Segment::Literal(text) if !text.is_empty() => Some(text.clone()),
            _ => None,
        })
    };
    operation.tags.first().cloned().or_else(word).unwrap_or_else(|| "other".to_owned())
}
