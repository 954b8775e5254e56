//! Baserow: accounts, workspaces, databases, tables, and their rows as types of one's own.
//!
//! ```no_run
//! use serde::{Deserialize, Serialize};
//! use tercet_sdk::baserow::{Client, Filter, Order, Row, decimal};
//!
//! #[derive(Serialize, Deserialize)]
//! struct Customer {
//!     #[serde(rename = "Name")]
//!     name: String,
//!     #[serde(rename = "Active")]
//!     active: bool,
//!     #[serde(rename = "Balance", with = "decimal")]
//!     balance: f64,
//! }
//!
//! # async fn run() -> Result<(), Box<dyn std::error::Error>> {
//! let client = Client::builder("https://api.baserow.io").sign_in("john@example.com", "the password").build()?;
//! let customers = client.rows(42);
//!
//! let ada = Customer { name: "Ada".into(), active: true, balance: 10.5 };
//! let made = customers.create::<Row<Customer>>(&ada).await?;
//! customers.update::<Row>(made.id, &serde_json::json!({ "Active": false })).await?;
//!
//! let rich = Filter::field("Active").boolean(true) & Filter::field("Balance").higher_than(1000);
//! let mut found = customers.clone().filter(rich).order_by(Order::descending("Balance")).stream::<Row<Customer>>();
//! while let Some(row) = found.next().await {
//!     let row = row?;
//!     println!("{}: {}", row.id, row.cells.name);
//! }
//!
//! if let Err(error) = customers.delete(made.id).await {
//!     match error.code().as_deref() {
//!         Some("ERROR_ROW_DOES_NOT_EXIST") => println!("somebody was faster"),
//!         _ => return Err(error.into()),
//!     }
//! }
//! # Ok(())
//! # }
//! ```
//!
//! A client takes an account ([`Builder::sign_in`](crate::Builder::sign_in)), or goes on with a refresh token or an access
//! token of one, or takes a database token, or an account and a database token. Fields, views and applications are enums with
//! a variant for each kind, and one that keeps the kinds of newer releases as they came.

pub mod decimal;
mod files;
mod jobs;
mod rows;
mod signing;

#[doc(inline)]
pub use crate::generated::baserow::{Client, calls, errors, types};
pub use files::FileRef;
pub use jobs::JobError;
pub use rows::{Condition, DateValue, FieldRef, Filter, Ids, Order, Row, RowPage, RowQuery, Rows, Side};
