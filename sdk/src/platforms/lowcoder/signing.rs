//! Signing in: an account, whose session comes as a cookie, or an API key.

use std::sync::{Arc, Mutex, PoisonError};

use futures::FutureExt as _;
use reqwest::header::{HeaderMap, SET_COOKIE};
use serde::{Deserialize, Serialize};

use super::Client;
use super::errors::LogoutError;
use super::types::Failure;
use crate::generated::lowcoder::operations;
use crate::runtime::{Operation, Place, Platform, Raw, Received, SignIn, Signing, Tokens, Transport};
use crate::{Builder, Error, Secret, SignInError};

/// The scheme of sessions, and that of API keys.
const SESSION: &str = "session";
const API_KEY: &str = "apiKey";

/// The way of signing in that every server has unless it was switched off (facts: lowcoder 2.7.6 A1).
const FORM: &str = "EMAIL";

/// Refusals that only somebody gets whom the server takes for anonymous: nobody is signed in, or no longer.
const NOBODY: [i64; 2] = [5600, 5616];

/// What anonymous callers are told where anybody may ask and the answer depends on the current organisation, as they have
/// none (facts: lowcoder 2.7.6, 4.3).
const NO_ORGANIZATION: i64 = 5105;

impl Builder<Client> {
    /// Signs in by the form with e-mail address and password when the first call needs it, and stays signed in: when the
    /// server has forgotten the session, it is signed in for again, once for all calls that wait for it. A refused
    /// password is not tried a second time.
    ///
    /// The session is a cookie. Its name is a setting of the server: where it is not the usual one, the server's
    /// configuration is asked for it.
    ///
    /// Give an account or an API key: with both, calls go with the session alone, as servers do not look at a key beside one.
    pub fn sign_in(self, email: impl Into<String>, password: impl Into<Secret>) -> Self {
        let (email, password) = (email.into(), password.into());
        let secrets = [password.clone()];
        self.session(SESSION, Account::new(Some((email, password))), Tokens::default(), secrets)
    }

    /// Goes on with a session that was signed in for elsewhere: the value of the cookie. When the server forgets it, that is
    /// the end of it.
    pub fn session_token(self, token: impl Into<Secret>) -> Self {
        let held = Tokens { access: Some(token.into()), refresh: None };
        self.session(SESSION, Account::new(None), held, [])
    }

    /// An API key, which acts as the user who made it; the same as [`credential`](Self::credential).
    pub fn api_key(self, key: impl Into<Secret>) -> Self {
        self.credential_for(API_KEY, key)
    }

    /// The name of the session's cookie, where the server has another than the usual one (`LOWCODER_COOKIE_NAME`). No other
    /// cookie is taken for it then, and nobody is asked.
    pub fn cookie_name(self, name: impl Into<String>) -> Self {
        self.session_cookie(name)
    }
}

impl Client {
    /// Ends the session on the server, where there is one; API keys stay. The next call of a client that knows a password
    /// signs in again.
    ///
    /// # Errors
    /// When the server was not told. The session is forgotten here all the same.
    pub async fn sign_out(&self) -> Result<(), Error<LogoutError>> {
        let Some(session) = self.transport.session() else { return Ok(()) };
        if !session.is_held() {
            return Ok(());
        }
        let told = self.logout().await;
        session.forget();
        told.map(|_| ())
    }
}

/// An account, with what it signs in with if that is known.
struct Account {
    who: Option<(String, Secret)>,
    /// What the cookie has turned out to be called, where that is not the usual name.
    learned: Arc<Mutex<Option<String>>>,
}

impl Account {
    fn new(who: Option<(String, Secret)>) -> Self {
        Self { who, learned: Arc::default() }
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Form<'a> {
    login_id: &'a str,
    password: &'a Secret,
    register: bool,
    source: &'a str,
    auth_id: &'a str,
}

/// The number of an envelope, and of its payload what is wanted.
#[derive(Deserialize)]
struct Answer<T> {
    code: i64,
    data: Option<T>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Config {
    cookie_name: Option<String>,
}

impl SignIn for Account {
    fn sign_in(&self, transport: &Arc<Transport>) -> Option<Signing> {
        let (email, password) = self.who.as_ref()?;
        let form = Form { login_id: email, password, register: false, source: FORM, auth_id: FORM };
        let login = Raw::new(transport, operations::LOGIN_WITH_USER_PASSWORD).json(&form);
        let (transport, learned) = (Arc::clone(transport), Arc::clone(&self.learned));
        Some(
            async move {
                let answer = login.send::<Answer<bool>, Failure>().await;
                let answer = answer.map_err(|error| refused(&error))?;
                let good = <Client as Platform>::ENVELOPE.is_none_or(|own| own.success == answer.code);
                if !good {
                    return Err(SignInError::lasting(format!(
                        "the answer to signing in says that it failed: `{}`",
                        answer.code
                    )));
                }
                let cookies = cookies(answer.headers());
                let (value, name) = pick(cookies, &transport).await?;
                *learned.lock().unwrap_or_else(PoisonError::into_inner) = name;
                Ok(Tokens { access: Some(value), refresh: None })
            }
            .boxed(),
        )
    }

    fn refresh(&self, _: &Arc<Transport>, _: &Tokens) -> Option<Signing> {
        None
    }

