//! A certificate of our own, for as long as the server runs.

use std::net::IpAddr;
use std::time::{Duration, SystemTime};

use rcgen::{
    BasicConstraints, CertificateParams, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair,
    KeyUsagePurpose,
};
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};

use super::TlsError;
use super::setup::Identity;

const DAY: Duration = Duration::from_secs(24 * 60 * 60);
/// Some systems refuse what is valid for longer than 398 days.
const VALID: Duration = Duration::from_secs(397 * 24 * 60 * 60);

/// Makes an authority, and a certificate signed by it for this machine and `names`. The authority's key is forgotten at once: whoever
/// trusts the authority trusts this one server. A single certificate that signs itself would be refused by some clients.
pub(super) fn identity(names: &[String]) -> Result<Identity, TlsError> {
    let authority_key = KeyPair::generate().map_err(|error| library(&error))?;
    let mut authority = params(Vec::new(), "authority of a mock server")?;
    authority.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    authority.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    let authority_certificate = authority.self_signed(&authority_key).map_err(|error| library(&error))?;

    let key = KeyPair::generate().map_err(|error| library(&error))?;
    let mut own = params(alternatives(names)?, "mock server")?;
    own.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    own.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    own.use_authority_key_identifier_extension = true;
    let issuer = Issuer::new(authority, authority_key);
    let certificate = own.signed_by(&key, &issuer).map_err(|error| library(&error))?;
    Ok(Identity {
        chain: vec![CertificateDer::from(certificate.der().to_vec())],
        key: PrivateKeyDer::Pkcs8(key.serialize_der().into()),
        trusted: authority_certificate.pem(),
    })
}

/// This machine's names, and those that were asked for, each once.
fn alternatives(names: &[String]) -> Result<Vec<String>, TlsError> {
    let mut all: Vec<String> = ["localhost", "127.0.0.1", "::1"].map(str::to_owned).into();
    for name in names {
        let plain = name.trim_start_matches("*.");
        let is_host = !plain.is_empty()
            && plain.len() < 254
            && plain.split('.').all(|label| {
                !label.is_empty()
                    && label.len() < 64
                    && label.chars().all(|one| one.is_ascii_alphanumeric() || one == '-' || one == '_')
            });
        if name.parse::<IpAddr>().is_err() && !is_host {
            return Err(TlsError::Name(name.clone()));
        }
        if !all.contains(name) {
            all.push(name.clone());
        }
    }
    Ok(all)
}

fn params(names: Vec<String>, called: &str) -> Result<CertificateParams, TlsError> {
    let mut params = CertificateParams::new(names).map_err(|error| library(&error))?;
    params.distinguished_name = rcgen::DistinguishedName::new();
    params.distinguished_name.push(DnType::CommonName, called);
    params.distinguished_name.push(DnType::OrganizationName, "Tercet");
    // Clients compare with the system's clock, whatever the mock's own says. A day's difference between machines is forgiven.
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    let epoch = rcgen::date_time_ymd(1970, 1, 1);
    params.not_before = epoch + now.saturating_sub(DAY);
    params.not_after = epoch + now + VALID - DAY;
    Ok(params)
}

fn library(error: &rcgen::Error) -> TlsError {
    TlsError::Library(error.to_string())
}
