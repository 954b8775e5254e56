//! The control interface under `/_mock/`, as `control.openapi.yaml` describes it.

mod clock;
mod gate;
mod routes;

pub(crate) use routes::router;
