//! What formulas compute with.

use std::sync::Arc;

use bigdecimal::{BigDecimal, Zero};
use jiff::Timestamp;
use jiff::civil;

use super::datetime::Format;
use super::kind::Kind;
use super::regexes::Pattern;

/// The value of a cell, or of a part of a formula.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Value {
    Null,
    Text(String),
    Number(BigDecimal),
    /// What a division by zero gives.
    NotANumber,
    Boolean(bool),
    Day(civil::Date),
    Moment(Timestamp),
    /// Seconds.
    Duration(BigDecimal),
    /// A duration that began with months, which are as long as the date says that they are added to: months and seconds.
    Span(i64, BigDecimal),
    /// What formulas hand on as it is: options, people, files, links.
    Raw(serde_json::Value),
    /// A regular expression that was written out, read once.
    Pattern(Arc<Pattern>),
    /// A date's format that was written out, read once.
    Format(Arc<Format>),
}

impl Value {
    /// Null as the empty value of a type, where it has one.
    pub(super) fn or_empty(self, kind: &Kind) -> Self {
        match (self, kind) {
            (Self::Null, Kind::Text | Kind::Char | Kind::Url) => Self::Text(String::new()),
            (Self::Null, Kind::Number(_)) => Self::Number(BigDecimal::zero()),
            (Self::Null, Kind::Duration(_)) => Self::Duration(BigDecimal::zero()),
            (Self::Null, Kind::Boolean) => Self::Boolean(false),
            (other, _) => other,
        }
    }

    pub(super) fn text(&self) -> &str {
        match self {
            Self::Text(text) => text,
            _ => "",
        }
    }

    /// A number; `None` for what is none.
    pub(super) fn number(&self) -> Option<&BigDecimal> {
        match self {
            Self::Number(number) | Self::Duration(number) => Some(number),
            _ => None,
        }
    }

    pub(super) fn truth(&self) -> bool {
        matches!(self, Self::Boolean(true))
    }

    pub(super) fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }
}
