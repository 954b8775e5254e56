//! How an operation ended, when it did not end well.

use std::borrow::Cow;
use std::fmt;

use indexmap::IndexMap;
use serde_json::Value;

/// How an operation ended. `ok` is not an `Outcome`: it is the `Ok` of a result.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// Its name, which chooses the response: `not-found`, `invalid`, or one that the document introduces.
    pub name: Cow<'static, str>,
    /// A sentence (`$outcome.message`).
    pub message: String,
    /// A list of sentences (`$outcome.messages`).
    pub messages: Vec<String>,
    /// From field to sentences (`$outcome.fields`).
    pub fields: Box<IndexMap<String, Vec<String>>>,
    /// What an action attached (`$outcome.data`); null for nothing.
    pub data: Box<Value>,
    /// The violations, for `$outcome.details`.
    pub(crate) details: Vec<Detail>,
}

/// A violated rule, as `x-conduct.details` is told of it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Detail {
    /// Where it is.
    pub(crate) way: Vec<Way>,
    /// `$fault.message`
    pub(crate) message: String,
    /// `$fault.code`
    pub(crate) code: String,
    /// `$fault.rule`
    pub(crate) rule: String,
}

/// A step into a value.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Way {
    /// To a property, or a parameter.
    Name(String),
    /// To an element of an array of scalars.
    Element(usize, usize),
    /// To an element of an array of that many, some of which are objects.
    Object(usize, usize),
}

impl Way {
    pub(crate) fn name(name: &str) -> Self {
        Self::Name(name.to_owned())
    }

    /// The step that a pointer's token takes from `value`.
    pub(crate) fn new(value: Option<&Value>, token: &str) -> Self {
        let (Some(Value::Array(items)), Ok(index)) = (value, token.parse()) else { return Self::name(token) };
        match items.iter().any(Value::is_object) {
            true => Self::Object(index, items.len()),
            false => Self::Element(index, items.len()),
        }
    }
}

impl Outcome {
    /// An outcome of that name with one sentence.
    #[must_use]
    pub fn new(name: impl Into<Cow<'static, str>>, message: impl Into<String>) -> Self {
        let message = message.into();
        let messages = if message.is_empty() { Vec::new() } else { vec![message.clone()] };
        Self {
            name: name.into(),
            message,
            messages,
            fields: Box::default(),
            data: Box::new(Value::Null),
            details: Vec::new(),
        }
    }

    /// The request breaks a rule.
    #[must_use]
    pub fn invalid(message: impl Into<String>) -> Self {
        Self::new("invalid", message)
    }

    /// Nobody, or nobody we know.
    #[must_use]
    pub fn unauthenticated(message: impl Into<String>) -> Self {
        Self::new("unauthenticated", message)
    }

    /// No record matches.
    #[must_use]
    pub fn not_found(message: impl Into<String>) -> Self {
        Self::new("not-found", message)
    }

    /// Another record stands in the way.
    #[must_use]
    pub fn conflict(message: impl Into<String>) -> Self {
        Self::new("conflict", message)
    }

    /// What `$outcome` reads.
    pub(crate) fn to_json(&self) -> Value {
        serde_json::json!({
            "name": self.name, "message": self.message, "messages": self.messages, "fields": self.fields, "data": self.data,
        })
    }

    /// The same with another name.
    #[must_use]
    pub fn named(mut self, name: impl Into<Cow<'static, str>>) -> Self {
        self.name = name.into();
        self
    }

    /// Adds a sentence about a field; `message` becomes the first of all.
    #[must_use]
    pub fn field(mut self, field: impl Into<String>, sentence: impl Into<String>) -> Self {
        let sentence = sentence.into();
        if self.message.is_empty() {
            self.message.clone_from(&sentence);
        }
        self.messages.push(sentence.clone());
        self.fields.entry(field.into()).or_default().push(sentence);
        self
    }

    /// Attaches what an answer can read as `$outcome.data`.
    #[must_use]
    pub fn data(mut self, data: impl Into<Value>) -> Self {
        *self.data = data.into();
        self
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.name)?;
        if self.message.is_empty() { Ok(()) } else { write!(f, ": {}", self.message) }
    }
}

impl std::error::Error for Outcome {}
