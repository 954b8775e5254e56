//! The documents that ship with Tercet, each with its editions and stories.

use crate::{Diagnostic, Document, apply_overlay};

/// A product with one document.
#[derive(Debug)]
pub struct Platform {
    /// Its name, which is that of its folder.
    pub name: &'static str,
    /// The hand-maintained OpenAPI document.
    pub document: Text,
    /// Overlays for releases that differ from it, by name.
    pub editions: &'static [(&'static str, Text)],
    /// Its stories, an Arazzo document.
    pub workflows: Option<Text>,
}

/// A text that ships with Tercet.
#[derive(Clone, Copy, Debug)]
pub struct Text {
    /// Its path in the repository.
    pub path: &'static str,
    /// What it says.
    pub text: &'static str,
}

/// The platforms that ship, by name.
pub const PLATFORMS: &[Platform] = include!(concat!(env!("OUT_DIR"), "/platforms.rs"));

/// Why a shipped document could not be had.
#[derive(Debug)]
pub enum PlatformError {
    /// No platform of that name; the names there are.
    UnknownPlatform(String, Vec<&'static str>),
    /// The platform has no edition of that name; the names there are.
    UnknownEdition(String, Vec<&'static str>),
    /// The document or the overlay has faults.
    Faults(Vec<Diagnostic>),
}

impl std::fmt::Display for PlatformError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let list = |names: &[&str]| {
            if names.is_empty() {
                "there is none".to_owned()
            } else {
                format!("there is `{}`", names.join("`, `"))
            }
        };
        match self {
            Self::UnknownPlatform(name, known) => {
                write!(f, "no platform is called `{name}`\nhint: {}", list(known))
            }
            Self::UnknownEdition(name, known) => {
                write!(f, "there is no edition `{name}`\nhint: {}", list(known))
            }
            Self::Faults(faults) => faults.iter().try_for_each(|fault| writeln!(f, "{}", fault.render())),
        }
    }
}

impl std::error::Error for PlatformError {}

impl Text {
    fn parse(&self) -> Result<Document, PlatformError> {
        Document::parse(self.path, self.text).map_err(PlatformError::Faults)
    }
}

/// The document called `NAME` or `NAME@EDITION`, such as `tooljet@2026`, and the platform it belongs to.
///
/// # Errors
/// No platform or edition of that name.
pub fn shipped(name: &str) -> Result<(&'static Platform, Document), PlatformError> {
    let (name, edition) = name.split_once('@').map_or((name, None), |(name, edition)| (name, Some(edition)));
    let Some(platform) = PLATFORMS.iter().find(|platform| platform.name == name) else {
        return Err(PlatformError::UnknownPlatform(
            name.to_owned(),
            PLATFORMS.iter().map(|one| one.name).collect(),
        ));
    };
    platform.edition(edition).map(|document| (platform, document))
}

impl Platform {
    /// The document, or one of its editions.
    ///
    /// # Errors
    /// No edition of that name.
    pub fn edition(&self, edition: Option<&str>) -> Result<Document, PlatformError> {
        let document = self.document.parse()?;
        let Some(edition) = edition else { return Ok(document) };
        let Some((_, overlay)) = self.editions.iter().find(|(name, _)| *name == edition) else {
            let known = self.editions.iter().map(|(name, _)| *name).collect();
            return Err(PlatformError::UnknownEdition(edition.to_owned(), known));
        };
        let (document, warnings) =
            apply_overlay(&document, &overlay.parse()?).map_err(PlatformError::Faults)?;
        // In a shipped overlay a target that selects nothing is a mistake of ours.
        if warnings.is_empty() { Ok(document) } else { Err(PlatformError::Faults(warnings)) }
    }
}
