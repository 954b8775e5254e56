//! What holds for every request of a platform (`x-conduct`, `x-settings`).

use indexmap::IndexMap;
use serde_json::Value;

use super::operation::{Response, SchemeUse};
use super::schema::SchemaId;
use crate::Pointer;
use crate::language::{Predicate, ValueExpr};

/// A switch of the product (`x-settings`).
#[derive(Clone, Debug)]
pub struct Setting {
    /// Its name, which is also that of an environment variable.
    pub name: String,
    /// What it is for.
    pub description: Option<String>,
    /// What it may be.
    pub schema: Option<SchemaId>,
    /// What it is unless said otherwise.
    pub default: Value,
    /// Never to be printed.
    pub secret: bool,
    /// Where it stands in the document.
    pub pointer: Pointer,
}

/// What holds for every request.
#[derive(Clone, Debug)]
pub struct Conduct {
    /// Preconditions, tested before anything else.
    pub require: Vec<Guard>,
    /// The order of the stages that come before the effect.
    pub order: [Stage; 2],
    /// The document's own `security`, where a credential that is presented for it and not recognised is refused before the
    /// path is looked up (`order: [ authenticate, route, validate ]`).
    pub refused_first: Option<Vec<Vec<SchemeUse>>>,
    /// Paths are compared without regard to case.
    pub ignore_case: bool,
    /// A slash at the end of a path makes no difference.
    pub ignore_trailing_slash: bool,
    /// The outcome of a known path with another method.
    pub method_not_allowed: String,
    /// What is demanded of requests whose path or method no operation has, in order; before it is the outcome of an unknown
    /// path, or another method.
    pub unrouted: Vec<Guard>,
    /// The document's own `security`, by which `unrouted` knows its caller.
    pub unrouted_security: Vec<Vec<SchemeUse>>,
    /// How many requests there may be in a while.
    pub rate_limit: Option<RateLimit>,
    /// HEAD is answered wherever GET is.
    pub head: bool,
    /// Null for an optional property is treated as absent.
    pub null_is_absent: bool,
    /// Empty texts are null.
    pub empty_is_null: bool,
    /// What becomes of properties a schema does not know.
    pub unknown_properties: UnknownProperties,
    /// How large a body may be.
    pub body_limit: Option<BodyLimit>,
    /// A body of an undeclared media type counts as absent.
    pub lenient_media_type: bool,
    /// A body that cannot be read, or is no structure where one belongs, counts as absent.
    pub malformed_is_absent: bool,
    /// What answers with JSON say their media type is; none = as the response declares it.
    pub content_type: Option<String>,
    /// Headers of every answer.
    pub headers: Vec<(String, ValueExpr)>,
    /// Answers for outcomes that an operation does not speak itself.
    pub responses: IndexMap<String, DefaultResponse>,
    /// What is said of violated rules, by rule.
    pub violations: IndexMap<String, Sentence>,
    /// The outcome of a path that would be known with a slash at its end; none = that of an unknown path.
    pub missing_trailing_slash: Option<String>,
    /// The outcome of a path that would be known without the slash at its end; none = that of an unknown path.
    pub trailing_slash: Option<String>,
    /// Several slashes in a row count as one.
    pub collapse_slashes: bool,
    /// A path whose parameters break their schemas is an unknown one.
    pub match_parameters: bool,
    /// Parameters at the end of a path whose schema has a default may be left out.
    pub omit_defaults: bool,
    /// Other beginnings of paths.
    pub aliases: Vec<Alias>,
    /// Answers of a known path carry `Allow` (RFC 9110, 10.2.1), and OPTIONS is answered with it.
    pub allow: bool,
    /// Operations with a JSON body also take forms. The lowering has added the media types to their bodies.
    pub forms: bool,
    /// Digits of a second's fraction in `$now` and `x-assign: now`, 0 to 9.
    pub fraction: u8,
    /// What a violated query, header or cookie parameter ends in; none = `invalid`. The lowering has given it to them.
    pub parameters: Option<String>,
    /// What `$outcome.details` looks like; none = as `$outcome.fields`.
    pub details: Option<Details>,
    /// Texts in bodies are trimmed before they are validated, but for those of `format: password`.
    pub trim: bool,
    /// What becomes of scalars of another type than a schema wants.
    pub coerce: Coerce,
    /// Query, form and JSON body are one bag of parameters. The lowering has added the media types of forms to bodies.
    pub merge_parameters: bool,
    /// What JSON answers write as escape sequences.
    pub escape: Escape,
    /// Where it stands in the document.
    pub pointer: Pointer,
}

/// Another beginning of paths (`x-conduct.paths.aliases`): whole segments, percent-decoded, without parameters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alias {
    /// What a request's path begins with.
    pub from: Vec<String>,
    /// What it is routed as if it began with; empty for the root.
    pub to: Vec<String>,
}

