//! `list_jobs`: the caller's jobs.

use serde_json::{Value, json};

use super::job::{end, own, represent, state};
use crate::action::ActionContext;
use crate::outcome::Outcome;
use crate::platforms::baserow::records::key;

const STATES: [&str; 4] = ["pending", "finished", "failed", "cancelled"];

/// The caller's jobs that pass both filters. Whoever asks without naming states learns that they have ended.
///
/// # Errors
/// `invalid-query` for what is no state, or no id.
pub(in crate::platforms::baserow) fn list_jobs(
    context: &mut ActionContext<'_>,
    states: Option<&str>,
    ids: Option<&str>,
) -> Result<Value, Outcome> {
    let states = split(states);
    for one in &states {
        if !STATES.contains(&one.trim_start_matches('!')) {
            return Err(refusal(
                "states",
                &format!("`{one}` is no state: expected `{}`", STATES.join("`, `")),
            ));
        }
    }
    let wanted = split(ids).into_iter().map(|one| {
        let number = one.trim().parse::<u64>();
        number.map_err(|_| refusal("job_ids", &format!("`{one}` is no whole number")))
    });
    let wanted = wanted.collect::<Result<Vec<u64>, Outcome>>()?;
    let mut shown = Vec::new();
    for job in own(context)? {
        if !wanted.is_empty() && !wanted.contains(&key(&job)) {
            continue;
        }
        if states.is_empty() {
            let job = end(context, &job)?;
            shown.push(represent(context, &job));
        } else if passes(state(context, &job), &states) {
            shown.push(represent(context, &job));
        }
    }
    Ok(json!({ "jobs": shown }))
}

fn split(list: Option<&str>) -> Vec<&str> {
    list.filter(|text| !text.is_empty()).map(|text| text.split(',').collect()).unwrap_or_default()
}

/// The states are read one after the other: one that is named lets its jobs in, one with `!` takes its jobs out of those.
fn passes(state: &str, states: &[&str]) -> bool {
    let named = states.iter().filter(|one| !one.starts_with('!'));
    let (mut any, mut first_is_out) = (false, states.first().is_some_and(|one| one.starts_with('!')));
    for one in named {
        any |= *one == state;
        first_is_out = false;
    }
    let is_out = states.iter().any(|one| one.strip_prefix('!') == Some(state));
    (any || first_is_out) && !is_out
}

fn refusal(name: &str, sentence: &str) -> Outcome {
    let details = json!({ name: [{ "error": sentence, "code": "invalid" }] });
    Outcome::new("invalid-query", sentence).data(details)
}

#[cfg(test)]
mod tests {
    use super::passes;

    #[test]
    fn named_states_come_in_and_others_stay_out() {
        assert!(passes("pending", &["pending", "failed"]));
        assert!(!passes("finished", &["pending", "failed"]));
        assert!(passes("pending", &["!finished", "!failed"]));
        assert!(!passes("failed", &["!finished", "!failed"]));
        assert!(!passes("failed", &["failed", "!failed"]));
    }
}
