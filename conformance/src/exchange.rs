//! One request and what came back, as they went over the wire.

use std::time::Duration;

use bytes::Bytes;
use serde_json::Value;

use crate::generate::Breach;

/// One request and its answer.
#[derive(Clone, Debug)]
pub struct Exchange {
    /// Counts from 1 within a run.
    pub number: usize,
    /// The `operationId` it was made for.
    pub operation: String,
    /// Why it was sent, which says what may be expected of the answer.
    pub purpose: Purpose,
    /// The request.
    pub request: Sent,
    /// The answer, or why there is none.
    pub answer: Result<Received, Fault>,
    /// The exchanges whose answers this request's values come from.
    pub needs: Vec<usize>,
}

impl Exchange {
    /// The status of the answer; `None` when there was none.
    #[must_use]
    pub fn status(&self) -> Option<u16> {
        self.answer.as_ref().ok().map(|answer| answer.status)
    }

    /// Whether the answer has a status of the 2xx class.
    #[must_use]
    pub fn succeeded(&self) -> bool {
        self.status().is_some_and(|status| (200..300).contains(&status))
    }

    /// The answer's body as JSON, where it is JSON.
    #[must_use]
    pub fn json(&self) -> Option<&Value> {
        self.answer.as_ref().ok().and_then(|answer| answer.json.as_ref())
    }

    /// `GET /users/7 answered 200`, for messages.
    #[must_use]
    pub fn summary(&self) -> String {
        let path = self.request.path_and_query();
        match &self.answer {
            Ok(answer) => format!("`{} {path}` answered {}", self.request.method, answer.status),
            Err(fault) => format!("`{} {path}` got no answer: {fault}", self.request.method),
        }
    }
}

/// Why a request was sent.
#[derive(Clone, Debug, PartialEq)]
pub enum Purpose {
    /// Everything as the document allows; the word says which variant (`minimal`, `full`, `edge: …`, `step`).
    /// `certain` when the records it names are known to exist and nothing else declared stands in the way.
    Valid {
        /// Which variant.
        variant: String,
        /// Whether a documented success is the only allowed answer.
        certain: bool,
        /// Whether every reference in it is to a record that is known to exist.
        sound: bool,
    },
    /// Exactly one rule of the document is broken.
    Invalid(Breach),
    /// It is sent without what the operation's security asks for.
    Denied(Denial),
    /// A method the document does not declare for the path.
    UndeclaredMethod,
    /// HEAD in place of a GET, which is the exchange of that number.
    Head(usize),
    /// A body of a media type that the operation does not declare.
    WrongMediaType,
    /// A body that cannot be read in its declared media type.
    BrokenBody,
    /// It names a record that does not exist, everything else being as the document allows.
    MadeUp,
    /// It is as the document allows, but its path is written otherwise.
    OtherPath(Twist),
    /// A body that is padded to be as large as may be, or one byte larger.
    Padded(Girth),
    /// It breaks a rule of the document, and it is sent without what the operation's security asks for.
    InvalidAndDenied(Breach),
    /// Whatever a law needs to look at; nothing is expected of it but what holds of every exchange.
    Look,
    /// As [`Look`](Self::Look), but no credential of the run is presented.
    Anonymous,
}

/// How a path is written otherwise than the document does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Twist {
    /// Upper and lower case of its letters are exchanged, parameters left alone.
    OtherCase,
    /// A slash is added at the end, or taken away where there is one.
    OtherEnd,
}

/// How large a body is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Girth {
    /// As large as the document allows, to the byte.
    Largest,
    /// One byte larger than that.
    TooLarge,
}

/// How a request's credential falls short.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Denial {
    /// There is none.
    None,
    /// It is made up.
    Wrong,
    /// The right value in another authentication scheme.
    OtherScheme,
}

/// A request as it was sent. Credentials stand in it; whatever shows it goes through [`crate::Masks`].
#[derive(Clone, Debug)]
pub struct Sent {
    /// The method.
    pub method: String,
    /// The URL with query string.
    pub url: String,
    /// The headers, in the order in which they were given to the client library.
    pub headers: Vec<(String, String)>,
    /// The body; `None` = none at all.
    pub body: Option<Bytes>,
}

impl Sent {
    /// The URL without scheme and authority.
    #[must_use]
    pub fn path_and_query(&self) -> &str {
        let after = self.url.find("://").map_or(0, |at| at + 3);
        self.url[after..].find('/').map_or("/", |slash| &self.url[after + slash..])
    }

    /// The first header of that name.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        find_header(&self.headers, name)
    }
}

/// An answer.
#[derive(Clone, Debug)]
pub struct Received {
    /// The status code.
    pub status: u16,
    /// The headers; bytes that are not UTF-8 are replaced.
    pub headers: Vec<(String, String)>,
    /// The body as it came.
    pub body: Bytes,
    /// The body as JSON, where its media type says so and it is.
    pub json: Option<Value>,
    /// Why the body could not be read as the JSON that its media type promises.
    pub malformed: Option<String>,
    /// From the first byte sent to the last byte received.
    pub took: Duration,
}

impl Received {
    /// The first header of that name.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        find_header(&self.headers, name)
    }

    /// The media type without parameters, in lower case.
    #[must_use]
    pub fn media_type(&self) -> Option<String> {
        self.header("content-type")
            .map(|text| text.split(';').next().unwrap_or("").trim().to_ascii_lowercase())
    }
}

fn find_header<'h>(headers: &'h [(String, String)], name: &str) -> Option<&'h str> {
    headers.iter().find(|(own, _)| own.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
}

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Nothing listens, or the name is unknown.
    Unreachable(String),
    /// The TLS handshake failed.
    Tls(String),
    /// No complete answer within the time limit.
    TimedOut(Duration),
    /// The connection ended, or what came is not HTTP.
    Torn(String),
}

impl std::fmt::Display for Fault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Unreachable(why) => write!(f, "cannot connect: {why}"),
            Self::Tls(why) => write!(f, "no secure connection: {why}"),
            Self::TimedOut(limit) => write!(f, "nothing complete within {} ms", limit.as_millis()),
            Self::Torn(why) => write!(f, "the connection broke: {why}"),
        }
    }
}
