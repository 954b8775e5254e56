//! Applications: for platforms whose resources are not the platform's but each customer's, declared in a file.

use std::fmt;
use std::sync::Arc;

use serde_json::Value;
use tercet_spec::{Diagnostic, Document, apply_overlay};

use crate::action::ActionTable;

/// An application of a platform whose resources each application declares for itself.
#[derive(Clone)]
pub struct Application {
    platform: &'static str,
    declared: Arc<dyn Declared>,
}

/// A platform that has applications.
pub(crate) trait Applications: Sync {
    /// Its name.
    fn platform(&self) -> &'static str;

    /// Reads an application's file.
    ///
    /// # Errors
    /// Everything wrong with it, each with its place.
    fn read(&self, name: &str, text: &str) -> Result<Arc<dyn Declared>, Vec<Diagnostic>>;

    /// The application that ships.
    fn shipped(&self) -> Arc<dyn Declared>;

    /// The JSON Schema (2020-12) of an application's file.
    fn schema(&self) -> Value;
}

/// An application that has been read.
pub(crate) trait Declared: Send + Sync {
    /// What it is called.
    fn title(&self) -> &str;

    /// What it adds to the document that the server runs, in order.
    ///
    /// # Errors
    /// Faults of texts that ship.
    fn overlays(&self) -> Result<Vec<Document>, Vec<Diagnostic>>;

    /// The named actions of the platform, for this application.
    fn actions(&self) -> Arc<dyn ActionTable>;
}

impl Application {
    /// Reads an application of that platform; `name` is what messages call its file. `None` for a platform that has no applications.
    ///
    /// # Errors
    /// Everything wrong with it, each with file, line and column.
    pub fn read(platform: &str, name: &str, text: &str) -> Option<Result<Self, Vec<Diagnostic>>> {
        let kind = crate::platforms::applications(platform)?;
        let read = kind.read(name, text);
        Some(read.map(|declared| Self { platform: kind.platform(), declared }))
    }

    /// The application that ships with that platform; `None` for a platform that has none.
    #[must_use]
    pub fn shipped(platform: &str) -> Option<Self> {
        let kind = crate::platforms::applications(platform)?;
        Some(Self { platform: kind.platform(), declared: kind.shipped() })
    }

    /// The JSON Schema (2020-12) of the files of that platform's applications, for editors.
    #[must_use]
    pub fn schema(platform: &str) -> Option<Value> {
        Some(crate::platforms::applications(platform)?.schema())
    }

    /// The platform that it is made with.
    #[must_use]
    pub fn platform(&self) -> &'static str {
        self.platform
    }

    /// What it is called.
    #[must_use]
    pub fn title(&self) -> &str {
        self.declared.title()
    }

    pub(crate) fn actions(&self) -> Arc<dyn ActionTable> {
        self.declared.actions()
    }

    /// The platform's document as the server runs it for this application.
    pub(crate) fn served(&self, document: &Document) -> Result<Document, Vec<Diagnostic>> {
        self.declared.overlays()?.iter().try_fold(document.clone(), |document, overlay| {
            let (document, warnings) = apply_overlay(&document, overlay)?;
            // A target that selects nothing is a mistake of ours.
            if warnings.is_empty() { Ok(document) } else { Err(warnings) }
        })
    }
}

impl fmt::Debug for Application {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Application({}: {})", self.platform, self.title())
    }
}
