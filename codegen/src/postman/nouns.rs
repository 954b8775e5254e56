//! Which records a request names, and the collection variables that hold their names from one request to the next.

use heck::ToSnakeCase;
use tercet_spec::contract::{Contract, Location, Operation, Segment, Verb};
use tercet_spec::language::{Clause, Predicate, Selection, Source, Subject, Test, ValueExpr, Word};

/// What tells records of a collection apart: its key, a unique field, or what a path calls it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct Noun {
    /// The collection; where the document has none, the segment of the path before the parameter.
    pub(super) collection: String,
    /// The field of a record.
    pub(super) field: String,
}

impl Noun {
    /// The collection variable: `user_id`, `view_slug`.
    pub(super) fn variable(&self) -> String {
        format!("{}_{}", singular(&self.collection), self.field.to_snake_case())
    }
}

/// A part of a request that names a record.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Naming {
    /// Where.
    pub(super) slot: Slot,
    /// What it names.
    pub(super) noun: Noun,
}

/// A part of a request.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Slot {
    /// A parameter.
    Parameter(Location, String),
    /// A place in the body: names from its root.
    Body(Vec<String>),
    /// What it authenticates with.
    Credential,
}

/// Everything in a request that names a record: what effects compare with a field that tells records apart, else what the path says.
pub(super) fn namings(contract: &Contract, operation: &Operation) -> Vec<Naming> {
    let mut found = Vec::new();
    for step in &operation.effect {
        let verb = step.verb.seen();
        if let Some(selection) = verb.selection() {
            of_selection(contract, selection, &mut found);
        }
        if let (Verb::Create { set: Some(ValueExpr::Object(members)), .. }, Some(name)) =
            (verb, verb.collection())
        {
            for (field, value) in members {
                equality(contract, name, std::slice::from_ref(field), value, true, &mut found);
            }
        }
    }
    for (name, collection) in path_nouns(operation) {
        let slot = Slot::Parameter(Location::Path, name.clone());
        if !found.iter().any(|one| one.slot == slot) {
            found.push(Naming { slot, noun: of_path(contract, &name, collection) });
        }
    }
    found
}

fn of_selection(contract: &Contract, selection: &Selection, found: &mut Vec<Naming>) {
    if let Some(collection) = selection.collection() {
        of_predicate(contract, collection, &selection.filter, found);
    }
}

fn of_predicate(contract: &Contract, collection: &str, predicate: &Predicate, found: &mut Vec<Naming>) {
    for clause in &predicate.clauses {
        match clause {
            Clause::Test(Subject::Field(path), Test::Equal(value)) => {
                equality(contract, collection, path, value, false, found);
            }
            Clause::Test(Subject::Field(path), Test::Words(words)) => {
                for word in words {
                    if let Word::EqualsIgnoreCase(value) = word {
                        equality(contract, collection, path, value, false, found);
                    }
                }
            }
            Clause::AllOf(all) | Clause::AnyOf(all) => {
                all.iter().for_each(|one| of_predicate(contract, collection, one, found));
            }
            Clause::Test(Subject::Expression(_), _) | Clause::Not(_) => {}
        }
    }
}

/// A field that is compared with, or set to, a part of the request: its own key names the record, a reference the other one.
fn equality(
    contract: &Contract,
    collection: &str,
    path: &[String],
    value: &ValueExpr,
    only_references: bool,
    found: &mut Vec<Naming>,
) {
    let (ValueExpr::Expression(expression), [field]) = (value, path) else { return };
    let Some(own) = contract.collections.get(collection) else { return };
    let refers = own.references.iter().find(|(name, to)| name == field && !to.many).map(|(_, to)| &to.to);
    let noun = match refers.and_then(|to| contract.collections.get(to)) {
        Some(to) => Noun { collection: to.name.clone(), field: to.key.clone() },
        None if only_references => return,
        None => Noun { collection: own.name.clone(), field: field.clone() },
    };
    let Some(to) = contract.collections.get(&noun.collection) else { return };
    let single = |fields: &Vec<String>| fields.len() == 1 && fields[0] == noun.field;
    // A slug tells records apart as well as a key does, whether or not the document says `unique`.
    let is_text = own.key != *field && matches!(expression.source, Source::Path(_));
    if to.key != noun.field && !to.unique.iter().any(single) && !is_text {
        return;
    }
    let slot = match &expression.source {
        Source::Path(name) if expression.path.is_empty() => Slot::Parameter(Location::Path, name.clone()),
        Source::Query(name) if expression.path.is_empty() => Slot::Parameter(Location::Query, name.clone()),
        Source::Body if !expression.path.is_empty() => Slot::Body(expression.path.clone()),
        _ => return,
    };
    if !found.iter().any(|one| one.slot == slot) {
        found.push(Naming { slot, noun });
    }
}

/// The path's parameters, each with the segment before it.
fn path_nouns(operation: &Operation) -> Vec<(String, String)> {
    let mut before = String::new();
    let mut found = Vec::new();
    for segment in &operation.path.segments {
        match segment.as_slice() {
            [Segment::Literal(text)] => before.clone_from(text),
            [Segment::Parameter(name)] if !before.is_empty() => found.push((name.clone(), before.clone())),
            _ => {}
        }
    }
    found
}

/// The collection of the document that a segment of a path means.
fn known_collection(contract: &Contract, segment: &str) -> Option<String> {
    contract.collections.keys().find(|name| singular(name) == singular(segment)).cloned()
}

/// What a path's parameter behind a segment names: `petId` of `pets` is its `id`, and so is `rowId`, but of a row.
fn of_path(contract: &Contract, name: &str, segment: String) -> Noun {
    let snake = name.to_snake_case();
    let known = |segment: String| known_collection(contract, &segment).unwrap_or(segment);
    match snake.strip_prefix(&singular(&segment)).map(|rest| rest.trim_start_matches('_')) {
        // `/users/{user}`; but `/token/{token}` is no more than what it says.
        Some("") if segment.to_snake_case() == snake => return Noun { collection: segment, field: snake },
        Some("") => return Noun { collection: known(segment), field: "id".to_owned() },
        Some(rest) => return Noun { field: rest.to_owned(), collection: known(segment) },
        None => {}
    }
    match snake.strip_suffix("_id") {
        Some(stem) => Noun { collection: known(stem.to_owned()), field: "id".to_owned() },
        None => Noun { collection: known(segment), field: snake },
    }
}

/// One of many, as far as English is regular.
pub(super) fn singular(name: &str) -> String {
    let snake = name.to_snake_case();
    if let Some(stem) = snake.strip_suffix("ies") {
        return format!("{stem}y");
    }
    for ending in ["sses", "xes", "ches", "shes"] {
        if let Some(stem) = snake.strip_suffix(ending) {
            return format!("{stem}{}", &ending[..ending.len() - 2]);
        }
    }
    match snake.strip_suffix('s') {
        Some(stem) if !stem.ends_with('s') && !stem.ends_with("tu") => stem.to_owned(),
        _ => snake,
    }
}
