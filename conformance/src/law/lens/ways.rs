//! Operations that show, list, make, change and remove records of a collection, and the ways in which they name them.

use tercet_spec::language::{self, Predicate, Subject, Test, ValueExpr, Word};

use crate::reading::{Does, Reading, Slot, Use};

/// One way in which an operation names the record it selects.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::law) struct Way {
    /// The field whose value names it.
    pub field: String,
    /// The part of the request that takes that value.
    pub slot: Slot,
    /// Whether upper and lower case are the same.
    pub folds: bool,
}

/// Safe operations that show one record of a collection when it is named.
pub(in crate::law) fn readers<'r>(reading: &'r Reading, collection: &'r str) -> Vec<&'r Use> {
    let shows = |one: &&Use| {
        reading.is_safe(one.operation)
            && !one.conditional
            && !one.beside_action
            && reading
                .view(one.operation)
                .is_some_and(|view| !view.many && view.collection == collection && !view.members.is_empty())
            && !ways(reading, one).is_empty()
    };
    reading.that(Does::Find, collection).filter(shows).collect()
}

/// Safe operations that list records of a collection.
pub(in crate::law) fn listers<'r>(reading: &'r Reading, collection: &'r str) -> Vec<&'r Use> {
    let shows = |one: &&Use| {
        reading.is_safe(one.operation)
            && !one.conditional
            && !one.beside_action
            && reading.view(one.operation).is_some_and(|view| view.many && view.collection == collection)
    };
    reading.that(Does::List, collection).filter(shows).collect()
}

/// Operations that make exactly one record of a collection.
pub(in crate::law) fn creators<'r>(reading: &'r Reading, collection: &'r str) -> Vec<&'r Use> {
    reading.that(Does::Create, collection).filter(|one| !one.conditional).collect()
}

/// Operations that change the record they name: merging (`Update`) or replacing (`Replace`).
pub(in crate::law) fn writers<'r>(reading: &'r Reading, collection: &'r str, does: Does) -> Vec<&'r Use> {
    let writes = |one: &&Use| !one.conditional && names_it(one) && !reading.is_untold(one);
    reading.that(does, collection).filter(writes).collect()
}

/// Operations that remove the record they name.
pub(in crate::law) fn removers<'r>(reading: &'r Reading, collection: &'r str) -> Vec<&'r Use> {
    reading.that(Does::Delete, collection).filter(|one| !one.conditional && names_it(one)).collect()
}

fn names_it(one: &Use) -> bool {
    one.names.iter().any(|naming| naming.through.is_none())
}

/// Every way in which a step names the record that it selects.
pub(in crate::law) fn ways(reading: &Reading, one: &Use) -> Vec<Way> {
    let mut found = Vec::new();
    let Some(selection) = reading.step(one).verb.seen().selection() else {
        return found;
    };
    let Some(collection) = reading.collection(&one.collection) else {
        return found;
    };
    let unique = |field: &str| {
        collection.key == field
            || collection.unique.iter().any(|fields| fields.len() == 1 && fields[0] == field)
    };
    each_equality(&selection.filter, &mut |field, value, folds| {
        if let (true, ValueExpr::Expression(expression)) = (unique(field), value)
            && let Some(slot) = Slot::of(expression)
        {
            let folds = folds || collection.ignore_case.iter().any(|own| own == field);
            found.push(Way { field: field.to_owned(), slot, folds });
        }
    });
    found
}

/// Every test for equality on a field of the record itself.
fn each_equality(predicate: &Predicate, visit: &mut dyn FnMut(&str, &ValueExpr, bool)) {
    for clause in &predicate.clauses {
        match clause {
            language::Clause::Test(Subject::Field(path), test) => {
                let [field] = path.as_slice() else { continue };
                match test {
                    Test::Equal(value) => visit(field, value, false),
                    Test::Words(words) => words.iter().for_each(|word| {
                        if let Word::EqualsIgnoreCase(value) = word {
                            visit(field, value, true);
                        }
                    }),
                }
            }
            language::Clause::AnyOf(all) | language::Clause::AllOf(all) => {
                all.iter().for_each(|one| each_equality(one, visit));
            }
            language::Clause::Test(..) | language::Clause::Not(_) => {}
        }
    }
}
