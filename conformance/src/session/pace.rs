//! How fast, how much, and when to wait: the rate, the budget, and what a deployment asks for.

use std::time::{Duration, SystemTime};

use tokio::time::Instant;

use crate::{Limits, Received, Stop};

/// The longest wait that a `Retry-After` is granted.
const PATIENCE: Duration = Duration::from_secs(120);

/// After this many requests in a row without an answer, a run stops asking.
const DEAF: usize = 5;

/// Keeps a run within its limits.
#[derive(Debug)]
pub(super) struct Pace {
    interval: Option<Duration>,
    next: Option<Instant>,
    requests_left: usize,
    creations_left: usize,
    unanswered: usize,
    /// Something was not done because a budget was spent.
    pub(super) spent: bool,
}

impl Pace {
    pub(super) fn new(limits: &Limits) -> Self {
        let interval = limits.rate.filter(|rate| *rate > 0.0).map(|rate| Duration::from_secs_f64(1.0 / rate));
        Self {
            interval,
            next: None,
            requests_left: limits.requests,
            creations_left: limits.creations,
            unanswered: 0,
            spent: false,
        }
    }

    /// Waits for the next turn. Cleaning up is not held to the budget, but to the rate.
    ///
    /// # Errors
    /// When the budget is spent, or nobody answers any more.
    pub(super) async fn turn(&mut self, cleaning: bool) -> Result<(), Stop> {
        if !cleaning {
            if self.unanswered >= DEAF {
                return Err(Stop::Broken(format!("no answer to {DEAF} requests in a row")));
            }
            if self.requests_left == 0 {
                self.spent = true;
                return Err(Stop::Blocked("the budget of requests is spent (`--max-requests`)".to_owned()));
            }
            self.requests_left -= 1;
        }
        if let Some(next) = self.next {
            tokio::time::sleep_until(next).await;
        }
        if let Some(interval) = self.interval {
            self.next = Some(Instant::now() + interval);
        }
        Ok(())
    }

    /// Takes one creation from the budget.
    ///
    /// # Errors
    /// When it is spent.
    pub(super) fn creation(&mut self) -> Result<(), Stop> {
        if self.creations_left == 0 {
            self.spent = true;
            return Err(Stop::Blocked("the budget of creations is spent (`--max-creations`)".to_owned()));
        }
        self.creations_left -= 1;
        Ok(())
    }

    /// Notes whether there was an answer.
    pub(super) fn heard(&mut self, answered: bool) {
        self.unanswered = if answered { 0 } else { self.unanswered + 1 };
    }

    /// Holds everything back for as long as an answer asks (RFC 9110, 10.2.3; RFC 6585, 4). Says whether it asked for a wait
    /// that is granted; `None` when it did not ask.
    pub(super) fn hold(&mut self, answer: &Received) -> Option<bool> {
        if answer.status != 429 && !(answer.status == 503 && answer.header("retry-after").is_some()) {
            return None;
        }
        let asked = answer.header("retry-after").and_then(|text| retry_after(text, SystemTime::now()));
        let wait = asked.unwrap_or(Duration::from_secs(1));
        if wait > PATIENCE {
            return Some(false);
        }
        self.next = Some(Instant::now() + wait);
        Some(true)
    }
}

/// The wait that a `Retry-After` asks for: seconds, or a date.
pub(super) fn retry_after(text: &str, now: SystemTime) -> Option<Duration> {
    if let Ok(seconds) = text.trim().parse::<u64>() {
        return Some(Duration::from_secs(seconds));
    }
    let date = httpdate::parse_http_date(text.trim()).ok()?;
    Some(date.duration_since(now).unwrap_or(Duration::ZERO))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn retry_after_is_seconds_or_a_date() {
        let now = httpdate::parse_http_date("Sun, 06 Nov 1994 08:49:37 GMT").unwrap();
        assert_eq!(retry_after("7", now), Some(Duration::from_secs(7)));
        assert_eq!(retry_after("Sun, 06 Nov 1994 08:49:40 GMT", now), Some(Duration::from_secs(3)));
        assert_eq!(retry_after("Sun, 06 Nov 1994 08:49:30 GMT", now), Some(Duration::ZERO));
        assert_eq!(retry_after("soon", now), None);
    }

    #[tokio::test(start_paused = true)]
    async fn the_rate_is_kept() {
        let mut pace = Pace::new(&Limits { rate: Some(4.0), ..Limits::default() });
        let started = Instant::now();
        for _ in 0..9 {
            pace.turn(false).await.unwrap();
        }
        assert_eq!(started.elapsed(), Duration::from_secs(2));
    }

    #[tokio::test(start_paused = true)]
    async fn a_wait_that_is_asked_for_is_kept() {
        let mut pace = Pace::new(&Limits::default());
        let busy = Received {
            status: 429,
            headers: vec![("retry-after".to_owned(), "7".to_owned())],
            body: bytes::Bytes::new(),
            json: None,
            malformed: None,
            took: Duration::ZERO,
        };
        pace.turn(false).await.unwrap();
        assert_eq!(pace.hold(&busy), Some(true));
        let started = Instant::now();
        pace.turn(false).await.unwrap();
        assert_eq!(started.elapsed(), Duration::from_secs(7));
        let day = Received { headers: vec![("retry-after".to_owned(), "86400".to_owned())], ..busy };
        assert_eq!(pace.hold(&day), Some(false));
    }
}
