//! What can go wrong with a call, each with all that is known about it.

use std::convert::Infallible;
use std::fmt;
use std::time::Duration;

use reqwest::StatusCode;
use reqwest::header::HeaderMap;

use super::meta::Envelope;
use super::response::{Context, Received, Response};
use super::signin::SignInError;

/// How much of an unexpected answer's body is kept, in bytes.
pub(crate) const KEPT: usize = 64 * 1024;

/// How much of an unexpected answer's body a message shows, in characters.
const SHOWN: usize = 200;

/// A call that did not end in a success. `E` is what the operation declares besides successes.
pub struct Error<E = Infallible>(Box<Inner<E>>);

struct Inner<E> {
    failure: Failure<E>,
    context: Context,
    received: Option<Received>,
}

/// The ways in which a call can fail.
#[derive(Debug)]
#[non_exhaustive]
pub enum Failure<E> {
    /// The server answered with a refusal that the operation declares.
    Declared(E),
    /// The server answered with the status of a success, and says in the body that it was none.
    Unsuccessful,
    /// The server answered with 401 and without the body that the operation declares: it knows nobody by these credentials.
    Unauthenticated,
    /// The server answered with a status that the operation does not declare.
    Undeclared,
    /// The server answered with a declared status and a body that is not what was declared, or breaks off.
    Unreadable(String),
    /// The answer's body is larger than the client was told to accept, in bytes.
    TooLarge(u64),
    /// Nothing was sent, because it would not have meant what was asked.
    Refused(String),
    /// No connection came about.
    Connect(reqwest::Error),
    /// One attempt took longer than it may.
    AttemptTimeout(Duration),
    /// All attempts together, with the pauses between them, took longer than they may.
    CallTimeout(Duration),
    /// The connection failed after the request was sent, or while it was.
    Transport(reqwest::Error),
    /// No credential could be had for it; where the server refused one first, that answer is kept.
    SignIn(SignInError),
}

impl<E> Error<E> {
    pub(crate) fn new(failure: Failure<E>, context: Context, received: Option<Received>) -> Self {
        Self(Box::new(Inner { failure, context, received }))
    }

    /// How it failed.
    pub fn failure(&self) -> &Failure<E> {
        &self.0.failure
    }

    /// The declared refusal, if it is one.
    pub fn declared(&self) -> Option<&E> {
        match &self.0.failure {
            Failure::Declared(refusal) => Some(refusal),
            _ => None,
        }
    }

    /// The declared refusal itself, or this error back.
    ///
    /// # Errors
    /// This error, when it is something else.
    pub fn into_declared(self) -> Result<E, Self> {
        let Inner { failure, context, received } = *self.0;
        match failure {
            Failure::Declared(refusal) => Ok(refusal),
            failure => Err(Self::new(failure, context, received)),
        }
    }

