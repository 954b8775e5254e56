//! Checks: what holds of every exchange, whatever it was sent for.

mod allow_header_conformance;
mod broken_body_rejection;
mod content_type_conformance;
mod empty_body_conformance;
mod expect;
mod head_mirrors_get;
mod ignored_auth;
mod missing_required_header;
mod negative_data_rejection;
mod not_a_server_error;
mod oversized_body_rejection;
mod positive_data_acceptance;
mod response_headers_conformance;
mod response_schema_conformance;
mod status_code_conformance;
mod unknown_record_refusal;
mod unsupported_method;
mod write_only_never_shown;
mod wrong_media_type_rejection;

use tercet_spec::Contract;
use tercet_spec::contract::Operation;

use crate::{Exchange, Finding};

/// Everything a check may look at.
#[derive(Clone, Copy, Debug)]
pub struct Subject<'s> {
    /// The contract.
    pub contract: &'s Contract,
    /// The operation that the exchange was made for.
    pub operation: &'s Operation,
    /// The exchange.
    pub exchange: &'s Exchange,
    /// The exchange that this one is held against (the GET of a HEAD).
    pub beside: Option<&'s Exchange>,
    /// Whether the server stands in for a deployment ([`Limits::stand_in`](crate::Limits)).
    pub stand_in: bool,
}

/// What a check says of one exchange.
#[derive(Clone, Debug, PartialEq)]
pub enum Judgement {
    /// Nothing: the exchange is not of the kind that the check is about.
    Silent,
    /// Nothing: the contract does not say what would be needed.
    Missing(&'static str),
    /// The clause is kept.
    Held,
    /// The clause is broken.
    Broken(Vec<Finding>),
}

impl Judgement {
    /// Broken when there are findings, held otherwise.
    #[must_use]
    pub fn of(findings: Vec<Finding>) -> Self {
        if findings.is_empty() { Self::Held } else { Self::Broken(findings) }
    }
}

/// Something that holds of every exchange (of a kind). Checks are pure: they send nothing and remember nothing.
pub trait Check: Sync {
    /// Its name, after schemathesis where that has one.
    fn name(&self) -> &'static str;
    /// What it asserts, in one sentence.
    fn about(&self) -> &'static str;
    /// The part of the document (or the standard) that it holds the deployment to.
    fn clause(&self) -> &'static str;
    /// Judges one exchange.
    fn check(&self, subject: &Subject<'_>) -> Judgement;
}

/// Every check, in the order in which an exchange meets them.
pub const CHECKS: &[&dyn Check] = &[
    &not_a_server_error::NotAServerError,
    &status_code_conformance::StatusCodeConformance,
    &content_type_conformance::ContentTypeConformance,
    &response_headers_conformance::ResponseHeadersConformance,
    &response_schema_conformance::ResponseSchemaConformance,
    &empty_body_conformance::EmptyBodyConformance,
    &write_only_never_shown::WriteOnlyNeverShown,
    &positive_data_acceptance::PositiveDataAcceptance,
    &negative_data_rejection::NegativeDataRejection,
    &missing_required_header::MissingRequiredHeader,
    &broken_body_rejection::BrokenBodyRejection,
    &wrong_media_type_rejection::WrongMediaTypeRejection,
    &oversized_body_rejection::OversizedBodyRejection,
    &unknown_record_refusal::UnknownRecordRefusal,
    &ignored_auth::IgnoredAuth,
    &head_mirrors_get::HeadMirrorsGet,
    &unsupported_method::UnsupportedMethod,
    &allow_header_conformance::AllowHeaderConformance,
];
