//! Sizes: characters of texts, values of numbers, members of lists, kilobytes of files.

use serde_json::Value;

use crate::inputs::Upload;

/// What a size is counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) enum Measure {
    Characters,
    Number,
    Items,
    Kilobytes,
}

impl Measure {
    /// As sentences say it behind a number.
    pub(super) fn unit(self) -> &'static str {
        match self {
            Self::Characters => " characters",
            Self::Kilobytes => " kilobytes",
            Self::Number | Self::Items => "",
        }
    }

    /// How large a value is; `None` for what this cannot be counted of.
    #[allow(clippy::cast_precision_loss, reason = "nothing that is sent has 2⁵³ characters")]
    pub(super) fn of(self, value: &Value, upload: Option<&Upload>) -> Option<f64> {
        match (self, value) {
            (Self::Kilobytes, _) => upload.map(|upload| upload.content.len() as f64 / 1024.0),
            (Self::Number, value) => number(value),
            (Self::Items, Value::Array(members)) => Some(members.len() as f64),
            (Self::Characters, Value::String(text)) => Some(text.chars().count() as f64),
            _ => None,
        }
    }
}

/// A number, or a text that PHP takes for one: `12`, `1.5`, `.5`, `1e3`, but not `1,5`.
pub(in super::super) fn number(value: &Value) -> Option<f64> {
    match value {
        Value::Number(number) => number.as_f64(),
        Value::String(text) if is_decimal(text) => text.trim().parse().ok(),
        _ => None,
    }
    .filter(|number: &f64| number.is_finite())
}

fn is_decimal(text: &str) -> bool {
    let text = text.trim();
    let digits = text.bytes().any(|byte| byte.is_ascii_digit());
    digits && text.bytes().all(|byte| byte.is_ascii_digit() || b"+-.eE".contains(&byte))
}
