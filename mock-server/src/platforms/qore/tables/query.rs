//! What is asked of a table: the tab, the columns that are searched, the order, the page.

use serde_json::Value;

use crate::outcome::Outcome;
use crate::platforms::qore::application::{Condition, Field, Resource, Sort, Table};
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
        let search = asked.get("search_columns").and_then(Value::as_object).into_iter().flatten();
        let descending = descending(member(asked, "sort_direction"))?;
        let by = member(asked, "sort_column").and_then(column).filter(|field| field.sortable);
        let sort = by.map(|field| Sort { by: field.name.clone(), descending });
        Ok(Self {
            tab: member(asked, "tab").and_then(|tab| table.tabs.get(tab)),
            search: search
                .filter_map(|(name, wanted)| Some((column(name).filter(|field| field.searchable)?, wanted)))
                .collect(),
            sort: sort.or_else(|| table.sort.clone()),
            per_page: number(asked, "per_page").or_else(|| table.per_page.try_into().ok()).unwrap_or(15),
            page: number(asked, "page").unwrap_or(1),
        })
    }

    /// How many records come before the page.
    pub(super) fn skipped(&self) -> usize {
        (self.page - 1).saturating_mul(self.per_page)
    }
}

/// The document has seen to it that it is one where it is there.
fn number(asked: &Value, name: &str) -> Option<usize> {
    asked.get(name)?.as_u64().filter(|number| *number > 0)?.try_into().ok()
}

/// `ascending` and `descending`, or shorter, in any letter case.
fn descending(direction: Option<&str>) -> Result<bool, Outcome> {
    match direction.map(str::to_lowercase).as_deref() {
        None | Some("" | "ascending" | "asc") => Ok(false),
        Some("descending" | "desc") => Ok(true),
        Some(_) => {
            let sentence = "The selected sort_direction is invalid.";
            Err(refusal::invalid([("sort_direction".to_owned(), sentence.to_owned())]))
        }
    }
}
