//! The last requests and their answers, with why they were refused. Bounded; secrets are masked when it is read.

use std::borrow::Cow;
use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};

use bytes::Bytes;
use http::HeaderMap;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::entropy::Timestamp;
use crate::mask::Secrets;

/// Bytes of a body that are kept; of a larger one only the beginning is.
const KEPT: usize = 16 * 1024;

/// A ring of exchanges.
#[derive(Debug)]
pub(crate) struct Journal {
    ring: Mutex<Ring>,
    most_entries: usize,
    most_bytes: usize,
}

#[derive(Debug, Default)]
struct Ring {
    entries: VecDeque<Record>,
    bytes: usize,
    next: u64,
}

/// An exchange as it is kept: what was there anyway, unparsed and unmasked.
#[derive(Debug)]
pub(crate) struct Record {
    pub(crate) number: u64,
    pub(crate) time: Timestamp,
    pub(crate) namespace: Option<String>,
    pub(crate) method: http::Method,
    pub(crate) url: Box<str>,
    pub(crate) headers: Packed,
    pub(crate) body: Excerpt,
    /// The index of the operation.
    pub(crate) operation: Option<usize>,
    pub(crate) status: u16,
    pub(crate) outcome: Cow<'static, str>,
    pub(crate) answer_headers: Packed,
    pub(crate) answer_body: Excerpt,
    pub(crate) refusal: Option<Refused>,
    pub(crate) explanation: Cow<'static, str>,
}

/// The beginning of a body.
#[derive(Debug, Default)]
pub(crate) struct Excerpt {
    bytes: Bytes,
    length: u64,
}

/// Headers in one piece of memory, for the same reason: names and values, each with a line feed, which neither can have.
#[derive(Debug)]
pub(crate) struct Packed(Box<[u8]>);

/// Why a request was refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refused {
    /// The stage that refused it: `route`, `guard`, `authenticate`, `negotiate`, `receive`, `decode`, `validate` or `apply`.
    pub stage: String,
    /// Where the rule stands: `FILE:LINE:COLUMN`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rule: Option<String>,
}

/// An exchange as it is shown.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// Counts up from 1, also over what the journal has forgotten.
    pub number: u64,
    /// When, by the server's clock: RFC 3339.
    pub time: String,
    /// The namespace it was in; none = the common one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub namespace: Option<String>,
    /// The `operationId`; none = no operation matched.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub operation: Option<String>,
    /// How it ended: `ok`, `not-found`, …
    pub outcome: String,
    /// Why it ended so.
    pub explanation: String,
    /// Who refused it, if it was refused.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refused: Option<Refused>,
    /// What was asked.
    pub request: Message,
    /// What was answered.
    pub response: Message,
}

/// A request or a response.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Message {
    /// The method, of a request.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub method: Option<String>,
    /// Path and query, of a request.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// The status, of a response.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<u16>,
    /// Names in lower case and values, secrets masked.
    pub headers: Vec<(String, String)>,
    /// The body, secrets masked; JSON as JSON.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub body: Option<Value>,
    /// How long the body was in bytes, where less of it is shown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub body_length: Option<u64>,
}

/// Which entries are wanted.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Filter {
    /// Of this operation.
    pub operation: Option<String>,
    /// With this status.
    pub status: Option<u16>,
    /// In this namespace.
    pub namespace: Option<String>,
    /// At most this many, the newest.
    pub limit: Option<usize>,
}

impl Excerpt {
    /// Of a body that came in, in memory of its own: a slice would keep the connection's whole buffer alive.
    pub(crate) fn of(bytes: &[u8]) -> Self {
        Self { bytes: Bytes::copy_from_slice(&bytes[..bytes.len().min(KEPT)]), length: bytes.len() as u64 }
    }

    /// Of a body that was made here, which is not copied where all of it is kept.
    pub(crate) fn share(bytes: Bytes) -> Self {
        if bytes.len() > KEPT { Self::of(&bytes) } else { Self { length: bytes.len() as u64, bytes } }
    }
}

impl Packed {
    pub(crate) fn of(headers: &HeaderMap) -> Self {
        let length = headers.iter().map(|(name, value)| name.as_str().len() + value.len() + 2).sum();
        let mut packed = Vec::with_capacity(length);
        for (name, value) in headers {
            packed.extend_from_slice(name.as_str().as_bytes());
            packed.push(b'\n');
            packed.extend_from_slice(value.as_bytes());
            packed.push(b'\n');
        }
        Self(packed.into_boxed_slice())
    }

