//! What a request says, decoded: the only thing the engine knows of HTTP.

use bytes::Bytes;
use http::HeaderMap;
use std::borrow::Cow;
use std::sync::Arc;

use serde_json::{Map, Value};

use crate::entropy::Timestamp;

/// Parameters by name. A request has few: they are looked through rather than hashed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Parameters(Vec<(Arc<str>, Value)>);

impl Parameters {
    /// A parameter's value; `None` when it was not sent.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.0.iter().find(|(own, _)| own.as_ref() == name).map(|(_, value)| value)
    }

    /// Sets a parameter, in place of what was there.
    pub fn insert(&mut self, name: impl Into<Arc<str>>, value: Value) {
        let name = name.into();
        match self.0.iter_mut().find(|(own, _)| *own == name) {
            Some((_, own)) => *own = value,
            None => self.0.push((name, value)),
        }
    }

    /// Takes a parameter out.
    pub fn remove(&mut self, name: &str) {
        self.0.retain(|(own, _)| own.as_ref() != name);
    }
}

impl From<Map<String, Value>> for Parameters {
    fn from(members: Map<String, Value>) -> Self {
        Self(members.into_iter().map(|(name, value)| (name.into(), value)).collect())
    }
}

/// A request after routing and decoding. A parameter that was not sent is not in its map.
#[derive(Clone, Debug, Default)]
pub struct Inputs {
    /// Path parameters by name, percent-decoded and typed as their schemas say.
    pub path: Parameters,
    /// Query parameters by name.
    pub query: Parameters,
    /// Header parameters by name in lower case; headers that no parameter declares are there as text.
    pub header: Parameters,
    /// Cookies by name.
    pub cookie: Parameters,
    /// The body; `None` when there is none.
    pub body: Option<Value>,
    /// The files of a `multipart/form-data` body, as they were sent. In `body` they are text, or base64 where they are no text.
    pub uploads: Vec<Upload>,
    /// All headers as they came, where the operation calls an action; else none.
    pub headers: HeaderMap,
    /// Scheme and host as the client addressed the server, without a slash at the end; empty where nobody asks for it.
    pub origin: String,
    /// The method in upper case.
    pub method: Cow<'static, str>,
    /// Path with query string, as received. Empty where the document never asks for it.
    pub url: String,
    /// The time of the request. One request has one time.
    pub now: Timestamp,
}

/// A file of a `multipart/form-data` body: a part that has a file name (RFC 7578, 4.2).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Upload {
    /// The name of the part.
    pub part: String,
    /// What the client calls the file.
    pub file_name: String,
    /// The part's `Content-Type`, without parameters.
    pub media_type: Option<String>,
    /// The bytes.
    pub content: Bytes,
}
