//! What a column is searched for, and what orders a table.

use serde_json::Value;

use super::types::Key;

/// What a column is searched for: a text that it contains, a boolean, or the keys of related records, any of which will do.
///
/// ```
/// use tercet_sdk::qore::Search;
///
/// let text = Search::from("harbour");
/// let checked = Search::from(true);
/// let related = Search::any_of([1, 2]);
/// # let _ = (text, checked, related);
/// ```
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Search {
    /// A text that it contains, in whatever letter case.
    Text(String),
    /// Any of these records, or options.
    AnyOf(Vec<Key>),
    /// Whether it is checked.
    Checked(bool),
    /// Whatever else a column of the application understands.
    Other(Value),
}

impl Search {
    /// Any of these records, or options.
    pub fn any_of(keys: impl IntoIterator<Item = impl Into<Key>>) -> Self {
        Self::AnyOf(keys.into_iter().map(Into::into).collect())
    }

    /// As it is sent; an error says why it cannot be.
    pub(super) fn value(&self, column: &str) -> Result<Value, String> {
        Ok(match self {
            Self::Text(text) => text.as_str().into(),
            // An empty list would be taken for no search at all, and find everything.
            Self::AnyOf(keys) if keys.is_empty() => {
                return Err(format!(
                    "`{column}` is searched for any of no records\nhint: leave the search out, or do not ask"
                ));
            }
            Self::AnyOf(keys) => keys.iter().map(key).collect(),
            Self::Checked(checked) => (*checked).into(),
            Self::Other(value) => value.clone(),
        })
    }
}

fn key(key: &Key) -> Value {
    match key {
        Key::Integer(number) => (*number).into(),
        Key::Text(text) => text.as_str().into(),
        Key::Other(value) => value.clone(),
    }
}

impl From<&str> for Search {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Search {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<bool> for Search {
    fn from(checked: bool) -> Self {
        Self::Checked(checked)
    }
}

impl<K: Into<Key>> From<Vec<K>> for Search {
    fn from(keys: Vec<K>) -> Self {
        Self::any_of(keys)
    }
}

impl<K: Into<Key>, const N: usize> From<[K; N]> for Search {
    fn from(keys: [K; N]) -> Self {
        Self::any_of(keys)
    }
}

impl From<Value> for Search {
    fn from(value: Value) -> Self {
        Self::Other(value)
    }
}

/// What a table is sorted by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Order {
    pub(super) column: String,
    pub(super) direction: &'static str,
}

impl Order {
    /// The smallest first.
    pub fn ascending(column: impl Into<String>) -> Self {
        Self { column: column.into(), direction: "ascending" }
    }

    /// The greatest first.
    pub fn descending(column: impl Into<String>) -> Self {
        Self { column: column.into(), direction: "descending" }
    }
}
