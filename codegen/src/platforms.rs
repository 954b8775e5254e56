//! What is generated for each folder of `spec/platforms/`, and where it goes. Reads nothing and writes nothing.

use tercet_spec::Document;

use crate::projection::snake;
use crate::sdk::{Refusal, sdk_source};

/// A generated file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Generated {
    /// Its path from the workspace's root, with `/`.
    pub path: String,
    /// What it holds.
    pub source: String,
}

/// The name of a platform's module and feature-gated source, from the name of its folder.
#[must_use]
pub fn module_name(platform: &str) -> String {
    snake(platform)
}

/// All files generated for one platform.
///
/// # Errors
/// When nothing can be generated from the document.
pub fn generate(platform: &str, document: &Document) -> Result<Vec<Generated>, Refusal> {
    let module = module_name(platform);
    Ok(vec![Generated {
        path: format!("sdk/src/generated/{module}.rs"),
        source: sdk_source(&module, document)?,
    }])
}

/// How two texts differ, at most `lines` lines of it; empty when they do not.
#[must_use]
pub fn short_diff(path: &str, is: &str, should_be: &str, lines: usize) -> String {
    if is == should_be {
        return String::new();
    }
    let diff = similar::TextDiff::from_lines(is, should_be);
    let whole = diff
        .unified_diff()
        .context_radius(2)
        .header(&format!("{path} (as it is)"), &format!("{path} (as generated)"))
        .to_string();
    let count = whole.lines().count();
    let mut shown: Vec<&str> = whole.lines().take(lines).collect();
    let more = format!("… and {} more lines", count.saturating_sub(lines));
    if count > lines {
        shown.push(&more);
    }
    shown.join("\n")
}
