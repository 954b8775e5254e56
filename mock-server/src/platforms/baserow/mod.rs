//! Baserow's named actions: accounts and their tokens, tables of typed fields and rows, views, trash and jobs.

mod files;
mod jobs;
mod page;
mod pending;
mod reading;
mod rows;
mod snapshots;
mod trash;
mod webhooks;
