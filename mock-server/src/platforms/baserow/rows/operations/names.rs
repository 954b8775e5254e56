//! `list_database_table_row_names`: what rows are called, by `table__ID=ROW,ROW`.

use serde_json::{Map, Value, json};

use crate::action::ActionContext;
use crate::outcome::Outcome;
use crate::platforms::baserow::records::{flag, number};
use crate::platforms::baserow::rows::parameters::Parameters;
use crate::platforms::baserow::rows::reader::Reader;
use crate::platforms::baserow::rows::scene::Scene;
use crate::platforms::baserow::rows::show;
use crate::platforms::baserow::tokens;
use crate::state::Record;

/// The primary texts of rows, of tables of one database.
///
/// # Errors
/// `invalid-query` with a sentence, `ERROR_TABLE_DOES_NOT_EXIST`, and who may not read.
pub(in crate::platforms::baserow) fn row_names(context: &ActionContext<'_>) -> Result<Value, Outcome> {
    let reader = Reader::new(context)?;
    let mut names = Map::new();
    let mut database = None;
    for (name, value) in Parameters::of(context).iter() {
        let Some(table) = name.strip_prefix("table__") else {
            return Err(refused(
                "only tables, named by their id after `table__`, can be parameters".to_owned(),
            ));
        };
        let table: u64 = table.parse().map_err(|_| refused(format!("there is no table id in `{name}`")))?;
        let rows: Result<Vec<i64>, _> = value.split(',').map(|id| id.trim().parse()).collect();
        let rows = rows.map_err(|_| refused(format!("there are no row ids in `{value}`, for `{name}`")))?;
        let record = find(context, table, database)?;
        tokens::require_row_access(context, &record, "read")?;
        database = Some(number(&record, "database"));
        let schema = reader.fields(table)?;
        let known = rows.iter().filter_map(|id| reader.store().table(table).get(u64::try_from(*id).ok()?));
        let named = known.map(|row| (row.id.to_string(), json!(show::name(&reader, &schema, row))));
        names.insert(table.to_string(), Value::Object(named.collect()));
    }
    Ok(Value::Object(names))
}

fn refused(sentence: String) -> Outcome {
    Outcome::new("invalid-query", "").data(json!(sentence))
}

/// A table that can be seen, in the database of those before it.
fn find(context: &ActionContext<'_>, table: u64, database: Option<u64>) -> Result<Record, Outcome> {
    let seen = || {
        let record = context.get("tables", &table.into()).ok()??;
        let own = context.referred(&record, "database")?;
        let workspace = context.referred(&own, "workspace")?;
        let trashed = [&record, &own, &workspace].into_iter().any(|one| flag(one, "trashed"));
        let same = database.is_none_or(|database| database == number(&record, "database"));
        (!trashed && same).then_some(record)
    };
    seen().ok_or_else(|| Outcome::new("ERROR_TABLE_DOES_NOT_EXIST", "there is no such table"))
}
