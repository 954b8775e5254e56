//! One request over HTTP: receive, serve, answer, note.

use std::borrow::Cow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use axum::body::Body;
use axum::response::IntoResponse;
use bytes::Bytes;
use http::{HeaderName, HeaderValue, StatusCode, request};
use http_body_util::{Either, Full};
use hyper::body::{Body as _, Incoming};
use tercet_spec::Pointer;

use crate::cors;
use crate::engine::Answer;
use crate::inputs::Inputs;
use crate::journal::{Excerpt, Packed, Record, Refused};
use crate::outcome::Outcome;
use crate::pipeline::{Pipeline, Refusal, Request, Verdict};
use crate::problem::Problem;
use crate::read::method;
use crate::receive::{Limit, Received, linger, receive};
use crate::server::Encrypted;
use crate::shared::Shared;
use crate::worlds::{Served, World};

/// Picks the namespace.
pub(crate) const NAMESPACE: HeaderName = HeaderName::from_static("x-mock-namespace");

/// Bodies from this size on are decoded where they keep nobody else waiting.
const LARGE: usize = 256 * 1024;

/// Up to this size a body is waited for, whatever becomes of the request: its connection can then go on.
const SHORT: u64 = 64 * 1024;

/// A response: the platform's, which is all there, or one that axum made.
pub(crate) type Response = http::Response<Either<Full<Bytes>, Body>>;

/// Serves a request of the platform.
pub(crate) async fn handle(shared: Arc<Shared>, request: http::Request<Incoming>) -> Response {
    let (parts, body) = request.into_parts();
    if !shared.pipeline.speaks_of_origins()
        && let Some(preflight) = cors::preflight(&parts)
    {
        return match shared.pipeline.preflight() {
            Some(answer) => sent(answer),
            None => preflight.map(Either::Right),
        };
    }
    let (world, namespace) = match shared.world(&parts.headers) {
        Ok(found) => found,
        Err(problem) => return problem.into_response().map(Either::Right),
    };
    // The door is asked once, and costs nothing where there is none.
    let mut turned_away = match shared.pipeline.has_door() {
        true => turned_away(&shared, &world, namespace.as_deref(), &parts),
        false => None,
    };
    let expects = parts.headers.contains_key(http::header::EXPECT);
    let received = if body.is_end_stream() {
        Received::Nothing
    } else {
        // A short body is there before its refusal is; one that may be long is not waited for in vain.
        if body.size_hint().exact().is_none_or(|length| length > SHORT)
            && let Some(served) = turned_away.take().or_else(|| refused_by_head(&shared, &world, &parts))
        {
            if !expects {
                linger(body);
            }
            let unread = Received::Broken("it was not waited for".to_owned());
            return conclude(&shared, namespace, parts, &unread, |_| served);
        }
        let limit = limit(&shared.pipeline, &world, &parts);
        receive(body, limit, shared.patience, expects).await
    };
    if let Some(served) = turned_away {
        return conclude(&shared, namespace, parts, &received, |_| served);
    }
    let large = matches!(&received, Received::Whole(bytes) if bytes.len() >= LARGE);
    if !large {
        return finish(&shared, &world, namespace, parts, &received);
    }
    let work = tokio::task::spawn_blocking(move || finish(&shared, &world, namespace, parts, &received));
    work.await.unwrap_or_else(|error| broken(&error.to_string()))
}

fn limit(pipeline: &Pipeline, world: &World, parts: &request::Parts) -> Option<Limit> {
    let now = pipeline.engine.clock().now();
    let inputs = Inputs { method: method(parts.method.as_str()), now, ..Inputs::default() };
    let (bytes, outcome) = pipeline.engine.body_limit(&world.state(), &inputs)?;
    Some(Limit { bytes, outcome: outcome.to_owned() })
}

fn finish(
    shared: &Shared,
    world: &World,
    namespace: Option<String>,
    parts: request::Parts,
    received: &Received,
) -> Response {
    conclude(shared, namespace, parts, received, |request| world.serve(&shared.pipeline, request))
}

/// How a request ends that is refused whatever its body says.
fn refused_by_head(shared: &Shared, world: &World, parts: &request::Parts) -> Option<Served> {
    let request = asked(shared, parts, &Received::Nothing);
    // Should the engine panic, the request goes on and meets the same panic where it is dealt with.
    catch_unwind(AssertUnwindSafe(|| world.refuse(&shared.pipeline, &request))).ok().flatten()
}

/// How a request ends that is one too many (`x-conduct.rate-limit`).
fn turned_away(
    shared: &Shared,
    world: &World,
    namespace: Option<&str>,
    parts: &request::Parts,
) -> Option<Served> {
    let request = asked(shared, parts, &Received::Nothing);
    let count = || shared.pipeline.one_too_many(&world.state(), namespace.unwrap_or_default(), &request);
    let verdict = catch_unwind(AssertUnwindSafe(count)).ok().flatten()?;
    Some((verdict, None))
}

