//! What a request says, decoded: the only thing the engine knows of HTTP.

use bytes::Bytes;
use http::HeaderMap;
use serde_json::{Map, Value};

use crate::entropy::Timestamp;

/// A request after routing and decoding. A parameter that was not sent is not in its map.
#[derive(Clone, Debug, Default)]
pub struct Inputs {
    /// Path parameters by name, percent-decoded and typed as their schemas say.
    pub path: Map<String, Value>,
    /// Query parameters by name.
    pub query: Map<String, Value>,
    /// Header parameters by name in lower case; headers that no parameter declares are there as text.
    pub header: Map<String, Value>,
    /// Cookies by name.
    pub cookie: Map<String, Value>,
    /// The body; `None` when there is none.
    pub body: Option<Value>,
    /// The files of a `multipart/form-data` body, as they were sent. In `body` they are text, or base64 where they are no text.
    pub uploads: Vec<Upload>,
    /// All headers as they came, where the operation calls an action; else none.
    pub headers: HeaderMap,
    /// Scheme and host as the client addressed the server, without a slash at the end; empty where nobody asks for it.
    pub origin: String,
    /// The method in upper case.
    pub method: String,
    /// Path with query string, as received.
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