    fn read(&self, secrets: &Secrets) -> Vec<(String, String)> {
        let mut lines = self.0.split(|byte| *byte == b'\n').map(String::from_utf8_lossy);
        let mut headers = Vec::new();
        while let (Some(name), Some(value)) = (lines.next(), lines.next()) {
            let value = secrets.header(&name, &value);
            headers.push((name.into_owned(), value));
        }
        headers
    }
}

impl Record {
    /// About how many bytes it holds.
    fn weight(&self) -> usize {
        size_of::<Self>()
            + self.url.len()
            + self.headers.0.len()
            + self.body.bytes.len()
            + self.answer_headers.0.len()
            + self.answer_body.bytes.len()
            + self.outcome.len()
            + self.explanation.len()
    }
}

impl Journal {
    /// A journal of at most so many entries and about so many bytes, whichever is less. No entries: it is off.
    pub(crate) fn new(most_entries: usize, most_bytes: usize) -> Self {
        Self { ring: Mutex::default(), most_entries, most_bytes }
    }

    pub(crate) fn is_on(&self) -> bool {
        self.most_entries > 0
    }

    pub(crate) fn push(&self, mut record: Record) {
        let weight = record.weight();
        let mut ring = self.lock();
        ring.next += 1;
        record.number = ring.next;
        // What falls out is dropped after the lock is.
        let mut forgotten = None;
        while ring.entries.len() >= self.most_entries
            || (ring.bytes + weight > self.most_bytes && !ring.entries.is_empty())
        {
            forgotten = ring.entries.pop_front();
            ring.bytes -= forgotten.as_ref().map_or(0, Record::weight).min(ring.bytes);
        }
        ring.bytes += weight;
        ring.entries.push_back(record);
        drop(ring);
        drop(forgotten);
    }

    pub(crate) fn clear(&self) {
        let entries = {
            let mut ring = self.lock();
            ring.bytes = 0;
            std::mem::take(&mut ring.entries)
        };
        drop(entries);
    }

    /// The entries that a filter lets through, oldest first.
    pub(crate) fn read(
        &self,
        filter: &Filter,
        names: &dyn Fn(usize) -> String,
        secrets: &Secrets,
    ) -> Vec<Entry> {
        let ring = self.lock();
        let wanted = ring.entries.iter().rev().filter(|record| {
            filter.status.is_none_or(|status| record.status == status)
                && filter.namespace.as_ref().is_none_or(|name| record.namespace.as_ref() == Some(name))
                && filter
                    .operation
                    .as_ref()
                    .is_none_or(|id| record.operation.is_some_and(|one| names(one) == *id))
        });
        let newest = wanted.take(filter.limit.unwrap_or(usize::MAX));
        let mut entries: Vec<_> = newest.map(|record| show(record, names, secrets)).collect();
        entries.reverse();
        entries
    }

    fn lock(&self) -> MutexGuard<'_, Ring> {
        // Nothing that happens under the lock leaves the ring half changed.
        self.ring.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn show(record: &Record, names: &dyn Fn(usize) -> String, secrets: &Secrets) -> Entry {
    let body = |excerpt: &Excerpt| {
        let complete = excerpt.bytes.len() as u64 == excerpt.length;
        let shown = (excerpt.length > 0).then(|| secrets.body(&excerpt.bytes, complete));
        (shown, (!complete).then_some(excerpt.length))
    };
    let (request_body, request_length) = body(&record.body);
    let (answer_body, answer_length) = body(&record.answer_body);
    Entry {
        number: record.number,
        time: record.time.to_string(),
        namespace: record.namespace.clone(),
        operation: record.operation.map(names),
        outcome: record.outcome.to_string(),
        explanation: secrets.text(&record.explanation),
        refused: record.refusal.clone(),
        request: Message {
            method: Some(record.method.to_string()),
            url: Some(secrets.url(&record.url)),
            status: None,
            headers: record.headers.read(secrets),
            body: request_body,
            body_length: request_length,
        },
        response: Message {
            method: None,
            url: None,
            status: Some(record.status),
            headers: record.answer_headers.read(secrets),
            body: answer_body,
            body_length: answer_length,
        },
    }
}
