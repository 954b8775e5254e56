//! The mock server: a stateful reference server for any OpenAPI document.

pub mod action;
pub mod engine;
pub mod entropy;
pub mod inputs;
pub mod outcome;
pub mod state;

mod builder;
mod control;
mod cors;
mod credentials;
mod decode;
mod exchange;
mod handle;
mod journal;
mod mask;
mod nearest;
mod negotiate;
mod persist;
mod pipeline;
mod plan;
mod platforms;
mod problem;
mod read;
mod receive;
mod route;
mod server;
mod shared;
mod tidy;
mod validate;
mod worlds;

pub use builder::{Builder, StartError};
pub use credentials::{CredentialHeader, PresentableCredential};
pub use handle::MockServer;
pub use journal::{Entry, Filter, Message, Refused};
pub use persist::StateFileError;
