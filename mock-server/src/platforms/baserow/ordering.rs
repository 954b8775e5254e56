//! Things that have a place among others: applications, tables and views.

use serde_json::{Value, json};

use super::records::{flag, key, number};
use crate::action::ActionContext;
use crate::outcome::Outcome;
use crate::state::Record;

/// Those of a collection that belong to `owner` and are not in the trash, by order.
///
/// # Errors
/// None but `internal`.
pub(super) fn in_order(
    context: &ActionContext<'_>,
    collection: &str,
    owner: (&str, u64),
) -> Result<Vec<Record>, Outcome> {
    let mut all = context.all(collection, &[(owner.0, &owner.1.into())])?;
    all.retain(|one| !flag(one, "trashed"));
    all.sort_by_key(|one| (number(one, "order"), key(one)));
    Ok(all)
}

/// The place after the last one, those in the trash counted too.
///
/// # Errors
/// None but `internal`.
pub(super) fn next(
    context: &ActionContext<'_>,
    collection: &str,
    owner: (&str, u64),
) -> Result<u64, Outcome> {
    let all = context.all(collection, &[(owner.0, &owner.1.into())])?;
    Ok(all.iter().map(|one| number(one, "order")).max().unwrap_or_default() + 1)
}

/// Numbers the wanted ones from 1; the others follow them as they were (facts: baserow 1, "Ordering rules").
///
/// # Errors
/// `stranger` when an id belongs to none of them.
pub(super) fn renumber(
    context: &mut ActionContext<'_>,
    all: &[Record],
    wanted: &Value,
    stranger: &'static str,
) -> Result<(), Outcome> {
    let wanted = wanted.as_array().map_or(&[][..], Vec::as_slice);
    let mut first: Vec<&Record> = Vec::new();
    for wanted in wanted {
        let found = all.iter().find(|one| one.get("id") == Some(wanted));
        let found = found.ok_or_else(|| Outcome::new(stranger, format!("{wanted} does not belong here")))?;
        if !first.iter().any(|one| key(one) == key(found)) {
            first.push(found);
        }
    }
    let chosen: Vec<u64> = first.iter().map(|one| key(one)).collect();
    let rest = all.iter().filter(|one| !chosen.contains(&key(one)));
    for (place, one) in first.iter().copied().chain(rest).enumerate() {
        context.update(one, json!({ "order": place + 1 }))?;
    }
    Ok(())
}
