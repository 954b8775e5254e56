//! Sessions: opened with the passphrase, kept alive, opened again when they are over, and closed at the end.

mod alive;
mod door;
mod http;
#[cfg(test)]
mod http_tests;
#[cfg(test)]
mod tests;
mod wire;

pub(super) use door::{Door, keyring};
pub(super) use http::Routes;
