//! Verbs: what an operation does to records (`x-effect`).

use crate::Pointer;
use crate::language::{CollectionName, Predicate, Selection, ValueExpr};

/// One step of an effect. All steps of an operation are one transaction.
#[derive(Clone, Debug)]
pub struct Step {
    /// What it does.
    pub verb: Verb,
    /// The name its result is bound to (`as`).
    pub bind: Option<String>,
    /// It is skipped unless this holds.
    pub when: Option<Predicate>,
    /// What a miss becomes (`else`); for an action that is said to do something the outcome of a miss there, if it can end so.
    pub miss: Miss,
    /// Who may not.
    pub rights: Rights,
    /// The outcome of a conflict; `conflict` unless renamed.
    pub conflict: String,
    /// It is tried after authentication, parameters and the body's syntax, before the body's schema (`before: validate`).
    /// So are those that come before the request is read.
    pub before_validation: bool,
    /// It is tried right after authentication, before parameters and body are read (`before: request`).
    pub before_request: bool,
    /// What it writes stays, however the request ends (`keep: true`).
    pub keep: bool,
    /// Where it stands in the document: for a step of `x-steps`, there.
    pub pointer: Pointer,
    /// Where the operation refers to it, for a step of `x-steps`.
    pub via: Option<Pointer>,
}

/// What a step does.
#[derive(Clone, Debug)]
pub enum Verb {
    /// Takes the first record.
    Find(Selection),
    /// Takes all records, or a page of them.
    List(Selection),
    /// Makes a record, or one for each element.
    Create {
        /// The collection.
        into: CollectionName,
        /// What to write; none = the body.
        set: Option<ValueExpr>,
        /// The list to make a record of each element of.
        each: Option<ValueExpr>,
    },
    /// Merges into the first record (RFC 7396).
    Update(Selection, Option<ValueExpr>),
    /// As update; what is not set returns to its default.
    Replace(Selection, Option<ValueExpr>),
    /// Removes every record.
    Delete(Selection),
    /// Passes when the predicate holds.
    Require(Predicate),
    /// A named action, written in Rust.
    Call {
        /// Its name.
        action: String,
        /// Its typed input: names and values.
        with: Vec<(String, ValueExpr)>,
        /// The outcomes it can end in besides `ok`.
        outcomes: Vec<String>,
        /// It changes nothing: it sees the state, and gets no writer's turn.
        reads: bool,
        /// What it amounts to for whoever looks from outside: a verb on records. Nothing runs it.
        does: Option<Box<Verb>>,
        /// How often it has to be called until that is done.
        calls: u32,
    },
    /// Answers with bytes instead of a representation.
    Serve(Serve),
}

/// What a step answers with instead of a representation.
#[derive(Clone, Debug)]
pub enum Serve {
    /// The document itself.
    Document(DocumentFormat),
    /// A page that shows the document at this path; it needs nothing from elsewhere.
    Page(DocumentationPage, String),
    /// Any content.
    Content {
        /// The body: a text as it stands, anything else as JSON.
        content: ValueExpr,
        /// The text is base64 of the body.
        base64: bool,
        /// The media type; none = as the response declares it.
        media_type: Option<ValueExpr>,
    },
}

/// How the document is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DocumentFormat {
    /// As JSON.
    Json,
    /// As YAML.
    Yaml,
}

/// The documentation pages that can be served.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DocumentationPage {
    /// Redoc.
    Redoc,
    /// Swagger UI.
    SwaggerUi,
}

/// What a step ends in for callers who may not do it. Nothing runs it: it is what a deployment is held to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rights {
    /// For whom a credential has let in, and who has nothing to do with the record (`strangers`): one of these outcomes.
    /// `ok` = they may read; a list is then answered without the record. Empty = nothing is said.
    pub strangers: Vec<String>,
    /// For whom nobody has signed in, where `security` lets such a caller in (`anonymous`): one of these outcomes. Empty = nothing is said.
    pub anonymous: Vec<String>,
}

/// What a step's miss becomes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Miss {
    /// The operation ends in this outcome.
    Outcome(String),
    /// The next step follows (`else: pass`).
    Pass,
}

impl Step {
    /// Whether it keeps the server's own books, before it has looked at what is asked for: sessions, counters of calls. It sees neither path, query nor
    /// body, so nothing that a request names is touched by it.
    #[must_use]
    pub fn is_bookkeeping(&self) -> bool {
        self.before_request && self.keep
    }
}

impl Verb {
    /// What the step amounts to for whoever looks from outside: the verb itself, or what the action is said to do.
    #[must_use]
    pub fn seen(&self) -> &Self {
        match self {
            Self::Call { does: Some(does), .. } => does,
            other => other,
        }
    }

    /// How often the operation has to be called until what an action is said to do is done.
    #[must_use]
    pub fn calls(&self) -> u32 {
        match self {
            Self::Call { calls, .. } => *calls,
            _ => 1,
        }
    }

    /// Whether it writes in a way that the document does not spell out.
    #[must_use]
    pub fn is_opaque(&self) -> bool {
        matches!(self, Self::Call { reads: false, does: None, .. })
    }

    /// The selection it works on, if it has one.
    #[must_use]
    pub fn selection(&self) -> Option<&Selection> {
        match self {
            Self::Find(selection)
            | Self::List(selection)
            | Self::Update(selection, _)
            | Self::Replace(selection, _)
            | Self::Delete(selection) => Some(selection),
            Self::Create { .. } | Self::Require(_) | Self::Call { .. } | Self::Serve(_) => None,
        }
    }

    /// Whether it leaves every record as it is.
    #[must_use]
    pub fn reads(&self) -> bool {
        match self {
            Self::Find(_) | Self::List(_) | Self::Require(_) | Self::Serve(_) => true,
            Self::Call { reads, .. } => *reads,
            Self::Create { .. } | Self::Update(..) | Self::Replace(..) | Self::Delete(_) => false,
        }
    }

    /// The name of the collection it works on, where that is fixed.
    #[must_use]
    pub fn collection(&self) -> Option<&str> {
        match self {
            Self::Create { into: CollectionName::Named(name), .. } => Some(name),
            other => other.selection().and_then(Selection::collection),
        }
    }
}
