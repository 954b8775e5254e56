//! The shell: what stands between the wire and the engine.

mod basics;
mod support;
