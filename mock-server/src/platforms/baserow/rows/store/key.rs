//! Cells in the form in which indexes compare them: two cells are equal exactly when their keys are.

use std::cell::RefCell;
use std::sync::{Arc, LazyLock};

use bigdecimal::BigDecimal;
use icu_collator::options::CollatorOptions;
use icu_collator::{Collator, CollatorBorrowed};
use icu_locale_core::locale;
use jiff::civil::Date;

use crate::platforms::baserow::rows::cell::Cell;

/// Where a cell sorts. Nothing comes first.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum SortKey {
    Nothing,
    Flag(bool),
    Whole(i64),
    Number(Arc<BigDecimal>),
    Day(Date),
    /// A text's collation key, a zero, and the text: equal in the dictionary is not yet equal.
    Text(Arc<[u8]>),
    List(Arc<[SortKey]>),
}

impl SortKey {
    /// The key of a cell whose key needs no other record: everything but links, choices by name and computed values.
    pub(crate) fn of(cell: &Cell) -> Self {
        match cell {
            Cell::Empty => Self::Nothing,
            Cell::Text(text) => Self::text(text),
            Cell::Number(number) => Self::Number(number.clone()),
            Cell::Whole(number) | Cell::Moment(number) | Cell::Duration(number) => Self::Whole(*number),
            Cell::Flag(flag) => Self::Flag(*flag),
            Cell::Day(day) => Self::Day(*day),
            Cell::Choice(id) | Cell::User(id) => Self::id(*id),
            Cell::Ids(ids) => Self::List(ids.iter().map(|id| Self::id(*id)).collect()),
            Cell::Files(files) => Self::List(files.iter().map(|one| Self::text(&one.name)).collect()),
            Cell::Gathered(all) => Self::List(all.iter().map(|(_, cell)| Self::of(cell)).collect()),
            Cell::Json(value) => Self::json(value),
        }
    }

    /// A text's, as PostgreSQL sorts with the collation `en-x-icu`.
    pub(crate) fn text(text: &str) -> Self {
        thread_local!(static BUFFER: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) });
        BUFFER.with_borrow_mut(|buffer| {
            buffer.clear();
            let Ok(()) = COLLATOR.write_sort_key_to(text, buffer);
            buffer.push(0);
            buffer.extend_from_slice(text.as_bytes());
            Self::Text(buffer.as_slice().into())
        })
    }

    /// Whether it could be a text's key: it ends with its text.
    pub(crate) fn may_be(&self, text: &str) -> bool {
        matches!(self, Self::Text(key) if key.ends_with(text.as_bytes()))
    }

    fn id(id: u64) -> Self {
        Self::Whole(i64::try_from(id).unwrap_or(i64::MAX))
    }

    /// A computed value's: numbers come as texts, so a text that is one is compared as one.
    fn json(value: &serde_json::Value) -> Self {
        use serde_json::Value;
        match value {
            Value::Null => Self::Nothing,
            Value::Bool(flag) => Self::Flag(*flag),
            Value::Number(number) => {
                number.to_string().parse().map_or(Self::Nothing, |number| Self::Number(Arc::new(number)))
            }
            Value::String(text) => Self::text(text),
            Value::Array(all) => Self::List(all.iter().map(Self::json).collect()),
            Value::Object(members) => members.get("value").map_or(Self::Nothing, Self::json),
        }
    }
}

static COLLATOR: LazyLock<CollatorBorrowed<'static>> = LazyLock::new(|| {
    #[allow(clippy::expect_used, reason = "the data is compiled in; a test compares two texts with it")]
    Collator::try_new(locale!("en").into(), CollatorOptions::default()).expect("compiled collation data")
});

#[cfg(test)]
mod tests {
    use super::SortKey;

    #[test]
    fn texts_sort_as_in_a_dictionary_and_are_equal_only_to_themselves() {
        let mut words = ["zebra", "Äpfel", "apple", "10", "Apple", "2", "", "_x", "banana", "äpfel"];
        words.sort_by_key(|word| SortKey::text(word));
        assert_eq!(words, ["", "_x", "10", "2", "äpfel", "Äpfel", "apple", "Apple", "banana", "zebra"]);
        assert_ne!(SortKey::text("a"), SortKey::text("A"));
        assert!(SortKey::Nothing < SortKey::text(""));
        assert!(SortKey::text("ab").may_be("ab") && !SortKey::text("ab").may_be("ac"));
    }
}
