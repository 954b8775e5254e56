//! The mock server: a stateful reference server for any OpenAPI document.

pub mod action;
pub mod engine;
pub mod entropy;
pub mod inputs;
pub mod outcome;
pub mod state;

mod decode;
mod nearest;
mod negotiate;
mod pipeline;
mod plan;
mod read;
mod receive;
mod route;
mod tidy;
mod validate;
