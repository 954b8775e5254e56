//! A call on its way: what the generated layer takes through progenitor's hooks, and brings back.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use progenitor_client::{Error as Inner, ResponseValue};
use reqwest::StatusCode;
use reqwest::header::CONTENT_TYPE;

use super::attempt::{self, Outcome};
use super::envelope::Unfit;
use super::error::{Error, Failure};
use super::meta::Operation;
use super::options::{CallOptions, Settings};
use super::payload::Payload;
use super::response::{Context, Response};
use super::transport::Transport;
use super::upload::Upload;
use super::{envelope, path};

/// A call: its operation, its path values, its settings, and in the end its outcome.
#[derive(Clone)]
pub(crate) struct Call {
    pub(crate) transport: Arc<Transport>,
    pub(crate) operation: &'static Operation,
    pub(crate) settings: Settings,
    /// A body in pieces, where the request has none of its own.
    pub(crate) upload: Option<Upload>,
    /// Whether every 2xx is a success, declared or not.
    pub(crate) any_success: bool,
    values: Vec<(&'static str, String)>,
    shared: Arc<Mutex<Shared>>,
}

/// What passes between a call and its copy inside the generated layer.
#[derive(Default)]
struct Shared {
    media_type: Option<String>,
    outcome: Option<(Outcome, u32)>,
}

impl fmt::Debug for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Call").field("operation", &self.operation.id).finish_non_exhaustive()
    }
}

impl Call {
    pub(crate) fn new(transport: &Arc<Transport>, operation: &'static Operation) -> Self {
        Self {
            transport: Arc::clone(transport),
            operation,
            settings: transport.settings.clone(),
            upload: None,
            any_success: false,
            values: Vec::new(),
            shared: Arc::default(),
        }
    }

    pub(crate) fn with(mut self, options: &CallOptions) -> Self {
        self.settings.apply(options);
        self
    }

    /// Takes a path value, or says why not.
    pub(crate) fn path(
        mut self,
        name: &'static str,
        value: &(impl fmt::Display + ?Sized),
    ) -> Result<Self, Error> {
        match path::segment(name, &value.to_string()) {
            Ok(written) => {
                self.written(name, written);
                Ok(self)
            }
            Err(why) => Err(Error::new(Failure::Refused(why), self.context(0), None)),
        }
    }

    /// Takes a body that has no type.
    #[allow(dead_code, reason = "only platforms with uploads need it")]
    pub(crate) fn payload(&self, payload: Payload) -> Bytes {
        if let Some(media_type) = payload.media_type {
            self.shared().media_type = Some(media_type);
        }
        payload.bytes
    }

    pub(crate) fn base_url(&self) -> &str {
        &self.transport.base_text
    }

    pub(crate) fn http(&self) -> reqwest::Client {
        self.transport.http.clone()
    }

    /// Whether a status is one that the call reckons with.
    pub(crate) fn expects(&self, status: StatusCode) -> bool {
        self.operation.reply(status.as_u16()).is_some() || (self.any_success && status.is_success())
    }

    /// The path with its values in place.
    pub(crate) fn expanded_path(&self) -> String {
        path::expand(self.operation.path, &self.values)
    }

    pub(crate) fn media_type(&self) -> Option<String> {
        self.shared().media_type.clone()
    }

    fn shared(&self) -> std::sync::MutexGuard<'_, Shared> {
        self.shared.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The same call, to be sent once more: with what passes between it and the generated layer of its own.
    #[allow(dead_code, reason = "only platforms with listings need it")]
    pub(crate) fn again(&self) -> Self {
        Self { shared: Arc::default(), ..self.clone() }
    }

    /// Takes a path value that is a segment already.
    pub(crate) fn written(&mut self, name: &'static str, segment: String) {
        self.values.push((name, segment));
    }

    pub(crate) fn context(&self, attempts: u32) -> Context {
        Context {
            operation: self.operation.id,
            attempts,
            redactor: self.transport.redactor.clone(),
            envelope: self.transport.envelope,
        }
    }

    /// Stands for progenitor's transport: sends the request, keeps what came of it, and hands the generated layer an
    /// envelope it can read, or a status that makes it give up (`finish` knows better then).
    pub(crate) async fn exec(&self, request: reqwest::Request) -> reqwest::Result<reqwest::Response> {
        let (outcome, attempts) = attempt::run(self, request).await;
        let (outcome, envelope) = match outcome {
            Outcome::Received(received) => match self.operation.reply(received.status.as_u16()) {
                None => (Outcome::Undeclared(received), None),
                Some(reply) => {
                    let status = received.status.as_u16();
                    match envelope::wrap(reply, self.transport.envelope, status, &received.body) {
                        Ok(envelope) => (Outcome::Received(received), Some(envelope)),
                        Err(Unfit::Unreadable(why)) => (Outcome::Unreadable(received, why), None),
                        Err(Unfit::Unsuccessful) => {
                            (Outcome::Failed(Failure::Unsuccessful, Some(received)), None)
                        }
                        Err(Unfit::Unauthenticated) => {
                            (Outcome::Failed(Failure::Unauthenticated, Some(received)), None)
                        }
                    }
                }
            },
            other => (other, None),
        };
        self.shared().outcome = Some((outcome, attempts));
        let (status, body) = envelope
            .map_or((http::StatusCode::IM_A_TEAPOT, Bytes::new()), |body| (http::StatusCode::OK, body));
        let mut response = http::Response::new(body);
        *response.status_mut() = status;
        response.headers_mut().insert(CONTENT_TYPE, http::HeaderValue::from_static("application/json"));
        Ok(response.into())
    }

    /// Puts together what the generated layer read and what really came.
    pub(crate) fn finish<T>(self, result: Result<ResponseValue<T>, Inner<()>>) -> Result<Response<T>, Error> {
        let outcome = self.shared().outcome.take();
        let Some((outcome, attempts)) = outcome else {
            // The generated layer gave up before anything was sent.
            let why = match result {
                Err(Inner::InvalidRequest(why) | Inner::Custom(why)) => why,
                Err(Inner::CommunicationError(error)) => error.without_url().to_string(),
                _ => "the request could not be made".to_owned(),
            };
            return Err(Error::new(Failure::Refused(why), self.context(0), None));
        };
        let context = self.context(attempts);
        match (outcome, result) {
            (Outcome::Received(received), Ok(value)) => {
                Ok(Response { value: value.into_inner(), received, context })
            }
            (Outcome::Received(received), Err(error)) => {
                let why = match error {
                    Inner::InvalidResponsePayload(_, why) => {
                        format!("it is not what was declared: {}", plain(&why))
                    }
                    _ => "it is not what was declared".to_owned(),
                };
                Err(Error::new(Failure::Unreadable(why), context, Some(received.shortened())))
            }
            (Outcome::Undeclared(received), _) => {
                Err(Error::new(Failure::Undeclared, context, Some(received.shortened())))
            }
            (Outcome::Unreadable(received, why), _) => {
                Err(Error::new(Failure::Unreadable(why), context, Some(received.shortened())))
            }
            (Outcome::Failed(failure, received), _) => {
                Err(Error::new(failure, context, received.map(super::response::Received::shortened)))
            }
        }
    }
}

/// What serde says, without the place in the envelope, which nobody has seen.
fn plain(error: &serde_json::Error) -> String {
    let text = error.to_string();
    text.rsplit_once(" at line ").map_or(text.clone(), |(says, _)| says.to_owned())
}
