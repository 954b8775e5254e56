//! The contract: a document, resolved and lowered. Everything else in Tercet reads this.

mod collection;
pub(crate) mod compiled;
mod conduct;
mod convert;
mod effect;
mod envelope;
mod model;
mod operation;
mod schema;
mod typing;
mod validator;

pub use collection::{Assign, AssignAt, AssignKind, Collection, OnDelete, Reference};
pub use compiled::type_violations;
pub use conduct::{
    Alias, BodyLimit, Coerce, Conduct, DefaultResponse, Details, Elements, Escape, Guard, Per, RateLimit,
    Sentence, Setting, Stage, UnknownProperties,
};
pub use effect::{DocumentFormat, DocumentationPage, Miss, Rights, Serve, Step, Verb};
pub use envelope::{Envelope, Meanings};
pub use model::Contract;
pub use operation::{
    Credential, Example, Header, Location, MediaType, Operation, Parameter, PathTemplate, Prefix, Register,
    RequestBody, Response, SchemeKind, SchemeUse, SecurityScheme, Segment, SignIn, Status, Style,
};
pub use schema::{Additional, Schema, SchemaId, Schemas, Type};
pub use typing::Typed;
pub use validator::{Flavour, Validators, Violation};
