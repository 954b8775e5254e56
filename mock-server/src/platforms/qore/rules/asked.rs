//! What a rule is asked of: a value, where it stands, and what stands around it.

use jiff::civil::DateTime;
use serde_json::Value;

use super::size::{Measure, number};
use crate::action::ActionContext;
use crate::inputs::Upload;
use crate::platforms::qore::application::Resource;
use crate::platforms::qore::dates;
use crate::platforms::qore::eyes::{Fields, is_empty};

/// What stands around a value.
pub(in super::super) struct Look<'a> {
    /// The state; `None` of an application's file, whose reader asks what records there are for itself.
    pub(in super::super) context: Option<&'a ActionContext<'a>>,
    pub(in super::super) resource: &'a Resource,
    /// The record as it would be, and whatever else was sent.
    pub(in super::super) data: &'a Fields,
    /// The key of the record itself, where there is one.
    pub(in super::super) own: Option<&'a Value>,
    pub(in super::super) now: DateTime,
}

/// A value of which a rule is asked.
pub(in super::super) struct Asked<'a> {
    pub(in super::super) look: &'a Look<'a>,
    /// The field.
    pub(in super::super) name: &'a str,
    /// As it would be stored; null for nothing.
    pub(in super::super) value: &'a Value,
    /// The file that was sent for it.
    pub(in super::super) upload: Option<&'a Upload>,
    /// Whether anything was sent.
    pub(in super::super) present: bool,
    pub(in super::super) parameters: &'a [String],
    pub(in super::super) measure: Measure,
}

impl Asked<'_> {
    pub(super) fn is_empty(&self) -> bool {
        self.upload.is_none() && is_empty(self.value)
    }

    /// Whether it is a text of which that holds. A number is the text that it would be written as.
    pub(super) fn is_text(&self, holds: impl Fn(&str) -> bool) -> bool {
        self.text().is_some_and(|text| holds(&text))
    }

    pub(super) fn text(&self) -> Option<String> {
        match self.value {
            Value::String(text) => Some(text.clone()),
            Value::Number(number) => Some(number.to_string()),
            _ => None,
        }
    }

    /// Whether it is a text of which that holds with one of the parameters.
    pub(super) fn some_text(&self, holds: impl Fn(&str, &str) -> bool) -> bool {
        self.is_text(|text| self.parameters.iter().any(|one| holds(text, one)))
    }

    /// A parameter that is a whole number.
    pub(super) fn whole(&self, index: usize) -> Option<usize> {
        self.parameters.get(index)?.parse().ok()
    }

    /// What the field holds that a parameter names.
    pub(super) fn other(&self, index: usize) -> &Value {
        self.parameters.get(index).map_or(&Value::Null, |name| self.held(name))
    }

    /// What a field holds.
    pub(super) fn held(&self, name: &str) -> &Value {
        self.look.data.get(name).unwrap_or(&Value::Null)
    }

    /// Whether that is a field rather than a date, say.
    pub(super) fn names_field(&self, parameter: &str) -> bool {
        self.look.data.contains_key(parameter) || self.look.resource.fields.contains_key(parameter)
    }

    /// The size that a parameter is, or that the field has which it names.
    pub(super) fn bound(&self, index: usize) -> Option<f64> {
        let parameter = self.parameters.get(index)?;
        match parameter.parse::<f64>() {
            Ok(number) => Some(number),
            Err(_) => self.measure.of(self.held(parameter), None),
        }
    }

    /// Whether the size stands so to a parameter. What has no size is not refused for it.
    pub(super) fn sized(&self, index: usize, holds: fn(f64, f64) -> bool) -> bool {
        let Some(size) = self.measure.of(self.value, self.upload) else { return true };
        self.bound(index).is_some_and(|bound| holds(size, bound))
    }

    /// The number that it is.
    pub(super) fn number(&self) -> Option<f64> {
        number(self.value)
    }

    /// The time that a value is.
    pub(super) fn date(&self, value: &Value) -> Option<DateTime> {
        dates::read(value.as_str()?, self.look.now)
    }

    /// The time that a parameter is, or that the field holds which it names.
    pub(super) fn date_of(&self, parameter: &str) -> Option<DateTime> {
        match self.look.data.get(parameter) {
            Some(held) => self.date(held),
            None => dates::read(parameter, self.look.now),
        }
    }
}
