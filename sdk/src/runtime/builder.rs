//! Builders: from a base URL and a credential to a client.

use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;
use std::time::Duration;

use reqwest::header::HeaderValue;
use reqwest::{Url, redirect};

use super::credentials::{Credential, Source};
use super::meta::{Place, Scheme};
use super::options::{CallOptions, Settings};
use super::secret::{Redactor, Secret};
use super::session::{Session, SignIn, Tokens};
use super::transport::{Platform, Transport};

/// A client under construction.
#[must_use = "a builder makes a client when `build` is called"]
pub struct Builder<C> {
    base_url: String,
    credentials: Vec<(Option<String>, Secret)>,
    session: Option<Start>,
    cookie_name: Option<String>,
    refused: Option<BuildError>,
    options: CallOptions,
    connect_timeout: Duration,
    first_pause: Duration,
    longest_pause: Duration,
    user_agent: String,
    http: Option<reqwest::Client>,
    #[cfg(any(feature = "rustls", feature = "native-tls"))]
    roots: Vec<Vec<u8>>,
    client: PhantomData<fn() -> C>,
}

/// How a session begins.
struct Start {
    scheme: &'static str,
    signer: Box<dyn SignIn>,
    held: Tokens,
    secrets: Vec<String>,
    /// Whether it goes along with any other credential, whether or not an operation asks for it.
    alongside: bool,
}

/// Why no client can be built.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum BuildError {
    /// The base URL cannot be used, and why.
    BaseUrl(String),
    /// The platform has no security scheme of that name, or none at all.
    UnknownScheme(String),
    /// The credential for this scheme cannot stand where it belongs.
    Credential(String),
    /// What was given cannot be what it should be, and why.
    Given(String),
    /// A certificate to trust cannot be read, and why.
    Certificate(String),
    /// The HTTP client could not be made: no TLS, say.
    Http(String),
}

impl fmt::Display for BuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::BaseUrl(why) => write!(
                f,
                "the base URL cannot be used: {why}\nhint: `https://tools.example.com`, with a path if it has one"
            ),
            Self::UnknownScheme(name) => write!(f, "there is no security scheme `{name}`"),
            Self::Credential(scheme) => {
                write!(
                    f,
                    "the credential for `{scheme}` is empty or has characters that a header cannot carry"
                )
            }
            Self::Given(why) => f.write_str(why),
            Self::Certificate(why) => write!(
                f,
                "a certificate to trust cannot be read: {why}\nhint: expected PEM, text with `-----BEGIN CERTIFICATE-----`"
            ),
            Self::Http(why) => write!(f, "no HTTP client could be made: {why}"),
        }
    }
}

impl std::error::Error for BuildError {}

impl<C: Platform> fmt::Debug for Builder<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The base URL is left out: until it is checked it may hold a password.
        f.debug_struct("Builder")
            .field("platform", &C::NAME)
            .field("credentials", &(self.credentials.len() + usize::from(self.session.is_some())))
            .field("options", &self.options)
            .finish_non_exhaustive()
    }
}

impl<C: Platform> Builder<C> {
    pub(crate) fn new(base_url: impl Into<String>) -> Self {
        let Settings { first_pause, longest_pause, .. } = Settings::default();
        Self {
            base_url: base_url.into(),
            credentials: Vec::new(),
            session: None,
            cookie_name: None,
            refused: None,
            options: CallOptions::default(),
            connect_timeout: Duration::from_secs(10),
            first_pause,
            longest_pause,
            user_agent: concat!("tercet-sdk/", env!("CARGO_PKG_VERSION")).to_owned(),
            http: None,
            #[cfg(any(feature = "rustls", feature = "native-tls"))]
            roots: Vec::new(),
            client: PhantomData,
        }
    }

    /// The credential for the platform's first security scheme that is no cookie, as those are signed in for; without the
    /// word that may stand before it.
    pub fn credential(mut self, credential: impl Into<Secret>) -> Self {
        self.credentials.push((None, credential.into()));
        self
    }