    /// The `operationId`.
    pub fn operation(&self) -> &'static str {
        self.0.context.operation
    }

    /// The status of the answer, if one came.
    pub fn status(&self) -> Option<StatusCode> {
        self.0.received.as_ref().map(|received| received.status)
    }

    /// The headers of the answer, if one came.
    pub fn headers(&self) -> Option<&HeaderMap> {
        self.0.received.as_ref().map(|received| &received.headers)
    }

    /// The body of the answer as text, if one came: all of a declared one, the first 64 kB of any other.
    pub fn text(&self) -> Option<String> {
        self.0.received.as_ref().map(|received| String::from_utf8_lossy(&received.body).into_owned())
    }

    /// What the platform calls what is wrong, whatever the status: the body's `error`, or else its `code`, where that is
    /// text; the [`number`](Self::number) as text, where the platform has numbers. When signing in failed, what that was
    /// refused with.
    pub fn code(&self) -> Option<String> {
        if let Some(why) = self.sign_in() {
            return why.code().map(str::to_owned);
        }
        let received = self.0.received.as_ref()?;
        let text = received.member("error").or_else(|| received.member("code"));
        text.or_else(|| self.number().map(|number| number.to_string()))
    }

    /// The number that the platform has for what is wrong, whatever the status; `None` where it has no numbers, or the
    /// answer none. When signing in failed, that of what it was refused with.
    pub fn number(&self) -> Option<i64> {
        let envelope = self.0.context.envelope?;
        match self.sign_in() {
            Some(why) => why.code()?.parse().ok(),
            None => self.0.received.as_ref()?.number(envelope.code),
        }
    }

    /// What the server, or a gateway before it, calls this request.
    pub fn request_id(&self) -> Option<&str> {
        self.0.received.as_ref().and_then(Received::request_id)
    }

    /// How many times the request was sent, or tried to.
    pub fn attempts(&self) -> u32 {
        self.0.context.attempts
    }

    /// Whether the platform's number for it, or else one of these statuses, says so.
    fn says(&self, numbers: fn(&Envelope) -> &[i64], statuses: &[StatusCode]) -> bool {
        let known = self.0.context.envelope.zip(self.number()).filter(|(own, number)| own.knows(*number));
        match known {
            Some((own, number)) => numbers(own).contains(&number),
            None => self.status().is_some_and(|status| statuses.contains(&status)),
        }
    }

    /// 400, or 422; where the platform has numbers, what they say.
    pub fn is_invalid(&self) -> bool {
        self.says(|own| own.invalid, &[StatusCode::BAD_REQUEST, StatusCode::UNPROCESSABLE_ENTITY])
    }

    /// 401, or 403: platforms do not agree on which of them a bad credential is. Also when signing in was refused. Where the
    /// platform has numbers, what they say.
    pub fn is_denied(&self) -> bool {
        self.is_unauthenticated() || self.is_not_authorized()
    }

    /// 401: nobody is signed in, or not with these credentials. Also when signing in was refused. Where the platform has
    /// numbers, what they say.
    pub fn is_unauthenticated(&self) -> bool {
        self.says(|own| own.unauthenticated, &[StatusCode::UNAUTHORIZED])
            || self.sign_in().is_some_and(SignInError::is_refused)
    }

    /// 403: whoever is signed in may not do that. Where the platform has numbers, what they say, which may be so with other
    /// statuses, too.
    pub fn is_not_authorized(&self) -> bool {
        self.says(|own| own.not_authorized, &[StatusCode::FORBIDDEN])
    }

    /// Why no credential could be had, if that is what went wrong.
    pub fn sign_in(&self) -> Option<&SignInError> {
        match &self.0.failure {
            Failure::SignIn(why) => Some(why),
            _ => None,
        }
    }

    /// 404, or 410; where the platform has numbers, what they say, whatever the status.
    pub fn is_not_found(&self) -> bool {
        self.says(|own| own.not_found, &[StatusCode::NOT_FOUND, StatusCode::GONE])
    }

    /// 409; where the platform has numbers, what they say, whatever the status.
    pub fn is_conflict(&self) -> bool {
        self.says(|own| own.conflict, &[StatusCode::CONFLICT])
    }

    /// 413
    pub fn is_too_large(&self) -> bool {
        self.status() == Some(StatusCode::PAYLOAD_TOO_LARGE)
    }

    /// 429
    pub fn is_throttled(&self) -> bool {
        self.status() == Some(StatusCode::TOO_MANY_REQUESTS)
    }

    /// 500 to 599, unless the platform has a number for it that says something else.
    pub fn is_server_error(&self) -> bool {
        let unforeseen = |own: &Envelope| {
            self.number().is_none_or(|number| number == own.success || own.server_error.contains(&number))
        };
        self.status().is_some_and(|status| status.is_server_error())
            && self.0.context.envelope.is_none_or(unforeseen)
    }

    /// Whether time ran out.
    pub fn is_timeout(&self) -> bool {
        matches!(self.0.failure, Failure::AttemptTimeout(_) | Failure::CallTimeout(_))
    }

    /// Whether no connection came about, so that nothing was sent.
    pub fn is_connect(&self) -> bool {
        matches!(self.0.failure, Failure::Connect(_))
    }

    /// Whether nothing was sent, because it would not have meant what was asked.
    pub fn is_refused(&self) -> bool {
        matches!(self.0.failure, Failure::Refused(_))
    }
}

impl<E> Error<E> {
    /// What happened, without anything of the answer but its status.
    pub(crate) fn brief(&self) -> String {
        let mut text = String::new();
        // Writing to a text does not fail.
        let _ = self.say(&mut text);
        text
    }

