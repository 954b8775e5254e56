//! Limits on how often a user may call (facts: passwords 1.7).

use serde_json::{Value, json};

use super::reading::{caller, on, text};
use crate::action::ActionContext;
use crate::outcome::Outcome;

/// Counts this call of the caller to `route`, unless that many were made in the last `seconds`.
pub(super) fn count(
    context: &mut ActionContext<'_>,
    route: &str,
    calls: i64,
    seconds: i64,
) -> Result<(), Outcome> {
    if !on(context, "RATE_LIMITS") {
        return Ok(());
    }
    let (now, user) = (context.now().0, Value::from(text(caller(context)?, "id")));
    let since = now.saturating_sub(seconds.saturating_mul(1000));
    let counted = context.find("calls", &[("user", &user), ("route", &Value::from(route))])?;
    let mut times: Vec<i64> = counted.iter().flat_map(|record| past(record.get("times"))).collect();
    times.retain(|time| *time > since);
    if i64::try_from(times.len()).unwrap_or(i64::MAX) >= calls {
        return Err(Outcome::new("too-many-requests", "the limit on calls in a time is reached"));
    }
    times.push(now);
    match counted {
        Some(record) => context.update(&record, json!({ "times": times }))?,
        None => context.insert("calls", json!({ "user": user, "route": route, "times": times }))?,
    };
    Ok(())
}

fn past(times: Option<&Value>) -> Vec<i64> {
    times.and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_i64).collect()
}
