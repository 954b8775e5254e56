//! A run's conversation with a deployment. Whatever a run sends goes through here: pace, budget, consent, ownership and
//! journal are not left to the care of those who ask.

mod cleanup;
mod journal;
mod own;
mod pace;
mod prepare;
mod requests;
mod state;

pub use cleanup::Leftover;
pub use journal::{Journal, JournalError, Line};
pub use own::{Made, MadeUp, Nameable, Owned, Seen};
pub use prepare::{Shape, Wishes};
pub use requests::Aim;
pub use state::{Interrupt, Session};
