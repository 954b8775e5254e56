//! What a request says, decoded: the only thing the engine knows of HTTP.

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
