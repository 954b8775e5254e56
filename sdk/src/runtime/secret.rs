//! Text that is sent and never shown.

use std::collections::VecDeque;
use std::fmt;
use std::sync::{PoisonError, RwLock};

use serde::{Deserialize, Serialize};
use zeroize::Zeroize as _;

/// Text that is sent as it is, never shown by `Debug`, and wiped when it is dropped: a password, say.
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Secret(String);

impl Secret {
    /// The text itself.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// The text itself, to be changed in place.
    #[allow(dead_code, reason = "only platforms with end-to-end encryption need it")]
    pub(crate) fn text_mut(&mut self) -> &mut String {
        &mut self.0
    }
}

impl Drop for Secret {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(..)")
    }
}

impl From<String> for Secret {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl From<&str> for Secret {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

/// The texts that must not appear in anything the client shows of an answer.
#[derive(Clone, Default)]
pub(crate) struct Redactor(std::sync::Arc<Secrets>);

#[derive(Default)]
struct Secrets {
    /// What the client was given.
    given: Vec<String>,
    /// What it signed in for, the newest last.
    recent: RwLock<VecDeque<String>>,
}

/// How many tokens are remembered that were signed in for: those of the last renewals, whose answers may be on their way.
const RECENT: usize = 16;

impl Redactor {
    pub(crate) fn new(mut given: Vec<String>) -> Self {
        given.retain(|secret| !secret.trim().is_empty());
        // The longest first, so that what is left of it is not a part of a shorter one.
        given.sort_by_key(|secret| std::cmp::Reverse(secret.len()));
        Self(std::sync::Arc::new(Secrets { given, recent: RwLock::default() }))
    }

    /// Adds what was signed in for.
    pub(crate) fn add(&self, secrets: impl IntoIterator<Item = String>) {
        let mut recent = self.0.recent.write().unwrap_or_else(PoisonError::into_inner);
        for secret in secrets.into_iter().filter(|secret| !secret.trim().is_empty()) {
            if !recent.contains(&secret) {
                recent.push_back(secret);
            }
        }
        let surplus = recent.len().saturating_sub(RECENT);
        recent.drain(..surplus);
    }

    /// The text with every secret blacked out.
    pub(crate) fn scrub(&self, text: &str) -> String {
        let recent = self.0.recent.read().unwrap_or_else(PoisonError::into_inner);
        let all = recent.iter().chain(&self.0.given);
        all.fold(text.to_owned(), |text, secret| text.replace(secret.as_str(), "[redacted]"))
    }
}

impl fmt::Debug for Redactor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Redactor(..)")
    }
}