    /// The credential for a security scheme by name; `user:password` for HTTP's own `basic`.
    pub fn credential_for(mut self, scheme: impl Into<String>, credential: impl Into<Secret>) -> Self {
        self.credentials.push((Some(scheme.into()), credential.into()));
        self
    }

    /// A credential for a security scheme that is signed in for; `secrets` is what must never be shown.
    #[allow(dead_code, reason = "only platforms with sessions need it")]
    pub(crate) fn session(
        mut self,
        scheme: &'static str,
        signer: impl SignIn,
        held: Tokens,
        secrets: impl IntoIterator<Item = Secret>,
    ) -> Self {
        let secrets = secrets.into_iter().chain(held.access.clone()).chain(held.refresh.clone());
        let secrets = secrets.map(|one| one.expose().to_owned()).collect();
        self.session = Some(Start { scheme, signer: Box::new(signer), held, secrets, alongside: false });
        self
    }

    /// A session whose credential is taken from the answers, and goes along with every other credential.
    #[allow(dead_code, reason = "only platforms with sessions need it")]
    pub(crate) fn session_alongside(
        self,
        scheme: &'static str,
        signer: impl SignIn,
        secrets: impl IntoIterator<Item = Secret>,
    ) -> Self {
        let mut with = self.session(scheme, signer, Tokens::default(), secrets);
        if let Some(start) = &mut with.session {
            start.alongside = true;
        }
        with
    }

