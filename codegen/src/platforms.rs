//! What is generated for each folder of `spec/platforms/`, and where it goes. Reads nothing and writes nothing.

use tercet_spec::{Contract, Diagnostic, Document, Severity, lower};

use crate::projection::snake;
use crate::sdk::{Refusal, sdk_source, sdk_table};
use crate::server::{server_source, server_table};

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

/// All generated files, for the platforms in `spec/platforms/` by name, in the order given.
///
/// # Errors
/// Everything that is wrong with any of the documents, or a fault of the generator.
pub fn generate(platforms: &[(String, Document)]) -> Result<Vec<Generated>, Refusal> {
    let modules: Vec<String> = platforms.iter().map(|(name, _)| module_name(name)).collect();
    let (contracts, errors) = contracts(platforms);
    if !errors.is_empty() {
        return Err(Refusal::Document(errors));
    }
    let mut files = Vec::new();
    for ((module, (_, document)), contract) in modules.iter().zip(platforms).zip(&contracts) {
        let client = sdk_source(module, document)?;
        files.push(Generated { path: format!("sdk/src/generated/{module}.rs"), source: client });
        let server = server_source(module, contract)?;
        files.push(Generated { path: format!("mock-server/src/generated/{module}.rs"), source: server });
    }
    let features: Vec<(&str, &str)> =
        platforms.iter().zip(&modules).map(|((name, _), module)| (name.as_str(), module.as_str())).collect();
    files.push(Generated { path: "sdk/src/generated/mod.rs".to_owned(), source: sdk_table(&features) });
    let table: Vec<(&str, &Contract)> = modules.iter().map(String::as_str).zip(&contracts).collect();
    files.push(Generated {
        path: "mock-server/src/generated/mod.rs".to_owned(),
        source: server_table(&table)?,
    });
    Ok(files)
}

fn contracts(platforms: &[(String, Document)]) -> (Vec<Contract>, Vec<Diagnostic>) {
    let mut contracts = Vec::new();
    let mut errors = Vec::new();
    for (_, document) in platforms {
        let (contract, diagnostics) = lower(document);
        contracts.push(contract);
        errors.extend(diagnostics.into_iter().filter(|one| one.severity == Severity::Error));
    }
    (contracts, errors)
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
