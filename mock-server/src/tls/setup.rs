//! From what was asked for to what every connection needs.

use std::net::IpAddr;
use std::path::PathBuf;
use std::sync::Arc;

use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::crypto::aws_lc_rs;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio_rustls::rustls::{self, ServerConfig};

use super::{TlsError, made, read};

/// Where the certificate comes from.
#[derive(Clone, Debug)]
pub(crate) enum Source {
    /// It is made at the start, for this machine and these names.
    Made(Vec<String>),
    /// It is somebody's own.
    Files { certificate: PathBuf, key: PathBuf },
}

/// A certificate with its key, and what clients must trust to accept it.
pub(super) struct Identity {
    pub(super) chain: Vec<CertificateDer<'static>>,
    pub(super) key: PrivateKeyDer<'static>,
    /// PEM
    pub(super) trusted: String,
}

/// What connections need to be encrypted.
pub(crate) struct Tls {
    pub(crate) acceptor: TlsAcceptor,
    /// What clients must trust, as PEM.
    pub(crate) trusted: String,
}

impl Tls {
    /// Makes or reads the certificate of a server that listens on `address`.
    pub(crate) fn new(source: &Source, address: IpAddr) -> Result<Self, TlsError> {
        let identity = match source {
            Source::Made(names) => {
                let mut names = names.clone();
                if !address.is_unspecified() {
                    names.push(address.to_string());
                }
                made::identity(&names)?
            }
            Source::Files { certificate, key } => read::identity(certificate, key)?,
        };
        let trusted = identity.trusted;
        // The provider is named: which one a process defaults to depends on what else is linked into it.
        let builder = ServerConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()))
            .with_safe_default_protocol_versions()
            .map_err(|error| TlsError::Library(error.to_string()))?;
        let config = builder.with_no_client_auth().with_single_cert(identity.chain, identity.key);
        let mut config = config.map_err(|error| refused(source, &error))?;
        config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
        Ok(Self { acceptor: TlsAcceptor::from(Arc::new(config)), trusted })
    }
}

fn refused(source: &Source, error: &rustls::Error) -> TlsError {
    match (source, error) {
        (Source::Files { certificate, key }, rustls::Error::InconsistentKeys(_)) => {
            TlsError::Mismatch { certificate: certificate.clone(), key: key.clone() }
        }
        (Source::Files { key, .. }, error) => TlsError::Unfit {
            what: "key",
            path: key.clone(),
            why: format!("or its certificate cannot be used: {error}"),
            hint: "expected an RSA, ECDSA or Ed25519 key and an X.509 certificate of version 3",
        },
        (Source::Made(_), error) => TlsError::Library(error.to_string()),
    }
}
