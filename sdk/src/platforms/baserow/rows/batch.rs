//! Many rows at once: each call is one transaction, and takes no more than the server does.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::Rows;
use super::row::rows;
use crate::generated::baserow::operations;
use crate::platforms::baserow::types::ApiError;
use crate::runtime::Raw;
use crate::{Error, Response};

#[derive(Deserialize)]
struct Items {
    items: Vec<Value>,
}

fn read<T: DeserializeOwned>(body: &[u8]) -> Result<Vec<T>, String> {
    let Items { items } = serde_json::from_slice(body).map_err(|error| error.to_string())?;
    rows(items)
}

impl Rows {
    /// The most rows that one call takes (facts: baserow 1). More are refused before anything is sent: cut into several
    /// calls they would not be one transaction any more. Where that does not matter, use [`slice::chunks`] with this.
    pub const MOST: usize = 200;

    /// Adds rows at the end, all or none; gives them as they are then.
    ///
    /// # Errors
    /// More than [`Rows::MOST`], a refusal, an answer that was not declared, or none at all.
    pub async fn create_many<T: DeserializeOwned>(
        &self,
        cells: &[impl Serialize],
    ) -> Result<Response<Vec<T>>, Error<ApiError>> {
        let call = self.call(operations::BATCH_CREATE_DATABASE_TABLE_ROWS);
        counted(call, cells.len()).json(&json_items(cells)).read(read).await
    }

    /// Changes rows, all or none: of each, by its id, the cells that are given. Gives them as they are then.
    ///
    /// # Errors
    /// More than [`Rows::MOST`], cells that are no object, a refusal, an answer that was not declared, or none at all.
    pub async fn update_many<T: DeserializeOwned>(
        &self,
        changes: &[(i64, impl Serialize)],
    ) -> Result<Response<Vec<T>>, Error<ApiError>> {
        let mut call = counted(self.call(operations::BATCH_UPDATE_DATABASE_TABLE_ROWS), changes.len());
        let items: Result<Vec<Map<String, Value>>, String> =
            changes.iter().map(|(id, cells)| change(*id, cells)).collect();
        match items {
            Ok(items) => call = call.json(&json!({ "items": items })),
            Err(why) => call.refuse(why),
        }
        call.read(read).await
    }

    /// Puts rows into the trash, all or none.
    ///
    /// # Errors
    /// More than [`Rows::MOST`], a refusal, an answer that was not declared, or none at all.
    pub async fn delete_many(&self, ids: &[i64]) -> Result<Response<()>, Error<ApiError>> {
        let call = self.call(operations::BATCH_DELETE_DATABASE_TABLE_ROWS);
        counted(call, ids.len()).json(&json!({ "items": ids })).send_empty().await
    }
}

#[derive(Serialize)]
struct Batch<'a, T> {
    items: &'a [T],
}

fn json_items<T: Serialize>(items: &[T]) -> Batch<'_, T> {
    Batch { items }
}

fn counted(mut call: Raw, count: usize) -> Raw {
    if count == 0 {
        call.refuse("there are no rows in it".to_owned());
    } else if count > Rows::MOST {
        call.refuse(format!(
            "{count} rows are more than one call takes\nhint: send at most {} at a time, each a transaction of its own",
            Rows::MOST
        ));
    }
    call
}

/// The cells of a row with its id among them; an `id` in the cells gives way.
fn change(id: i64, cells: &impl Serialize) -> Result<Map<String, Value>, String> {
    match serde_json::to_value(cells) {
        Ok(Value::Object(mut members)) => {
            members.insert("id".to_owned(), id.into());
            Ok(members)
        }
        Ok(_) => Err(format!("the cells of row {id} are no object")),
        Err(error) => Err(format!("the cells of row {id} cannot be written as JSON: {error}")),
    }
}