    /// Nobody is signed in: 401 without a body. With one it says that somebody is, who may not do that, or who has lost it.
    fn is_stale(&self, answer: &Received) -> bool {
        answer.status == reqwest::StatusCode::UNAUTHORIZED
            && (answer.body.is_empty() || answer.number("code").is_some_and(|code| NOBODY.contains(&code)))
    }

    /// Where anybody may ask, those whose session is gone are answered as anonymous callers.
    fn is_stale_for(&self, operation: &'static Operation, answer: &Received) -> bool {
        if self.is_stale(answer) {
            return true;
        }
        let open = operation.security.iter().any(|needed| needed.is_empty());
        match answer.status.as_u16() {
            500 if open => answer.number("code") == Some(NO_ORGANIZATION),
            200 if open => is_nobody(operation, answer),
            _ => false,
        }
    }

    fn cookie_name(&self) -> Option<String> {
        self.learned.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// Whether an answer that is about the caller is about nobody (facts: lowcoder 2.7.6 U1, U2).
fn is_nobody(operation: &Operation, answer: &Received) -> bool {
    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Who {
        is_anonymous: Option<bool>,
        id: Option<String>,
    }
    let asked = [operations::GET_USER_PROFILE.id, operations::GET_USER_INFO.id];
    if !asked.contains(&operation.id) {
        return false;
    }
    let who = serde_json::from_slice::<Answer<Who>>(&answer.body).ok().and_then(|answer| answer.data);
    who.is_some_and(|who| who.is_anonymous == Some(true) || who.id.as_deref() == Some(""))
}

/// Why there is no session. What the server has a number for, but for what it did not expect, will be the same the next
/// time: a wrong password has 403, somebody who is banned has 500.
fn refused(error: &Error<Failure>) -> SignInError {
    let why = SignInError::of(error, error.code());
    match error.number() {
        Some(_) if !error.is_server_error() && !error.is_throttled() => why.refusing(),
        _ => why,
    }
}

/// The cookies that an answer sets, the last of a name counts; without those that it takes away (RFC 6265, 5.2).
fn cookies(headers: &HeaderMap) -> Vec<(String, Secret)> {
    let mut cookies: Vec<(String, Secret)> = Vec::new();
    for header in headers.get_all(SET_COOKIE) {
        let Ok(header) = header.to_str() else { continue };
        let mut parts = header.split(';');
        let Some((name, value)) = parts.next().and_then(|pair| pair.split_once('=')) else { continue };
        let (name, value) = (name.trim(), value.trim());
        let gone = parts.filter_map(|part| part.split_once('=')).any(|(key, value)| {
            key.trim().eq_ignore_ascii_case("max-age")
                && value.trim().parse::<i64>().is_ok_and(|seconds| seconds <= 0)
        });
        cookies.retain(|(known, _)| known != name);
        if !value.is_empty() && !gone {
            cookies.push((name.to_owned(), value.into()));
        }
    }
    cookies
}

/// The session among the cookies, and its name where that is not the usual one.
async fn pick(
    cookies: Vec<(String, Secret)>,
    transport: &Arc<Transport>,
) -> Result<(Secret, Option<String>), SignInError> {
    let find = |name: &str| cookies.iter().find(|(known, _)| known == name).map(|(_, value)| value.clone());
    let without =
        |name: &str| SignInError::lasting(format!("the answer to signing in sets no cookie `{name}`"));
    if let Some(name) = &transport.cookie_name {
        return find(name).map(|value| (value, None)).ok_or_else(|| without(name));
    }
    let usual = <Client as Platform>::SCHEMES.iter().find_map(|scheme| match scheme.place {
        Place::Cookie(name) if scheme.name == SESSION => Some(name),
        _ => None,
    });
    let usual = usual.unwrap_or_default();
    if let Some(value) = find(usual) {
        return Ok((value, None));
    }
    if cookies.is_empty() {
        return Err(without(usual));
    }
    // A load balancer sets cookies, too, so no other is guessed at.
    let answer = Raw::new(transport, operations::LIST_CONFIGS).send::<Answer<Config>, Failure>().await;
    let answer = answer.map_err(|error| SignInError::of(&error, error.code()))?.into_inner();
    let name = answer.data.and_then(|config| config.cookie_name).unwrap_or_else(|| usual.to_owned());
    find(&name).map(|value| (value, Some(name.clone()))).ok_or_else(|| without(&name))
}

#[cfg(test)]
mod tests {
    use reqwest::header::{HeaderMap, HeaderValue, SET_COOKIE};

    use super::cookies;

    #[test]
    fn cookies_are_read_as_browsers_read_them() {
        let mut headers = HeaderMap::new();
        for one in [
            "LB=a; Path=/",
            "T=old; HttpOnly",
            " T = n3w=%20 ; Path=/; Max-Age=2592000; HttpOnly; SameSite=Lax",
            "GONE=x; max-age=0",
            "LB=; Path=/",
            "nonsense",
        ] {
            headers.append(SET_COOKIE, HeaderValue::from_static(one));
        }
        let found: Vec<(String, String)> =
            cookies(&headers).into_iter().map(|(name, value)| (name, value.expose().to_owned())).collect();
        assert_eq!(found, [("T".to_owned(), "n3w=%20".to_owned())]);
    }
}
