//! What a cell holds, typed: the form in which rows are kept, compared and computed.

use std::sync::Arc;

use bigdecimal::BigDecimal;
use jiff::civil::Date;

/// A cell. A clone copies no text.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Cell {
    /// Nothing: null, and what a field of lists shows as `[]`.
    Empty,
    Text(Arc<str>),
    /// A number field's, rounded to its decimals.
    Number(Arc<BigDecimal>),
    /// A rating, an autonumber.
    Whole(i64),
    Flag(bool),
    Day(Date),
    /// Microseconds since 1970-01-01T00:00:00Z.
    Moment(i64),
    /// Milliseconds.
    Duration(i64),
    /// The id of a select option.
    Choice(u64),
    /// Ids in the order in which they were given: of select options, users, or rows of another table.
    Ids(Arc<[u64]>),
    User(u64),
    Files(Arc<[FileCell]>),
    /// What lookups gather: each value with the row it came from.
    Gathered(Arc<[(u64, Cell)]>),
    /// A value that a formula gives, as answers show it.
    Json(Arc<serde_json::Value>),
}

/// One file of a file cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct FileCell {
    pub(crate) name: Arc<str>,
    pub(crate) visible_name: Arc<str>,
}

impl Cell {
    pub(crate) fn text(text: &str) -> Self {
        Self::Text(text.into())
    }

    pub(crate) fn ids(ids: Vec<u64>) -> Self {
        if ids.is_empty() { Self::Empty } else { Self::Ids(ids.into()) }
    }

    pub(crate) fn number(number: BigDecimal) -> Self {
        Self::Number(Arc::new(number))
    }

    /// The ids of a list; none for anything else.
    pub(crate) fn id_list(&self) -> &[u64] {
        match self {
            Self::Ids(ids) => ids,
            _ => &[],
        }
    }
}
