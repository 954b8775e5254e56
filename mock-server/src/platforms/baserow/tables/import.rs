//! `import_table`: rows for a table that is there already, in a job.

use serde_json::{Map, Value, json};

use crate::action::ActionContext;
use crate::outcome::Outcome;
use crate::platforms::baserow::faults::Faults;
use crate::platforms::baserow::fields::{self, kind};
use crate::platforms::baserow::records::{key, number, text};
use crate::platforms::baserow::{jobs, rows, sight};

/// Adds rows to the table that an earlier step found. A row whose cells do not suit their fields is left out and reported.
///
/// # Errors
/// `ERROR_MAX_JOB_COUNT_EXCEEDED`, and `invalid` for what cannot be imported.
pub(in crate::platforms::baserow) fn import_table(
    context: &mut ActionContext<'_>,
    data: &Value,
    configuration: &Value,
) -> Result<Value, Outcome> {
    let table = sight::bound(context, "table")?;
    check(configuration)?;
    let writable: Vec<u64> = fields::of_table(context, key(&table))?
        .iter()
        .filter(|field| kind(text(field, "type")).is_some_and(|kind| !kind.read_only))
        .map(key)
        .collect();
    let mut failing = Map::new();
    for (place, row) in data.as_array().map_or(&[][..], Vec::as_slice).iter().enumerate() {
        let Some(cells) = row.as_array() else {
            return Err(Faults::one("data", "A list of rows is needed, each a list of cells.", "not_a_list"));
        };
        let cells = writable.iter().copied().zip(cells.iter().cloned()).collect();
        if let Err(outcome) = rows::fill(context, &table, vec![cells]) {
            failing.insert(place.to_string(), *outcome.data);
        }
    }
    let data = json!({
        "database_id": number(&table, "database"), "name": text(&table, "name"), "table_id": key(&table),
        "first_row_header": false, "report": { "failing_rows": {} },
        "result": { "report": { "failing_rows": failing } },
    });
    let job = jobs::start(context, "file_import", data)?;
    Ok(jobs::represent(context, &job))
}

/// Finding rows that are there already needs values to find them by.
fn check(configuration: &Value) -> Result<(), Outcome> {
    let is_given = |name: &str| configuration[name].as_array().is_some_and(|list| !list.is_empty());
    if !is_given("upsert_fields") {
        return Ok(());
    }
    if !is_given("upsert_values") {
        let sentence = "upsert_values must not be empty when upsert_fields are provided.";
        return Err(Faults::one("configuration", sentence, "invalid"));
    }
    let sentence = "changing rows that are there already is not understood here: leave `upsert_fields` out";
    Err(Faults::one("configuration", sentence, "invalid"))
}
