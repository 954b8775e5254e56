//! Applications: for platforms whose resources are not the platform's but each customer's, declared in a file.

use std::fmt;
use std::sync::Arc;

use serde_json::{Map, Value};
use tercet_spec::{Contract, Diagnostic, Document, apply_overlay};

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

    /// Finds out about the application of a deployment; `wanted` names its resources where they are known.
    fn discovery(&self, base: &Arc<Contract>, wanted: Vec<String>) -> Box<dyn Discovering>;
}

/// What to ask, and what the answers amount to.
pub(crate) trait Discovering: Send {
    /// The next question, until there is none.
    fn question(&mut self) -> Option<Question>;

    /// The answer to the last question.
    fn hear(&mut self, status: u16, body: Option<&Value>);

    /// What has been found.
    fn conclude(self: Box<Self>) -> Found;
}

/// A question to a deployment: an operation of the platform's document that only reads.
#[derive(Clone, Debug, PartialEq)]
pub struct Question {
    /// The operation.
    pub operation: &'static str,
    /// Its path parameters.
    pub path: Map<String, Value>,
    /// Its query parameters.
    pub query: Map<String, Value>,
    /// Who asks: the first caller, or the second, where there is one.
    pub caller: usize,
}

/// What was found out about a deployment's application.
#[derive(Clone, Debug)]
pub(crate) struct Found {
    /// The document of the application: what may be asserted of the deployment.
    pub(crate) document: Value,
    /// Its resources, each with a few words.
    pub(crate) resources: Vec<(String, String)>,
    /// What could not be concluded, in sentences.
    pub(crate) notes: Vec<String>,
}

/// Finding out about the application of a deployment: questions are asked and answered until there are no more.
pub struct Discovery {
    name: String,
    own: Box<dyn Discovering>,
}

/// What was found out about the application of a deployment.
#[derive(Clone, Debug)]
pub struct Discovered {
    /// The document of the application: what may be asserted of the deployment, and no more.
    pub document: Document,
    /// Its resources, each with a few words.
    pub resources: Vec<(String, String)>,
    /// What could not be concluded, in sentences.
    pub notes: Vec<String>,
}

impl Discovery {
    /// The next question, until there is none.
    pub fn question(&mut self) -> Option<Question> {
        self.own.question()
    }

    /// The answer to the last question; a body that is no JSON is none.
    pub fn hear(&mut self, status: u16, body: Option<&Value>) {
        self.own.hear(status, body);
    }

    /// What has been found.
    #[must_use]
    pub fn conclude(self) -> Discovered {
        let Found { document, resources, notes } = self.own.conclude();
        Discovered { document: Document::from_value(self.name, &document), resources, notes }
    }
}

impl fmt::Debug for Discovery {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Discovery({})", self.name)
    }
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

    /// The platform's document with a path for each of its resources.
    fn document(&self, base: &Document) -> Value;

    /// Finds out how a deployment of it answers.
    fn discovery(&self, base: &Arc<Contract>, wanted: Vec<String>) -> Box<dyn Discovering>;

    /// The named actions of the platform, for this application.
    fn actions(&self) -> Arc<dyn ActionTable>;
}

impl Application {
    /// One that no file says, for tests.
    #[cfg(test)]
    pub(crate) fn declared(platform: &'static str, declared: Arc<dyn Declared>) -> Self {
        Self { platform, declared }
    }

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

    /// The platform's document (`base`) with a path for each resource, table, field and action of the application, and the schemas of
    /// its records: for clients that are generated, and for reading.
    #[must_use]
    pub fn document(&self, base: &Document) -> Document {
        Document::from_value(self.made_of(), &self.declared.document(base))
    }

    /// Finding out how a deployment of this application answers; `wanted` names the resources to look at, all where it is empty.
    #[must_use]
    pub fn discovery(&self, base: &Arc<Contract>, wanted: Vec<String>) -> Discovery {
        Discovery { name: self.made_of(), own: self.declared.discovery(base, wanted) }
    }

    /// Finding out about the application of a deployment of which there is no file. `None` for a platform that has none.
    #[must_use]
    pub fn discover(platform: &str, base: &Arc<Contract>, wanted: Vec<String>) -> Option<Discovery> {
        let kind = crate::platforms::applications(platform)?;
        let name = "the document made of what the deployment tells".to_owned();
        Some(Discovery { name, own: kind.discovery(base, wanted) })
    }

    /// What messages call its document.
    fn made_of(&self) -> String {
        format!("the document made of the application `{}`", self.title())
    }

    pub(crate) fn actions(&self) -> Arc<dyn ActionTable> {
        self.declared.actions()
    }

    /// Faults of the document that is served for the application, which the reading of its file should have told of: they
    /// stand in texts that nobody has written, so that no place of theirs is told.
    pub(crate) fn placed(faults: Vec<Diagnostic>, document: &Document) -> Vec<Diagnostic> {
        let own =
            |fault: &Diagnostic| fault.place.as_ref().is_none_or(|place| place.name() == document.name());
        let told = |fault: Diagnostic| {
            if own(&fault) {
                return fault;
            }
            let help = "the reading of the application should have told where: please report it";
            Diagnostic { place: None, labels: Vec::new(), ..fault }.help(help)
        };
        faults.into_iter().map(told).collect()
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
