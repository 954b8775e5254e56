//! The table that generated code brings along: what the document says of each operation and progenitor cannot.

/// An operation.
#[derive(Debug)]
pub(crate) struct Operation {
    /// Its `operationId`.
    pub(crate) id: &'static str,
    /// The method in upper case.
    pub(crate) method: &'static str,
    /// The path template.
    pub(crate) path: &'static str,
    /// Parameters whose name in the generated layer is not the one on the wire.
    pub(crate) renamed: &'static [Renamed],
    /// The request body.
    pub(crate) body: Option<Body>,
    /// The declared responses, exact ones first.
    pub(crate) replies: &'static [Reply],
    /// Alternatives, each a list of schemes that are needed together.
    pub(crate) security: &'static [&'static [&'static str]],
    /// Whether it may be sent again.
    pub(crate) repeat: Repeat,
}

impl Operation {
    /// The reply that is declared for a status.
    pub(crate) fn reply(&self, status: u16) -> Option<&'static Reply> {
        self.replies.iter().find(|reply| (reply.from..=reply.to).contains(&status))
    }
}

/// A parameter whose name in the generated layer is not the one on the wire.
#[derive(Debug)]
pub(crate) struct Renamed {
    pub(crate) location: Location,
    pub(crate) from: &'static str,
    pub(crate) to: &'static str,
}

/// Where a renamed parameter belongs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(dead_code, reason = "which of them occur depends on the platforms")]
pub(crate) enum Location {
    Query,
    Header,
    Cookie,
}

/// A request body.
#[derive(Debug)]
pub(crate) struct Body {
    pub(crate) media_type: &'static str,
    pub(crate) required: bool,
    pub(crate) form: BodyForm,
}

/// How a request body is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(dead_code, reason = "which of them occur depends on the platforms")]
pub(crate) enum BodyForm {
    Json,
    Form,
    Text,
    Bytes,
}

/// A declared response.
#[derive(Debug)]
pub(crate) struct Reply {
    pub(crate) from: u16,
    pub(crate) to: u16,
    /// Its variant in the generated reply.
    pub(crate) variant: &'static str,
    pub(crate) form: ReplyForm,
    /// Whether it comes in the platform's envelope.
    pub(crate) wrapping: Wrapping,
    pub(crate) media_type: Option<&'static str>,
}

/// How a response body is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(dead_code, reason = "which of them occur depends on the platforms")]
pub(crate) enum ReplyForm {
    Empty,
    Json,
    Text,
    Bytes,
}

/// Whether a body comes in the platform's envelope, and what of it is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(dead_code, reason = "which of them occur depends on the platforms")]
pub(crate) enum Wrapping {
    None,
    /// All of it: it has more than the payload.
    Whole,
    Payload,
    /// Nothing: it has no payload.
    Nothing,
}

/// The envelope that a platform's answers come in, and what the numbers in it mean.
#[derive(Debug)]
#[doc(hidden)]
pub struct Envelope {
    /// The member that holds what was asked for.
    pub(crate) payload: &'static str,
    /// The member with the number that says how it went.
    pub(crate) code: &'static str,
    /// The number that says that all went well.
    pub(crate) success: i64,
    pub(crate) unauthenticated: &'static [i64],
    pub(crate) not_authorized: &'static [i64],
    pub(crate) not_found: &'static [i64],
    pub(crate) invalid: &'static [i64],
    pub(crate) conflict: &'static [i64],
    pub(crate) server_error: &'static [i64],
}

impl Envelope {
    /// Whether a number means anything but what its status says.
    pub(crate) fn knows(&self, number: i64) -> bool {
        [
            self.unauthenticated,
            self.not_authorized,
            self.not_found,
            self.invalid,
            self.conflict,
            self.server_error,
        ]
        .iter()
        .any(|numbers| numbers.contains(&number))
    }
}

/// Whether a request may be sent a second time when nobody knows what became of the first (RFC 9110, 9.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(dead_code, reason = "which of them occur depends on the platforms")]
pub(crate) enum Repeat {
    Safe,
    Idempotent,
    Once,
}

/// A security scheme.
#[derive(Debug)]
#[doc(hidden)]
pub struct Scheme {
    pub(crate) name: &'static str,
    pub(crate) place: Place,
    pub(crate) prefix: &'static str,
}

/// Where a credential is put.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(dead_code, reason = "which of them occur depends on the platforms")]
pub(crate) enum Place {
    Header(&'static str),
    Query(&'static str),
    Cookie(&'static str),
    Basic,
}
