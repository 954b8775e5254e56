//! What holds for every request of a platform (`x-conduct`, `x-settings`).

use indexmap::IndexMap;
use serde_json::Value;

use super::operation::Response;
use super::schema::SchemaId;
use crate::Pointer;
use crate::language::{Predicate, ValueExpr};

/// A switch of the product (`x-settings`).
#[derive(Clone, Debug)]
pub struct Setting {
    /// Its name, which is also that of an environment variable.
    pub name: String,
    /// What it is for.
    pub description: Option<String>,
    /// What it may be.
    pub schema: Option<SchemaId>,
    /// What it is unless said otherwise.
    pub default: Value,
    /// Never to be printed.
    pub secret: bool,
    /// Where it stands in the document.
    pub pointer: Pointer,
}

/// What holds for every request.
#[derive(Clone, Debug)]
pub struct Conduct {
    /// Preconditions, tested before anything else.
    pub require: Vec<Guard>,
    /// The order of the stages that come before the effect.
    pub order: [Stage; 2],
    /// Paths are compared without regard to case.
    pub ignore_case: bool,
    /// A slash at the end of a path makes no difference.
    pub ignore_trailing_slash: bool,
    /// The outcome of a known path with another method.
    pub method_not_allowed: String,
    /// HEAD is answered wherever GET is.
    pub head: bool,
    /// Null for an optional property is treated as absent.
    pub null_is_absent: bool,
    /// What becomes of properties a schema does not know.
    pub unknown_properties: UnknownProperties,
    /// How large a body may be.
    pub body_limit: Option<BodyLimit>,
    /// A body of an undeclared media type counts as absent.
    pub lenient_media_type: bool,
    /// What answers with JSON say their media type is; none = as the response declares it.
    pub content_type: Option<String>,
    /// Headers of every answer.
    pub headers: Vec<(String, ValueExpr)>,
    /// Answers for outcomes that an operation does not speak itself.
    pub responses: IndexMap<String, DefaultResponse>,
    /// Sentences for violated rules, by rule.
    pub violations: IndexMap<String, String>,
    /// Where it stands in the document.
    pub pointer: Pointer,
}

/// A precondition and the outcome of its failure.
#[derive(Clone, Debug)]
pub struct Guard {
    /// What must hold.
    pub filter: Predicate,
    /// How the request ends otherwise.
    pub outcome: String,
    /// Where it stands in the document.
    pub pointer: Pointer,
}

/// A stage of the pipeline whose place in the order platforms differ about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Who is calling?
    Authenticate,
    /// Is the request as the operation declares it?
    Validate,
}

/// What becomes of properties that a schema does not know.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum UnknownProperties {
    /// They stay, where the schema is open.
    #[default]
    Keep,
    /// They are removed before validation, unless the schema says `additionalProperties: true` or gives a schema for them.
    Drop,
    /// They are a violation, unless the schema says `additionalProperties: true` or gives a schema for them.
    Refuse,
}

/// How large a body may be, and the outcome of a larger one.
#[derive(Clone, Debug)]
pub struct BodyLimit {
    /// Bytes as a number, or text such as `50mb` (1024-based).
    pub size: ValueExpr,
    /// The outcome of a larger body.
    pub outcome: String,
}

/// An answer for an outcome that an operation does not speak itself.
#[derive(Clone, Debug)]
pub struct DefaultResponse {
    /// The status code.
    pub status: u16,
    /// The answer.
    pub response: Response,
}

impl Default for Conduct {
    fn default() -> Self {
        Self {
            require: Vec::new(),
            order: [Stage::Authenticate, Stage::Validate],
            ignore_case: false,
            ignore_trailing_slash: false,
            method_not_allowed: "method-not-allowed".to_owned(),
            head: true,
            null_is_absent: false,
            unknown_properties: UnknownProperties::Keep,
            body_limit: None,
            lenient_media_type: false,
            content_type: None,
            headers: Vec::new(),
            responses: IndexMap::new(),
            violations: IndexMap::new(),
            pointer: Pointer::root(),
        }
    }
}
