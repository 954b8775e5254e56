//! The mock server: a stateful reference server for any OpenAPI document.

pub mod action;
mod assign;
mod authenticate;
mod build;
mod effect;
pub mod engine;
pub mod entropy;
pub mod inputs;
mod model;
pub mod outcome;
mod render;
mod scope;
pub mod state;

pub use scope::Bound;