/// What becomes of scalars of another type than a schema wants (`x-conduct.coerce`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Coerce {
    /// They break the schema.
    #[default]
    No,
    /// Those that can be read as the type that is wanted are.
    Readable,
    /// Whatever stands where a number or a boolean is wanted is cast as PHP casts it; texts and lists are left alone.
    Php,
}

/// What JSON answers write as escape sequences (`x-conduct.json`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Escape {
    /// `/` as `\/`
    pub solidus: bool,
    /// `<` and `>` as `\u003C` and `\u003E`
    pub angle_brackets: bool,
    /// What is beyond ASCII, as `\u` and four digits, two of them beyond the first plane
    pub non_ascii: bool,
}

impl Escape {
    /// Whether anything is written otherwise than it has to be.
    #[must_use]
    pub fn any(self) -> bool {
        self != Self::default()
    }
}

/// What is said of a violated rule.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sentence {
    /// The sentence, with `{path}` and the like in it; none = the plain default.
    pub message: Option<String>,
    /// A name that programs can go by; none = the rule's own.
    pub code: Option<String>,
}

/// What `$outcome.details` looks like.
#[derive(Clone, Debug)]
pub struct Details {
    /// What is said of one fault, over `$fault.message`, `$fault.code` and `$fault.rule`.
    pub each: ValueExpr,
    /// The name under which faults of the body as a whole stand.
    pub body: String,
    /// How faults of an array's elements are told.
    pub elements: Elements,
    /// Where it stands in the document.
    pub pointer: Pointer,
}

/// How faults of an array's elements are told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Elements {
    /// Scalars under their index as a text; objects as a list with `{}` for those without a fault.
    #[default]
    Index,
    /// All of them as a list with `{}` for those without a fault.
    List,
}

/// A precondition and the outcome of its failure.
#[derive(Clone, Debug)]
pub struct Guard {
    /// What must hold.
    pub filter: Predicate,
    /// How the request ends otherwise.
    pub outcome: String,
    /// Where it stands in the document.
    pub pointer: Pointer,
}

/// A stage of the pipeline whose place in the order platforms differ about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Who is calling?
    Authenticate,
    /// Is the request as the operation declares it?
    Validate,
}

/// What becomes of properties that a schema does not know.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum UnknownProperties {
    /// They stay, where the schema is open.
    #[default]
    Keep,
    /// They are removed before validation, unless the schema says `additionalProperties: true` or gives a schema for them.
    Drop,
    /// They are a violation, unless the schema says `additionalProperties: true` or gives a schema for them.
    Refuse,
}

/// How large a body may be, and the outcome of a larger one.
#[derive(Clone, Debug)]
pub struct BodyLimit {
    /// Bytes as a number, or text such as `50mb` (1024-based).
    pub size: ValueExpr,
    /// The outcome of a larger body.
    pub outcome: String,
}

/// How many requests there may be in a while (`x-conduct.rate-limit`).
#[derive(Clone, Debug)]
pub struct RateLimit {
    /// How many, over settings; there is no limit where it is 0 or absent.
    pub requests: ValueExpr,
    /// Milliseconds.
    pub window: u64,
    /// What is counted by itself.
    pub per: Per,
    /// The outcome of one more.
    pub outcome: String,
    /// Where it stands in the document.
    pub pointer: Pointer,
}

/// What requests are counted by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Per {
    /// All of them together.
    #[default]
    Everything,
    /// Those of a path, as it was sent, without the query.
    Path,
}

/// An answer for an outcome that an operation does not speak itself.
#[derive(Clone, Debug)]
pub struct DefaultResponse {
    /// The status code.
    pub status: u16,
    /// The answer.
    pub response: Response,
}

impl Default for Conduct {
    fn default() -> Self {
        Self {
            require: Vec::new(),
            order: [Stage::Authenticate, Stage::Validate],
            refused_first: None,
            ignore_case: false,
            ignore_trailing_slash: false,
            method_not_allowed: "method-not-allowed".to_owned(),
            unrouted: Vec::new(),
            unrouted_security: Vec::new(),
            rate_limit: None,
            head: true,
            null_is_absent: false,
            empty_is_null: false,
            unknown_properties: UnknownProperties::Keep,
            body_limit: None,
            lenient_media_type: false,
            malformed_is_absent: false,
            content_type: None,
            headers: Vec::new(),
            responses: IndexMap::new(),
            violations: IndexMap::new(),
            missing_trailing_slash: None,
            trailing_slash: None,
            collapse_slashes: false,
            match_parameters: false,
            omit_defaults: false,
            aliases: Vec::new(),
            allow: false,
            forms: false,
            fraction: 3,
            parameters: None,
            details: None,
            trim: false,
            coerce: Coerce::No,
            merge_parameters: false,
            escape: Escape::default(),
            pointer: Pointer::root(),
        }
    }
}
