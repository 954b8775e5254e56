//! Calls whose parameters or bodies the document leaves open: its operation, and everything else by hand.

use bytes::Bytes;
use reqwest::header::{HeaderName, HeaderValue};
use reqwest::{Method, Request, Url};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::attempt::{self, Outcome};
use super::call::Call;
use super::error::{Error, Failure};
use super::meta::{Operation, ReplyForm};
use super::options::CallOptions;
use super::response::Response;
use super::transport::Transport;
use super::upload::Upload;

/// A call of an operation, with query and body as they are given. Credentials, attempts and deadlines are those of any
/// other call.
#[derive(Clone, Debug)]
pub(crate) struct Raw {
    call: Call,
    query: Vec<(String, String)>,
    body: Option<Bytes>,
    /// Why it cannot be sent.
    refused: Option<String>,
}

impl Raw {
    pub(crate) fn new(transport: &std::sync::Arc<Transport>, operation: &'static Operation) -> Self {
        let call = Call::new(transport, operation);
        Self { call, query: Vec::new(), body: None, refused: None }
    }

    pub(crate) fn path(mut self, name: &'static str, value: impl std::fmt::Display) -> Self {
        match super::path::segment(name, &value.to_string()) {
            Ok(written) => self.call.written(name, written),
            Err(why) => self.refuse(why),
        }
        self
    }

    /// Adds a parameter; the same name may come more than once.
    pub(crate) fn query(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.query.push((name.into(), value.into()));
        self
    }

    pub(crate) fn query_if(self, name: &str, value: Option<impl std::fmt::Display>) -> Self {
        match value {
            Some(value) => self.query(name, value.to_string()),
            None => self,
        }
    }

    pub(crate) fn json(mut self, body: &(impl Serialize + ?Sized)) -> Self {
        match serde_json::to_vec(body) {
            Ok(bytes) => self.body = Some(bytes.into()),
            Err(error) => self.refuse(format!("the body cannot be written as JSON: {error}")),
        }
        self
    }

    /// Takes a body in pieces instead of another.
    pub(crate) fn upload(mut self, upload: Upload) -> Self {
        self.call.upload = Some(upload);
        self
    }

    pub(crate) fn header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.call.settings.headers.append(name, value);
        self
    }

    /// Takes every 2xx for a success, declared or not.
    pub(crate) fn any_success(mut self) -> Self {
        self.call.any_success = true;
        self
    }

    pub(crate) fn with(mut self, options: &CallOptions) -> Self {
        self.call = self.call.with(options);
        self
    }

    /// Says that it must not be sent, and why; the first reason is kept.
    pub(crate) fn refuse(&mut self, why: String) {
        self.refused.get_or_insert(why);
    }

    /// Sends it and reads a success as JSON.
    ///
    /// # Errors
    /// A declared refusal, an answer that was not declared, or none at all.
    pub(crate) async fn send<T: DeserializeOwned, E: DeserializeOwned>(
        self,
    ) -> Result<Response<T>, Error<E>> {
        self.read(|body| serde_json::from_slice(body).map_err(|error| error.to_string())).await
    }

    /// Sends it; a success has no body, or none that matters.
    ///
    /// # Errors
    /// A declared refusal, an answer that was not declared, or none at all.
    pub(crate) async fn send_empty<E: DeserializeOwned>(self) -> Result<Response<()>, Error<E>> {
        self.read(|_| Ok(())).await
    }

    /// Sends it and reads a success with `read`; a success without a body is given to it as an empty one.
    ///
    /// # Errors
    /// A declared refusal, an answer that was not declared, or none at all.
    pub(crate) async fn read<T, E: DeserializeOwned>(
        self,
        read: impl FnOnce(&[u8]) -> Result<T, String>,
    ) -> Result<Response<T>, Error<E>> {
        let Self { call, query, body, refused } = self;
        let request = match refused {
            Some(why) => Err(why),
            None => request(&call, &query, body),
        };
        let request = request.map_err(|why| Error::new(Failure::Refused(why), call.context(0), None))?;
        let (outcome, attempts) = attempt::run(&call, request).await;
        let context = call.context(attempts);
        let received = match outcome {
            Outcome::Received(received) => received,
            Outcome::Undeclared(received) => {
                return Err(Error::new(Failure::Undeclared, context, Some(received.shortened())));
            }
            Outcome::Unreadable(received, why) => {
                return Err(Error::new(Failure::Unreadable(why), context, Some(received.shortened())));
            }
            Outcome::Failed(failure, received) => {
                let received = received.map(super::response::Received::shortened);
                return Err(Error::new(failure.widen(), context, received));
            }
        };
        let reply = call.operation.reply(received.status.as_u16());
        if !call.expects(received.status) {
            return Err(Error::new(Failure::Undeclared, context, Some(received.shortened())));
        }
        let unreadable = |why: String| Failure::Unreadable(format!("it is not what was declared: {why}"));
        if received.status.as_u16() < 400 {
            let empty = reply.is_some_and(|reply| reply.form == ReplyForm::Empty);
            let bytes = if empty { &[][..] } else { &received.body[..] };
            return match read(bytes) {
                Ok(value) => Ok(Response { value, received, context }),
                Err(why) => Err(Error::new(unreadable(why), context, Some(received.shortened()))),
            };
        }
        match serde_json::from_slice(&received.body) {
            Ok(refusal) => Err(Error::new(Failure::Declared(refusal), context, Some(received))),
            Err(error) => Err(Error::new(unreadable(error.to_string()), context, Some(received.shortened()))),
        }
    }
}

fn request(call: &Call, query: &[(String, String)], body: Option<Bytes>) -> Result<Request, String> {
    let method = Method::from_bytes(call.operation.method.as_bytes()).map_err(|error| error.to_string())?;
    let mut url = Url::parse(call.base_url()).map_err(|error| error.to_string())?;
    if !query.is_empty() {
        url.query_pairs_mut().extend_pairs(query);
    }
    let mut request = Request::new(method, url);
    *request.body_mut() = body.map(Into::into);
    Ok(request)
}
