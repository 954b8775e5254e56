//! From values to bytes on the wire, and back to an exchange.

mod body;
mod client;
mod credentials;
mod request;
mod style;

pub(crate) use client::Wire;
pub(crate) use credentials::{apply, is_public};
pub(crate) use request::{Draft, write};
