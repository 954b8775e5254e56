//! Baserow's named actions: accounts and their tokens, tables of typed fields and rows, views, trash and jobs.

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
mod page;
mod pending;
mod records;
mod rows;
mod signing;
mod snapshots;
mod sorts;
mod tokens;
mod trash;
mod users;
mod webhooks;
mod workspaces;
