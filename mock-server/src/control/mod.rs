//! The control interface under `/_mock/`, as `control.openapi.yaml` describes it.

mod base;
mod clock;
mod gate;
mod routes;

pub(crate) use base::{BASE, base, is_below};
pub(crate) use routes::router;
