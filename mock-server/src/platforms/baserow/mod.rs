//! Baserow's named actions: accounts and their tokens, tables of typed fields and rows, views, trash and jobs.

mod applications;
mod faults;
mod instance;
mod invitations;
mod links;
mod mails;
mod records;
mod rows;
mod signing;
mod sorts;
mod tokens;
mod users;
mod workspaces;
