//! What may be written at each keyword. Values, predicates and selections are read by [`crate::language`].

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Map, Value};

/// Collections by name.
pub(crate) type RawCollections = IndexMap<String, RawCollection>;
/// Settings by name.
pub(crate) type RawSettings = IndexMap<String, RawSetting>;

/// One, or a list.
#[derive(Deserialize, JsonSchema)]
#[serde(untagged)]
pub(crate) enum RawMany<T> {
    One(T),
    Many(Vec<T>),
}

impl<T> RawMany<T> {
    pub(crate) fn into_vec(self) -> Vec<T> {
        match self {
            Self::One(one) => vec![one],
            Self::Many(many) => many,
        }
    }
}

/// A collection of records.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct RawCollection {
    /// A component schema; its properties are the record's fields.
    pub(crate) schema: String,
    /// The field that names a record.
    #[serde(default = "key_default")]
    pub(crate) key: String,
    /// Fields, or lists of fields, that no two records share.
    #[serde(default)]
    pub(crate) unique: Vec<RawMany<String>>,
    /// Fields that are compared without regard to case.
    #[serde(default)]
    pub(crate) ignore_case: Vec<String>,
    /// Fields by which records are found, beside those that the document itself compares.
    #[serde(default)]
    pub(crate) index: Vec<String>,
    /// The records it starts with.
    #[serde(default)]
    pub(crate) seed: Vec<Map<String, Value>>,
}

fn key_default() -> String {
    "id".to_owned()
}

/// A switch of the product.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawSetting {
    /// What it is for.
    pub(crate) description: Option<String>,
    /// A JSON Schema of what it may be.
    pub(crate) schema: Option<Map<String, Value>>,
    /// What it is unless said otherwise.
    #[serde(default)]
    pub(crate) default: Value,
    /// Never printed.
    #[serde(default)]
    pub(crate) secret: bool,
}

/// The collection that a value is a key of.
#[derive(Deserialize, JsonSchema)]
#[serde(untagged)]
pub(crate) enum RawRef {
    Name(String),
    Full(RawFullRef),
}

/// The collection that a value is a key of, and what happens when that record goes.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct RawFullRef {
    pub(crate) to: String,
    #[serde(default)]
    pub(crate) on_delete: RawOnDelete,
}

/// What happens to the referring record.
#[derive(Clone, Copy, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum RawOnDelete {
    #[default]
    Restrict,
    Cascade,
    Clear,
}

/// How the server sets a property.
#[derive(Deserialize, JsonSchema)]
#[serde(untagged)]
pub(crate) enum RawAssign {
    Full(#[allow(dead_code, reason = "as `Short`")] RawFullAssign),
    Short(#[allow(dead_code, reason = "read in place, for its position")] Value),
}

/// How and when the server sets a property.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawFullAssign {
    /// `uuid`, `sequence`, `now`, `token`, `object-id`, `{ after: PT60M }`, `{ jwt: { claims } }`, or any value.
    #[serde(rename = "value")]
    pub(crate) _value: Value,
    /// When: `created` (default), `updated`, `used`.
    pub(crate) at: Option<RawMany<RawAt>>,
    /// Letters and digits of a `token`.
    pub(crate) length: Option<usize>,
}

/// When a property is set.
#[derive(Clone, Copy, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum RawAt {
    Created,
    Updated,
    Used,
}

/// The forms of an assigned value that are not simply values.
#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) enum RawAssignKind {
    After(String),
    Jwt(#[allow(dead_code, reason = "read in place, for its position")] Map<String, Value>),
}

/// The outcomes that a response or example speaks, or the one that a parameter's violation ends in.
pub(crate) type RawOutcome = RawMany<String>;
