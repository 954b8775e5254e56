//! The types of formulas, and of the fields they read.

use serde_json::{Map, Value, json};

/// What a cell is.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::platforms::baserow) enum Kind {
    Text,
    /// Text of a checked form: e-mail addresses, telephone numbers.
    Char,
    Url,
    Number(Numbers),
    Boolean,
    Date(Dates),
    /// Its format.
    Duration(String),
    SingleSelect,
    MultipleSelect,
    Collaborators,
    File,
    /// A URL and what it is called.
    Link,
    Button,
    Array(Box<Self>),
}

/// How a number looks.
#[derive(Clone, Debug, Default, PartialEq)]
pub(in crate::platforms::baserow) struct Numbers {
    pub(in crate::platforms::baserow) decimals: u32,
    pub(in crate::platforms::baserow) prefix: String,
    pub(in crate::platforms::baserow) suffix: String,
    pub(in crate::platforms::baserow) separator: String,
}

/// How a date looks.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::platforms::baserow) struct Dates {
    pub(in crate::platforms::baserow) format: String,
    pub(in crate::platforms::baserow) include_time: bool,
    pub(in crate::platforms::baserow) time_format: String,
    pub(in crate::platforms::baserow) show_tzinfo: bool,
    pub(in crate::platforms::baserow) force_timezone: Option<String>,
}

/// A type, and whether there are cells without a value.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::platforms::baserow) struct Typed {
    pub(in crate::platforms::baserow) kind: Kind,
    pub(in crate::platforms::baserow) nullable: bool,
}

impl Kind {
    /// A number with so many decimals and nothing around it.
    pub(in crate::platforms::baserow) fn number(decimals: u32) -> Self {
        Self::Number(Numbers { decimals, ..Numbers::default() })
    }

    /// The name of the type.
    pub(in crate::platforms::baserow) fn name(&self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Char => "char",
            Self::Url => "url",
            Self::Number(_) => "number",
            Self::Boolean => "boolean",
            Self::Date(_) => "date",
            Self::Duration(_) => "duration",
            Self::SingleSelect => "single_select",
            Self::MultipleSelect => "multiple_select",
            Self::Collaborators => "multiple_collaborators",
            Self::File => "single_file",
            Self::Link => "link",
            Self::Button => "button",
            Self::Array(_) => "array",
        }
    }

    /// Whether it is text of some form.
    pub(super) fn is_text(&self) -> bool {
        matches!(self, Self::Text | Self::Char | Self::Url)
    }

    /// The type of a field that is no formula and no link, by its options. `None` when formulas cannot read it.
    pub(in crate::platforms::baserow) fn of_plain_field(
        field_type: &str,
        options: &Map<String, Value>,
    ) -> Option<Typed> {
        let text = |name: &str| options.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
        let flag = |name: &str| options.get(name).and_then(Value::as_bool).unwrap_or_default();
        let (kind, nullable) = match field_type {
            "text" | "long_text" => (Self::Text, true),
            "url" => (Self::Url, true),
            "email" | "phone_number" => (Self::Char, true),
            "uuid" => (Self::Text, false),
            "number" => {
                let decimals =
                    options.get("number_decimal_places").and_then(Value::as_u64).unwrap_or_default();
                let numbers = Numbers {
                    decimals: u32::try_from(decimals).unwrap_or_default(),
                    prefix: text("number_prefix"),
                    suffix: text("number_suffix"),
                    separator: text("number_separator"),
                };
                (Self::Number(numbers), true)
            }
            "rating" | "autonumber" => (Self::number(0), false),
            "boolean" => (Self::Boolean, false),
            "date" | "created_on" | "last_modified" => {
                let dates = Dates {
                    format: text("date_format"),
                    include_time: flag("date_include_time"),
                    time_format: text("date_time_format"),
                    show_tzinfo: flag("date_show_tzinfo"),
                    force_timezone: options
                        .get("date_force_timezone")
                        .and_then(Value::as_str)
                        .map(str::to_owned),
                };
                (Self::Date(dates), true)
            }
            "duration" => (Self::Duration(text("duration_format")), true),
            "single_select" => (Self::SingleSelect, true),
            "multiple_select" => (Self::MultipleSelect, true),
            "multiple_collaborators" => (Self::Collaborators, true),
            "file" => (Self::Array(Box::new(Self::File)), false),
            _ => return None,
        };
        Some(Typed { kind, nullable })
    }
}

impl Typed {
    /// What representations of a formula say of its type.
    pub(in crate::platforms::baserow) fn describe(&self) -> Map<String, Value> {
        let mut keys = nothing();
        keys.insert("formula_type".to_owned(), self.kind.name().into());
        keys.insert("nullable".to_owned(), self.nullable.into());
        let formatted = match &self.kind {
            Kind::Array(element) => {
                keys.insert("array_formula_type".to_owned(), element.name().into());
                element
            }
            other => other,
        };
        keys.extend(formatted.formats());
        keys
    }

    /// The type that `describe` told of; `None` for an invalid one.
    pub(in crate::platforms::baserow) fn read(keys: &Map<String, Value>) -> Option<Self> {
        let name = |key: &str| keys.get(key).and_then(Value::as_str);
        let kind = match name("formula_type")? {
            "array" => Kind::Array(Box::new(Kind::read(name("array_formula_type")?, keys)?)),
            other => Kind::read(other, keys)?,
        };
        Some(Self { kind, nullable: keys.get("nullable").and_then(Value::as_bool).unwrap_or_default() })
    }
}

impl Kind {
    fn formats(&self) -> Map<String, Value> {
        let keys = match self {
            Self::Number(numbers) => json!({
                "number_decimal_places": numbers.decimals,
                "number_prefix": numbers.prefix,
                "number_suffix": numbers.suffix,
                "number_separator": numbers.separator,
            }),
            Self::Date(dates) => json!({
                "date_format": dates.format,
                "date_include_time": dates.include_time,
                "date_time_format": dates.time_format,
                "date_show_tzinfo": dates.show_tzinfo,
                "date_force_timezone": dates.force_timezone,
            }),
            Self::Duration(format) => json!({ "duration_format": format }),
            _ => return Map::new(),
        };
        match keys {
            Value::Object(keys) => keys,
            _ => Map::new(),
        }
    }

    fn read(name: &str, keys: &Map<String, Value>) -> Option<Self> {
        let plain = match name {
            "text" => return Some(Self::Text),
            "char" => return Some(Self::Char),
            "url" => return Some(Self::Url),
            "single_file" => return Some(Self::File),
            "link" => return Some(Self::Link),
            "button" => return Some(Self::Button),
            "multiple_collaborators"
            | "number"
            | "boolean"
            | "date"
            | "duration"
            | "single_select"
            | "multiple_select" => name,
            _ => return None,
        };
        Self::of_plain_field(plain, keys).map(|typed| typed.kind)
    }
}

/// The keys of an invalid formula.
pub(in crate::platforms::baserow) fn invalid(error: &str) -> Map<String, Value> {
    let mut keys = nothing();
    keys.insert("error".to_owned(), error.into());
    keys
}

fn nothing() -> Map<String, Value> {
    let keys = json!({
        "formula_type": "invalid",
        "error": null,
        "nullable": false,
        "array_formula_type": null,
        "number_decimal_places": null,
        "number_prefix": "",
        "number_suffix": "",
        "number_separator": "",
        "date_format": null,
        "date_include_time": null,
        "date_time_format": null,
        "date_show_tzinfo": null,
        "date_force_timezone": null,
        "duration_format": null,
    });
    match keys {
        Value::Object(keys) => keys,
        _ => Map::new(),
    }
}
