//! What a request says of fields: its body, tidied as Laravel's middleware does, and its files.

use indexmap::IndexMap;
use serde_json::Value;

use crate::action::ActionContext;
use crate::inputs::Upload;
use crate::platforms::qore::application::{Field, Kind};
use crate::platforms::qore::eyes::Fields;

/// What was sent.
pub(super) struct Sent<'a> {
    /// From field to value: texts without blanks at both ends, null for empty ones.
    pub(super) fields: Fields,
    uploads: &'a [Upload],
}

impl<'a> Sent<'a> {
    /// Reads a body as the values of these fields. What is no object says nothing.
    pub(super) fn read(context: &ActionContext<'a>, body: Value, known: &IndexMap<String, Field>) -> Self {
        let mut fields = match body {
            Value::Object(fields) => fields,
            _ => Fields::new(),
        };
        for (name, value) in &mut fields {
            let by_name = ["password", "password_confirmation", "current_password"].contains(&name.as_str());
            let is_password = |field: &Field| matches!(field.kind, Kind::Password);
            let asked = name.strip_suffix("_confirmation").unwrap_or(name);
            tidy(value, !by_name && !known.get(asked).is_some_and(is_password));
        }
        Self { fields, uploads: &context.inputs().uploads }
    }

    /// The file that was sent for a field; of several the last, as in PHP. A form whose file was not chosen sends an
    /// empty part.
    pub(super) fn upload(&self, field: &str) -> Option<&'a Upload> {
        let chosen = |upload: &&Upload| !(upload.file_name.is_empty() && upload.content.is_empty());
        self.uploads.iter().filter(chosen).rfind(|upload| upload.part == field)
    }

    /// Whether files were sent as a list, or under names, where there is one.
    pub(super) fn uploads_within(&self, field: &str) -> bool {
        self.uploads
            .iter()
            .any(|upload| upload.part.strip_prefix(field).is_some_and(|rest| rest.starts_with('[')))
    }
}

/// The middleware `TrimStrings`, which leaves passwords alone, and `ConvertEmptyStringsToNull`, which does not.
fn tidy(value: &mut Value, trims: bool) {
    match value {
        Value::String(text) => {
            if trims && text.trim().len() < text.len() {
                *text = text.trim().to_owned();
            }
            if text.is_empty() {
                *value = Value::Null;
            }
        }
        Value::Array(members) => members.iter_mut().for_each(|member| tidy(member, trims)),
        Value::Object(members) => members.values_mut().for_each(|member| tidy(member, trims)),
        _ => {}
    }
}
