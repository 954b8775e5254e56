//! The session's calls over HTTP.

use std::sync::Arc;

use futures::FutureExt as _;
use reqwest::header::{HeaderName, HeaderValue};
use serde::Serialize;
use serde::de::IgnoredAny;
use serde_json::{Map, Value};

use super::super::encryption::Passphrase;
use super::door::Door;
use super::wire::{Answer, Answering, Opened, Preferences, Requirements, Wire};
use crate::runtime::{Operation, Raw, Transport, empty_map};
use crate::{CallOptions, Error, Secret, SignInError};

/// What carries the session's id, both ways.
pub(super) const HEADER: &str = "x-api-session";

/// The operations that make a session. Of their answers' bodies only what the session needs is read.
#[derive(Clone, Copy, Debug)]
pub(in super::super) struct Routes {
    /// `GET session/request`
    pub(in super::super) request: &'static Operation,
    /// `POST session/open`
    pub(in super::super) open: &'static Operation,
    /// `GET session/keepalive`
    pub(in super::super) keep_alive: &'static Operation,
    /// `GET session/close`
    pub(in super::super) close: &'static Operation,
    /// `POST settings/get`
    pub(in super::super) settings: &'static Operation,
}

impl Routes {
    /// The way in over these operations, with the account's passphrase if it has one.
    pub(in super::super) fn door(self, passphrase: Option<Passphrase>) -> Door {
        Door::new(passphrase, move |transport| {
            Arc::new(Http { routes: self, transport: Arc::clone(transport) })
        })
    }
}

struct Http {
    routes: Routes,
    transport: Arc<Transport>,
}

#[derive(Serialize)]
struct Solution<'a> {
    challenge: &'a Secret,
}

impl Wire for Http {
    fn request(&self) -> Answering<Requirements> {
        self.send(self.routes.request, None, None::<&()>, empty_map::deserialize)
    }

    fn open(&self, id: Option<&Secret>, solution: &Secret) -> Answering<Opened> {
        let body = Solution { challenge: solution };
        self.send(self.routes.open, id, Some(&body), serde_json::from_value)
    }

    fn preferences(&self, id: &Secret) -> Answering<Preferences> {
        let names = [Preferences::LIFETIME, Preferences::HASH_LENGTH];
        self.send(self.routes.settings, Some(id), Some(&names), |answer| {
            empty_map::deserialize(answer).map(|settings: Map<String, Value>| Preferences::of(&settings))
        })
    }

    fn keep_alive(&self, id: &Secret) -> Answering<()> {
        self.send(self.routes.keep_alive, Some(id), None::<&()>, |_: Value| Ok(()))
    }

    fn close(&self, id: &Secret) -> Answering<()> {
        self.send(self.routes.close, Some(id), None::<&()>, |_: Value| Ok(()))
    }
}

impl Http {
    fn send<T: Send + 'static>(
        &self,
        operation: &'static Operation,
        id: Option<&Secret>,
        body: Option<&(impl Serialize + ?Sized)>,
        read: impl FnOnce(Value) -> Result<T, serde_json::Error> + Send + 'static,
    ) -> Answering<T> {
        let mut call = Raw::new(&self.transport, operation);
        if let Some(body) = body {
            call = call.json(body);
        }
        if let Some(id) = id.filter(|id| !id.expose().is_empty()) {
            match HeaderValue::try_from(id.expose()) {
                Ok(mut value) => {
                    value.set_sensitive(true);
                    call = call.with(&CallOptions::new().header(HeaderName::from_static(HEADER), value));
                }
                Err(_) => {
                    call.refuse("the session's id has characters that a header cannot carry".to_owned());
                }
            }
        }
        async move {
            let read = |body: &[u8]| {
                // What serde says of a wrong value shows it.
                let value = serde_json::from_slice(body).map_err(|_| "it is no JSON".to_owned())?;
                read(value).map_err(|_| "a member is missing, or not what it should be".to_owned())
            };
            let answer = call.read::<T, IgnoredAny>(read).await.map_err(|error| failed(&error))?;
            let id = answer.header(HEADER).filter(|id| !id.is_empty()).map(Secret::from);
            Ok(Answer { value: answer.into_inner(), id })
        }
        .boxed()
    }
}

/// With what the platform calls it: the `id` of its errors.
fn failed(error: &Error<IgnoredAny>) -> SignInError {
    let body = error.text().and_then(|text| serde_json::from_str::<Map<String, Value>>(&text).ok());
    let code = body.and_then(|body| match body.get("id")? {
        Value::String(id) => Some(id.clone()),
        Value::Number(id) => Some(id.to_string()),
        _ => None,
    });
    SignInError::of(error, code)
}
