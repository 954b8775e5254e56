//! A run: look around, probe every operation, try every law, clean up, report.

mod judge;
mod plan;
mod preflight;
mod runner;
mod shrink;

pub use plan::{Plan, Step, plan};
pub use preflight::Trouble;
pub use runner::{Choice, Progress, look_around, run};
