//! TLS: the certificate, made or read, and the handshake.

mod accept;
mod error;
mod made;
mod read;
mod setup;

pub(crate) use accept::{Hello, hello};
pub use error::TlsError;
pub(crate) use setup::{Source, Tls};