    fn say(&self, f: &mut impl fmt::Write) -> fmt::Result {
        let inner = &*self.0;
        write!(f, "`{}` ", inner.context.operation)?;
        let status =
            || inner.received.as_ref().map_or_else(String::new, |received| received.status.to_string());
        match &inner.failure {
            Failure::Declared(_) => write!(f, "was refused with {}", status())?,
            Failure::Unsuccessful => {
                write!(f, "was answered with {}, and failed all the same", status())?;
            }
            Failure::Unauthenticated => {
                write!(f, "was answered with {} and without a body: nobody is signed in", status())?;
            }
            Failure::Undeclared => {
                write!(f, "was answered with {}, which the document does not declare", status())?;
            }
            Failure::Unreadable(why) => {
                write!(
                    f,
                    "was answered with {} and a body that cannot be read: {}",
                    status(),
                    inner.context.redactor.scrub(why)
                )?;
            }
            Failure::TooLarge(limit) => {
                write!(f, "was answered with {} and more than {limit} bytes", status())?;
            }
            Failure::Refused(why) => write!(f, "was not sent: {}", inner.context.redactor.scrub(why))?,
            Failure::Connect(error) => write!(f, "found no connection: {}", chain(error))?,
            Failure::AttemptTimeout(limit) => write!(f, "had no answer within {limit:?}")?,
            Failure::CallTimeout(limit) => write!(f, "did not succeed within {limit:?}")?,
            Failure::Transport(error) => write!(f, "lost its connection: {}", chain(error))?,
            Failure::SignIn(why) => {
                write!(f, "has no credential: {}", inner.context.redactor.scrub(&why.to_string()))?;
            }
        }
        if inner.context.attempts > 1 {
            write!(f, " (after {} attempts)", inner.context.attempts)?;
        }
        Ok(())
    }
}

impl<E> fmt::Display for Error<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.say(f)?;
        let inner = &*self.0;
        let Some(received) = &inner.received else { return Ok(()) };
        if let Some(id) = received.request_id() {
            write!(f, ", request id `{}`", inner.context.redactor.scrub(id))?;
        }
        if received.status.is_redirection() && received.header("location").is_some() {
            write!(f, "\nhint: the server wants the client elsewhere; give the base URL it redirects to")?;
        }
        let text = inner
            .context
            .redactor
            .scrub(&String::from_utf8_lossy(&received.body[..received.body.len().min(KEPT)]));
        let shown: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).take(SHOWN).collect();
        if shown.trim().is_empty() {
            return Ok(());
        }
        let more = if text.chars().count() > SHOWN { "…" } else { "" };
        write!(f, "\nbody: {}{more}", shown.trim())
    }
}

/// An error and its causes in one line, without the URL, whose query could carry a credential (the caller took it out).
fn chain(error: &reqwest::Error) -> String {
    let mut text = error.to_string();
    let mut cause = std::error::Error::source(error);
    while let Some(error) = cause {
        text.push_str(": ");
        text.push_str(&error.to_string());
        cause = error.source();
    }
    text
}

impl<E: fmt::Debug> fmt::Debug for Error<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let inner = &*self.0;
        f.debug_struct("Error")
            .field("operation", &inner.context.operation)
            .field(
                "failure",
                &format_args!("{}", inner.context.redactor.scrub(&format!("{:?}", inner.failure))),
            )
            .field("status", &self.status())
            .field("attempts", &inner.context.attempts)
            .finish_non_exhaustive()
    }
}

impl<E: fmt::Debug> std::error::Error for Error<E> {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match &self.0.failure {
            Failure::Connect(error) | Failure::Transport(error) => Some(error),
            Failure::SignIn(error) => Some(error),
            _ => None,
        }
    }
}

/// What a reply turned out to be. No `Result`: a refusal is no error before it is boxed.
pub(crate) enum Sorted<S, E> {
    Success(S),
    Refusal(E),
}

/// Divides a reply into its successes and its declared refusals.
pub(crate) fn divide<R, S, E>(
    result: Result<Response<R>, Error>,
    sort: impl FnOnce(R) -> Sorted<S, E>,
) -> Result<Response<S>, Error<E>> {
    match result {
        Ok(Response { value, received, context }) => match sort(value) {
            Sorted::Success(value) => Ok(Response { value, received, context }),
            Sorted::Refusal(refusal) => Err(Error::new(Failure::Declared(refusal), context, Some(received))),
        },
        Err(error) => {
            let Inner { failure, context, received } = *error.0;
            Err(Error::new(failure.widen(), context, received))
        }
    }
}

impl Failure<Infallible> {
    /// The same failure of an operation that declares refusals.
    pub(crate) fn widen<E>(self) -> Failure<E> {
        match self {
            Self::Declared(never) => match never {},
            Self::Unsuccessful => Failure::Unsuccessful,
            Self::Unauthenticated => Failure::Unauthenticated,
            Self::Undeclared => Failure::Undeclared,
            Self::Unreadable(why) => Failure::Unreadable(why),
            Self::TooLarge(limit) => Failure::TooLarge(limit),
            Self::Refused(why) => Failure::Refused(why),
            Self::Connect(error) => Failure::Connect(error),
            Self::AttemptTimeout(limit) => Failure::AttemptTimeout(limit),
            Self::CallTimeout(limit) => Failure::CallTimeout(limit),
            Self::Transport(error) => Failure::Transport(error),
            Self::SignIn(error) => Failure::SignIn(error),
        }
    }
}
