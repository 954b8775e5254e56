//! The JSON Schema of the file for editors: stricter than the shapes that serde reads, as strict as a schema can be.

use serde_json::Value;
use super::raw::RawApplication;

pub(super) fn strict() -> Value {
    schemars::schema_for!(RawApplication).to_value()
}
