//! Queries: which rows, in which order, with which cells.

use serde::de::DeserializeOwned;

use super::Rows;
use super::field::{FieldRef, Order};
use super::filter::Filter;
use super::row::{Envelope, RowPage};
use crate::generated::baserow::operations;
use crate::platforms::baserow::types::ApiError;
use crate::runtime::{More, Page, Raw, Turn, fingerprint, listing};
use crate::{Error, Listing, Response};

/// Rows of a table that are about to be asked for.
#[derive(Clone, Debug)]
#[must_use = "a query asks for nothing until its rows are"]
pub struct RowQuery {
    rows: Rows,
    filter: Option<Filter>,
    order: Vec<Order>,
    include: Vec<FieldRef>,
    exclude: Vec<FieldRef>,
    search: Option<String>,
    search_mode: Option<String>,
    view: Option<i64>,
    size: Option<u32>,
}

impl RowQuery {
    pub(super) fn new(rows: Rows) -> Self {
        let (order, include, exclude) = (Vec::new(), Vec::new(), Vec::new());
        Self {
            rows,
            filter: None,
            order,
            include,
            exclude,
            search: None,
            search_mode: None,
            view: None,
            size: None,
        }
    }

    /// Only rows that satisfy this; with another one, both.
    pub fn filter(mut self, filter: Filter) -> Self {
        self.filter = Some(match self.filter.take() {
            Some(known) => known & filter,
            None => filter,
        });
        self
    }

    /// Sorted by this, and by what was said before it first.
    pub fn order_by(mut self, order: Order) -> Self {
        self.order.push(order);
        self
    }

    /// Only cells of these fields. The server refuses to filter or sort by others, unless a view is given.
    pub fn include(mut self, fields: impl IntoIterator<Item = impl Into<FieldRef>>) -> Self {
        self.include.extend(fields.into_iter().map(Into::into));
        self
    }

    /// No cells of these fields.
    pub fn exclude(mut self, fields: impl IntoIterator<Item = impl Into<FieldRef>>) -> Self {
        self.exclude.extend(fields.into_iter().map(Into::into));
        self
    }

    /// Only rows with this text in a cell.
    pub fn search(mut self, text: impl Into<String>) -> Self {
        self.search = Some(text.into());
        self
    }

    /// How the server searches: `compat`, or `full-text-with-count`.
    pub fn search_mode(mut self, mode: impl Into<String>) -> Self {
        self.search_mode = Some(mode.into());
        self
    }

    /// With the filters and the order of this view.
    pub fn view(mut self, view: i64) -> Self {
        self.view = Some(view);
        self
    }

    /// How many rows come at once, at most 200; the server's default is 100.
    pub fn size(mut self, rows: u32) -> Self {
        self.size = Some(rows);
        self
    }

    /// One page, counted from 1. One beyond the last has no rows.
    ///
    /// # Errors
    /// A refusal, an answer that was not declared or rows that are no `T`, or no answer at all.
    pub async fn page<T: DeserializeOwned>(
        &self,
        number: u64,
    ) -> Result<Response<RowPage<T>>, Error<ApiError>> {
        self.call(number).read(Envelope::read).await
    }

    /// The first row.
    ///
    /// # Errors
    /// A refusal, an answer that was not declared or a row that is no `T`, or no answer at all.
    pub async fn first<T: DeserializeOwned>(&self) -> Result<Option<T>, Error<ApiError>> {
        let page = self.clone().size(1).page(1).await?.into_inner();
        Ok(page.rows.into_iter().next())
    }

    /// How many rows there are.
    ///
    /// # Errors
    /// A refusal, an answer that was not declared, or none at all.
    pub async fn count(&self) -> Result<u64, Error<ApiError>> {
        Ok(self.clone().size(1).page::<serde_json::Value>(1).await?.count)
    }

    /// All rows, page by page, as structs of your own, [`Row`](super::Row)s or JSON. A row that is no `T` ends it with an
    /// error that names the row.
    pub fn stream<T: DeserializeOwned + Send + 'static>(self) -> Listing<T, ApiError> {
        listing(1, Turn::Page, move |number| {
            let call = self.call(number);
            async move {
                let page: Response<RowPage<T>> = call.read(Envelope::read).await?;
                let fingerprint = fingerprint(page.bytes(), &["results"]);
                Ok(page.map(|page| Page { more: More::said(page.has_next), items: page.rows, fingerprint }))
            }
        })
    }

    fn call(&self, page: u64) -> Raw {
        let names = self.rows.names;
        let mut call = self
            .rows
            .call(operations::LIST_DATABASE_TABLE_ROWS)
            .query_if("page", Some(page))
            .query_if("size", self.size)
            .query_if("search", self.search.as_ref())
            .query_if("search_mode", self.search_mode.as_ref())
            .query_if("view_id", self.view);
        match self.filter.as_ref().map_or(Ok(None), |filter| filter.tree(names)) {
            Ok(tree) => call = call.query_if("filters", tree),
            Err(why) => call.refuse(why),
        }
        let order = self.order.iter().map(|order| order.in_list(names));
        let fields = |fields: &[FieldRef]| fields.iter().map(|field| field.in_list(names, "")).collect();
        let lists = [
            ("order_by", order.collect()),
            ("include", fields(&self.include)),
            ("exclude", fields(&self.exclude)),
        ];
        for (name, list) in lists {
            let list: Result<Vec<String>, String> = list;
            match list {
                Ok(list) if list.is_empty() => {}
                Ok(list) => call = call.query(name, list.join(",")),
                Err(why) => call.refuse(why),
            }
        }
        call
    }
}
