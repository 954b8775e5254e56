//! Attempts: sending, reading, waiting, sending again.

use std::convert::Infallible;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, SystemTime};

use bytes::BytesMut;
use reqwest::Request;
use tracing::{Instrument, Span, debug, field, info_span};

use super::call::Call;
use super::credentials::{Unpresentable, present};
use super::error::{Failure, KEPT};
use super::prepare::prepare;
use super::response::Received;
use super::retry;
use super::session::Grant;

/// What came of a call.
pub(crate) enum Outcome {
    /// An answer, read to its end.
    Received(Received),
    /// An answer with a status that is not declared.
    Undeclared(Received),
    /// An answer with a declared status, and what is wrong with its body.
    Unreadable(Received, String),
    /// No answer, or only a part of one.
    Failed(Failure<Infallible>, Option<Received>),
}

/// Sends a request until something final came of it; also says how often it was sent.
pub(crate) async fn run(call: &Call, mut request: Request) -> (Outcome, u32) {
    if let Err(why) = prepare(call, &mut request) {
        return (Outcome::Failed(Failure::Refused(why), None), 0);
    }
    let span = span(call, &request);
    let limit = call.settings.call_timeout;
    let attempts = AtomicU32::new(0);
    let all = attempt_all(call, request, &attempts).instrument(span.clone());
    let outcome = match tokio::time::timeout(limit, all).await {
        Ok(outcome) => outcome,
        Err(_) => Outcome::Failed(Failure::CallTimeout(limit), None),
    };
    let attempts = attempts.into_inner();
    record(&span, &outcome, attempts);
    (outcome, attempts)
}

/// Names are those of OpenTelemetry's semantic conventions for HTTP clients. The URL is not recorded: its query can
/// carry a credential, and its path can carry personal data; the template tells as much.
fn span(call: &Call, request: &Request) -> Span {
    let operation = call.operation;
    let url = request.url();
    info_span!(
        "http.client.request",
        otel.name = format!("{} {}", operation.method, operation.path),
        otel.kind = "client",
        otel.status_code = field::Empty,
        http.request.method = operation.method,
        url.template = operation.path,
        url.scheme = url.scheme(),
        server.address = url.host_str().unwrap_or_default(),
        server.port = url.port_or_known_default(),
        http.response.status_code = field::Empty,
        http.request.resend_count = field::Empty,
        error.type = field::Empty,
        tercet.operation = operation.id,
    )
}

fn record(span: &Span, outcome: &Outcome, attempts: u32) {
    if attempts > 1 {
        span.record("http.request.resend_count", attempts - 1);
    }
    let (received, error) = match outcome {
        Outcome::Received(received) | Outcome::Undeclared(received) => (Some(received), None),
        Outcome::Unreadable(received, _) => (Some(received), Some("unreadable")),
        Outcome::Failed(failure, received) => (received.as_ref(), Some(kind(failure))),
    };
    let status = received.map(|received| received.status);
    if let Some(status) = status {
        span.record("http.response.status_code", status.as_u16());
    }
    let failed = status.filter(|status| status.as_u16() >= 400).map(|status| status.as_str().to_owned());
    if let Some(error) = error.map(str::to_owned).or(failed) {
        span.record("error.type", error.as_str());
        span.record("otel.status_code", "ERROR");
    }
}

fn kind(failure: &Failure<Infallible>) -> &'static str {
    match failure {
        Failure::Declared(never) => match *never {},
        Failure::Undeclared => "undeclared",
        Failure::Unreadable(_) => "unreadable",
        Failure::TooLarge(_) => "too_large",
        Failure::Refused(_) => "refused",
        Failure::Connect(_) => "connect",
        Failure::AttemptTimeout(_) | Failure::CallTimeout(_) => "timeout",
        Failure::Transport(_) => "transport",
        Failure::SignIn(_) => "sign_in",
        Failure::Unsuccessful => "unsuccessful",
        Failure::Unauthenticated => "401",
    }
}

