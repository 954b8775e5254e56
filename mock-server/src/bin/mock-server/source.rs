//! What is served: a shipped platform by name, or a file by its path.

use std::path::Path;

use tercet_mock_server::{Application, Builder, MockServer, StartError};
use tercet_spec::{Diagnostic, PlatformError};

use crate::args::Args;

/// Why nothing can be served.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Unusable {
    #[error("`{path}` cannot be read: {source}{hint}")]
    File { path: String, source: std::io::Error, hint: String },
    #[error(
        "`{0}` is a file: editions belong to the platforms that ship\nhint: apply an overlay to the file instead: `--overlay FILE`"
    )]
    EditionOfFile(String),
    #[error(
        "`{0}` has no applications\nhint: `--app` is for platforms whose resources an application declares: {with}",
        with = with_applications()
    )]
    NoApplications(String),
    #[error(
        "`{0}` has no applications: its document is the file itself\nhint: `--print-document` is for {with}",
        with = with_applications()
    )]
    NoDocument(String),
    #[error("the application cannot be used")]
    Application(Vec<Diagnostic>),
    #[error(transparent)]
    Start(StartError),
}

/// What `-` names.
const STANDARD_INPUT: &str = "standard input";

/// What is served, with the overlays applied.
pub(crate) fn builder(args: &Args) -> Result<Builder, Unusable> {
    args.overlay.iter().try_fold(source(args)?, |builder, path| {
        let name = path.display().to_string();
        let read = std::fs::read_to_string(path);
        let text =
            read.map_err(|source| Unusable::File { path: name.clone(), source, hint: String::new() })?;
        Ok(builder.overlay(name, text))
    })
}

/// A name is a platform's; whatever looks like a path is a file, and `-` the standard input.
fn source(args: &Args) -> Result<Builder, Unusable> {
    let given = args.document.as_str();
    let looks_like_path =
        given == "-" || given.contains(['/', '\\']) || Path::new(given).extension().is_some();
    let bare = given.split('@').next().unwrap_or_default();
    let is_platform = tercet_spec::PLATFORMS.iter().any(|platform| platform.name == bare);
    if is_platform || (!looks_like_path && !Path::new(given).exists()) {
        let name = match &args.edition {
            Some(edition) => format!("{bare}@{edition}"),
            None => given.to_owned(),
        };
        let builder = Builder::shipped(name);
        return match &args.app {
            Some(path) => Ok(builder.application(application(bare, path)?)),
            None => Ok(builder),
        };
    }
    if args.app.is_some() {
        return Err(Unusable::NoApplications(given.to_owned()));
    }
    if args.edition.is_some() {
        return Err(Unusable::EditionOfFile(given.to_owned()));
    }
    if given == "-" {
        let path = STANDARD_INPUT.to_owned();
        let text = std::io::read_to_string(std::io::stdin());
        let text = text.map_err(|source| Unusable::File { path, source, hint: String::new() })?;
        return MockServer::from_document(STANDARD_INPUT, text).map_err(Unusable::Start);
    }
    let text = std::fs::read_to_string(given).map_err(|source| {
        let known: Vec<_> = tercet_spec::PLATFORMS.iter().map(|one| format!("`{}`", one.name)).collect();
        let hint = if source.kind() == std::io::ErrorKind::NotFound && !known.is_empty() {
            format!("\nhint: the platforms that ship are: {}", known.join(", "))
        } else {
            String::new()
        };
        Unusable::File { path: given.to_owned(), source, hint }
    })?;
    MockServer::from_document(given, text).map_err(Unusable::Start)
}

/// The OpenAPI document of an application: the platform's, with a path for each of its resources.
pub(crate) fn document(args: &Args) -> Result<String, Unusable> {
    let given = args.document.as_str();
    let bare = given.split('@').next().unwrap_or_default();
    let application = match &args.app {
        Some(path) => Some(application(bare, path)?),
        None => Application::shipped(bare),
    };
    let application = application.ok_or_else(|| Unusable::NoDocument(given.to_owned()))?;
    let name = match &args.edition {
        Some(edition) => format!("{bare}@{edition}"),
        None => given.to_owned(),
    };
    let (_, base) = tercet_spec::shipped(&name).map_err(|error| match error {
        PlatformError::Faults(faults) => Unusable::Application(faults),
        error => Unusable::Start(StartError::Platform(error)),
    })?;
    Ok(application.document(&base).text().to_owned())
}

/// The platforms whose resources an application declares.
fn with_applications() -> String {
    let all = tercet_spec::PLATFORMS.iter().filter(|platform| Application::shipped(platform.name).is_some());
    all.map(|platform| format!("`{}`", platform.name)).collect::<Vec<_>>().join(", ")
}

/// Reads the file that declares an application.
fn application(platform: &str, path: &Path) -> Result<Application, Unusable> {
    let name = path.display().to_string();
    let unreadable = |source| Unusable::File { path: name.clone(), source, hint: String::new() };
    let text = std::fs::read_to_string(path).map_err(unreadable)?;
    let read = Application::read(platform, &name, &text);
    read.ok_or_else(|| Unusable::NoApplications(platform.to_owned()))?.map_err(Unusable::Application)
}
