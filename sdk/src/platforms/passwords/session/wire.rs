//! What the session has to say to the server, and hear from it, whatever carries it.

use std::collections::BTreeMap;
use std::time::Duration;

use futures::future::BoxFuture;
use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::{Map, Value};

use super::super::encryption::Challenge;
use crate::runtime::empty_map;
use crate::{Secret, SignInError};

/// What came, and the session id that came with it.
pub(super) struct Answer<T> {
    pub(super) value: T,
    pub(super) id: Option<Secret>,
}

pub(super) type Answering<T> = BoxFuture<'static, Result<Answer<T>, SignInError>>;

/// The five calls that make a session. Those that take an id present it.
pub(super) trait Wire: Send + Sync + 'static {
    /// Asks what opening takes.
    fn request(&self) -> Answering<Requirements>;

    /// Opens, with the solved challenge.
    fn open(&self, id: Option<&Secret>, solution: &Secret) -> Answering<Opened>;

    /// Asks for the settings that a client has to keep to.
    fn preferences(&self, id: &Secret) -> Answering<Preferences>;

    /// Lets the session's time begin anew.
    fn keep_alive(&self, id: &Secret) -> Answering<()>;

    /// Ends the session.
    fn close(&self, id: &Secret) -> Answering<()>;
}

/// What opening takes; nothing for an account without end-to-end encryption.
#[derive(Default, Deserialize)]
pub(super) struct Requirements {
    pub(super) challenge: Option<Challenge>,
    /// Second factors.
    pub(super) token: Option<Vec<IgnoredAny>>,
}

/// What an opened session gives.
#[derive(Default, Deserialize)]
pub(super) struct Opened {
    pub(super) success: bool,
    /// Keychains by type.
    #[serde(default, with = "empty_map")]
    pub(super) keys: BTreeMap<String, String>,
}

/// What the server's settings say; `None` where they say nothing that can be used.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Preferences {
    /// How long a session lasts without a call.
    pub(super) lifetime: Option<Duration>,
    /// How many characters of a password's hash the server takes.
    pub(super) hash_length: Option<u8>,
}

impl Preferences {
    pub(super) const LIFETIME: &'static str = "user.session.lifetime";
    pub(super) const HASH_LENGTH: &'static str = "user.password.security.hash";

    pub(super) fn of(settings: &Map<String, Value>) -> Self {
        // Numbers are sent as text now and then (facts: passwords 2026.7.0).
        let number = |name: &str| match settings.get(name)? {
            Value::Number(number) => number.as_u64(),
            Value::String(text) => text.parse().ok(),
            _ => None,
        };
        Self {
            lifetime: number(Self::LIFETIME).filter(|seconds| *seconds > 0).map(Duration::from_secs),
            hash_length: number(Self::HASH_LENGTH)
                .and_then(|length| u8::try_from(length).ok())
                .filter(|length| *length <= 40),
        }
    }
}
