//! A run: look around, probe every operation, try every law, clean up, report.

mod discover;
mod judge;
mod plan;
mod preflight;
mod runner;
mod shrink;

pub use discover::discover;
pub use plan::{Plan, Step, plan};
pub use preflight::Trouble;
pub use runner::{Choice, Progress, look_around, run};
