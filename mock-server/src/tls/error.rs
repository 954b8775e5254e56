//! Why there is no TLS.

use std::path::PathBuf;

/// Why a server cannot speak TLS.
#[derive(Debug, thiserror::Error)]
pub enum TlsError {
    /// A file cannot be read.
    #[error("the {what} file `{}` cannot be read: {source}", .path.display())]
    Unreadable {
        /// `certificate` or `key`.
        what: &'static str,
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// A file is not what is expected of it.
    #[error("the {what} file `{}` {why}\nhint: {hint}", .path.display())]
    Unfit {
        /// `certificate` or `key`.
        what: &'static str,
        /// The file.
        path: PathBuf,
        /// What it is, or what it lacks.
        why: String,
        /// What to do.
        hint: &'static str,
    },
    /// The key is another certificate's.
    #[error(
        "the key in `{}` does not belong to the first certificate in `{}`\nhint: give the key that the certificate was made with; the server's own certificate stands first, those that signed it follow",
        .key.display(), .certificate.display()
    )]
    Mismatch {
        /// The certificate file.
        certificate: PathBuf,
        /// The key file.
        key: PathBuf,
    },
    /// A name that no certificate can be made for.
    #[error(
        "no certificate can be made for `{0}`\nhint: write a host name such as `mock.example`, or an IP address"
    )]
    Name(String),
    /// The cryptographic library refuses.
    #[error("TLS cannot be set up: {0}")]
    Library(String),
}
