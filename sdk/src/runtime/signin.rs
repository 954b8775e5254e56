//! Why signing in failed, without anything that was sent or received.

use std::fmt;

use reqwest::StatusCode;

use super::error::Error;

/// Why no credential could be had. It shows nothing of the answer: that could hold a token.
#[derive(Clone, Debug)]
pub struct SignInError {
    why: String,
    status: Option<StatusCode>,
    code: Option<String>,
}

impl SignInError {
    /// What became of a sign-in call; `code` is what the platform calls it.
    #[allow(dead_code, reason = "only platforms with sessions need it")]
    pub(crate) fn of<E: fmt::Debug>(error: &Error<E>, code: Option<String>) -> Self {
        Self { why: error.brief(), status: error.status(), code }
    }

    #[cfg(test)]
    pub(crate) fn with_status(status: StatusCode, code: &str) -> Self {
        Self { why: "signing in failed".to_owned(), status: Some(status), code: Some(code.to_owned()) }
    }

    pub(crate) fn nothing() -> Self {
        Self { why: "there is nothing to sign in with".to_owned(), status: None, code: None }
    }

    pub(crate) fn broken_off() -> Self {
        Self { why: "signing in broke off".to_owned(), status: None, code: None }
    }

    pub(crate) fn without_token() -> Self {
        Self { why: "the answer to signing in holds no token".to_owned(), status: None, code: None }
    }

    /// Whether what there is to sign in with was refused. It is not tried again.
    #[must_use]
    pub fn is_refused(&self) -> bool {
        self.status.is_some_and(|status| {
            status.is_client_error() && !matches!(status.as_u16(), 404 | 405 | 408 | 425 | 429)
        })
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
