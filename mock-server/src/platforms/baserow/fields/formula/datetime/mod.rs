//! PostgreSQL's formats of dates and times: `YYYY-MM-DD HH24:MI`.
//!
//! PostgreSQL's manual, 9.8, "Data Type Formatting Functions".

mod format;
mod key;
mod read;
mod show;

pub(super) use format::Format;
