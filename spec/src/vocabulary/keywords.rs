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

/// What holds for every request.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct RawConduct {
    /// Preconditions, tested before anything else.
    #[serde(default)]
    pub(crate) require: Vec<RawGuard>,
    /// The order of authentication and validation.
    pub(crate) order: Option<[RawStage; 2]>,
    /// How paths are compared.
    #[serde(default)]
    pub(crate) paths: RawPaths,
    /// The outcome of a known path with another method.
    pub(crate) method_not_allowed: Option<String>,
    /// HEAD is answered wherever GET is.
    pub(crate) head: Option<bool>,
    /// Null for an optional property is treated as absent.
    #[serde(default)]
    pub(crate) null_is_absent: bool,
    /// What becomes of properties that a schema does not know.
    #[serde(default)]
    pub(crate) unknown_properties: RawUnknown,
    /// How large a body may be.
    pub(crate) body_limit: Option<RawBodyLimit>,
    /// Whether an undeclared media type is refused.
    #[serde(default)]
    pub(crate) media_type: RawMediaTypes,
    /// What JSON answers say their media type is.
    pub(crate) content_type: Option<String>,
    /// Headers of every answer, as values.
    #[serde(default)]
    pub(crate) headers: IndexMap<String, Value>,
    /// Answers for outcomes that an operation does not speak.
    #[serde(default)]
    pub(crate) responses: IndexMap<String, RawDefaultResponse>,
    /// Sentences for violated rules.
    #[serde(default)]
    pub(crate) violations: IndexMap<String, String>,
}

/// A precondition.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawGuard {
    /// A predicate.
    #[serde(rename = "where")]
    pub(crate) _filter: Map<String, Value>,
    /// The outcome when it does not hold.
    #[serde(rename = "else")]
    pub(crate) outcome: String,
}

/// A stage of the pipeline.
#[derive(Clone, Copy, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum RawStage {
    Authenticate,
    Validate,
}

/// How paths are compared.
#[derive(Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub(crate) struct RawPaths {
    /// Letter case makes no difference.
    pub(crate) ignore_case: bool,
    /// A slash at the end makes no difference.
    pub(crate) ignore_trailing_slash: bool,
}

/// What becomes of unknown properties.
#[derive(Clone, Copy, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum RawUnknown {
    #[default]
    Keep,
    Drop,
    Refuse,
}

/// How large a body may be.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawBodyLimit {
    /// A value: bytes, or text such as `50mb`.
    #[serde(rename = "size")]
    pub(crate) _size: Value,
    /// The outcome of a larger one.
    #[serde(rename = "else", default = "too_large")]
    pub(crate) outcome: String,
}

fn too_large() -> String {
    "too-large".to_owned()
}

/// Whether an undeclared media type is refused.
#[derive(Clone, Copy, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum RawMediaTypes {
    #[default]
    Strict,
    Lenient,
}

/// An answer for an outcome that an operation does not speak.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawDefaultResponse {
    /// The status code.
    #[schemars(range(min = 100, max = 599))]
    pub(crate) status: u16,
    /// A response, or a reference to one.
    #[serde(rename = "response")]
    pub(crate) _response: Map<String, Value>,
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
    Full(RawFullAssign),
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

/// One step, or a list of steps.
pub(crate) type RawEffect = RawMany<RawStep>;

/// What an operation does to records: one verb, and modifiers beside it.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawStep {
    /// Takes the first record.
    #[serde(rename = "find")]
    pub(crate) _find: Option<RawSelect>,
    /// Takes all records, or a page of them.
    #[serde(rename = "list")]
    pub(crate) _list: Option<RawSelect>,
    /// Makes a record, or one for each element.
    #[serde(rename = "create")]
    pub(crate) _create: Option<RawCreate>,
    /// Merges into the first record (RFC 7396).
    #[serde(rename = "update")]
    pub(crate) _update: Option<RawWrite>,
    /// Merges; what is not set returns to its default.
    #[serde(rename = "replace")]
    pub(crate) _replace: Option<RawWrite>,
    /// Removes every record that matches.
    #[serde(rename = "delete")]
    pub(crate) _delete: Option<RawSelect>,
    /// Passes when the predicate holds.
    #[serde(rename = "require")]
    pub(crate) _require: Option<RawRequire>,
    /// A named action, written in Rust.
    pub(crate) call: Option<RawCall>,
    /// Binds the result to a name; `result` is what the response renders.
    #[serde(rename = "as")]
    pub(crate) bind: Option<String>,
    /// Skips the step unless this predicate holds.
    #[serde(rename = "when")]
    pub(crate) _when: Option<Map<String, Value>>,
    /// The outcome of a miss, or `pass`.
    #[serde(rename = "else")]
    pub(crate) miss: Option<String>,
    /// The outcome of a conflict.
    pub(crate) conflict: Option<String>,
}

/// A step that works on a selection.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawSelect {
    /// The collection.
    #[serde(rename = "in")]
    pub(crate) _from: Value,
    /// A predicate.
    #[serde(rename = "where")]
    pub(crate) _filter: Option<Map<String, Value>>,
    /// The order.
    #[serde(rename = "sort")]
    pub(crate) _sort: Option<Value>,
    /// Which part.
    #[serde(rename = "page")]
    pub(crate) _page: Option<Map<String, Value>>,
}

/// A step that writes to the first record of a selection.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawWrite {
    /// The collection.
    #[serde(rename = "in")]
    pub(crate) _from: Value,
    /// A predicate.
    #[serde(rename = "where")]
    pub(crate) _filter: Option<Map<String, Value>>,
    /// What to write; the body where it is left out.
    #[serde(rename = "set")]
    pub(crate) _set: Option<Value>,
}

/// A step that makes records.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawCreate {
    /// The collection.
    #[serde(rename = "in")]
    pub(crate) _from: Value,
    /// What to write; the body where it is left out.
    #[serde(rename = "set")]
    pub(crate) _set: Option<Value>,
    /// The list to make a record of each element of.
    #[serde(rename = "each")]
    pub(crate) _each: Option<Value>,
}

/// A step that tests.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawRequire {
    /// A predicate.
    #[serde(rename = "where")]
    pub(crate) _filter: Map<String, Value>,
}

/// A step in Rust.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawCall {
    /// Its name in `snake_case`.
    pub(crate) action: String,
    /// Its input, as values by name.
    #[serde(rename = "with", default)]
    pub(crate) with: IndexMap<String, Value>,
    /// The outcomes it can end in besides `ok`.
    #[serde(default)]
    pub(crate) outcomes: Vec<String>,
}

/// The outcomes that a response or example speaks, or the one that a parameter's violation ends in.
pub(crate) type RawOutcome = RawMany<String>;

/// How a presented credential is recognised.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawCredential {
    /// The collection.
    #[serde(rename = "in")]
    pub(crate) _from: Value,
    /// A predicate, with `$credential` for what was presented.
    #[serde(rename = "where")]
    pub(crate) _filter: Map<String, Value>,
    /// What stands before the credential proper.
    pub(crate) prefix: Option<String>,
    /// Who the caller is: a value on the recognised record.
    #[serde(rename = "caller")]
    pub(crate) _caller: Option<Value>,
}
