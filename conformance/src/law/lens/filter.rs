//! The tests of a listing on fields of the records that it lists.

use serde_json::Value;
use tercet_spec::language::{self, Predicate, Subject, Test, ValueExpr, Word};

use crate::Inputs;
use crate::reading::{Predicted, Reading, Slot, Use, evaluate};

/// A test of a listing: on which field, with what, and how.
pub(in crate::law) struct Filter {
    /// The field.
    pub field: String,
    /// The part of the request that it is compared with.
    pub slot: Option<Slot>,
    /// What it is compared with always, where no part of the request decides.
    pub fixed: Option<Value>,
    /// How.
    pub word: &'static str,
}

impl Filter {
    /// What tells it apart from the other filters of its listing.
    pub(in crate::law) fn name(&self) -> String {
        match &self.slot {
            Some(slot) => format!("{} {} {slot}", self.field, self.word),
            None => format!("{} {}", self.field, self.word),
        }
    }

    /// Whether it is a bound, which has two sides.
    pub(in crate::law) fn is_bound(&self) -> bool {
        ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"].contains(&self.word)
    }
}

/// The tests of a listing on fields of the listed record.
pub(in crate::law) fn filters(reading: &Reading, lister: &Use) -> Vec<Filter> {
    let mut found = Vec::new();
    if let Some(selection) = reading.step(lister).verb.seen().selection() {
        collect(&selection.filter, &mut found);
    }
    // A parent in the path is another law's business.
    found.retain(|filter| !matches!(filter.slot, Some(Slot::Path(_))));
    found
}

fn collect(predicate: &Predicate, found: &mut Vec<Filter>) {
    for clause in &predicate.clauses {
        match clause {
            language::Clause::Test(Subject::Field(path), test) => {
                let [field] = path.as_slice() else { continue };
                match test {
                    Test::Equal(value) => found.extend(filter(field, value, "equal")),
                    Test::Words(words) => found.extend(
                        words.iter().filter_map(|word| filter(field, word.value()?, word_name(word))),
                    ),
                }
            }
            language::Clause::AllOf(all) | language::Clause::AnyOf(all) => {
                all.iter().for_each(|one| collect(one, found));
            }
            language::Clause::Test(..) | language::Clause::Not(_) => {}
        }
    }
}

fn filter(field: &str, value: &ValueExpr, word: &'static str) -> Option<Filter> {
    let slot = match value {
        ValueExpr::Expression(expression) => Slot::of(expression),
        ValueExpr::Split(texts) => texts.iter().find_map(|one| match one {
            ValueExpr::Expression(expression) => Slot::of(expression),
            _ => None,
        }),
        _ => None,
    };
    let fixed = match (&slot, evaluate(value, &Inputs::default())) {
        (None, Predicted::Known(Value::Array(items))) => Some(items.first()?.clone()),
        (None, Predicted::Known(value)) => Some(value),
        (None, _) => return None,
        (Some(_), _) => None,
    };
    Some(Filter { field: field.to_owned(), slot, fixed, word })
}

fn word_name(word: &Word) -> &'static str {
    match word {
        Word::Enum(_) => "enum",
        Word::Not(_) => "not",
        Word::Minimum(_) => "minimum",
        Word::Maximum(_) => "maximum",
        Word::ExclusiveMinimum(_) => "exclusiveMinimum",
        Word::ExclusiveMaximum(_) => "exclusiveMaximum",
        Word::Search(_) => "search",
        Word::EqualsIgnoreCase(_) => "equalsIgnoreCase",
        Word::StartsWith(_) => "startsWith",
        Word::Pattern(_) => "pattern",
        Word::Present(_) => "present",
    }
}
