//! A body of another media type is refused.

use super::expect::refused;
use super::{Check, Judgement, Subject};
use crate::{Clause, Purpose};

/// Undeclared media types are refused.
#[derive(Debug)]
pub(super) struct WrongMediaTypeRejection;

impl Check for WrongMediaTypeRejection {
    fn name(&self) -> &'static str {
        "wrong_media_type_rejection"
    }

    fn about(&self) -> &'static str {
        "a body of a media type that the operation does not declare is refused, or counts as absent where the document says so"
    }

    fn clause(&self) -> &'static str {
        "`requestBody.content` of the operation, `x-conduct.media-type`"
    }

    fn check(&self, subject: &Subject<'_>) -> Judgement {
        let (Purpose::WrongMediaType, Some(body)) = (&subject.exchange.purpose, &subject.operation.body)
        else {
            return Judgement::Silent;
        };
        let names: Vec<&str> = body.content.iter().map(|media| media.name.as_str()).collect();
        let clause =
            Clause::at(subject.contract, &body.pointer, format!("the body is {}", names.join(" or ")));
        if !subject.contract.conduct.lenient_media_type {
            return refused(
                self.name(),
                subject,
                "unsupported-media-type",
                clause,
                "the body is of another media type",
            );
        }
        // It counts as absent: a body that is required is missing then, one that is not may be missing.
        if body.required {
            return refused(
                self.name(),
                subject,
                "invalid",
                clause,
                "the body is of another media type, so there is none",
            );
        }
        Judgement::Silent
    }
}
