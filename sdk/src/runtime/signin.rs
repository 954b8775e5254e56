//! Why signing in failed, without anything that was sent or received.

use std::fmt;

use reqwest::StatusCode;

use super::error::Error;

/// Why no credential could be had. It shows nothing of the answer: that could hold a token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignInError {
    why: String,
    status: Option<StatusCode>,
    code: Option<String>,
    refused: bool,
    /// Whether the server may have seen what there is to sign in with.
    sent: bool,
}

/// Whether an answer of that status is the last word.
fn is_final(status: StatusCode) -> bool {
    status.is_client_error() && !matches!(status.as_u16(), 404 | 405 | 408 | 425 | 429)
}

impl SignInError {
    /// What became of a sign-in call; `code` is what the platform calls it.
    #[allow(dead_code, reason = "only platforms with sessions need it")]
    pub(crate) fn of<E: fmt::Debug>(error: &Error<E>, code: Option<String>) -> Self {
        let status = error.status();
        let sent = !error.is_connect() && !error.is_refused();
        Self { why: error.brief(), status, code, refused: status.is_some_and(is_final), sent }
    }

    /// The same, which will be so the next time, whatever the status.
    #[allow(dead_code, reason = "only platforms with numbers need it")]
    pub(crate) fn refusing(self) -> Self {
        Self { refused: true, ..self }
    }

    #[cfg(test)]
    pub(crate) fn with_status(status: StatusCode, code: &str) -> Self {
        let (status, code) = (Some(status), Some(code.to_owned()));
        Self {
            status,
            code,
            refused: status.is_some_and(is_final),
            sent: true,
            ..Self::passing("signing in failed")
        }
    }

    /// What may be otherwise the next time.
    pub(crate) fn passing(why: impl Into<String>) -> Self {
        Self { why: why.into(), status: None, code: None, refused: false, sent: false }
    }

    /// What will be the same the next time.
    #[allow(dead_code, reason = "only platforms with passphrases need it")]
    pub(crate) fn lasting(why: impl Into<String>) -> Self {
        Self { refused: true, ..Self::passing(why) }
    }

    pub(crate) fn nothing() -> Self {
        Self::passing("there is nothing to sign in with")
    }

    pub(crate) fn broken_off() -> Self {
        Self::passing("signing in broke off")
    }

    pub(crate) fn without_token() -> Self {
        Self::passing("the answer to signing in holds no token")
    }

    /// Whether the server may have seen what there is to sign in with, and nobody knows what it said.
    #[allow(dead_code, reason = "only platforms with passphrases need it")]
    pub(crate) fn is_unanswered(&self) -> bool {
        self.sent && self.status.is_none_or(|status| status.is_server_error() || status.is_success())
    }

    /// Whether what there is to sign in with was refused. It is not tried again.
    #[must_use]
    pub fn is_refused(&self) -> bool {
        self.refused
    }

    /// The status of the answer, if one came.
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        self.status
    }

    /// What the platform calls the refusal.
    #[must_use]
    pub fn code(&self) -> Option<&str> {
        self.code.as_deref()
    }
}

impl fmt::Display for SignInError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.why)?;
        match &self.code {
            Some(code) => write!(f, ": `{code}`"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for SignInError {}
