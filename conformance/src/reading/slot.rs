//! A part of a request that can be filled in.

use serde_json::Value;
use tercet_spec::language::{Expression, Source};

/// A parameter, or a place in the body.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Slot {
    /// A path parameter.
    Path(String),
    /// A query parameter.
    Query(String),
    /// A header parameter, in lower case.
    Header(String),
    /// A cookie.
    Cookie(String),
    /// A place in the body: member names from its root; empty = the whole body.
    Body(Vec<String>),
}

impl Slot {
    /// The part of the request that an expression reads; `None` when it reads something else.
    #[must_use]
    pub fn of(expression: &Expression) -> Option<Self> {
        let whole = expression.path.is_empty();
        match &expression.source {
            Source::Path(name) if whole => Some(Self::Path(name.clone())),
            Source::Query(name) if whole => Some(Self::Query(name.clone())),
            Source::Header(name) if whole => Some(Self::Header(name.clone())),
            Source::Cookie(name) if whole => Some(Self::Cookie(name.clone())),
            Source::Body => Some(Self::Body(expression.path.clone())),
            _ => None,
        }
    }
}

impl std::fmt::Display for Slot {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Path(name) => write!(f, "path parameter `{name}`"),
            Self::Query(name) => write!(f, "query parameter `{name}`"),
            Self::Header(name) => write!(f, "header `{name}`"),
            Self::Cookie(name) => write!(f, "cookie `{name}`"),
            Self::Body(path) if path.is_empty() => f.write_str("body"),
            Self::Body(path) => write!(f, "body member `{}`", path.join(".")),
        }
    }
}

/// Walks into objects and arrays by member names.
pub(crate) fn walk<'v>(value: &'v Value, path: &[String]) -> Option<&'v Value> {
    path.iter().try_fold(value, |inner, name| match inner {
        Value::Object(members) => members.get(name),
        Value::Array(items) => name.parse::<usize>().ok().and_then(|index| items.get(index)),
        _ => None,
    })
}
