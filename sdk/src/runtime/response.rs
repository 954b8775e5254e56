//! Answers: what came, and what it means.

use std::fmt;
use std::ops::Deref;

use bytes::Bytes;
use reqwest::StatusCode;
use reqwest::header::HeaderMap;

use super::meta::Envelope;
use super::secret::Redactor;

/// What came over the wire.
#[derive(Clone)]
pub(crate) struct Received {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

impl Received {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// A member of a JSON object that is text.
    pub(crate) fn member(&self, name: &str) -> Option<String> {
        let members: serde_json::Map<String, serde_json::Value> = serde_json::from_slice(&self.body).ok()?;
        members.get(name)?.as_str().map(str::to_owned)
    }

    /// A member of a JSON object that is a whole number.
    pub(crate) fn number(&self, name: &str) -> Option<i64> {
        let members: serde_json::Map<String, serde_json::Value> = serde_json::from_slice(&self.body).ok()?;
        members.get(name)?.as_i64()
    }

    pub(crate) fn request_id(&self) -> Option<&str> {
        ["x-request-id", "x-correlation-id", "request-id"].into_iter().find_map(|name| self.header(name))
    }
}

impl fmt::Debug for Received {
    // Headers and bodies can carry what must not be shown.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Received")
            .field("status", &self.status)
            .field("bytes", &self.body.len())
            .finish_non_exhaustive()
    }
}

/// The call that an answer, or the lack of one, belongs to.
#[derive(Clone)]
pub(crate) struct Context {
    pub(crate) operation: &'static str,
    pub(crate) attempts: u32,
    pub(crate) redactor: Redactor,
    pub(crate) envelope: Option<&'static Envelope>,
}

/// A value and the answer it was read from. Derefs to the value.
#[derive(Clone)]
pub struct Response<T> {
    pub(crate) value: T,
    pub(crate) received: Received,
    pub(crate) context: Context,
}

impl<T> Response<T> {
    /// The value.
    pub fn into_inner(self) -> T {
        self.value
    }

    /// The same answer with another value made of this one.
    pub fn map<U>(self, make: impl FnOnce(T) -> U) -> Response<U> {
        let Self { value, received, context } = self;
        Response { value: make(value), received, context }
    }

    /// The status.
    pub fn status(&self) -> StatusCode {
        self.received.status
    }

    /// All headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.received.headers
    }

    /// The header of that name, where it is text.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.received.header(name)
    }

    /// What the server, or a gateway before it, calls this request.
    pub fn request_id(&self) -> Option<&str> {
        self.received.request_id()
    }

    /// How many times the request was sent.
    pub fn attempts(&self) -> u32 {
        self.context.attempts
    }

    /// The body as it came.
    pub fn bytes(&self) -> &Bytes {
        &self.received.body
    }
}

impl<T> Deref for Response<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

impl<T: fmt::Debug> fmt::Debug for Response<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Response")
            .field("status", &self.received.status)
            .field("value", &self.value)
            .finish_non_exhaustive()
    }
}

impl Received {
    /// With no more of the body than errors keep.
    pub(crate) fn shortened(mut self) -> Self {
        if self.body.len() > super::error::KEPT {
            // A copy, so that the error does not hold on to all of it.
            self.body = Bytes::copy_from_slice(&self.body[..super::error::KEPT]);
        }
        self
    }
}
