//! The keywords as they are written: Rust types that read them, and the JSON Schema that editors use.

mod conduct;
mod credential;
mod effect;
mod keywords;
mod schema;

pub(crate) use conduct::{
    RawCast, RawCoerce, RawConduct, RawDetails, RawElements, RawEscape, RawGuard, RawJson, RawMalformed,
    RawMediaTypes, RawPer, RawRateLimit, RawSentence, RawStage, RawUnknown,
};
pub(crate) use credential::{RawCredential, RawPrefix, RawSignIn};
pub(crate) use effect::{RawBefore, RawCall, RawDoes, RawPage, RawServe, RawStep};
pub(crate) use keywords::{
    RawAssignKind, RawAt, RawCollection, RawFullAssign, RawMany, RawOnDelete, RawOutcome, RawRef, RawSetting,
};
pub use schema::vocabulary_schema;
