//! A document as a Postman collection, format 2.1: requests that can be sent one by one, or run from the first to the last.

mod auth;
mod body;
mod collection;
mod draft7;
mod nouns;
mod order;
mod parameters;
mod replies;
mod sample;
mod script;
mod variables;
mod view;

pub use collection::postman_collection;
