//! `duplicate_table`: a copy of a table with all in it, made in a job.

use serde_json::{Value, json};

use super::copy;
use crate::action::ActionContext;
use crate::outcome::Outcome;
use crate::platforms::baserow::fields::{self, first_unused};
use crate::platforms::baserow::records::{get, key, number, text};
use crate::platforms::baserow::{jobs, ordering, sight};
use crate::state::Record;

/// Copies the table that an earlier step found.
///
/// # Errors
/// `ERROR_MAX_JOB_COUNT_EXCEEDED`.
pub(in crate::platforms::baserow) fn duplicate_table(
    context: &mut ActionContext<'_>,
) -> Result<Value, Outcome> {
    let table = sight::bound(context, "table")?;
    let job = start_duplicate(context, &table)?;
    Ok(jobs::represent(context, &job))
}

/// Starts the job that copies a table.
///
/// # Errors
/// As [`duplicate_table`].
pub(in crate::platforms::baserow) fn start_duplicate(
    context: &mut ActionContext<'_>,
    table: &Record,
) -> Result<Record, Outcome> {
    let database = get(context, "applications", number(table, "database"))?;
    let beside = ordering::in_order(context, "tables", ("database", key(&database)))?;
    let own = [text(table, "name").to_owned()];
    let name = first_unused(&own, |name| beside.iter().any(|one| text(one, "name") == name));
    let copies = copy(context, std::slice::from_ref(table), &database, &[name])?;
    fields::retype(context, key(&database))?;
    let copy = copies.first().map(shown);
    let data = json!({
        "original_table": shown(table), "duplicated_table": null, "result": { "duplicated_table": copy },
    });
    jobs::start(context, "duplicate_table", data)
}

/// As answers show a table.
fn shown(table: &Record) -> Value {
    json!({
        "id": key(table), "name": text(table, "name"), "order": number(table, "order"),
        "database_id": number(table, "database"), "data_sync": null,
    })
}
