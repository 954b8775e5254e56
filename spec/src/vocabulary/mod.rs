//! The keywords as they are written: Rust types that read them, and the JSON Schema that editors use.

mod keywords;
mod schema;

pub(crate) use keywords::{
    RawAssign, RawAssignKind, RawAt, RawCall, RawCollection, RawConduct, RawCredential, RawMany,
    RawMediaTypes, RawOnDelete, RawOutcome, RawRef, RawSetting, RawStage, RawStep, RawUnknown,
};
pub use schema::vocabulary_schema;
