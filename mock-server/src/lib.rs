//! The mock server: a stateful reference server for any OpenAPI document.

pub mod action;
mod assign;
mod authenticate;
mod build;
mod builder;
mod control;
mod cors;
mod credentials;
mod decode;
mod effect;
pub mod engine;
pub mod entropy;
mod exchange;
#[rustfmt::skip]
pub mod generated;
mod handle;
pub mod inputs;
mod journal;
mod mask;
mod model;
mod nearest;
mod negotiate;
pub mod outcome;
mod persist;
mod pipeline;
mod plan;
mod platforms;
mod problem;
mod read;
mod receive;
mod render;
mod route;
mod scope;
mod server;
mod shared;
pub mod state;
mod tidy;
mod validate;
mod worlds;

pub use builder::{Builder, StartError};
pub use credentials::{CredentialHeader, PresentableCredential};
pub use generated::tooljet;
pub use handle::MockServer;
pub use journal::{Entry, Filter, Message, Refused};
pub use persist::StateFileError;
pub use scope::Bound;
