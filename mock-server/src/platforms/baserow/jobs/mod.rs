//! Jobs: work that goes on after the answer. Here it has been done when the answer is given; only the news of it comes later.

mod cancel;
mod create;
mod job;
mod list;

pub(super) use cancel::cancel_job;
pub(super) use create::create_job;
pub(super) use job::{has_ended, may_start, read_job, represent, start};
pub(super) use list::list_jobs;
