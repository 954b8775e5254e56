//! Sending bytes and receiving bytes: no redirects followed, no cookies kept, nothing decompressed or retried.

use std::error::Error as _;
use std::time::{Duration, Instant};

use bytes::{Bytes, BytesMut};
use serde_json::Value;

use crate::reading::is_json;
use crate::{Fault, Received, Sent, Target};

/// The largest answer that is read.
const LARGEST_ANSWER: usize = 64 << 20;

/// The client library, set up for a target.
#[derive(Clone, Debug)]
pub(crate) struct Wire {
    client: reqwest::Client,
    timeout: Duration,
}

impl Wire {
    /// Sets the client up.
    ///
    /// # Errors
    /// A sentence, when TLS cannot be set up.
    pub(crate) fn new(target: &Target) -> Result<Self, String> {
        let mut builder = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .retry(reqwest::retry::never())
            .timeout(target.limits.timeout)
            .connect_timeout(target.limits.timeout)
            .user_agent(concat!("tercet-conformance/", env!("CARGO_PKG_VERSION")));
        if target.is_loopback() {
            // A proxy of the environment has no way to this machine.
            builder = builder.no_proxy();
        }
        if !target.trust.authorities.is_empty() {
            let certificates = reqwest::Certificate::from_pem_bundle(target.trust.authorities.as_bytes())
                .map_err(|error| format!("the certificates to trust cannot be read: {}", chain(&error)))?;
            builder = builder.tls_certs_merge(certificates);
        }
        if target.trust.anybody {
            builder = builder.tls_danger_accept_invalid_certs(true);
        }
        if target.base.scheme() == "http" {
            // Nothing is followed to where it could be needed, and reading the system's certificates takes long.
            builder = builder.tls_certs_only([]);
        }
        let client =
            builder.build().map_err(|error| format!("cannot set up the HTTP client: {}", chain(&error)))?;
        Ok(Self { client, timeout: target.limits.timeout })
    }

    /// Sends a request and reads the whole answer.
    pub(crate) async fn send(&self, sent: &Sent) -> Result<Received, Fault> {
        let torn = |why: String| Fault::Torn(why);
        let method =
            reqwest::Method::from_bytes(sent.method.as_bytes()).map_err(|error| torn(error.to_string()))?;
        let mut request = self.client.request(method, &sent.url);
        for (name, value) in &sent.headers {
            let value = reqwest::header::HeaderValue::from_bytes(value.as_bytes());
            request = request
                .header(name, value.map_err(|_| torn(format!("header `{name}` cannot carry its value")))?);
        }
        if let Some(body) = &sent.body {
            request = request.body(body.clone());
        }
        let started = Instant::now();
        let mut answer = request.send().await.map_err(|error| self.fault(&error))?;
        let mut body = BytesMut::new();
        while let Some(chunk) = answer.chunk().await.map_err(|error| self.fault(&error))? {
            if body.len() + chunk.len() > LARGEST_ANSWER {
                return Err(torn(format!("the answer is larger than {} MiB", LARGEST_ANSWER >> 20)));
            }
            body.extend_from_slice(&chunk);
        }
        Ok(received(&answer, body.freeze(), started.elapsed()))
    }

    fn fault(&self, error: &reqwest::Error) -> Fault {
        let why = chain(error);
        if error.is_timeout() {
            Fault::TimedOut(self.timeout)
        } else if is_tls(&why) {
            Fault::Tls(why)
        } else if error.is_connect() {
            Fault::Unreachable(why)
        } else {
            Fault::Torn(why)
        }
    }
}

fn received(answer: &reqwest::Response, body: Bytes, took: Duration) -> Received {
    let headers: Vec<(String, String)> = answer
        .headers()
        .iter()
        .map(|(name, value)| {
            (name.as_str().to_owned(), String::from_utf8_lossy(value.as_bytes()).into_owned())
        })
        .collect();
    let media_type = headers.iter().find(|(name, _)| name == "content-type").map(|(_, value)| value.as_str());
    let (json, malformed) = match media_type {
        Some(media_type) if is_json(media_type) && !body.is_empty() => read_json(&body),
        _ => (None, None),
    };
    Received { status: answer.status().as_u16(), headers, body, json, malformed, took }
}

fn read_json(body: &[u8]) -> (Option<Value>, Option<String>) {
    match serde_json::from_slice(body) {
        Ok(value) => (Some(value), None),
        Err(error) => (None, Some(error.to_string())),
    }
}

fn is_tls(why: &str) -> bool {
    let why = why.to_ascii_lowercase();
    ["certificate", "tls", "handshake", "invalidcontenttype"].iter().any(|word| why.contains(word))
}

/// An error and what caused it, without the URL, which may carry a credential.
fn chain(error: &reqwest::Error) -> String {
    let mut causes = Vec::new();
    let mut next = error.source();
    while let Some(cause) = next {
        causes.push(cause.to_string());
        next = cause.source();
    }
    match causes.last() {
        Some(last) => last.clone(),
        None if error.is_body() => "the body ended early".to_owned(),
        None => "the client library gives no reason".to_owned(),
    }
}
