//! Values: what stands wherever the vocabulary asks for one.

use serde_json::Value;

use super::{Expression, Selection, Source};

/// Something that has a value when a request is served.
#[derive(Clone, Debug, PartialEq)]
pub enum ValueExpr {
    /// Itself.
    Literal(Value),
    /// A runtime expression.
    Expression(Expression),
    /// Text with expressions in it; absent when one of them is.
    Text(Vec<TextPart>),
    /// The first that is present.
    First(Vec<ValueExpr>),
    /// Texts split at commas, trimmed, empty parts dropped; absent when nothing is left.
    Split(Vec<ValueExpr>),
    /// Texts one after another; absent when one of them is.
    Concat(Vec<ValueExpr>),
    /// Text with everything percent-encoded that RFC 3986, 2.3 does not call unreserved.
    PercentEncode(Box<ValueExpr>),
    /// A checksum of a text's UTF-8, in hex digits.
    Checksum(Box<ValueExpr>, Checksum),
    /// An RFC 3339 time as the number of seconds or milliseconds since 1970-01-01T00:00:00Z; absent for anything else.
    Epoch(Box<ValueExpr>, EpochUnit),
    /// An RFC 3339 time as RFC 9110, 5.6.7 writes times in headers; absent for anything else.
    HttpDate(Box<ValueExpr>),
    /// The time so many units after the request, each of so many seconds, as `$now` is written; absent for anything but a
    /// number.
    After(Box<ValueExpr>, u32),
    /// How many records a selection has.
    Count(Box<Selection>),
    /// The records of a selection; `pick` takes a value from each (`$item`).
    Select(Box<Selection>, Option<Box<ValueExpr>>),
    /// A list; absent members are left out.
    List(Vec<ValueExpr>),
    /// An object; absent members are left out.
    Object(Vec<(String, ValueExpr)>),
}

/// How a checksum is computed and written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Checksum {
    /// `crc-32/bzip2`: eight digits, the four bytes lowest first.
    Crc32Bzip2,
}

impl Checksum {
    /// The algorithms by the names that documents have for them.
    pub(crate) const NAMES: [(&'static str, Self); 1] = [("crc-32/bzip2", Self::Crc32Bzip2)];
}

/// What an epoch counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum EpochUnit {
    /// Seconds, with a fraction where the time has one.
    Seconds,
    /// Whole milliseconds.
    Milliseconds,
}

impl EpochUnit {
    /// The units by the names that documents have for them.
    pub(crate) const NAMES: [(&'static str, Self); 2] =
        [("seconds", Self::Seconds), ("milliseconds", Self::Milliseconds)];
}

/// A piece of a text value.
#[derive(Clone, Debug, PartialEq)]
pub enum TextPart {
    /// As it stands.
    Literal(String),
    /// `{$…}`
    Expression(Expression),
}

impl ValueExpr {
    /// Calls `visit` for every expression in this value, those of nested selections included.
    pub fn expressions(&self, visit: &mut dyn FnMut(&Expression)) {
        match self {
            Self::Literal(_) => {}
            Self::Expression(expression) => visit(expression),
            Self::Text(parts) => parts.iter().for_each(|part| {
                if let TextPart::Expression(expression) = part {
                    visit(expression);
                }
            }),
            Self::First(values) | Self::Split(values) | Self::Concat(values) | Self::List(values) => {
                values.iter().for_each(|value| value.expressions(visit));
            }
            Self::PercentEncode(value)
            | Self::Checksum(value, _)
            | Self::Epoch(value, _)
            | Self::HttpDate(value)
            | Self::After(value, _) => value.expressions(visit),
            Self::Count(selection) => selection.expressions(visit),
            Self::Select(selection, pick) => {
                selection.expressions(visit);
                if let Some(pick) = pick {
                    pick.expressions(visit);
                }
            }
            Self::Object(members) => members.iter().for_each(|(_, value)| value.expressions(visit)),
        }
    }

    /// What it is whatever the request; `None` when that depends.
    #[must_use]
    pub fn constant(&self) -> Option<Value> {
        match self {
            Self::Literal(value) => Some(value.clone()),
            Self::List(values) => values.iter().map(Self::constant).collect::<Option<_>>().map(Value::Array),
            Self::Object(members) => members
                .iter()
                .map(|(name, value)| Some((name.clone(), value.constant()?)))
                .collect::<Option<_>>()
                .map(Value::Object),
            Self::Expression(_)
            | Self::Text(_)
            | Self::First(_)
            | Self::Split(_)
            | Self::Concat(_)
            | Self::PercentEncode(_)
            | Self::Checksum(..)
            | Self::Epoch(..)
            | Self::HttpDate(_)
            | Self::After(..)
            | Self::Count(_)
            | Self::Select(..) => None,
        }
    }

    /// What it is where it asks for nothing but settings; `None` where one of them is absent or null, or where it asks for
    /// something else.
    #[must_use]
    pub fn of_settings(&self, setting: &dyn Fn(&str) -> Option<Value>) -> Option<Value> {
        let expression = |one: &Expression| match &one.source {
            Source::Setting(name) => {
                let found = setting(name)?;
                let inner = one.path.iter().try_fold(&found, |value, name| value.get(name))?;
                Some(inner.clone()).filter(|value| !value.is_null())
            }
            _ => None,
        };
        let text = |value: Value| match value {
            Value::String(text) => Some(text),
            Value::Number(_) | Value::Bool(_) => Some(value.to_string()),
            _ => None,
        };
        match self {
            Self::Expression(one) => expression(one),
            Self::Text(parts) => {
                let part = |part: &TextPart| match part {
                    TextPart::Literal(own) => Some(own.clone()),
                    TextPart::Expression(one) => text(expression(one)?),
                };
                parts.iter().map(part).collect::<Option<String>>().map(Value::String)
            }
            Self::First(values) => values.iter().find_map(|one| one.of_settings(setting)),
            Self::Concat(values) => {
                let parts = values.iter().map(|one| text(one.of_settings(setting)?));
                parts.collect::<Option<String>>().map(Value::String)
            }
            other => other.constant().filter(|value| !value.is_null()),
        }
    }

    /// Calls `visit` for every selection in this value.
    pub fn selections(&self, visit: &mut dyn FnMut(&Selection)) {
        match self {
            Self::Literal(_) | Self::Expression(_) | Self::Text(_) => {}
            Self::First(values) | Self::Split(values) | Self::Concat(values) | Self::List(values) => {
                values.iter().for_each(|value| value.selections(visit));
            }
            Self::PercentEncode(value)
            | Self::Checksum(value, _)
            | Self::Epoch(value, _)
            | Self::HttpDate(value)
            | Self::After(value, _) => value.selections(visit),
            Self::Count(selection) => visit(selection),
            Self::Select(selection, pick) => {
                visit(selection);
                if let Some(pick) = pick {
                    pick.selections(visit);
                }
            }
            Self::Object(members) => members.iter().for_each(|(_, value)| value.selections(visit)),
        }
    }
}
