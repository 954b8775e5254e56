//! The options of select fields.

use serde_json::{Value, json};

use crate::action::ActionContext;
use crate::outcome::Outcome;
use crate::platforms::baserow::records::{key, number};
use crate::state::Record;

/// The options of a field, by order.
///
/// # Errors
/// None but `internal`.
pub(in crate::platforms::baserow) fn of_field(
    context: &ActionContext<'_>,
    field: u64,
) -> Result<Vec<Record>, Outcome> {
    let mut options = context.all("select_options", &[("field", &field.into())])?;
    options.sort_by_key(|option| (number(option, "order"), key(option)));
    Ok(options)
}

/// Makes a field's options those of the list: with a known id they change, without one, or with an unknown one, they are
/// made, and those that are left out are gone (facts: baserow 2.7). Gives the id that each id of the list stands for.
///
/// # Errors
/// None but `internal`.
pub(super) fn replace(
    context: &mut ActionContext<'_>,
    field: u64,
    list: &Value,
) -> Result<Vec<(u64, u64)>, Outcome> {
    let wanted = list.as_array().map_or(&[][..], Vec::as_slice);
    let old = of_field(context, field)?;
    let named: Vec<u64> = wanted.iter().filter_map(|option| option["id"].as_u64()).collect();
    let gone: Vec<Record> = old.iter().filter(|option| !named.contains(&key(option))).cloned().collect();
    context.delete(&gone)?;
    let mut stands_for = Vec::new();
    for (order, option) in wanted.iter().enumerate() {
        let fields = json!({ "value": option["value"], "color": option["color"], "order": order });
        let known = option["id"].as_u64().and_then(|wanted| old.iter().find(|one| key(one) == wanted));
        let now = match known {
            Some(known) => context.update(known, fields)?,
            None => {
                let mut fields = fields;
                fields["field"] = field.into();
                context.insert("select_options", fields)?
            }
        };
        if let Some(asked) = option["id"].as_u64() {
            stands_for.push((asked, key(&now)));
        }
    }
    Ok(stands_for)
}

/// Copies the options of a field to another. Gives the new id for each.
///
/// # Errors
/// None but `internal`.
pub(in crate::platforms::baserow) fn copy(
    context: &mut ActionContext<'_>,
    from: u64,
    to: u64,
) -> Result<Vec<(u64, u64)>, Outcome> {
    let mut copies = Vec::new();
    for option in of_field(context, from)? {
        let fields = json!({
            "field": to, "value": option.get("value"), "color": option.get("color"), "order": option.get("order"),
        });
        copies.push((key(&option), key(&context.insert("select_options", fields)?)));
    }
    Ok(copies)
}
