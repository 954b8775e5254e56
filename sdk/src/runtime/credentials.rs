//! Credentials: where they go, and which of them an operation gets.

use std::fmt;
use std::sync::Arc;

use reqwest::Request;
use reqwest::header::{AUTHORIZATION, COOKIE, HeaderName, HeaderValue, InvalidHeaderValue};

use super::call::Call;
use super::meta::{Place, Scheme};
use super::session::{Grant, Session};
use super::signin::SignInError;

/// A credential of a client.
pub(crate) struct Credential {
    pub(crate) scheme: &'static Scheme,
    pub(crate) source: Source,
    /// Whether it goes along with any other credential, whether or not an operation asks for it.
    pub(crate) alongside: bool,
}

/// Where the value of a credential comes from.
pub(crate) enum Source {
    /// It is always the same; prefix included.
    Fixed(String),
    /// It is signed in for.
    Session(Arc<Session>),
}

impl Credential {
    /// The same again, where it is always the same.
    pub(crate) fn fixed(&self) -> Option<Self> {
        match &self.source {
            Source::Fixed(value) => {
                let source = Source::Fixed(value.clone());
                Some(Self { scheme: self.scheme, source, alongside: self.alongside })
            }
            Source::Session(_) => None,
        }
    }
}

impl fmt::Debug for Credential {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Credential").field("scheme", &self.scheme.name).finish_non_exhaustive()
    }
}

/// Why a request cannot be presented.
pub(crate) enum Unpresentable {
    /// The credential cannot stand where it belongs.
    Unfit(String),
    /// There is none to be had.
    SignIn(SignInError),
}

/// What was presented, where it can be renewed.
pub(crate) type Used = Option<(Arc<Session>, Arc<Grant>)>;

/// Presents the first alternative that the client has all credentials for; with `instead`, that in place of what a
/// session would give.
pub(crate) async fn present(
    call: &Call,
    request: &mut Request,
    instead: Option<Arc<Grant>>,
) -> Result<Used, Unpresentable> {
    let known = &call.transport.credentials;
    let find = |name: &str| known.iter().find(|credential| credential.scheme.name == name);
    let needed = call.operation.security.iter().find(|needed| needed.iter().all(|name| find(name).is_some()));
    let needed = needed.copied().unwrap_or_default();
    let alongside =
        known.iter().filter(|one| one.alongside && !needed.is_empty() && !needed.contains(&one.scheme.name));
    let mut used = None;
    for credential in needed.iter().filter_map(|name| find(name)).chain(alongside) {
        let scheme = credential.scheme;
        let put = |request: &mut Request, value: &str| {
            put(scheme.place, value, request).map_err(|()| unfit(scheme))
        };
        match &credential.source {
            Source::Fixed(value) => put(request, value)?,
            Source::Session(session) => {
                let grant = match &instead {
                    Some(grant) => Arc::clone(grant),
                    None => session.grant().await.map_err(Unpresentable::SignIn)?,
                };
                match (scheme.place, grant.access()) {
                    (_, "") => {}
                    (Place::Cookie(name), value) => {
                        // As the server wrote it, under the name that it gave it.
                        let own = session.cookie_name();
                        add_cookie(request, own.as_deref().unwrap_or(name), value)
                            .map_err(|_| unfit(scheme))?;
                    }
                    (_, value) => put(request, &format!("{}{value}", scheme.prefix))?,
                }
                used = Some((Arc::clone(session), grant));
            }
        }
    }
    Ok(used)
}

fn unfit(scheme: &Scheme) -> Unpresentable {
    Unpresentable::Unfit(format!("the credential of `{}` cannot stand where it belongs", scheme.name))
}

fn put(place: Place, value: &str, request: &mut Request) -> Result<(), ()> {
    let header = match place {
        Place::Basic => AUTHORIZATION,
        Place::Header(name) => HeaderName::try_from(name).map_err(|_| ())?,
        Place::Cookie(name) => return cookie(request, name, value).map_err(|_| ()),
        Place::Query(name) => {
            request.url_mut().query_pairs_mut().append_pair(name, value);
            return Ok(());
        }
    };
    let mut value = HeaderValue::try_from(value).map_err(|_| ())?;
    value.set_sensitive(true);
    request.headers_mut().insert(header, value);
    Ok(())
}

/// Adds a cookie to those that are there.
pub(crate) fn cookie(request: &mut Request, name: &str, value: &str) -> Result<(), InvalidHeaderValue> {
    // A semicolon would begin another cookie (RFC 6265, 4.1.1).
    let value = value.replace('%', "%25").replace(';', "%3B").replace(',', "%2C").replace(' ', "%20");
    add_cookie(request, name, &value)
}

fn add_cookie(request: &mut Request, name: &str, value: &str) -> Result<(), InvalidHeaderValue> {
    let known =
        request.headers().get(COOKIE).and_then(|known| known.to_str().ok()).map(|known| format!("{known}; "));
    let mut written = HeaderValue::try_from(format!("{}{name}={value}", known.unwrap_or_default()))?;
    written.set_sensitive(true);
    request.headers_mut().insert(COOKIE, written);
    Ok(())
}
