//! Signing in: an account that stays signed in, or a database token.

use std::sync::Arc;

use futures::FutureExt as _;
use serde::{Deserialize, Serialize};

use super::Client;
use super::types::ApiError;
use crate::generated::baserow::operations;
use crate::runtime::{Raw, Received, SignIn, Signing, Tokens, Transport};
use crate::{Builder, Error, Secret, SignInError};

/// What refuses a token that was good once; every other 401 is about what its owner may do.
const STALE: &str = "ERROR_INVALID_ACCESS_TOKEN";

impl Builder<Client> {
    /// Signs in with e-mail address and password when the first call needs it, and stays signed in: access tokens are
    /// renewed before they expire and when one is refused, once for all calls that wait for it, and signed in for again
    /// when they can no longer be renewed. A refused password is not tried a second time.
    pub fn sign_in(self, email: impl Into<String>, password: impl Into<Secret>) -> Self {
        let (email, password) = (email.into(), password.into());
        let secrets = [password.clone()];
        self.session("JWT", Account { who: Some((email, password)) }, Tokens::default(), secrets)
    }

    /// Goes on with a refresh token that was signed in for elsewhere. When it is refused, that is the end of it.
    pub fn refresh_token(self, token: impl Into<Secret>) -> Self {
        let held = Tokens { access: None, refresh: Some(token.into()) };
        self.session("JWT", Account { who: None }, held, [])
    }

    /// Goes on with an access token that was signed in for elsewhere. It is renewed with itself where the instance allows
    /// that, and lasts until it expires where it does not.
    pub fn access_token(self, token: impl Into<Secret>) -> Self {
        let held = Tokens { access: Some(token.into()), refresh: None };
        self.session("JWT", Account { who: None }, held, [])
    }

    /// A database token, which is good for rows and what goes with them, and for nothing else. It can be given beside an
    /// account: operations that take both get the account's token then.
    pub fn database_token(self, token: impl Into<Secret>) -> Self {
        self.credential_for("Token", token)
    }
}

/// An account, with what it signs in with if that is known.
struct Account {
    who: Option<(String, Secret)>,
}

#[derive(Serialize)]
struct Credentials<'a> {
    email: &'a str,
    password: &'a Secret,
}

/// What a token is exchanged with: a refresh token, or an access token under the older name.
#[derive(Serialize)]
#[serde(rename_all = "snake_case")]
enum Exchange<'a> {
    RefreshToken(&'a Secret),
    Token(&'a Secret),
}

/// What both answers have, whichever the release: older ones know only `token`.
#[derive(Deserialize)]
struct Signed {
    access_token: Option<Secret>,
    token: Option<Secret>,
    refresh_token: Option<Secret>,
}

impl SignIn for Account {
    fn sign_in(&self, transport: &Arc<Transport>) -> Option<Signing> {
        let (email, password) = self.who.as_ref()?;
        Some(send(Raw::new(transport, operations::TOKEN_AUTH).json(&Credentials { email, password })))
    }

    fn refresh(&self, transport: &Arc<Transport>, held: &Tokens) -> Option<Signing> {
        let body = match (&held.refresh, &held.access) {
            (Some(refresh), _) => Exchange::RefreshToken(refresh),
            (None, Some(access)) => Exchange::Token(access),
            (None, None) => return None,
        };
        Some(send(Raw::new(transport, operations::TOKEN_REFRESH).json(&body)))
    }

    fn is_stale(&self, answer: &Received) -> bool {
        answer.status == reqwest::StatusCode::UNAUTHORIZED
            && answer.member("error").is_none_or(|code| code == STALE)
    }
}

fn send(call: Raw) -> Signing {
    async {
        let answer = call.send::<Signed, ApiError>().await;
        let signed =
            answer.map_err(|error: Error<ApiError>| SignInError::of(&error, error.code()))?.into_inner();
        Ok(Tokens { access: signed.access_token.or(signed.token), refresh: signed.refresh_token })
    }
    .boxed()
}
