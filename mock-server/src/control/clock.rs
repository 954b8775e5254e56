//! `/_mock/clock`: what time it is, and what time it shall be.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use bytes::Bytes;
use serde::{Deserialize, Serialize};

use super::routes::read;
use crate::entropy::Timestamp;
use crate::problem::Problem;
use crate::shared::Shared;

/// The clock as it is shown.
#[derive(Serialize)]
pub(super) struct Face {
    now: String,
    /// It follows the system's clock, perhaps ahead of it.
    running: bool,
}

/// What the clock shall be set to.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Setting {
    now: Option<String>,
    running: Option<bool>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Advance {
    advance: String,
}

pub(super) async fn show(State(shared): State<Arc<Shared>>) -> Json<Face> {
    let clock = shared.pipeline.engine.clock();
    Json(Face { now: clock.now().to_string(), running: !clock.is_manual() })
}

pub(super) async fn set(shared: State<Arc<Shared>>, body: Bytes) -> Result<Json<Face>, Problem> {
    let clock = shared.pipeline.engine.clock();
    match read(&body)? {
        Setting { now: Some(now), running: None | Some(false) } => {
            let moment = Timestamp::parse(&now).ok_or_else(|| {
                Problem::bad_request(
                    "`now` is not a time of RFC 3339: expected something like `2026-01-31T12:00:00Z`",
                )
            })?;
            clock.set(moment);
        }
        Setting { now: None, running: Some(true) } => clock.resume(),
        Setting { now: None, running: Some(false) } => clock.set(clock.now()),
        Setting { .. } => {
            return Err(Problem::bad_request(
                "expected `{\"now\": TIME}` to stop the clock there, or `{\"running\": true}`",
            ));
        }
    }
    Ok(show(shared).await)
}

pub(super) async fn advance(shared: State<Arc<Shared>>, body: Bytes) -> Result<Json<Face>, Problem> {
    let Advance { advance } = read(&body)?;
    let duration: jiff::SignedDuration = advance.parse().map_err(|_| {
        Problem::bad_request(
            "`advance` is not a duration: expected hours, minutes and seconds as in `PT1H30M` or `90 minutes`",
        )
    })?;
    let milliseconds = i64::try_from(duration.as_millis()).unwrap_or(i64::MAX);
    shared.pipeline.engine.clock().advance(milliseconds);
    Ok(show(shared).await)
}
