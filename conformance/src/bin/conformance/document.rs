//! From what the command line names to a contract.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use tercet_conformance::reading::Reading;
use tercet_conformance::run::Trouble;
use tercet_conformance::story::{Story, stories};
use tercet_mock_server::Builder;
use tercet_spec::{
    Contract, Diagnostic, Document, PLATFORMS, PlatformError, Severity, apply_overlay, lower, shipped,
};

use crate::output;

/// A document, what it means, and how its reference server is made.
pub(crate) struct Source {
    pub(crate) reading: Arc<Reading>,
    pub(crate) server: Builder,
    pub(crate) stories: Vec<Story>,
    /// The platform, where it is one that ships.
    pub(crate) platform: Option<String>,
}

impl Source {
    /// Has deployments judged by another document of the platform.
    pub(crate) fn judge_by(&mut self, document: &Document) -> Result<(), Trouble> {
        let contract = lowered(document.name(), document)?;
        self.stories =
            self.platform.as_deref().map_or(Ok(Vec::new()), |platform| kept_beside(platform, &contract))?;
        self.reading = Arc::new(Reading::new(Arc::new(contract)));
        Ok(())
    }
}

fn lowered(name: &str, document: &Document) -> Result<Contract, Trouble> {
    let (contract, diagnostics) = lower(document);
    let errors: Vec<Diagnostic> =
        diagnostics.into_iter().filter(|one| one.severity == Severity::Error).collect();
    if errors.is_empty() { Ok(contract) } else { Err(faulty(name, &errors)) }
}

/// The stories of a platform.
fn kept_beside(platform: &str, contract: &Contract) -> Result<Vec<Story>, Trouble> {
    match PLATFORMS.iter().find(|one| one.name == platform).and_then(|one| one.workflows) {
        Some(workflows) => told(workflows.path, workflows.text, contract),
        None => Ok(Vec::new()),
    }
}

/// Finds a document, a platform that ships or else a file, and changes it by overlays in their order.
pub(crate) fn find(name: &str, overlays: &[PathBuf]) -> Result<Source, Trouble> {
    let bare = name.split('@').next().unwrap_or(name);
    let ships = PLATFORMS.iter().any(|platform| platform.name == bare);
    let looks_like_a_file = name.contains(['/', '\\', '.']) && !ships;
    let (mut document, mut server) = if !looks_like_a_file && !Path::new(name).exists() {
        let (_, document) = shipped(name).map_err(|error| of_platform(name, error))?;
        (document, Builder::shipped(name))
    } else {
        let document = read(Path::new(name), &platforms())?;
        (document.clone(), Builder::new(document))
    };
    let has_applications = tercet_mock_server::Application::shipped(bare).is_some();
    if has_applications && !overlays.is_empty() {
        return Err(Trouble::new(
            format!("`--overlay`: what judges an application of `{bare}` is made of the application"),
            "change the application's file instead",
        ));
    }
    for path in overlays {
        let overlay = read(path, "check the path after `--overlay`")?;
        let (changed, warnings) = apply_overlay(&document, &overlay)
            .map_err(|faults| faulty(&path.display().to_string(), &faults))?;
        warnings.iter().for_each(|warning| output::remark(&warning.render()));
        document = changed;
        server = server.overlay(overlay.name(), overlay.text());
    }
    let contract = lowered(name, &document)?;
    let platform = ships.then(|| bare.to_owned());
    // Stories of applications are told of their own documents.
    let stories = match &platform {
        Some(platform) if !has_applications => kept_beside(platform, &contract)?,
        _ => Vec::new(),
    };
    Ok(Source { reading: Arc::new(Reading::new(Arc::new(contract))), server, stories, platform })
}

fn read(path: &Path, hint: &str) -> Result<Document, Trouble> {
    let name = path.display().to_string();
    let bytes =
        std::fs::read(path).map_err(|error| Trouble::new(format!("cannot read `{name}`: {error}"), hint))?;
    Document::read(name.as_str(), bytes).map_err(|faults| faulty(&name, &faults))
}

/// The stories kept beside a document.
fn told(path: &str, text: &str, contract: &Contract) -> Result<Vec<Story>, Trouble> {
    let workflows = Document::parse(path, text).map_err(|faults| faulty(path, &faults))?;
    stories(&workflows, contract).map_err(|faults| faulty(path, &faults))
}

fn of_platform(name: &str, error: PlatformError) -> Trouble {
    match error {
        PlatformError::UnknownPlatform(..) => {
            Trouble::new(format!("`{name}` is neither a platform that ships nor a file"), platforms())
        }
        PlatformError::Faults(faults) => faulty(name, &faults),
        other => Trouble { what: other.to_string(), hint: None },
    }
}

fn platforms() -> String {
    let names: Vec<String> = PLATFORMS
        .iter()
        .flat_map(|one| {
            let editions = one.editions.iter().map(|(edition, _)| format!("`{}@{edition}`", one.name));
            std::iter::once(format!("`{}`", one.name)).chain(editions)
        })
        .collect();
    format!("the platforms that ship: {}", names.join(", "))
}

pub(crate) fn faulty(name: &str, faults: &[Diagnostic]) -> Trouble {
    let shown: Vec<String> = faults.iter().map(Diagnostic::render).collect();
    Trouble { what: format!("`{name}` cannot be used:\n{}", shown.join("\n")), hint: None }
}
