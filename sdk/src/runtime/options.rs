//! Settings of a client, and of a single call.

use std::time::Duration;

use reqwest::header::{HeaderMap, HeaderName, HeaderValue};

/// Settings that a call can have of its own; what is not set stays as the client has it.
#[derive(Clone, Debug, Default)]
pub struct CallOptions {
    pub(crate) attempt_timeout: Option<Duration>,
    pub(crate) call_timeout: Option<Duration>,
    pub(crate) attempts: Option<u32>,
    pub(crate) largest_body: Option<u64>,
    pub(crate) headers: HeaderMap,
}

impl CallOptions {
    /// Nothing set.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// How long one attempt may take, from connecting to the end of the body.
    #[must_use]
    pub fn attempt_timeout(mut self, limit: Duration) -> Self {
        self.attempt_timeout = Some(limit);
        self
    }

    /// How long all attempts may take together, pauses included.
    #[must_use]
    pub fn call_timeout(mut self, limit: Duration) -> Self {
        self.call_timeout = Some(limit);
        self
    }

    /// How often a request may be sent at most; 1 = never again, and 0 counts as 1.
    #[must_use]
    pub fn attempts(mut self, count: u32) -> Self {
        self.attempts = Some(count.max(1));
        self
    }

    /// The largest body that is read, in bytes.
    #[must_use]
    pub fn largest_body(mut self, bytes: u64) -> Self {
        self.largest_body = Some(bytes);
        self
    }

    /// A header to send besides those that the document knows. `Debug` does not show sensitive values.
    #[must_use]
    pub fn header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.headers.append(name, value);
        self
    }
}

/// All settings, each with a value.
#[derive(Clone, Debug)]
pub(crate) struct Settings {
    pub(crate) attempt_timeout: Duration,
    pub(crate) call_timeout: Duration,
    pub(crate) attempts: u32,
    pub(crate) largest_body: u64,
    pub(crate) first_pause: Duration,
    pub(crate) longest_pause: Duration,
    pub(crate) headers: HeaderMap,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            attempt_timeout: Duration::from_secs(30),
            call_timeout: Duration::from_secs(120),
            attempts: 3,
            largest_body: 256 * 1024 * 1024,
            first_pause: Duration::from_millis(200),
            longest_pause: Duration::from_secs(20),
            headers: HeaderMap::new(),
        }
    }
}

impl Settings {
    pub(crate) fn apply(&mut self, options: &CallOptions) {
        self.attempt_timeout = options.attempt_timeout.unwrap_or(self.attempt_timeout);
        self.call_timeout = options.call_timeout.unwrap_or(self.call_timeout);
        self.attempts = options.attempts.unwrap_or(self.attempts);
        self.largest_body = options.largest_body.unwrap_or(self.largest_body);
        for (name, value) in &options.headers {
            self.headers.append(name, value.clone());
        }
    }
}
