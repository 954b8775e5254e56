//! Qore: resources that the application defines, their tables, forms and actions.
//!
//! ```no_run
//! use serde::{Deserialize, Serialize};
//! use tercet_sdk::qore::{Client, FormData, Order, Record};
//!
//! #[derive(Serialize)]
//! struct NewProject<'a> {
//!     name: &'a str,
//!     organization: i64,
//! }
//!
//! #[derive(Deserialize)]
//! struct Project {
//!     name: String,
//!     organization: Option<i64>,
//! }
//!
//! # async fn run() -> Result<(), Box<dyn std::error::Error>> {
//! let client = Client::builder("https://qore.example.com").credential("1|the token, bar and all").build()?;
//!
//! // Records are structs of your own, or maps; `Record` adds the key.
//! let projects = client.resource("projects");
//! let made = projects.create::<Record<Project>>(&NewProject { name: "Harbour", organization: 1 }).await?;
//! let project = projects.update_field::<Project>(&made.id, "name", "Port").await?;
//! println!("{} of {:?}", project.name, project.organization);
//!
//! // Tables are streams of all pages, or one page with columns, tabs and actions.
//! let table = projects.table().search("name", "o").search("organization", [1, 2]).order_by(Order::descending("name"));
//! let mut found = table.clone().stream::<Record<Project>>();
//! while let Some(project) = found.next().await {
//!     let project = project?;
//!     println!("{}: {}", project.id, project.fields.name);
//! }
//! for column in table.page::<Record>(1).await?.into_inner().columns.unwrap_or_default() {
//!     println!("{:?}", column.label);
//! }
//!
//! // Options that depend on what else is in the form.
//! let registrations = client.resource("registrations");
//! let issues = registrations.form().given("project", &made.id).options("issue").await?;
//! for group in issues.groups() {
//!     println!("{:?}: {} issues", group.heading.map(|heading| &heading.label), group.choices.len());
//! }
//!
//! // Files go with a form; what is wrong is told by field.
//! let form = FormData::new().field("project", &made.id).field("billable", true).path("attachment", "receipts/may.pdf");
//! if let Err(error) = registrations.create_form::<Record>(form).await {
//!     for (field, says) in error.violations().iter() {
//!         println!("{field}: {}", says.join(" "));
//!     }
//!     if error.violations().is_empty() {
//!         return Err(error.into());
//!     }
//! }
//!
//! projects.action("archive").run(&made.id).await?;
//! projects.delete(&made.id).await?;
//! # Ok(())
//! # }
//! ```
//!
//! - **The credential** is a token that the front-end shows once, under `/api_tokens`. The bar in it is a part of it.
//! - **What answers look like** is hardly documented. A record is understood bare and in `data`, a list bare, in `data` and with
//!   PHP's gaps, and every 2xx is a success. What is left out is `None`; what is of another kind than foreseen, or unknown, is in
//!   `extra`. What can only be nonsense, such as a page for people, is an error. The [`calls`] of the client's own methods are
//!   held to the document.
//! - **Metadata** is left out (`Prefer: return:minimal`) where only records are wanted: [`Resource::show`], [`Table::stream`].
//!   [`Resource::detail`], [`Table::page`] and [`Form::show`] bring it.
//! - **GET with a body** is how the platform documents queries and forms. [`Resource::in_query`] sends the same in the query,
//!   for proxies that drop such bodies.
//! - **Refusals** are all [`Refusal`]s: a sentence in the application's language, and violations by field. What happened is told
//!   by the status: [`is_not_found`](crate::Error::is_not_found), [`is_invalid`](crate::Error::is_invalid) and their like.
//! - **Writing** is sent again only where it cannot take effect twice: [`Resource::update`] and [`Resource::update_field`] are
//!   PUT; making, deleting, actions and all forms with files are POST, and sent once.

mod action;
mod application;
mod form;
mod form_data;
mod key;
mod nested;
mod options;
mod reading;
mod record;
mod refusal;
mod resource;
mod search;
mod table;

#[doc(inline)]
pub use crate::generated::qore::{Client, calls, errors, types};
pub use action::Action;
pub use application::Endpoints;
pub use form::Form;
pub use form_data::FormData;
pub use options::{Choice, FieldOption, Heading, OptionGroup, Options};
pub use record::{Detail, Record, TablePage};
pub use refusal::{Refusal, Violations};
pub use resource::Resource;
pub use search::{Order, Search};
pub use table::Table;
pub use types::Key;
