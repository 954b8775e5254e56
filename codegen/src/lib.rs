//! The build step: from a platform's document to the sources of its client and of its server.

mod client;
mod diagnose;
mod platforms;
mod postman;
mod projection;
mod sdk;
mod server;
mod source;

pub use client::{ClientCrate, MADE_HERE, client_crate, crate_name, crate_name_of};
pub use diagnose::diagnose;
pub use platforms::{Generated, generate, module_name, short_diff};
pub use postman::postman_collection;
pub use projection::{
    BodyForm, BodyMeta, Carried, OpenEnum, OperationMeta, PagingMeta, ParameterForm, ParameterMeta,
    Projection, Repeat, ReplyForm, ReplyMeta, SchemeMeta, SchemePlace, StandIn, Turn, UnionMeta,
    UnionVariant, Wrapping, project,
};
pub use sdk::{Refusal, sdk_outline, sdk_source};
pub use server::{server_source, server_table};
pub use source::document_hash;
