//! Letting time pass at the deployment, where that is possible.

use std::time::Duration;

use serde_json::{Value, json};

use super::state::Session;
use crate::{Sent, Stop};

/// As long as this is simply waited for.
const SHORT: Duration = Duration::from_secs(5);

/// Where the reference server has its clock.
const CLOCK: &str = "/_mock/clock";

impl Session {
    /// Whether the deployment's clock can be moved, or so little time must pass that it can be waited for.
    ///
    /// # Errors
    /// [`Stop::Missing`] when neither is so; [`Stop::Blocked`] when the budget is spent.
    pub(crate) async fn can_let_pass(&mut self, time: Duration) -> Result<(), Stop> {
        if time <= SHORT {
            return Ok(());
        }
        // Only this machine's own reference server is asked for what no document speaks of.
        if self.target.is_loopback() {
            let answer = self.control("GET", None).await?;
            if answer.is_some_and(|face| face.get("now").is_some() && face.get("running").is_some()) {
                return Ok(());
            }
        }
        Err(Stop::Missing(format!(
            "a clock that can be moved: only the reference server has one, and {} s are too long to wait",
            time.as_secs()
        )))
    }

    /// Lets time pass. What [`can_let_pass`](Self::can_let_pass) refused may not be asked for.
    ///
    /// # Errors
    /// [`Stop::Broken`] when the clock does not obey.
    pub(crate) async fn let_pass(&mut self, time: Duration) -> Result<(), Stop> {
        if time <= SHORT {
            tokio::time::sleep(time).await;
            return Ok(());
        }
        self.turn_clock(time, 1).await
    }

    /// Turns a clock back that was moved so far.
    ///
    /// # Errors
    /// [`Stop::Broken`] when the clock does not obey.
    pub(crate) async fn turn_back(&mut self, time: Duration) -> Result<(), Stop> {
        if time <= SHORT { Ok(()) } else { self.turn_clock(time, -1).await }
    }

    async fn turn_clock(&mut self, time: Duration, direction: i64) -> Result<(), Stop> {
        let seconds = i64::try_from(time.as_secs() + u64::from(time.subsec_nanos() > 0)).unwrap_or(i64::MAX);
        let sign = if direction < 0 { "-" } else { "" };
        let turned = self.control("POST", Some(json!({ "advance": format!("{sign}PT{seconds}S") }))).await?;
        if turned.is_none() {
            return Err(Stop::Broken("the reference server's clock cannot be moved".to_owned()));
        }
        if let Some(oracle) = self.oracle() {
            oracle.let_pass(seconds.saturating_mul(1000).saturating_mul(direction));
        }
        Ok(())
    }

    /// A request to the reference server's control interface. It is no exchange of the run: no document speaks of it.
    async fn control(&mut self, method: &str, body: Option<Value>) -> Result<Option<Value>, Stop> {
        let mut url = self.target.base.clone();
        url.set_path(CLOCK);
        let headers = vec![
            ("Accept".to_owned(), "application/json".to_owned()),
            ("Content-Type".to_owned(), "application/json".to_owned()),
        ];
        let body = body.map(|value| value.to_string().into_bytes().into());
        self.pace.turn(self.cleaning).await?;
        let answer =
            self.wire.send(&Sent { method: method.to_owned(), url: url.into(), headers, body }).await;
        self.pace.heard(answer.is_ok());
        Ok(answer.ok().filter(|answer| answer.status == 200).and_then(|answer| answer.json))
    }
}