async fn attempt_all(call: &Call, request: Request, count: &AtomicU32) -> Outcome {
    let mut renewal = Renewal::Possible;
    let mut tries = 0;
    loop {
        // Without credentials, so that each attempt can have its own.
        let Some(mut next) = request.try_clone() else {
            let why = "the body cannot be sent a second time".to_owned();
            return Outcome::Failed(Failure::Refused(why), None);
        };
        if let Some(upload) = &call.upload {
            *next.body_mut() = Some(upload.body());
        }
        let used = match present(call, &mut next, renewal.take()).await {
            Ok(used) => used,
            Err(Unpresentable::Unfit(why)) => return Outcome::Failed(Failure::Refused(why), None),
            Err(Unpresentable::SignIn(why)) => return Outcome::Failed(Failure::SignIn(why), None),
        };
        count.fetch_add(1, Ordering::Relaxed);
        tries += 1;
        let outcome = attempt(call, next).await;
        let stale = match (&used, &outcome) {
            (Some((session, grant)), Outcome::Received(received)) => {
                let stale = session.is_stale(call.operation, received);
                // What comes with a refusal is worth no more than what was refused.
                if !stale {
                    session.observe(grant, received);
                }
                stale
            }
            _ => false,
        };
        if let (true, Renewal::Possible, Some((session, grant))) = (stale, &renewal, used) {
            // A refused credential has had no effect, so any request may be sent again; but not more than once.
            match session.renew(&grant).await {
                Ok(Some(newer)) => {
                    debug!("the credential was refused, trying again with a newer one");
                    renewal = Renewal::Ready(newer);
                    tries -= 1;
                    continue;
                }
                Ok(None) => return outcome,
                Err(why) => {
                    let Outcome::Received(received) = outcome else { return outcome };
                    return Outcome::Failed(Failure::SignIn(why), Some(received));
                }
            }
        }
        let wait = if tries >= call.settings.attempts { None } else { wait(call, &outcome, tries) };
        let Some(wait) = wait else { return outcome };
        debug!(
            attempt = tries,
            wait_ms = u64::try_from(wait.as_millis()).unwrap_or(u64::MAX),
            "trying again"
        );
        tokio::time::sleep(wait).await;
    }
}

/// Whether a call can still have its credential renewed.
enum Renewal {
    Possible,
    /// It has been, and the next attempt presents this.
    Ready(Arc<Grant>),
    Done,
}

impl Renewal {
    fn take(&mut self) -> Option<Arc<Grant>> {
        match std::mem::replace(self, Self::Done) {
            Self::Possible => {
                *self = Self::Possible;
                None
            }
            Self::Ready(grant) => Some(grant),
            Self::Done => None,
        }
    }
}

/// How long to wait before the next attempt; `None` when this outcome is final.
fn wait(call: &Call, outcome: &Outcome, attempts: u32) -> Option<Duration> {
    let settings = &call.settings;
    let repeatable = retry::is_repeatable(call.operation.repeat);
    match outcome {
        Outcome::Received(received) if repeatable && retry::is_passing(received.status) => {
            match retry::retry_after(&received.headers, SystemTime::now()) {
                // Nobody is helped by a client that seems to hang: a longer wait is the caller's decision.
                Some(asked) if asked > settings.longest_pause => None,
                Some(asked) => Some(asked.max(Duration::from_millis(1))),
                None => Some(retry::pause(settings, attempts)),
            }
        }
        Outcome::Failed(Failure::Connect(_), _) => Some(retry::pause(settings, attempts)),
        Outcome::Failed(Failure::Transport(_) | Failure::AttemptTimeout(_) | Failure::Unreadable(_), _)
            if repeatable =>
        {
            Some(retry::pause(settings, attempts))
        }
        _ => None,
    }
}

async fn attempt(call: &Call, request: Request) -> Outcome {
    let limit = call.settings.attempt_timeout;
    match tokio::time::timeout(limit, send(call, request)).await {
        Ok(outcome) => outcome,
        Err(_) => Outcome::Failed(Failure::AttemptTimeout(limit), None),
    }
}

async fn send(call: &Call, request: Request) -> Outcome {
    let mut response = match call.transport.http.execute(request).await {
        Ok(response) => response,
        Err(error) => {
            // Connecting has a time limit of its own; running out of it is no different from being turned away.
            let failure = if error.is_connect() { Failure::Connect } else { Failure::Transport };
            return Outcome::Failed(failure(error.without_url()), None);
        }
    };
    let declared = call.expects(response.status());
    // Of what nobody declared only the beginning is wanted.
    let limit = if declared { call.settings.largest_body } else { KEPT as u64 };
    let mut received = Received {
        status: response.status(),
        headers: std::mem::take(response.headers_mut()),
        body: bytes::Bytes::new(),
    };
    let mut body = BytesMut::new();
    loop {
        match response.chunk().await {
            Ok(Some(chunk)) => body.extend_from_slice(&chunk),
            Ok(None) => break,
            Err(error) if declared => {
                received.body = body.freeze();
                let why = format!("it breaks off ({})", error.without_url());
                return Outcome::Failed(Failure::Unreadable(why), Some(received));
            }
            Err(_) => break,
        }
        if body.len() as u64 > limit {
            if declared {
                received.body = body.freeze();
                return Outcome::Failed(Failure::TooLarge(limit), Some(received));
            }
            break;
        }
    }
    received.body = body.freeze();
    Outcome::Received(received)
}
