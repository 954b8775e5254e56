//! The contract: a document, resolved and lowered. Everything else in Tercet reads this.

mod collection;
pub(crate) mod compiled;
mod conduct;
mod convert;
mod effect;
mod model;
mod operation;
mod schema;
mod typing;
mod validator;

pub use collection::{Assign, AssignAt, AssignKind, Collection, OnDelete, Reference};
pub use conduct::{BodyLimit, Conduct, DefaultResponse, Guard, Setting, Stage, UnknownProperties};
pub use effect::{Miss, Step, Verb};
pub use model::Contract;
pub use operation::{
    Credential, Example, Header, Location, MediaType, Operation, Parameter, PathTemplate, RequestBody,
    Response, SchemeKind, SchemeUse, SecurityScheme, Segment, Status, Style,
};
pub use schema::{Additional, Schema, SchemaId, Schemas, Type};
pub use typing::Typed;
pub use validator::{Flavour, Validators, Violation};
