//! A faulty proxy in front of the reference server: requests or answers are corrupted on the wire by one rule.

use std::sync::Arc;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::State;
use axum::http::header::{CONNECTION, CONTENT_LENGTH, HOST, TRANSFER_ENCODING};
use axum::http::{HeaderMap, Request, Response, StatusCode};
use bytes::Bytes;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

/// A larger body than this passes no gremlin.
const LARGEST: usize = 1 << 20;

/// A request on its way.
pub(super) struct Asked {
    pub(super) method: String,
    /// With its query.
    pub(super) path: String,
    pub(super) headers: HeaderMap,
    pub(super) body: Bytes,
}

/// An answer on its way back.
pub(super) struct Told {
    pub(super) status: u16,
    pub(super) headers: HeaderMap,
    pub(super) body: Bytes,
}

/// What is done to requests, and to the answers to them.
#[derive(Clone, Copy)]
pub(super) struct Rule {
    pub(super) asked: fn(&mut Asked),
    pub(super) told: fn(&Asked, &mut Told),
}

impl Rule {
    /// Everything passes as it is.
    pub(super) const NONE: Self = Self { asked: |_| {}, told: |_, _| {} };
}

struct Between {
    rule: Rule,
    upstream: String,
    client: reqwest::Client,
}

/// A running proxy. It stops when it is dropped.
pub(super) struct Proxy {
    url: String,
    serving: JoinHandle<()>,
}

impl Proxy {
    /// Puts a gremlin in front of a server.
    pub(super) async fn start(upstream: String, rule: Rule) -> Self {
        let client = reqwest::Client::builder().no_proxy().build().unwrap();
        let between = Arc::new(Between { rule, upstream, client });
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let router = Router::new().fallback(pass).with_state(between);
        let serving = tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        Self { url, serving }
    }

    pub(super) fn url(&self) -> &str {
        &self.url
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

async fn pass(State(between): State<Arc<Between>>, request: Request<Body>) -> Response<Body> {
    let (parts, body) = request.into_parts();
    let mut asked = Asked {
        method: parts.method.to_string(),
        path: parts.uri.path_and_query().map_or("/", |both| both.as_str()).to_owned(),
        headers: parts.headers,
        body: to_bytes(body, LARGEST).await.unwrap(),
    };
    (between.rule.asked)(&mut asked);
    let mut told = ask(&between, &asked).await;
    (between.rule.told)(&asked, &mut told);
    let mut response = Response::new(Body::from(told.body));
    *response.status_mut() = StatusCode::from_u16(told.status).unwrap();
    *response.headers_mut() = told.headers;
    response
}

async fn ask(between: &Between, asked: &Asked) -> Told {
    let url = format!("{}{}", between.upstream, asked.path);
    let mut request = between.client.request(asked.method.parse().unwrap(), url);
    // What belongs to one connection stays there (RFC 9110, 7.6.1).
    for (name, value) in
        asked.headers.iter().filter(|(name, _)| ![HOST, CONTENT_LENGTH, CONNECTION].contains(name))
    {
        request = request.header(name, value);
    }
    if asked.headers.contains_key(CONTENT_LENGTH) || !asked.body.is_empty() {
        request = request.body(asked.body.clone());
    }
    let answer = request.send().await.unwrap();
    let mut headers = answer.headers().clone();
    for name in [CONTENT_LENGTH, CONNECTION, TRANSFER_ENCODING] {
        headers.remove(name);
    }
    Told { status: answer.status().as_u16(), headers, body: answer.bytes().await.unwrap() }
}
