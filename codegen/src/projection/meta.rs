//! What progenitor cannot carry, per operation: the table that the generated client's runtime works from.

/// An operation as the client sees it.
#[derive(Clone, Debug, PartialEq)]
pub struct OperationMeta {
    /// The `operationId`, or the one made for it.
    pub id: String,
    /// The name of its method in Rust.
    pub name: String,
    /// The method in upper case.
    pub method: String,
    /// The path template as the document writes it.
    pub path: String,
    /// `summary`
    pub summary: Option<String>,
    /// `description`
    pub description: Option<String>,
    /// `deprecated`
    pub deprecated: bool,
    /// Its parameters, those of the path item included.
    pub parameters: Vec<ParameterMeta>,
    /// What it sends.
    pub body: Option<BodyMeta>,
    /// One for each declared status, exact ones first, then ranges.
    pub replies: Vec<ReplyMeta>,
    /// Alternatives, each a list of security schemes that are needed together; empty = none is needed.
    pub security: Vec<Vec<String>>,
    /// Whether it may be sent again.
    pub repeat: Repeat,
    /// How it gives its list in pages, if it does.
    pub paging: Option<PagingMeta>,
}

/// Whether a request may be sent a second time when nobody knows what became of the first (RFC 9110, 9.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Repeat {
    /// Asking again changes nothing: a safe method, or an effect that only reads.
    Safe,
    /// Doing it twice is doing it once: `PUT` and `DELETE`.
    Idempotent,
    /// Only when nothing has been sent yet.
    Once,
}

/// A parameter.
#[derive(Clone, Debug, PartialEq)]
pub struct ParameterMeta {
    /// Its name on the wire.
    pub wire: String,
    /// Its name in the projection; differs where two names would collide in Rust.
    pub lowered: String,
    /// Its name in Rust.
    pub ident: String,
    /// `path`, `query`, `header` or `cookie`.
    pub location: String,
    /// Whether it must be given.
    pub required: bool,
    /// How its value becomes text.
    pub form: ParameterForm,
    /// `description`
    pub description: Option<String>,
}

/// How a parameter's value becomes the text that progenitor sends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ParameterForm {
    /// progenitor writes it.
    Plain,
    /// The members of a list joined with this character.
    Joined(char),
    /// JSON as text.
    Json,
}

/// A request body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BodyMeta {
    /// The media type that is sent.
    pub media_type: String,
    /// Whether it must be given.
    pub required: bool,
    /// How it is written.
    pub form: BodyForm,
    /// `description`
    pub description: Option<String>,
}

/// How a request body is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BodyForm {
    /// JSON.
    Json,
    /// JSON that the runtime turns into `application/x-www-form-urlencoded`.
    Form,
    /// Text as it stands.
    Text,
    /// Bytes as they stand.
    Bytes,
}

/// A declared response.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReplyMeta {
    /// The lowest status it is for.
    pub from: u16,
    /// The highest status it is for.
    pub to: u16,
    /// Its variant in the operation's reply.
    pub variant: String,
    /// How its body is read.
    pub form: ReplyForm,
    /// Whether it comes in the platform's envelope.
    pub wrapping: Wrapping,
    /// The media type that is asked for.
    pub media_type: Option<String>,
    /// The names of its declared headers.
    pub headers: Vec<String>,
    /// `description`
    pub description: String,
}

impl ReplyMeta {
    /// Whether this reply says that the operation did what was asked.
    #[must_use]
    pub fn is_success(&self) -> bool {
        self.to < 400
    }
}

/// How a response body is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReplyForm {
    /// There is none.
    Empty,
    /// JSON.
    Json,
    /// Text.
    Text,
    /// Bytes, kept as they came.
    Bytes,
}

/// Whether a body comes in an envelope (`x-envelope`), and what of it is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wrapping {
    /// It does not.
    None,
    /// All of it, as it has more than the payload.
    Whole,
    /// The payload.
    Payload,
    /// Nothing, as it has no payload.
    Nothing,
}

/// A security scheme as the client needs it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SchemeMeta {
    /// Its name under `components/securitySchemes`.
    pub name: String,
    /// Where the credential is put.
    pub place: SchemePlace,
    /// What stands before it.
    pub prefix: String,
    /// `description`
    pub description: Option<String>,
}

/// Where a credential is put.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SchemePlace {
    /// A header of this name.
    Header(String),
    /// A query parameter of this name.
    Query(String),
    /// A cookie of this name.
    Cookie(String),
    /// `user:password`, to be encoded as RFC 7617 says.
    Basic,
}

/// A string type with known values that accepts others too.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenEnum {
    /// Its name.
    pub name: String,
    /// `description`
    pub description: Option<String>,
    /// Its known values.
    pub values: Vec<String>,
}

/// A union whose branches a property tells apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnionMeta {
    /// Its name.
    pub name: String,
    /// `description`
    pub description: Option<String>,
    /// The property that tells the branches apart; the branches' components do not have it.
    pub property: String,
    /// The branches by the property's value.
    pub variants: Vec<UnionVariant>,
}

/// A branch of a union.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnionVariant {
    /// The value that says so.
    pub value: String,
    /// The component that describes the rest.
    pub component: String,
}

/// How an operation gives its list in pages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PagingMeta {
    /// What is counted.
    pub turn: Turn,
    /// The name in Rust of the parameter that says where a page begins.
    pub ident: String,
    /// The property that holds a page's items; `None` when the answer is the list itself.
    pub items: Option<String>,
    /// Whether the answer says in `next` whether there is more.
    pub next: bool,
    /// The property that says how many there are on all pages together.
    pub total: Option<String>,
    /// The property that says how many a page has at most, where `total` is there, too.
    pub size: Option<String>,
    /// The property that holds what was asked for, where it comes in an envelope that is taken off.
    pub payload: Option<String>,
}

/// What the place of a page is counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    /// Pages, from 1.
    Page,
    /// Items, from 0.
    Offset,
}
