//! Every example runs, and shows what it says it shows. So does the README.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

#[path = "../../frontend.rs"]
#[allow(dead_code, reason = "its `main` and its `serve` are for people")]
mod frontend;
#[path = "../../integrate.rs"]
#[allow(dead_code, reason = "its `main` is for people")]
mod integrate;
#[path = "../../validate.rs"]
#[allow(dead_code, reason = "its `main` is for people")]
mod validate;

mod frontends;
mod operator;
mod own_client;
mod postman;
mod program;
mod readme;
mod service;
mod swagger;
mod tokens;
