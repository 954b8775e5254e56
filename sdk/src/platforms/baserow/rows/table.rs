//! The rows of one table: reading, writing and moving them one by one.

use std::collections::BTreeMap;

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::field::{FieldRef, Order};
use super::filter::Filter;
use super::query::RowQuery;
use crate::generated::baserow::operations;
use crate::platforms::baserow::Client;
use crate::platforms::baserow::types::ApiError;
use crate::runtime::{Operation, Raw};
use crate::{CallOptions, Error, Listing, Response};

impl Client {
    /// The rows of a table. Cells go by the names that people gave the fields, unless
    /// [`user_field_names`](Rows::user_field_names) says otherwise.
    pub fn rows(&self, table: i64) -> Rows {
        Rows { client: self.clone(), table, names: true, options: CallOptions::new() }
    }
}

/// The rows of a table. Cheap to clone.
#[derive(Clone, Debug)]
#[must_use = "a table's rows are only read or written when they are asked for"]
pub struct Rows {
    client: Client,
    table: i64,
    pub(super) names: bool,
    options: CallOptions,
}

impl Rows {
    /// Whether cells go by the names that people gave the fields, which is so unless set, or by `field_<id>`.
    pub fn user_field_names(mut self, names: bool) -> Self {
        self.names = names;
        self
    }

    /// Gives all calls settings of their own: timeouts, attempts, headers.
    pub fn with(mut self, options: CallOptions) -> Self {
        self.options = options;
        self
    }

    pub(super) fn call(&self, operation: &'static Operation) -> Raw {
        let call = Raw::new(&self.client.transport, operation).path("table_id", self.table);
        let call = if self.names { call.query("user_field_names", "true") } else { call };
        call.with(&self.options)
    }

    /// Begins a query of all rows.
    pub fn query(self) -> RowQuery {
        RowQuery::new(self)
    }

    /// Begins a query of the rows that satisfy this.
    pub fn filter(self, filter: Filter) -> RowQuery {
        self.query().filter(filter)
    }

    /// Begins a query of all rows, sorted.
    pub fn order_by(self, order: Order) -> RowQuery {
        self.query().order_by(order)
    }

    /// Begins a query of all rows, with the cells of these fields.
    pub fn include(self, fields: impl IntoIterator<Item = impl Into<FieldRef>>) -> RowQuery {
        self.query().include(fields)
    }

    /// All rows, page by page.
    pub fn stream<T: DeserializeOwned + Send + 'static>(self) -> Listing<T, ApiError> {
        self.query().stream()
    }

    /// Reads one row.
    ///
    /// # Errors
    /// A refusal, an answer that was not declared or a row that is no `T`, or no answer at all.
    pub async fn get<T: DeserializeOwned>(&self, row: i64) -> Result<Response<T>, Error<ApiError>> {
        self.call(operations::GET_DATABASE_TABLE_ROW).path("row_id", row).send().await
    }

    /// Adds a row at the end; gives it as it is then.
    ///
    /// # Errors
    /// A refusal, an answer that was not declared or a row that is no `T`, or no answer at all.
    pub async fn create<T: DeserializeOwned>(
        &self,
        cells: &(impl Serialize + ?Sized),
    ) -> Result<Response<T>, Error<ApiError>> {
        self.call(operations::CREATE_DATABASE_TABLE_ROW).json(cells).send().await
    }

    /// Adds a row before another one.
    ///
    /// # Errors
    /// A refusal, an answer that was not declared or a row that is no `T`, or no answer at all.
    pub async fn create_before<T: DeserializeOwned>(
        &self,
        before: i64,
        cells: &(impl Serialize + ?Sized),
    ) -> Result<Response<T>, Error<ApiError>> {
        let call = self.call(operations::CREATE_DATABASE_TABLE_ROW);
        call.query("before", before.to_string()).json(cells).send().await
    }

    /// Changes the cells that are given; gives the row as it is then.
    ///
    /// # Errors
    /// A refusal, an answer that was not declared or a row that is no `T`, or no answer at all.
    pub async fn update<T: DeserializeOwned>(
        &self,
        row: i64,
        cells: &(impl Serialize + ?Sized),
    ) -> Result<Response<T>, Error<ApiError>> {
        self.call(operations::UPDATE_DATABASE_TABLE_ROW).path("row_id", row).json(cells).send().await
    }

    /// Puts a row into the trash.
    ///
    /// # Errors
    /// A refusal, an answer that was not declared, or none at all.
    pub async fn delete(&self, row: i64) -> Result<Response<()>, Error<ApiError>> {
        self.call(operations::DELETE_DATABASE_TABLE_ROW).path("row_id", row).send_empty().await
    }

    /// Moves a row before another one.
    ///
    /// # Errors
    /// A refusal, an answer that was not declared or a row that is no `T`, or no answer at all.
    pub async fn move_before<T: DeserializeOwned>(
        &self,
        row: i64,
        before: i64,
    ) -> Result<Response<T>, Error<ApiError>> {
        let call = self.call(operations::MOVE_DATABASE_TABLE_ROW).path("row_id", row);
        call.query("before_id", before.to_string()).send().await
    }

    /// Moves a row to the end.
    ///
    /// # Errors
    /// A refusal, an answer that was not declared or a row that is no `T`, or no answer at all.
    pub async fn move_to_end<T: DeserializeOwned>(&self, row: i64) -> Result<Response<T>, Error<ApiError>> {
        self.call(operations::MOVE_DATABASE_TABLE_ROW).path("row_id", row).send().await
    }

    /// The text of the primary cells of these rows, by id. Rows that are not there are left out.
    ///
    /// # Errors
    /// A refusal, an answer that was not declared, or none at all.
    pub async fn names_of(&self, rows: &[i64]) -> Result<BTreeMap<i64, String>, Error<ApiError>> {
        let ids: Vec<String> = rows.iter().map(i64::to_string).collect();
        let call = Raw::new(&self.client.transport, operations::LIST_DATABASE_TABLE_ROW_NAMES);
        let call = call.query(format!("table__{}", self.table), ids.join(",")).with(&self.options);
        let answer: Response<BTreeMap<i64, BTreeMap<i64, String>>> = call.send().await?;
        let mut tables = answer.into_inner();
        Ok(tables.remove(&self.table).unwrap_or_default())
    }

    /// The row after this one, or before it; `None` at the end.
    ///
    /// # Errors
    /// A refusal, an answer that was not declared or a row that is no `T`, or no answer at all.
    pub async fn adjacent<T: DeserializeOwned>(
        &self,
        row: i64,
        to: Side,
    ) -> Result<Option<T>, Error<ApiError>> {
        let call = self.call(operations::GET_ADJACENT_DATABASE_TABLE_ROW).path("row_id", row);
        let call = match to {
            Side::Before => call.query("previous", "true"),
            Side::After => call,
        };
        let read = |body: &[u8]| match body {
            [] => Ok(None),
            body => serde_json::from_slice(body).map(Some).map_err(|error| error.to_string()),
        };
        Ok(call.read(read).await?.into_inner())
    }
}

/// Which neighbour of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// The one before it.
    Before,
    /// The one after it.
    After,
}
