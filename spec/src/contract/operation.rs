//! Operations: what OpenAPI says of them, resolved.

use serde_json::Value;

use super::effect::Step;
use super::schema::SchemaId;
use crate::Pointer;
use crate::language::{Predicate, Selection, ValueExpr};

/// Method and path, and all that belongs to them.
#[derive(Clone, Debug)]
pub struct Operation {
    /// The `operationId`; made from method and path where the document has none.
    pub id: String,
    /// The method in upper case.
    pub method: String,
    /// The path.
    pub path: PathTemplate,
    /// `tags`
    pub tags: Vec<String>,
    /// `summary`
    pub summary: Option<String>,
    /// `description`
    pub description: Option<String>,
    /// `deprecated`
    pub deprecated: bool,
    /// Parameters, those of the path item included.
    pub parameters: Vec<Parameter>,
    /// The request body.
    pub body: Option<RequestBody>,
    /// Responses in the document's order.
    pub responses: Vec<Response>,
    /// Alternatives, each a list of schemes that are needed together. No alternative = no security; an empty one = anonymous callers too.
    pub security: Vec<Vec<SchemeUse>>,
    /// What it does; empty = nothing is said.
    pub effect: Vec<Step>,
    /// Where it stands in the document.
    pub pointer: Pointer,
}

/// A path with parameters in it. A segment may mix text and parameters: `/files/{name}.json`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PathTemplate {
    /// As the document writes it, the base path of `servers` not included.
    pub text: String,
    /// Between the slashes, each a list of parts.
    pub segments: Vec<Vec<Segment>>,
}

/// A part of a path segment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Segment {
    /// Text.
    Literal(String),
    /// A parameter's name.
    Parameter(String),
}

/// Where a parameter stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Location {
    /// `in: path`
    Path,
    /// `in: query`
    Query,
    /// `in: header`
    Header,
    /// `in: cookie`
    Cookie,
}

/// How a parameter is written (OpenAPI 3.0.3, "Style Values").
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// `;a=b`
    Matrix,
    /// `.b`
    Label,
    /// `b`
    Simple,
    /// `a=b`
    Form,
    /// `a=b%20c`
    SpaceDelimited,
    /// `a=b|c`
    PipeDelimited,
    /// `a[b]=c`
    DeepObject,
}

/// A parameter.
#[derive(Clone, Debug)]
pub struct Parameter {
    /// Its name on the wire.
    pub name: String,
    /// Where it stands.
    pub location: Location,
    /// Whether it must be there.
    pub required: bool,
    /// How it is written.
    pub style: Style,
    /// Whether lists and objects are spread over several parameters.
    pub explode: bool,
    /// Its schema; for `content`, the schema of what the text contains.
    pub schema: SchemaId,
    /// The media type of the text, where the parameter has `content` instead of `schema`.
    pub content: Option<String>,
    /// What a violation ends in; `invalid` unless `x-outcome` says otherwise.
    pub outcome: String,
    /// `example`, or the first of `examples`.
    pub example: Option<Value>,
    /// Where it stands in the document.
    pub pointer: Pointer,
}

/// A request body.
#[derive(Clone, Debug)]
pub struct RequestBody {
    /// Whether it must be there.
    pub required: bool,
    /// What it may be.
    pub content: Vec<MediaType>,
    /// Where it stands in the document.
    pub pointer: Pointer,
}

/// A media type of a body.
#[derive(Clone, Debug)]
pub struct MediaType {
    /// For example `application/json`; may be a range such as `image/*`.
    pub name: String,
    /// What the body is.
    pub schema: Option<SchemaId>,
    /// `example` and `examples`.
    pub examples: Vec<Example>,
    /// `encoding`, as it stands.
    pub encoding: Option<Value>,
    /// Where it stands in the document.
    pub pointer: Pointer,
}

/// An example of a body.
#[derive(Clone, Debug)]
pub struct Example {
    /// Its name; empty for `example`.
    pub name: String,
    /// The outcomes it speaks (`x-outcome`).
    pub outcomes: Vec<String>,
    /// Its value as it stands.
    pub raw: Value,
    /// Its value read as a template, where it speaks an outcome.
    pub template: Option<ValueExpr>,
    /// Where it stands in the document.
    pub pointer: Pointer,
}

/// The status that a response is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Status {
    /// One code.
    Code(u16),
    /// `2XX` and the like: the first digit.
    Range(u8),
    /// `default`
    Default,
}

impl Status {
    /// Whether this response is for that code.
    #[must_use]
    pub fn covers(self, code: u16) -> bool {
        match self {
            Self::Code(own) => own == code,
            Self::Range(digit) => code / 100 == u16::from(digit),
            Self::Default => true,
        }
    }

    /// The code to answer with: the code itself, the first of a range, 500 for `default`.
    #[must_use]
    pub fn code(self) -> u16 {
        match self {
            Self::Code(code) => code,
            Self::Range(digit) => u16::from(digit) * 100,
            Self::Default => 500,
        }
    }
}

impl std::fmt::Display for Status {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Code(code) => write!(f, "{code}"),
            Self::Range(digit) => write!(f, "{digit}XX"),
            Self::Default => f.write_str("default"),
        }
    }
}

/// A response.
#[derive(Clone, Debug)]
pub struct Response {
    /// What status it is for.
    pub status: Status,
    /// The outcomes it speaks: declared, those of its examples, or by the meaning of its code.
    pub outcomes: Vec<String>,
    /// Sent only when this holds (`x-when`).
    pub when: Option<Predicate>,
    /// Its headers.
    pub headers: Vec<Header>,
    /// Its bodies; none = no body.
    pub content: Vec<MediaType>,
    /// `description`
    pub description: String,
    /// Where it stands in the document: at the status code, not at what a reference leads to.
    pub pointer: Pointer,
}

