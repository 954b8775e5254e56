//! What a run found, as plain data, and the formats it can be read in.

mod json;
mod junit;
mod model;
mod terminal;
mod writer;

pub use model::{Counts, Kind, Report, ReportedFinding, Result, ShownExchange};

pub(crate) use writer::Writer;

/// A format of reports. Formats only read a report.
pub trait Format: Sync {
    /// Its name on the command line.
    fn name(&self) -> &'static str;
    /// What it is for.
    fn about(&self) -> &'static str;
    /// The report as text.
    ///
    /// # Errors
    /// A sentence, when the report cannot be written in this format.
    fn render(&self, report: &Report) -> std::result::Result<String, String>;
}

/// Every format.
pub const REPORTS: &[&dyn Format] = &[&terminal::Terminal, &json::Json, &junit::Junit];

/// The JSON Schema of the `json` format.
#[must_use]
pub fn json_schema() -> serde_json::Value {
    schemars::schema_for!(Report).to_value()
}
