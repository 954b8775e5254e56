//! What may be written at `x-conduct`.

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Map, Value};

/// What holds for every request.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct RawConduct {
    /// Preconditions, tested before anything else.
    #[serde(default)]
    pub(crate) require: Vec<RawGuard>,
    /// The order of authentication and validation; `[ authenticate, route, validate ]` refuses credentials before the path
    /// is looked up.
    pub(crate) order: Option<Vec<RawStage>>,
    /// How paths are compared.
    #[serde(default)]
    pub(crate) paths: RawPaths,
    /// The outcome of a known path with another method.
    pub(crate) method_not_allowed: Option<String>,
    /// What is demanded of requests whose path or method no operation has.
    #[serde(default)]
    pub(crate) unrouted: Vec<RawGuard>,
    /// How many requests there may be in a while.
    pub(crate) rate_limit: Option<RawRateLimit>,
    /// HEAD is answered wherever GET is.
    pub(crate) head: Option<bool>,
    /// Null for an optional property is treated as absent.
    #[serde(default)]
    pub(crate) null_is_absent: bool,
    /// An empty text is read as null.
    #[serde(default)]
    pub(crate) empty_is_null: bool,
    /// What becomes of properties that a schema does not know.
    #[serde(default)]
    pub(crate) unknown_properties: RawUnknown,
    /// How large a body may be.
    pub(crate) body_limit: Option<RawBodyLimit>,
    /// Whether an undeclared media type is refused.
    #[serde(default)]
    pub(crate) media_type: RawMediaTypes,
    /// What becomes of a body that cannot be read.
    #[serde(default)]
    pub(crate) malformed_body: RawMalformed,
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
    pub(crate) violations: IndexMap<String, RawSentence>,
    /// What a violated query, header or cookie parameter ends in.
    pub(crate) parameters: Option<String>,
    /// The shape of `$outcome.details`.
    pub(crate) details: Option<RawDetails>,
    /// Answers of a known path carry `Allow`, and OPTIONS is answered.
    #[serde(default)]
    pub(crate) allow: bool,
    /// Operations with a JSON body also take forms.
    #[serde(default)]
    pub(crate) forms: bool,
    /// How times are written.
    #[serde(default)]
    pub(crate) timestamps: RawTimestamps,
    /// Texts in bodies are trimmed before they are validated.
    #[serde(default)]
    pub(crate) trim: bool,
    /// Scalars of another type are taken in bodies where they can be read as the type that is wanted; `php` casts them.
    #[serde(default)]
    pub(crate) coerce: RawCoerce,
    /// Query, form and JSON body are one bag of parameters.
    #[serde(default)]
    pub(crate) merge_parameters: bool,
    /// How JSON answers are written.
    #[serde(default)]
    pub(crate) json: RawJson,
}

/// What becomes of a body that cannot be read.
#[derive(Clone, Copy, Default, Deserialize, JsonSchema, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum RawMalformed {
    /// It is refused.
    #[default]
    Refuse,
    /// It counts as none.
    Absent,
}

/// Whether scalars of another type are taken, and how they are read.
#[derive(Deserialize, JsonSchema)]
#[serde(untagged)]
pub(crate) enum RawCoerce {
    Plain(bool),
    Named(RawCast),
}

impl Default for RawCoerce {
    fn default() -> Self {
        Self::Plain(false)
    }
}

/// Languages whose casts are known.
#[derive(Clone, Copy, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum RawCast {
    Php,
}

/// How JSON answers are written.
#[derive(Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawJson {
    /// What is written as an escape sequence, though it need not be.
    #[serde(default)]
    pub(crate) escape: Vec<RawEscape>,
}

/// What can be written as an escape sequence.
#[derive(Clone, Copy, Deserialize, JsonSchema, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum RawEscape {
    /// `/` as `\/`.
    Solidus,
    /// `<` and `>` as `\u003C` and `\u003E`.
    AngleBrackets,
    /// Everything beyond ASCII as `\u` and four digits.
    NonAscii,
}

/// The sentence for a violated rule, or sentence and code.
#[derive(Deserialize, JsonSchema)]
#[serde(untagged)]
pub(crate) enum RawSentence {
    Text(String),
    Full(RawFullSentence),
}

/// What is said of a violated rule.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawFullSentence {
    /// The sentence.
    pub(crate) message: Option<String>,
    /// A name that programs can go by; the rule's own where it is left out.
    pub(crate) code: Option<String>,
}

/// The shape of `$outcome.details`.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawDetails {
    /// What is said of one fault: a value over `$fault`.
    #[serde(rename = "each")]
    pub(crate) _each: Value,
    /// The name under which faults of the body as a whole stand.
    #[serde(default = "body_default")]
    pub(crate) body: String,
    /// How faults of an array's elements are told.
    #[serde(default)]
    pub(crate) elements: RawElements,
}

fn body_default() -> String {
    "body".to_owned()
}

/// How faults of an array's elements are told.
#[derive(Clone, Copy, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum RawElements {
    #[default]
    Index,
    List,
}

/// How times are written.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawTimestamps {
    /// Digits of a second's fraction.
    #[schemars(range(min = 0, max = 9))]
    pub(crate) fraction: u8,
}

impl Default for RawTimestamps {
    fn default() -> Self {
        Self { fraction: 3 }
    }
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

/// How many requests there may be in a while.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawRateLimit {
    /// A value over settings: how many; there is no limit where it is 0 or absent.
    #[serde(rename = "requests")]
    pub(crate) _requests: Value,
    /// An ISO 8601 duration: the while.
    pub(crate) window: String,
    /// What is counted by itself.
    #[serde(default)]
    pub(crate) per: RawPer,
    /// The outcome of one more.
    #[serde(rename = "else")]
    pub(crate) outcome: String,
}

/// What requests are counted by.
#[derive(Clone, Copy, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum RawPer {
    /// All of them together.
    #[default]
    Everything,
    /// Those of a path, as it was sent, without the query.
    Path,
}

/// A stage of the pipeline.
#[derive(Clone, Copy, Deserialize, JsonSchema, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub(crate) enum RawStage {
    Authenticate,
    Route,
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
    /// The outcome of a path that only lacks its slash at the end.
    pub(crate) missing_trailing_slash: Option<String>,
    /// The outcome of a path that only has a slash too many at its end.
    pub(crate) trailing_slash: Option<String>,
    /// Several slashes in a row count as one.
    pub(crate) collapse_slashes: bool,
    /// A path whose parameters break their schemas is an unknown one.
    pub(crate) match_parameters: bool,
    /// Parameters at the end of a path whose schema has a default may be left out.
    pub(crate) omit_defaults: bool,
    /// Other beginnings of paths: a path that begins with the key is routed as if it began with the value.
    pub(crate) aliases: IndexMap<String, String>,
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