    /// What the session's cookie is called, where that is not what the document says.
    #[allow(dead_code, reason = "only platforms with cookies need it")]
    pub(crate) fn session_cookie(mut self, name: impl Into<String>) -> Self {
        let name = name.into();
        // A token (RFC 9110, 5.6.2), as RFC 6265, 4.1.1 has it.
        if name.is_empty()
            || !name.bytes().all(|c| c.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&c))
        {
            return self.refuse(format!("`{}` cannot be the name of a cookie", name.escape_debug()));
        }
        self.cookie_name = Some(name);
        self
    }

    /// Whether it begins with a session.
    #[allow(dead_code, reason = "only platforms with sessions need it")]
    pub(crate) fn has_session(&self) -> bool {
        self.session.is_some()
    }

    /// Refuses to build a client, and says why; the first reason is kept.
    #[allow(dead_code, reason = "only platforms with passphrases need it")]
    pub(crate) fn refuse(mut self, why: impl Into<String>) -> Self {
        self.refused.get_or_insert(BuildError::Given(why.into()));
        self
    }

    /// How long connecting may take; 10 seconds unless set.
    pub fn connect_timeout(mut self, limit: Duration) -> Self {
        self.connect_timeout = limit;
        self
    }

    /// How long one attempt may take, from connecting to the end of the body; 30 seconds unless set.
    pub fn attempt_timeout(mut self, limit: Duration) -> Self {
        self.options = self.options.attempt_timeout(limit);
        self
    }

    /// How long all attempts of a call may take together, pauses included; 2 minutes unless set.
    pub fn call_timeout(mut self, limit: Duration) -> Self {
        self.options = self.options.call_timeout(limit);
        self
    }

    /// How often a request is sent at most; 3 unless set, 1 = never again. A request that could take effect twice is only
    /// sent again when nothing was sent before.
    pub fn attempts(mut self, count: u32) -> Self {
        self.options = self.options.attempts(count);
        self
    }

    /// How long to wait before trying again: a random time up to `first`, then up to twice as long each time, never more
    /// than `longest`; 200 milliseconds and 20 seconds unless set. A server's `Retry-After` is obeyed instead, and ends
    /// the call when it asks for more than `longest`.
    pub fn pauses(mut self, first: Duration, longest: Duration) -> Self {
        self.first_pause = first;
        self.longest_pause = longest;
        self
    }

    /// Settings for all calls; what they do not set stays as it is.
    pub fn options(mut self, options: CallOptions) -> Self {
        let mut merged = options;
        merged.attempt_timeout = merged.attempt_timeout.or(self.options.attempt_timeout);
        merged.call_timeout = merged.call_timeout.or(self.options.call_timeout);
        merged.attempts = merged.attempts.or(self.options.attempts);
        merged.largest_body = merged.largest_body.or(self.options.largest_body);
        for (name, value) in &self.options.headers {
            merged.headers.append(name, value.clone());
        }
        self.options = merged;
        self
    }

    /// What the client calls itself.
    pub fn user_agent(mut self, name: impl Into<String>) -> Self {
        self.user_agent = name.into();
        self
    }

    /// Certificates to trust besides those that the system trusts, as PEM: a server's own, or those that signed it.
    #[cfg(any(feature = "rustls", feature = "native-tls"))]
    pub fn root_certificate(mut self, pem: impl AsRef<[u8]>) -> Self {
        self.roots.push(pem.as_ref().to_vec());
        self
    }

    /// An HTTP client to use instead of one of our own: for proxies and the like. Let it not follow redirects to other
    /// origins; `connect_timeout`, `user_agent` and `root_certificate` are its own affair.
    pub fn http_client(mut self, client: reqwest::Client) -> Self {
        self.http = Some(client);
        self
    }

    /// Makes the client. Nothing is sent.
    ///
    /// # Errors
    /// When the base URL or a credential cannot be used.
    pub fn build(self) -> Result<C, BuildError> {
        if let Some(why) = self.refused {
            return Err(why);
        }
        let base = base(&self.base_url)?;
        let (mut credentials, mut secrets) = fixed(C::SCHEMES, &self.credentials)?;
        if let Some(start) = &self.session {
            secrets.extend(start.secrets.iter().cloned());
        }
        let http = match self.http {
            Some(http) => http,
            None => self.own_http()?,
        };
        let mut settings = Settings {
            first_pause: self.first_pause,
            longest_pause: self.longest_pause,
            ..Settings::default()
        };
        settings.apply(&self.options);
        let base_text = base.as_str().trim_end_matches('/').to_owned();
        let redactor = Redactor::new(secrets);
        let cookie_name = self.cookie_name;
        let over = |credentials| {
            let (base, base_text, http) = (base.clone(), base_text.clone(), http.clone());
            let (settings, redactor) = (settings.clone(), redactor.clone());
            let (envelope, cookie_name) = (C::ENVELOPE, cookie_name.clone());
            Arc::new(Transport {
                base,
                base_text,
                http,
                credentials,
                settings,
                redactor,
                envelope,
                cookie_name,
            })
        };
        if let Some(Start { scheme, signer, held, alongside, .. }) = self.session {
            let scheme = named(C::SCHEMES, Some(scheme))?;
            let unfit =
                |token: &Secret| HeaderValue::try_from(token.expose()).is_err() || token.expose().is_empty();
            if held.access.as_ref().is_some_and(unfit) {
                return Err(BuildError::Credential(scheme.name.to_owned()));
            }
            // Signing in may take a credential too: an app token, say.
            let fixed = credentials.iter().filter_map(Credential::fixed).collect();
            let session = Session::new(over(fixed), signer, held);
            credentials.retain(|known: &Credential| known.scheme.name != scheme.name);
            credentials.push(Credential { scheme, source: Source::Session(Arc::new(session)), alongside });
        }
        Ok(C::over(over(credentials)))
    }
}

impl<C> Builder<C> {
    fn own_http(&self) -> Result<reqwest::Client, BuildError> {
        let builder = reqwest::Client::builder()
            .connect_timeout(self.connect_timeout)
            .user_agent(&self.user_agent)
            // A redirect is an answer like any other: following it could carry the credential elsewhere.
            .redirect(redirect::Policy::none())
            // Attempts are counted here, not below.
            .retry(reqwest::retry::never());
        #[cfg(any(feature = "rustls", feature = "native-tls"))]
        let builder = builder.tls_certs_merge(certificates(&self.roots)?);
        builder.build().map_err(|error| BuildError::Http(error.to_string()))
    }
}

