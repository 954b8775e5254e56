//! What cells need to know of the world around their row.

use std::sync::Arc;

use serde_json::Value;

use super::cell::Cell;
use super::schema::{Field, Schema};
use super::store::{Row, RowStore};

/// The state as cells see it.
pub(crate) trait Scene {
    fn store(&self) -> &RowStore;
    /// A table's fields; `None` for a table that is not there or in the trash.
    fn schema(&self, table: u64) -> Option<Arc<Schema>>;
    /// A user's name and e-mail address.
    fn user(&self, id: u64) -> Option<(String, String)>;
    /// Whether a user is a member of the workspace that a table is in.
    fn is_member(&self, table: u64, user: u64) -> bool;
    /// An uploaded file as file cells show it, without `visible_name`, and its original name.
    fn file(&self, name: &str) -> Option<(Value, String)>;
    /// A formula's value, and that of a rollup.
    fn evaluate(&self, field: &Field, row: &Row) -> Cell;
    /// Microseconds since 1970.
    fn now(&self) -> i64;
}
