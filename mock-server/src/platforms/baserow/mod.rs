//! Baserow's named actions: accounts and their tokens, tables of typed fields and rows, views, trash and jobs.

mod actions;
mod applications;
mod exports;
mod faults;
mod fields;
mod files;
mod instance;
mod invitations;
mod jobs;
mod links;
mod mails;
mod ordering;
mod page;
mod records;
mod rows;
mod sight;
mod signing;
mod snapshots;
mod sorts;
mod tables;
mod tokens;
mod trash;
mod undo;
mod users;
mod views;
mod webhooks;
mod workspaces;

pub(crate) use actions::Baserow;
