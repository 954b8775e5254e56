//! Queries of tables: which records, in which order, page by page.

use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use serde::de::DeserializeOwned;
use serde_json::Value;

use super::reading::{Members, typed};
use super::record::{Page, TablePage};
use super::refusal::Refusal;
use super::resource::{MINIMAL, PREFER, Resource};
use super::search::{Order, Search};
use crate::generated::qore::operations;
use crate::runtime::{More, Raw, Turn, fingerprint, listing};
use crate::{Error, Listing, Response};

/// How many records a page has that does not say otherwise: what the platform's own page asks for.
const USUAL: u32 = 100;

/// A query of a table. Cheap to clone. Several searches hold together.
///
/// Searches and the order only work on columns that the table shows by default; the server ignores others without a word.
#[derive(Clone, Debug)]
#[must_use = "a query finds nothing until its records are asked for"]
pub struct Table {
    resource: Resource,
    name: String,
    tab: Option<String>,
    searches: Vec<(String, Search)>,
    order: Option<Order>,
    per_page: Option<u32>,
    minimal: bool,
}

impl Table {
    pub(super) fn new(resource: Resource) -> Self {
        let name = resource.name().to_owned();
        Self { resource, name, tab: None, searches: Vec::new(), order: None, per_page: None, minimal: false }
    }

    /// Another table of the resource than the one of its name.
    pub fn named(mut self, table: impl Into<String>) -> Self {
        self.name = table.into();
        self
    }

    /// Only what is under this tab: its label, as people see it. The server ignores one that is not there.
    pub fn tab(mut self, label: impl Into<String>) -> Self {
        self.tab = Some(label.into());
        self
    }

    /// Only records in whose column this is found: a text that it contains, a boolean, or keys of related records. A second
    /// search of the same column takes the place of the first.
    pub fn search(mut self, column: impl Into<String>, what: impl Into<Search>) -> Self {
        let column = column.into();
        self.searches.retain(|(known, _)| *known != column);
        self.searches.push((column, what.into()));
        self
    }

    /// Sorted by this column. There is one order: another one takes its place.
    pub fn order_by(mut self, order: Order) -> Self {
        self.order = Some(order);
        self
    }

    /// How many records come at once; 100 unless set. Servers have a limit of their own.
    pub fn per_page(mut self, records: u32) -> Self {
        self.per_page = Some(records);
        self
    }

    /// Without columns, tabs and actions on its pages.
    pub fn minimal(mut self) -> Self {
        self.minimal = true;
        self
    }

    /// One page, counted from 1, with columns, tabs and actions. One behind the last has no records.
    ///
    /// # Errors
    /// A refusal, an answer that was not declared or a record that is no `T`, or no answer at all.
    pub async fn page<T: DeserializeOwned>(
        &self,
        number: u64,
    ) -> Result<Response<TablePage<T>>, Error<Refusal>> {
        self.call(number, self.minimal).read(|body| Page::read(body)?.typed()).await
    }

    /// The first record.
    ///
    /// # Errors
    /// A refusal, an answer that was not declared or a record that is no `T`, or no answer at all.
    pub async fn first<T: DeserializeOwned>(&self) -> Result<Option<T>, Error<Refusal>> {
        let page = self.clone().minimal().per_page(1).page(1).await?.into_inner();
        Ok(page.records.into_iter().next())
    }

    /// How many records there are; `None` where the server does not say.
    ///
    /// # Errors
    /// A refusal, an answer that was not declared, or none at all.
    pub async fn count(&self) -> Result<Option<u64>, Error<Refusal>> {
        let page = self.clone().minimal().per_page(1).page::<Value>(1).await?;
        Ok(page.total)
    }

    /// All records, page by page, as structs of your own, [`Record`](super::Record)s or JSON. A record that is no `T` ends
    /// it with an error that names the record.
    ///
    /// Where the server does not say how many there are, a page with fewer records than asked for is the last; of more than
    /// 100 that are asked for, so is only one with fewer than 100, as servers may have a limit that they do not tell.
    pub fn stream<T: DeserializeOwned + Send + 'static>(self) -> Listing<T, Refusal> {
        let asked = u64::from(self.per_page.unwrap_or(USUAL));
        listing(1, Turn::Page, move |number| {
            let call = self.call(number, true);
            async move {
                call.read(|body| {
                    let page = Page::read(body)?;
                    let fingerprint = keys(&page.records).unwrap_or_else(|| fingerprint(body, &["data"]));
                    let more = more(&page, number, asked);
                    let items = page.records.into_iter().map(typed).collect::<Result<_, _>>()?;
                    Ok(crate::runtime::Page { items, more, fingerprint })
                })
                .await
            }
        })
    }

    fn call(&self, page: u64, minimal: bool) -> Raw {
        let mut call = self.resource.call(operations::SHOW_TABLE).path("table_name", &self.name);
        if minimal {
            call = call.header(PREFER, MINIMAL);
        }
        match self.members(page) {
            Ok(members) => self.resource.parameters(call, &members),
            Err(why) => {
                call.refuse(why);
                call
            }
        }
    }

    fn members(&self, page: u64) -> Result<Members, String> {
        let mut members = Members::new();
        let mut add = |name: &str, value: Value| members.insert(name.to_owned(), value);
        if let Some(tab) = &self.tab {
            add("tab", tab.as_str().into());
        }
        if !self.searches.is_empty() {
            let searches: Result<Members, String> = self
                .searches
                .iter()
                .map(|(column, what)| Ok((column.clone(), what.value(column)?)))
                .collect();
            add("search_columns", Value::Object(searches?));
        }
        if let Some(Order { column, direction }) = &self.order {
            add("sort_column", column.as_str().into());
            add("sort_direction", (*direction).into());
        }
        add("per_page", self.per_page.unwrap_or(USUAL).into());
        add("page", page.into());
        Ok(members)
    }
}

/// Whether there is a page after this one.
fn more(page: &Page, number: u64, asked: u64) -> More {
    let count = page.records.len() as u64;
    match (page.last_page, page.total) {
        (Some(last), _) => More::said(number < last),
        (None, Some(total)) => More::Counted { total, size: page.per_page },
        (None, None) if count < page.per_page.unwrap_or(asked.min(u64::from(USUAL))) => More::No,
        (None, None) => More::Perhaps,
    }
}

/// A sum of the records' keys, where all have one: what else is in a record may differ from one answer to the next.
fn keys(records: &[Value]) -> Option<u64> {
    let mut hasher = DefaultHasher::new();
    for record in records {
        record.get("id").filter(|id| !id.is_null())?.hash(&mut hasher);
    }
    Some(hasher.finish())
}
