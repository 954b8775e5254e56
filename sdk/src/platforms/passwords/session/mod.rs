//! Sessions: opened with the passphrase, kept alive, opened again when they are over, and closed at the end.

mod alive;
mod door;
mod http;
#[cfg(test)]
mod http_tests;
#[cfg(test)]
mod tests;
mod wire;

#[allow(unused_imports, reason = "the generated client, which needs it, is not there yet")]
pub(super) use door::{Door, vault};
#[allow(unused_imports, reason = "the generated client, which needs it, is not there yet")]
pub(super) use http::Routes;
