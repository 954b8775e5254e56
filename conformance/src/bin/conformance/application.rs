//! Applications: for platforms whose resources are each customer's own, the document that the deployment at hand is judged by.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use tercet_conformance::Target;
use tercet_conformance::generate::Chance;
use tercet_conformance::reading::Reading;
use tercet_conformance::run::{Trouble, discover};
use tercet_conformance::session::{Interrupt, Journal, Session};
use tercet_mock_server::{Application, Discovered};

use crate::document::{self, Source};
use crate::output;

/// What the command line says of an application.
pub(crate) struct Given<'a> {
    pub(crate) file: Option<&'a Path>,
    pub(crate) resources: &'a [String],
}

impl Given<'_> {
    /// The application of the file.
    pub(crate) fn read(&self, source: &Source) -> Result<Option<Application>, Trouble> {
        let ours = source.platform.as_deref().filter(|name| Application::shipped(name).is_some());
        let Some(platform) = ours else {
            return match (self.file, self.resources.is_empty()) {
                (None, true) => Ok(None),
                (Some(_), _) => Err(no_applications("--app")),
                (None, false) => Err(no_applications("--resource")),
            };
        };
        let Some(path) = self.file else { return Ok(None) };
        let file = path.display().to_string();
        let text = std::fs::read_to_string(path).map_err(|error| {
            Trouble::new(
                format!("cannot read `--app {file}`: {error}"),
                "the README shows what such a file looks like",
            )
        })?;
        match Application::read(platform, &file, &text) {
            Some(Ok(application)) => Ok(Some(application)),
            Some(Err(faults)) => Err(document::faulty(&file, &faults)),
            None => Err(no_applications("--app")),
        }
    }
}

fn no_applications(option: &str) -> Trouble {
    Trouble::new(
        format!("`{option}` means nothing here: the document's resources are the platform's own"),
        format!("leave `{option}` out"),
    )
}

/// Has a plan made of the application itself, without asking anybody.
pub(crate) fn unasked(source: &mut Source, given: Option<&Application>) -> Result<(), Trouble> {
    let Some(platform) = source.platform.clone() else { return Ok(()) };
    let Some(application) = given.cloned().or_else(|| Application::shipped(&platform)) else { return Ok(()) };
    let document = application.document(&source.reading.contract().document);
    source.judge_by(&document)
}

/// Asks the deployment about its application, and has it judged by what it told. `None` where there is nothing to ask about.
pub(crate) async fn found_out(
    source: &mut Source,
    given: Option<&Application>,
    resources: &[String],
    target: &Target,
    interrupt: &Interrupt,
) -> Result<Option<Discovered>, Trouble> {
    let Some(platform) = source.platform.clone() else { return Ok(None) };
    let base = source.reading.contract();
    let discovery = match given {
        Some(application) => application.discovery(base, resources.to_vec()),
        None => match Application::discover(&platform, base, resources.to_vec()) {
            Some(discovery) => discovery,
            None => return Ok(None),
        },
    };
    let generic: Arc<Reading> = Arc::clone(&source.reading);
    let mut session = Session::open(
        generic,
        target.clone(),
        Journal::none(),
        interrupt.clone(),
        Chance::new(0, "discovery"),
    )
    .map_err(|what| Trouble { what, hint: None })?;
    let found = discover(&mut session, discovery).await?;
    if found.resources.is_empty() {
        return Err(Trouble::new(
            "the deployment tells of no resource that could be judged",
            "say what it has, with `--app FILE` or `--resource NAME`",
        ));
    }
    source.judge_by(&found.document)?;
    Ok(Some(found))
}

/// Tells what was found.
pub(crate) fn tell(found: &Discovered) {
    let all: Vec<String> = found.resources.iter().map(|(name, about)| format!("{name} ({about})")).collect();
    output::remark(&format!("found {} resources: {}", all.len(), all.join(", ")));
    for note in &found.notes {
        output::remark(&format!("  note: {note}"));
    }
}

/// Keeps the document beside the journal: whoever cleans up later has to know what it knew.
pub(crate) fn keep(found: &Discovered, journal: &Path) -> Result<PathBuf, Trouble> {
    let path = kept_at(journal);
    let text = format!("{:#}\n", found.document.root());
    std::fs::write(&path, text).map_err(|error| {
        Trouble::new(
            format!("cannot write `{}`: {error}", path.display()),
            "choose another place with `--journal FILE`",
        )
    })?;
    Ok(path)
}

/// Where the document of a run with that journal is kept.
pub(crate) fn kept_at(journal: &Path) -> PathBuf {
    journal.with_extension("openapi.json")
}
