//! How much an organisation's users have done (facts: lowcoder 11 X24).
//!
//! The product writes down every call of every user. Here only operations that change something are counted: what only
//! reads leaves no trace in the state, and counting it would make a write of every read.

use serde_json::{Value, json};

use super::administered;
use crate::action::ActionContext as Context;
use crate::generated::lowcoder as g;
use crate::outcome::Outcome;
use crate::platforms::lowcoder::access::{org_of, user};
use crate::platforms::reading::{id, number};

/// Counts an operation for the current organisation of the caller. Who is in none, or not signed in, is not counted.
pub(in crate::platforms::lowcoder) fn note(context: &mut Context<'_>) -> Result<(), Outcome> {
    let Some(user) = user(context) else { return Ok(()) };
    let Some(org) = org_of(context, user)? else { return Ok(()) };
    let (org, month) = (id(&org), Value::from(month(context, false)));
    match context.find("usage", &[("org", &org), ("month", &month)])? {
        Some(known) => context.update(&known, json!({ "calls": number(&known, "calls").saturating_add(1) })),
        None => context.insert("usage", json!({ "org": org, "month": month, "calls": 1 })),
    }?;
    Ok(())
}

pub(in crate::platforms::lowcoder) fn get_org_api_usage_count(
    context: &mut Context<'_>,
    input: g::GetOrgApiUsageCountInput,
) -> Result<Value, Outcome> {
    let org = administered(context, &input.org_id)?;
    let (org, last) = (id(&org), Value::from(month(context, true)));
    let counted = if input.last_month_only == Some(true) {
        context.all("usage", &[("org", &org), ("month", &last)])?
    } else {
        context.all("usage", &[("org", &org)])?
    };
    Ok(counted.iter().map(|month| number(month, "calls")).sum::<u64>().into())
}

/// The calendar month of the request in UTC, or the one before it, as `2026-01`.
fn month(context: &Context<'_>, before: bool) -> String {
    let today = context.now().rfc3339(0);
    let mut parts = today.split('-').filter_map(|part| part.parse::<u32>().ok());
    let (year, month) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
    match (before, month) {
        (false, _) => format!("{year:04}-{month:02}"),
        (true, ..=1) => format!("{:04}-12", year.saturating_sub(1)),
        (true, _) => format!("{year:04}-{:02}", month - 1),
    }
}
