//! Effects: what an operation does to records, step by step, in one transaction.

mod call;
mod create;
mod delete;
mod find;
mod list;
mod replace;
mod request;
mod require;
mod run;
mod serve;
mod update;
mod write;

pub(crate) use create::insert;
pub(crate) use request::Request;
pub(crate) use run::run;
pub(crate) use update::{merge_into, set_in};
