//! `import_table`: rows for a table that is there already, in a job.

use serde_json::{Value, json};

use crate::action::ActionContext;
use crate::outcome::Outcome;
use crate::platforms::baserow::faults::Faults;
use crate::platforms::baserow::fields::{self, kind};
use crate::platforms::baserow::records::{key, number, text};
use crate::platforms::baserow::rows::{self, Upsert};
use crate::platforms::baserow::{jobs, sight};

/// Adds rows to the table that an earlier step found, or changes those that the configuration finds. A row whose cells do not
/// suit their fields is left out and reported.
///
/// # Errors
/// `ERROR_MAX_JOB_COUNT_EXCEEDED`, and `invalid` for what cannot be imported.
pub(in crate::platforms::baserow) fn import_table(
    context: &mut ActionContext<'_>,
    data: &Value,
    configuration: &Value,
) -> Result<Value, Outcome> {
    let table = sight::bound(context, "table")?;
    let rows = data.as_array().map_or(&[][..], Vec::as_slice);
    let upsert = upsert(configuration, rows.len())?;
    let writable: Vec<u64> = fields::of_table(context, key(&table))?
        .iter()
        .filter(|field| kind(text(field, "type")).is_some_and(|kind| !kind.read_only))
        .map(key)
        .collect();
    let cells = |row: &Value| -> Result<Vec<(u64, Value)>, Outcome> {
        let cells = row.as_array().ok_or_else(|| {
            Faults::one("data", "A list of rows is needed, each a list of cells.", "not_a_list")
        })?;
        Ok(writable.iter().copied().zip(cells.iter().cloned()).collect())
    };
    let rows = rows.iter().map(cells).collect::<Result<Vec<_>, _>>()?;
    let failing = rows::import(context, &table, rows, &upsert)?;
    let data = json!({
        "database_id": number(&table, "database"), "name": text(&table, "name"), "table_id": key(&table),
        "first_row_header": false, "report": { "failing_rows": {} },
        "result": { "report": { "failing_rows": failing } },
    });
    let job = jobs::start(context, "file_import", data)?;
    Ok(jobs::represent(context, &job))
}

/// How rows that are there already are found: each needs the values to find it by.
fn upsert(configuration: &Value, rows: usize) -> Result<Upsert, Outcome> {
    let list = |name: &str| configuration[name].as_array().map_or(&[][..], Vec::as_slice);
    let ids = |name: &str| list(name).iter().filter_map(Value::as_u64).collect::<Vec<_>>();
    let refused = |sentence: String| Err(Faults::one("configuration", sentence, "invalid"));
    let (by, skipped) = (ids("upsert_fields"), ids("skipped_fields"));
    let values: Vec<Vec<Value>> = list("upsert_values").iter().filter_map(Value::as_array).cloned().collect();
    if by.is_empty() {
        return Ok(Upsert { skipped, ..Upsert::default() });
    }
    if values.is_empty() {
        return refused("upsert_values must not be empty when upsert_fields are provided.".to_owned());
    }
    if values.len() != rows {
        let given = values.len();
        return refused(format!("`upsert_values` has {given} elements for {rows} rows: each row needs one"));
    }
    if let Some(other) = values.iter().find(|values| values.len() != by.len()) {
        let (given, needed) = (other.len(), by.len());
        return refused(format!("an element of `upsert_values` has {given} values for {needed} fields"));
    }
    Ok(Upsert { by, values, skipped })
}
