//! What may be written at `x-effect` and `x-steps`.

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Map, Value};

use super::keywords::RawMany;

/// Lists of steps by name.
pub(crate) type RawSteps = IndexMap<String, RawMany<RawStep>>;

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
    /// Answers with bytes instead of a representation.
    pub(crate) serve: Option<RawServe>,
    /// Stands for the steps of that name in `x-steps`: `#/x-steps/NAME`.
    #[serde(rename = "$ref")]
    pub(crate) reference: Option<String>,
    /// Tried before the body is validated, or before any of the request is read.
    pub(crate) before: Option<RawBefore>,
    /// What it writes stays, however the request ends.
    #[serde(default)]
    pub(crate) keep: bool,
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
    /// What a caller ends in who is signed in, but has nothing to do with the record.
    pub(crate) strangers: Option<RawMany<String>>,
    /// What a caller ends in who presents no credential, where such a caller is let in.
    pub(crate) anonymous: Option<RawMany<String>>,
}

/// What a step is tried before.
#[derive(Clone, Copy, Deserialize, JsonSchema, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub(crate) enum RawBefore {
    Request,
    Validate,
}

/// What a step answers with: `document`, `page` with the path of a document, or `content`.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct RawServe {
    /// `json` or `yaml` for this document; beside `page` the path that it is served at.
    pub(crate) document: Option<String>,
    /// A documentation page that works offline.
    pub(crate) page: Option<RawPage>,
    /// A value: what the body is.
    #[serde(rename = "content")]
    pub(crate) _content: Option<Value>,
    /// The content is base64 of the body.
    #[serde(default)]
    pub(crate) base64: bool,
    /// A value: the media type; what the response declares where it is left out.
    #[serde(rename = "media-type")]
    pub(crate) _media_type: Option<Value>,
}

/// The documentation pages.
#[derive(Clone, Copy, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum RawPage {
    Redoc,
    SwaggerUi,
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
    /// It changes nothing.
    #[serde(default)]
    pub(crate) reads: bool,
    /// What it amounts to for whoever looks from outside: one verb.
    #[serde(default)]
    pub(crate) does: Option<RawDoes>,
}

/// What an action amounts to. A `set` says what it names, and nothing of other fields.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawDoes {
    /// It shows one record.
    #[serde(rename = "find")]
    pub(crate) _find: Option<RawSelect>,
    /// It shows all records for which `where` holds, or a page of them.
    #[serde(rename = "list")]
    pub(crate) _list: Option<RawSelect>,
    /// It makes a record, or one for each element.
    #[serde(rename = "create")]
    pub(crate) _create: Option<RawCreate>,
    /// It changes one record.
    #[serde(rename = "update")]
    pub(crate) _update: Option<RawWrite>,
    /// It changes one record; what is not sent returns to what it was made with.
    #[serde(rename = "replace")]
    pub(crate) _replace: Option<RawWrite>,
    /// It removes every record for which `where` holds, or hides it as if it were removed.
    #[serde(rename = "delete")]
    pub(crate) _delete: Option<RawSelect>,
    /// How often it has to be called until the record is gone: 2 where the first call only moves it to a trash.
    #[serde(default)]
    #[schemars(range(min = 2, max = 9))]
    pub(crate) calls: Option<u32>,
    /// What it ends in when no record meets `where`; `not-found` where that is one of its outcomes.
    #[serde(rename = "else")]
    pub(crate) miss: Option<String>,
    /// What a caller ends in who is signed in, but has nothing to do with the record: neither its maker nor anybody it was shared with.
    pub(crate) strangers: Option<RawMany<String>>,
    /// What a caller ends in who presents no credential, where such a caller is let in.
    pub(crate) anonymous: Option<RawMany<String>>,
}
