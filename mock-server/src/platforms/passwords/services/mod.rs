//! Services: made-up passwords, pictures, what is known of websites and of breaches (facts: passwords 8). None of them
//! reaches the outside world.

mod change;
mod draw;
mod generate;
mod hashes;
mod picture;
mod preview;
mod words;

pub(super) use change::find_change;
pub(super) use generate::{Wish, generate};
pub(super) use hashes::breached;
pub(super) use picture::{avatar, favicon};
pub(super) use preview::preview;
