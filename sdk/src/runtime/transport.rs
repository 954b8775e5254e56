//! What all calls of a client share: connections, base URL, credentials, settings.

use std::fmt;
use std::sync::Arc;

use reqwest::Url;

use super::credentials::{Credential, Source};
use super::meta::{Envelope, Scheme};
use super::options::Settings;
use super::secret::Redactor;
use super::session::Session;

/// A platform's client: what generated code says about itself.
pub trait Platform: Sized {
    /// The platform's name.
    const NAME: &'static str;
    /// Its security schemes.
    #[doc(hidden)]
    const SCHEMES: &'static [Scheme];

    /// The envelope that its answers come in.
    #[doc(hidden)]
    const ENVELOPE: Option<&'static Envelope> = None;

    /// The client over a finished transport.
    #[doc(hidden)]
    fn over(transport: Arc<Transport>) -> Self;
}

/// What all calls of a client share.
#[doc(hidden)]
pub struct Transport {
    pub(crate) base: Url,
    /// The base URL as text without a slash at its end, for the generated layer.
    pub(crate) base_text: String,
    pub(crate) http: reqwest::Client,
    pub(crate) credentials: Vec<Credential>,
    pub(crate) settings: Settings,
    pub(crate) redactor: Redactor,
    /// The envelope that answers come in.
    pub(crate) envelope: Option<&'static Envelope>,
    /// The name of the session's cookie, where it is another than the document's.
    pub(crate) cookie_name: Option<String>,
}

impl Transport {
    /// The session that credentials come from, where the client keeps one.
    #[allow(dead_code, reason = "only platforms with passphrases need it")]
    pub(crate) fn session(&self) -> Option<&Arc<Session>> {
        self.credentials.iter().find_map(|credential| match &credential.source {
            Source::Session(session) => Some(session),
            Source::Fixed(_) => None,
        })
    }
}

impl fmt::Debug for Transport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let schemes: Vec<&str> = self.credentials.iter().map(|credential| credential.scheme.name).collect();
        f.debug_struct("Transport")
            .field("base", &self.base.as_str())
            .field("credentials", &schemes)
            .field("settings", &self.settings)
            .finish_non_exhaustive()
    }
}
