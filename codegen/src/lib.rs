//! The build step: from a platform's document to the sources of its client and of its server.

mod projection;

pub use projection::{
    BodyForm, BodyMeta, Carried, OpenEnum, OperationMeta, ParameterForm, ParameterMeta, Projection, Repeat, ReplyForm,
    ReplyMeta, SchemeMeta, SchemePlace, project,
};
