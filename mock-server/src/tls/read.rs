//! A certificate and a key from files.

use std::path::Path;

use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};

use super::TlsError;
use super::setup::Identity;

/// Reads PEM files; both may be the same.
pub(super) fn identity(certificate: &Path, key: &Path) -> Result<Identity, TlsError> {
    let text = read("certificate", certificate)?;
    let chain: Vec<_> = CertificateDer::pem_slice_iter(&text)
        .collect::<Result<_, _>>()
        .map_err(|error| unfit("certificate", certificate, format!("is broken: {error}"), CERTIFICATE))?;
    if chain.is_empty() {
        return Err(unfit(
            "certificate",
            certificate,
            format!("holds no certificate: {}", seen(&text)),
            CERTIFICATE,
        ));
    }
    let text = read("key", key)?;
    let secret = PrivateKeyDer::pem_slice_iter(&text).next();
    let secret = match secret {
        Some(Ok(secret)) => secret,
        Some(Err(error)) => return Err(unfit("key", key, format!("is broken: {error}"), KEY)),
        None if has(&text, "ENCRYPTED PRIVATE KEY") => {
            return Err(unfit("key", key, "is locked with a passphrase".to_owned(), LOCKED));
        }
        None => return Err(unfit("key", key, format!("holds no private key: {}", seen(&text)), KEY)),
    };
    let trusted = chain.iter().map(|one| pem(one)).collect();
    Ok(Identity { chain, key: secret, trusted })
}

const CERTIFICATE: &str = "expected PEM, text with `-----BEGIN CERTIFICATE-----`; `openssl x509 -inform der -in FILE` makes it of DER";
const KEY: &str = "expected PEM, text with `-----BEGIN PRIVATE KEY-----`; `openssl pkey -inform der -in FILE` makes it of DER";
const LOCKED: &str = "`openssl pkey -in FILE -out PLAIN` unlocks a copy";

fn read(what: &'static str, path: &Path) -> Result<Vec<u8>, TlsError> {
    std::fs::read(path).map_err(|source| TlsError::Unreadable { what, path: path.to_owned(), source })
}

fn unfit(what: &'static str, path: &Path, why: String, hint: &'static str) -> TlsError {
    TlsError::Unfit { what, path: path.to_owned(), why, hint }
}

fn has(text: &[u8], words: &str) -> bool {
    String::from_utf8_lossy(text).contains(&format!("-----BEGIN {words}-----"))
}

/// What a file is that is not what was expected; none of its content, which may be a key.
fn seen(text: &[u8]) -> &'static str {
    if text.is_empty() {
        "it is empty"
    } else if has(text, "CERTIFICATE") {
        "it is a certificate"
    } else if String::from_utf8_lossy(text).contains("PRIVATE KEY-----") {
        "it is a private key"
    } else if text.starts_with(&[0x30]) {
        "it looks like DER"
    } else {
        "it is not PEM"
    }
}

/// RFC 7468: base64 in lines of 64.
fn pem(certificate: &[u8]) -> String {
    use base64::Engine as _;
    let text = base64::engine::general_purpose::STANDARD.encode(certificate);
    let mut pem = "-----BEGIN CERTIFICATE-----\n".to_owned();
    for line in text.as_bytes().chunks(64) {
        pem.push_str(&String::from_utf8_lossy(line));
        pem.push('\n');
    }
    pem + "-----END CERTIFICATE-----\n"
}