#[cfg(any(feature = "rustls", feature = "native-tls"))]
fn certificates(pems: &[Vec<u8>]) -> Result<Vec<reqwest::Certificate>, BuildError> {
    let mut all = Vec::new();
    for pem in pems {
        let unfit = |error: reqwest::Error| BuildError::Certificate(error.to_string());
        #[cfg(feature = "rustls")]
        let found = reqwest::Certificate::from_pem_bundle(pem).map_err(unfit)?;
        // The operating systems' libraries read one at a time.
        #[cfg(not(feature = "rustls"))]
        let found = vec![reqwest::Certificate::from_pem(pem).map_err(unfit)?];
        if found.is_empty() {
            return Err(BuildError::Certificate("there is no certificate in it".to_owned()));
        }
        all.extend(found);
    }
    Ok(all)
}

/// The credentials that never change, and all the texts that they can be recognised by.
fn fixed(
    schemes: &'static [Scheme],
    given: &[(Option<String>, Secret)],
) -> Result<(Vec<Credential>, Vec<String>), BuildError> {
    let mut credentials: Vec<Credential> = Vec::new();
    let mut secrets = Vec::new();
    for (name, secret) in given {
        let scheme = named(schemes, name.as_deref())?;
        let value = written(scheme, secret)?;
        let text = secret.expose();
        secrets.extend([text.to_owned(), value.clone()]);
        let password = text.split_once(':').filter(|_| scheme.place == Place::Basic);
        secrets.extend(password.map(|(_, password)| password.to_owned()));
        secrets.extend(value.strip_prefix("Basic ").map(str::to_owned));
        credentials.retain(|known| known.scheme.name != scheme.name);
        credentials.push(Credential { scheme, source: Source::Fixed(value), alongside: false });
    }
    Ok((credentials, secrets))
}

fn base(text: &str) -> Result<Url, BuildError> {
    let refuse = |why: &str| Err(BuildError::BaseUrl(why.to_owned()));
    let url = Url::parse(text).map_err(|error| BuildError::BaseUrl(error.to_string()))?;
    if !matches!(url.scheme(), "http" | "https") {
        return refuse("it is neither `http` nor `https`");
    }
    if !url.username().is_empty() || url.password().is_some() {
        return refuse("it holds a user or a password, which would be sent and logged");
    }
    if url.query().is_some() || url.fragment().is_some() {
        return refuse("it has a query or a fragment");
    }
    Ok(url)
}

fn named(schemes: &'static [Scheme], name: Option<&str>) -> Result<&'static Scheme, BuildError> {
    let scheme = match name {
        Some(name) => schemes.iter().find(|scheme| scheme.name == name),
        None => {
            let lasting = schemes.iter().find(|scheme| !matches!(scheme.place, Place::Cookie(_)));
            lasting.or_else(|| schemes.first())
        }
    };
    scheme.ok_or_else(|| BuildError::UnknownScheme(name.unwrap_or("(any)").to_owned()))
}

/// The whole value of a credential, prefix included.
fn written(scheme: &Scheme, secret: &Secret) -> Result<String, BuildError> {
    let unfit = || BuildError::Credential(scheme.name.to_owned());
    let text = secret.expose();
    let value = match scheme.place {
        Place::Basic => basic(text).ok_or_else(unfit)?,
        _ => format!("{}{text}", scheme.prefix),
    };
    let in_header = !matches!(scheme.place, Place::Query(_));
    if text.is_empty() || (in_header && HeaderValue::try_from(value.as_str()).is_err()) {
        return Err(unfit());
    }
    Ok(value)
}

/// `user:password` as RFC 7617 wants it; reqwest knows how.
fn basic(text: &str) -> Option<String> {
    let (user, password) = text.split_once(':')?;
    let request =
        reqwest::Client::new().get("http://localhost/").basic_auth(user, Some(password)).build().ok()?;
    let value = request.headers().get(reqwest::header::AUTHORIZATION)?;
    value.to_str().ok().map(str::to_owned)
}
