//! `unique_row_values`: the different values of a field's cells, as text.

use std::collections::HashMap;

use serde_json::{Value, json};

use super::kinds::kind;
use crate::action::ActionContext;
use crate::outcome::Outcome;
use crate::platforms::baserow::records::{get, number, text};
use crate::platforms::baserow::{rows, sight};

/// How many values are given at most, whatever is asked for (facts: baserow 3.6).
const MOST: usize = 100;
const DEFAULT: usize = 10;

/// The values of the field that an earlier step found, the most frequent first.
///
/// # Errors
/// `ERROR_INCOMPATIBLE_FIELD_TYPE_FOR_UNIQUE_VALUES`.
pub(in crate::platforms::baserow) fn unique_row_values(
    context: &ActionContext<'_>,
    limit: Option<i64>,
    split: Option<&str>,
) -> Result<Value, Outcome> {
    let field = sight::bound(context, "field")?;
    if !kind(text(&field, "type")).is_some_and(|kind| kind.unique_values) {
        let sentence = format!("a field of type `{}` has no values to tell apart", text(&field, "type"));
        return Err(Outcome::new("ERROR_INCOMPATIBLE_FIELD_TYPE_FOR_UNIQUE_VALUES", sentence));
    }
    let limit =
        limit.and_then(|limit| usize::try_from(limit).ok()).filter(|limit| *limit > 0).unwrap_or(DEFAULT);
    let splits = split.is_some_and(|split| {
        matches!(split.to_lowercase().as_str(), "y" | "yes" | "t" | "true" | "on" | "1" | "")
    });
    let table = get(context, "tables", number(&field, "table"))?;
    let mut counts: HashMap<String, (usize, usize)> = HashMap::new();
    for cell in rows::texts(context, &table, &field)? {
        let parts: Vec<&str> = if splits { cell.split(',').map(trimmed).collect() } else { vec![&cell] };
        for part in parts.into_iter().filter(|part| !part.is_empty()) {
            let first_seen = counts.len();
            counts.entry(part.to_owned()).or_insert((0, first_seen)).0 += 1;
        }
    }
    let mut values: Vec<(String, (usize, usize))> = counts.into_iter().collect();
    values.sort_by_key(|(_, (count, first_seen))| (std::cmp::Reverse(*count), *first_seen));
    let values: Vec<String> = values.into_iter().map(|(value, _)| value).take(limit.min(MOST)).collect();
    Ok(json!({ "values": values }))
}

/// Without spaces and quotes around it.
fn trimmed(part: &str) -> &str {
    part.trim_matches(|character: char| character.is_whitespace() || character == '"')
}