impl Response {
    /// The example that speaks `outcome`, and the media type it belongs to.
    #[must_use]
    pub fn example_for(&self, outcome: &str) -> Option<(&MediaType, &Example)> {
        self.content.iter().find_map(|media| {
            let speaks = |example: &&Example| example.outcomes.iter().any(|one| one == outcome);
            media.examples.iter().find(speaks).map(|example| (media, example))
        })
    }
}

/// A header of a response.
#[derive(Clone, Debug)]
pub struct Header {
    /// Its name.
    pub name: String,
    /// Whether it must be there.
    pub required: bool,
    /// Its schema (with `x-value`, where one stands).
    pub schema: SchemaId,
    /// Sent only when this holds (`x-when`).
    pub when: Option<Predicate>,
    /// Where it stands in the document.
    pub pointer: Pointer,
}

/// A security scheme, and how what it presents is recognised.
#[derive(Clone, Debug)]
pub struct SecurityScheme {
    /// Its name under `components/securitySchemes`.
    pub name: String,
    /// What it is.
    pub kind: SchemeKind,
    /// `x-credential`
    pub credential: Option<Credential>,
    /// Where it stands in the document.
    pub pointer: Pointer,
}

impl SecurityScheme {
    /// What is looked at for an `apiKey` with these settings, where that is another header, query parameter or cookie than
    /// the scheme declares.
    #[must_use]
    pub fn effective_name(&self, setting: &dyn Fn(&str) -> Option<Value>) -> Option<String> {
        let SchemeKind::ApiKey(_, declared) = &self.kind else { return None };
        let name = self.credential.as_ref()?.name.as_ref()?.of_settings(setting)?;
        name.as_str().filter(|name| !name.is_empty() && name != declared).map(str::to_owned)
    }
}

/// The kinds of security schemes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SchemeKind {
    /// `apiKey`, where it stands and its name.
    ApiKey(Location, String),
    /// `http` with `basic` (RFC 7617).
    Basic,
    /// `http` with `bearer` (RFC 6750).
    Bearer,
    /// `http` with another scheme.
    Http(String),
    /// `oauth2`: a bearer token.
    OAuth2,
    /// `openIdConnect`: a bearer token.
    OpenIdConnect,
    /// `mutualTLS`
    MutualTls,
}

/// How a credential is recognised (`x-credential`).
#[derive(Clone, Debug)]
pub struct Credential {
    /// Where to look, with `$credential` for what was presented.
    pub select: Selection,
    /// What is looked at instead of the name that the scheme declares, over settings; none, or absent = as declared.
    pub name: Option<ValueExpr>,
    /// Where a credential for one of these schemes is presented, this one is not looked at.
    pub unless: Vec<String>,
    /// What stands before the credential proper.
    pub prefix: Option<Prefix>,
    /// What the credential proper looks like: a regular expression of ECMA-262.
    pub pattern: Option<String>,
    /// The outcome of a credential that is not written as it should be; none = as of one that is not recognised.
    pub malformed: Option<String>,
    /// The key that the credential, a JSON Web Token (RFC 7519), is signed with by HS256; none = it is no such token.
    pub jwt: Option<ValueExpr>,
    /// The outcome of a token that is signed as it should be and belongs to no record; none = as of one that is not recognised.
    pub unknown: Option<String>,
    /// The outcome of a credential that is not recognised, also where anonymous callers are allowed; none = `unauthenticated`.
    pub refused: Option<String>,
    /// How a credential is obtained.
    pub sign_in: Option<SignIn>,
    /// Who the caller is, on the recognised record; none = that record.
    pub caller: Option<ValueExpr>,
    /// Where it stands in the document.
    pub pointer: Pointer,
}

/// What stands before the credential proper.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prefix {
    /// For example `Basic `, with its blank.
    pub text: String,
    /// Letter case makes no difference.
    pub ignore_case: bool,
}

impl Prefix {
    /// What follows the prefix; none where `text` does not begin with it.
    #[must_use]
    pub fn strip<'t>(&self, text: &'t str) -> Option<&'t str> {
        let (start, rest) = text.split_at_checked(self.text.len())?;
        self.same(start, &self.text).then_some(rest)
    }

    /// Whether `text` is only the word that the prefix begins with: `JWT` for `JWT `.
    #[must_use]
    pub fn is_bare(&self, text: &str) -> bool {
        let word = self.text.trim_end();
        !word.is_empty() && self.same(text.trim_end(), word)
    }

    fn same(&self, one: &str, other: &str) -> bool {
        if self.ignore_case { one.eq_ignore_ascii_case(other) } else { one == other }
    }
}

/// How a credential is obtained (`sign-in`).
#[derive(Clone, Debug)]
pub struct SignIn {
    /// The `operationId` of signing in.
    pub operation: String,
    /// Its body, over `$user` and `$password`.
    pub body: Option<ValueExpr>,
    /// The security scheme whose credential it is sent with; none = what its own `security` asks for.
    pub with: Option<String>,
    /// What to present, over `$response.body#/…` and `$response.cookie.NAME`; `$response.cookie` is the cookie that the
    /// scheme itself is named by.
    pub value: ValueExpr,
    /// How an account is made.
    pub register: Option<Register>,
    /// Where it stands in the document.
    pub pointer: Pointer,
}

/// How an account is made.
#[derive(Clone, Debug)]
pub struct Register {
    /// The `operationId` of making an account.
    pub operation: String,
    /// Its body, over `$user` and `$password`.
    pub body: Option<ValueExpr>,
}

/// A scheme that an alternative needs.
#[derive(Clone, Debug)]
pub struct SchemeUse {
    /// The scheme's name.
    pub scheme: String,
    /// The scopes it asks for.
    pub scopes: Vec<String>,
}
