//! Judges a deployment by its document: checks that hold of every exchange, and laws that follow from declared effects.
//!
//! Requests are raw HTTP and everything that is sent or expected is derived from the contract.

pub mod check;
mod clause;
mod curl;
mod exchange;
mod finding;
pub mod generate;
mod inputs;
pub mod law;
pub mod oracle;
pub mod probe;
pub mod reading;
pub mod report;
pub mod run;
mod secret;
pub mod session;
pub mod story;
mod target;
mod verdict;
mod wire;

pub use clause::Clause;
pub use curl::curl;
pub use exchange::{Denial, Exchange, Fault, Girth, Purpose, Received, Sent, Twist};
pub use finding::Finding;
pub use inputs::{Body, Inputs};
pub use secret::{Masks, Secret};
pub use target::{Account, Consent, Identity, Limits, Target, Trust, base_url, registers};
pub use verdict::{Stop, Verdict};
