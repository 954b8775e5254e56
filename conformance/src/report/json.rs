//! JSON, for machines. `conformance schema` prints its JSON Schema.

use super::{Format, Report};

#[derive(Debug)]
pub(super) struct Json;

impl Format for Json {
    fn name(&self) -> &'static str {
        "json"
    }

    fn about(&self) -> &'static str {
        "everything, for machines (`conformance schema` prints its schema)"
    }

    fn render(&self, report: &Report) -> Result<String, String> {
        serde_json::to_string_pretty(report).map(|text| text + "\n").map_err(|error| error.to_string())
    }
}
