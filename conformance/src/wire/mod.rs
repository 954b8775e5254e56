//! From values to bytes on the wire, and back to an exchange.

mod body;
mod client;
mod credentials;
mod question;
mod request;
mod style;

pub(crate) use client::Wire;
pub(crate) use credentials::{is_public, name_of};
pub(crate) use question::{Question, draft};
