//! `get_database_table_row_history`.

use serde_json::{Value, json};

use super::access::named_row;
use crate::action::ActionContext;
use crate::outcome::Outcome;
use crate::platforms::baserow::page::{Limits, by_offset};
use crate::platforms::baserow::rows::cells::show_moment;
use crate::platforms::baserow::rows::store::{Change, RowStore};

const LIMITS: Limits = Limits { usual: 200, most: 200 };

/// What was done to a row, the latest first.
///
/// # Errors
/// `ERROR_ROW_DOES_NOT_EXIST`.
pub(in crate::platforms::baserow) fn row_history(context: &ActionContext<'_>) -> Result<Value, Outcome> {
    let (table, row) = named_row(context)?;
    let store: &RowStore = context.extension()?;
    let changes = || store.table(table).changes_of(row.id);
    Ok(by_offset(context, LIMITS, |places| {
        let part = changes().skip(places.start).take(places.len());
        (changes().count(), part.map(|(id, change)| shown(id, change)).collect())
    }))
}

fn shown(id: u64, change: &Change) -> Value {
    let (user, name) = change.user.clone().unzip();
    json!({
        "id": id, "action_type": change.action_type, "action_command_type": "DO",
        "user": { "id": user, "name": name }, "timestamp": show_moment(change.at),
        "before": change.before, "after": change.after, "fields_metadata": change.fields,
    })
}
