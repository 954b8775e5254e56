//! Rows: of a table, as structs of the caller's own or as maps.

mod batch;
mod field;
mod filter;
mod query;
mod row;
mod table;

pub use field::{FieldRef, Order};
pub use filter::{Condition, DateValue, Filter, Ids};
pub use query::RowQuery;
pub use row::{Row, RowPage};
pub use table::{Rows, Side};
