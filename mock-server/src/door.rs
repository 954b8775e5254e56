//! The door: how many requests there may be in a while (`x-conduct.rate-limit`). It is no part of the state: nothing of it is
//! saved, and a request that is refused here has not been looked at.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use foldhash::fast::RandomState;
use serde_json::{Value, json};
use tercet_spec::contract::Per;

use crate::engine::Engine;
use crate::entropy::Timestamp;
use crate::outcome::Outcome;

/// So many paths are counted at most. A client that makes up more of them is counted anew.
const MOST: usize = 10_000;

/// Counts requests.
#[derive(Debug)]
pub(crate) struct Door {
    requests: u64,
    window: u64,
    per: Per,
    outcome: String,
    counts: Mutex<Counts>,
}

/// Since when, and how many, by namespace and path.
type Counts = HashMap<(String, String), (Timestamp, u64), RandomState>;

impl Door {
    /// `None` where there is no limit.
    pub(crate) fn new(engine: &Engine) -> Option<Self> {
        let limit = engine.contract().conduct.rate_limit.as_ref()?;
        let requests = limit.requests.of_settings(&|name| engine.setting(name).cloned())?;
        let requests = match &requests {
            Value::String(text) => text.trim().parse().ok(),
            other => other.as_u64(),
        };
        Some(Self {
            requests: requests.filter(|requests| *requests > 0)?,
            window: limit.window,
            per: limit.per,
            outcome: limit.outcome.clone(),
            counts: Mutex::default(),
        })
    }

    /// Counts a request. The outcome, where it is one too many: `$outcome.data.retry` is how many seconds are left.
    pub(crate) fn count(&self, namespace: &str, path: &str, now: Timestamp) -> Option<Outcome> {
        let path = match self.per {
            Per::Everything => "",
            Per::Path => path,
        };
        let mut counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        if counts.len() >= MOST {
            counts.retain(|_, (since, _)| self.left(*since, now).is_some());
            if counts.len() >= MOST {
                counts.clear();
            }
        }
        let (since, number) = counts.entry((namespace.to_owned(), path.to_owned())).or_insert((now, 0));
        let left = self.left(*since, now).unwrap_or_else(|| {
            (*since, *number) = (now, 0);
            self.window
        });
        if *number < self.requests {
            *number += 1;
            return None;
        }
        let sentence = format!("there were {} requests already, and there may be no more now", self.requests);
        Some(Outcome::new(self.outcome.clone(), sentence).data(json!({ "retry": left.div_ceil(1000) })))
    }

    /// The milliseconds that are left of a window; `None` when it is over, or the clock was put back before it.
    fn left(&self, since: Timestamp, now: Timestamp) -> Option<u64> {
        let gone = u64::try_from(now.0.checked_sub(since.0)?).ok()?;
        self.window.checked_sub(gone).filter(|left| *left > 0)
    }
}
