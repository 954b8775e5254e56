//! What is asked of a table: the tab, the columns that are searched, the order, the page.

use serde_json::{Map, Value};

use crate::outcome::Outcome;
use crate::platforms::qore::application::{Condition, Field, Resource, Sort, Table};
use crate::platforms::qore::eyes::is_empty;
use crate::platforms::qore::refusal;
use crate::platforms::reading::member;

/// What is asked of a table. What it does not have, or does not show by default, has been left out.
pub(super) struct Query<'a> {
    pub(super) tab: Option<&'a Condition>,
    /// Column and what is looked for.
    pub(super) search: Vec<(&'a Field, &'a Value)>,
    pub(super) sort: Option<Sort>,
    pub(super) per_page: usize,
    /// From 1.
    pub(super) page: usize,
}

impl<'a> Query<'a> {
    /// Reads what body and query say.
    ///
    /// # Errors
    /// `invalid`
    pub(super) fn read(asked: &'a Value, resource: &'a Resource, table: &'a Table) -> Result<Self, Outcome> {
        let columns = || table.columns.iter().filter_map(|name| resource.fields.get(name));
        let column = |name: &str| columns().find(|field| field.name == name);
        let search = searched(asked)?.into_iter().flatten();
        let descending = descending(member(asked, "sort_direction"))?;
        let by = member(asked, "sort_column").and_then(column).filter(|field| field.sortable);
        let sort = by.map(|field| Sort { by: field.name.clone(), descending });
        Ok(Self {
            tab: member(asked, "tab").and_then(|tab| table.tabs.get(tab)),
            search: search
                .filter_map(|(name, wanted)| Some((column(name).filter(|field| field.searchable)?, wanted)))
                .collect(),
            sort: sort.or_else(|| table.sort.clone()),
            per_page: number(asked, "per_page")?.or_else(|| table.per_page.try_into().ok()).unwrap_or(15),
            page: number(asked, "page")?.unwrap_or(1),
        })
    }

    /// How many records come before the page.
    pub(super) fn skipped(&self) -> usize {
        (self.page - 1).saturating_mul(self.per_page)
    }
}

/// The document has seen to it that it is a whole number, but not that PHP would take it for one.
fn number(asked: &Value, name: &str) -> Result<Option<usize>, Outcome> {
    let Some(value) = asked.get(name).filter(|value| !value.is_null()) else { return Ok(None) };
    let whole = value.as_u64().or_else(|| {
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it is small and above 0")]
        let whole = |number: f64| number as u64;
        value.as_f64().filter(|number| (1.0..1e15).contains(number)).map(whole)
    });
    let fitting = whole.filter(|number| (1..=i64::MAX.unsigned_abs()).contains(number));
    match fitting.and_then(|number| usize::try_from(number).ok()) {
        Some(number) => Ok(Some(number)),
        None => Err(refused(name, &format!("The {name} field must be an integer."))),
    }
}

/// What is looked for, from column to value. A list names no column; an empty one is how PHP writes an empty map.
fn searched(asked: &Value) -> Result<Option<&Map<String, Value>>, Outcome> {
    match asked.get("search_columns").filter(|columns| !is_empty(columns)) {
        None | Some(Value::Null | Value::Array(_)) => Ok(None),
        Some(Value::Object(columns)) => Ok(Some(columns)),
        Some(_) => Err(refused("search_columns", "The search_columns field must be an array.")),
    }
}

fn refused(name: &str, sentence: &str) -> Outcome {
    refusal::invalid([(name.to_owned(), sentence.to_owned())])
}

/// `ascending` and `descending`, or shorter, in any letter case.
fn descending(direction: Option<&str>) -> Result<bool, Outcome> {
    match direction.map(str::to_lowercase).as_deref() {
        None | Some("" | "ascending" | "asc") => Ok(false),
        Some("descending" | "desc") => Ok(true),
        Some(_) => Err(refused("sort_direction", "The selected sort_direction is invalid.")),
    }
}
