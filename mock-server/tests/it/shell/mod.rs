//! The shell: what stands between the wire and the engine.

mod bags;
mod basics;
mod bodies;
mod control;
mod extension;
mod habits;
mod journal;
mod leading;
mod limits;
mod lodge;
mod namespaces;
mod nonsense;
mod overlays;
mod plain;
mod program;
mod routes;
mod state_file;
mod styles;
mod support;
mod tls;
mod validation;
