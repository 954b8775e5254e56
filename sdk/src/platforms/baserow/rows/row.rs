//! Rows as they come and go.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// A row: its id, its place, and its cells as a struct of your own or as a map.
///
/// A struct of your own can also stand for the whole row, with or without an `id` in it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Row<T = Map<String, Value>> {
    /// Counted from 1 in each table, never used again.
    pub id: i64,
    /// Where it stands among the others: a number as text, with 20 decimals.
    pub order: String,
    /// Its cells.
    #[serde(flatten)]
    pub cells: T,
}

/// A page of rows.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct RowPage<T> {
    /// How many rows there are on all pages.
    pub count: u64,
    /// Whether there is another page.
    pub has_next: bool,
    /// The rows.
    pub rows: Vec<T>,
}

/// A page as it comes.
#[derive(Deserialize)]
pub(super) struct Envelope {
    count: u64,
    next: Option<String>,
    results: Vec<Value>,
}

impl Envelope {
    pub(super) fn read<T: DeserializeOwned>(body: &[u8]) -> Result<RowPage<T>, String> {
        let Self { count, next, results } =
            serde_json::from_slice(body).map_err(|error| error.to_string())?;
        Ok(RowPage { count, has_next: next.is_some(), rows: rows(results)? })
    }
}

/// Rows as what the caller wants them to be; an error says which row is not.
pub(super) fn rows<T: DeserializeOwned>(values: Vec<Value>) -> Result<Vec<T>, String> {
    values
        .into_iter()
        .map(|value| {
            let id = value.get("id").and_then(Value::as_i64);
            T::deserialize(value).map_err(|error| match id {
                Some(id) => format!("row {id}: {error}"),
                None => error.to_string(),
            })
        })
        .collect()
}
