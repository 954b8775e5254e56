//! What is generated, and what is said about documents.

mod fresh;
mod outline;
mod program;
mod projection;
mod support;