fn asked<'r>(shared: &Shared, parts: &'r request::Parts, received: &'r Received) -> Request<'r> {
    Request {
        method: parts.method.as_str(),
        path: parts.uri.path(),
        query: parts.uri.query(),
        headers: &parts.headers,
        encrypted: parts.extensions.get::<Encrypted>().is_some(),
        body: received,
        now: shared.pipeline.engine.clock().now(),
    }
}

/// Serves, notes, answers.
fn conclude(
    shared: &Shared,
    namespace: Option<String>,
    parts: request::Parts,
    received: &Received,
    serve: impl FnOnce(&Request<'_>) -> Served,
) -> Response {
    let request = asked(shared, &parts, received);
    // The engine is meant never to panic. Should it, one request fails and not the connection, and it is said loudly.
    let served = catch_unwind(AssertUnwindSafe(|| serve(&request)));
    let Ok((Verdict { mut answer, refused, .. }, operation)) = served else {
        tracing::error!(method = %parts.method, uri = %parts.uri, "a request made the engine panic");
        return broken("the engine panicked");
    };
    let now = request.now;
    let mut headers = std::mem::take(&mut answer.headers);
    if !shared.pipeline.speaks_of_origins() {
        cors::allow(&parts.headers, &mut headers);
    }
    if matches!(received, Received::TooLarge { .. } | Received::Broken(_)) {
        headers.insert(http::header::CONNECTION, HeaderValue::from_static("close"));
    }
    let status = StatusCode::from_u16(answer.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let is_head = parts.method == http::Method::HEAD;
    let body = if is_head { Bytes::new() } else { answer.body.clone() };
    let mut response = Response::new(Either::Left(Full::new(body)));
    if is_head {
        headers.insert(http::header::CONTENT_LENGTH, answer.body.len().into());
    }
    *response.status_mut() = status;
    log(shared, &parts, &answer, refused.as_ref());
    if shared.journal.is_on() {
        let body = match received {
            Received::Whole(bytes) => Excerpt::of(bytes),
            _ => Excerpt::default(),
        };
        shared.journal.push(Record {
            number: 0,
            time: now,
            namespace,
            url: target(&parts.uri).into(),
            headers: Packed::of(&parts.headers),
            method: parts.method,
            body,
            operation,
            status: answer.status,
            outcome: answer.outcome,
            answer_headers: Packed::of(&headers),
            answer_body: Excerpt::share(answer.body),
            refusal: refused.map(|refusal| shown(shared, &refusal)),
            explanation: answer.explanation,
        });
    }
    *response.headers_mut() = headers;
    response
}

/// An answer that nothing is noted of.
fn sent(answer: Answer) -> Response {
    let mut response = Response::new(Either::Left(Full::new(answer.body)));
    *response.status_mut() = StatusCode::from_u16(answer.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    *response.headers_mut() = answer.headers;
    response
}

/// Path and query.
fn target(uri: &http::Uri) -> &str {
    uri.path_and_query().map_or("/", |both| both.as_str())
}

fn shown(shared: &Shared, refusal: &Refusal) -> Refused {
    Refused { stage: refusal.stage.to_owned(), rule: refusal.place.as_ref().map(|place| shared.place(place)) }
}

/// One line for each request: what, how it ended, and why and by which line of the document it was refused.
fn log(shared: &Shared, parts: &request::Parts, answer: &Answer, refused: Option<&Refusal>) {
    if !tracing::enabled!(target: "mock_server", tracing::Level::INFO) {
        return;
    }
    let url = shared.secrets.url(target(&parts.uri));
    let (method, status) = (parts.method.as_str(), answer.status);
    match refused {
        None => tracing::info!(target: "mock_server", "{method} {url} {status}"),
        Some(refusal) => {
            let why = shared.secrets.text(&reason(answer, &refusal.outcome));
            let rule = refusal.place.as_ref().map_or_else(String::new, |place| shared.place(place));
            let outcome = answer.outcome.as_ref();
            tracing::info!(
                target: "mock_server", outcome, stage = refusal.stage, rule, "{method} {url} {status}: {why}"
            );
        }
    }
}

fn reason<'a>(answer: &'a Answer, outcome: &'a Outcome) -> Cow<'a, str> {
    if answer.explanation.is_empty() {
        Cow::Owned(outcome.to_string())
    } else {
        Cow::Borrowed(answer.explanation.as_ref())
    }
}

fn broken(why: &str) -> Response {
    Problem::new(StatusCode::INTERNAL_SERVER_ERROR, format!("this is a fault of the mock server: {why}"))
        .into_response()
        .map(Either::Right)
}

impl Shared {
    /// `FILE:LINE:COLUMN` of a place in the document.
    pub(crate) fn place(&self, pointer: &Pointer) -> String {
        let document = &self.pipeline.contract.document;
        let position = document.position(pointer);
        format!("{}:{}:{}", document.text_of(pointer), position.line, position.column)
    }
}
