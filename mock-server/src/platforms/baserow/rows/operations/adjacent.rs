//! `get_adjacent_database_table_row`: the row after another, or before it.

use serde_json::{Value, json};

use super::access::{missing, table_id};
use crate::action::ActionContext;
use crate::outcome::Outcome;
use crate::platforms::baserow::rows::cells::read_word;
use crate::platforms::baserow::rows::fault::Fault;
use crate::platforms::baserow::rows::filters::Filter;
use crate::platforms::baserow::rows::parameters::Parameters;
use crate::platforms::baserow::rows::query::{Query, neighbour};
use crate::platforms::baserow::rows::reader::Reader;
use crate::platforms::baserow::rows::search::{SearchMode, search};
use crate::platforms::baserow::rows::show;
use crate::platforms::baserow::rows::views::{view_of, view_query};

/// Whether the row before is asked for.
fn back(parameters: &Parameters) -> Result<bool, Outcome> {
    let Some(word) = parameters.last("previous") else { return Ok(false) };
    read_word(word).ok_or_else(|| {
        let fault = Fault::rule("Must be a valid boolean.", "invalid").details();
        Outcome::new("invalid-query", "").data(json!({ "previous": fault }))
    })
}

/// `check_adjacent_query`: parameters are read before the table is looked for (facts: baserow 2.5).
///
/// # Errors
/// `invalid-query` for a word that is neither yes nor no.
pub(in crate::platforms::baserow) fn check_adjacent_query(
    context: &ActionContext<'_>,
) -> Result<(), Outcome> {
    back(&Parameters::of(context)).map(drop)
}

/// The neighbour, in the order of the table or of a view, among what a search finds; null when there is none.
///
/// # Errors
/// `invalid-query` for a word that is neither yes nor no, `ERROR_ROW_DOES_NOT_EXIST` for a row that is not among those, `ERROR_VIEW_DOES_NOT_EXIST`.
pub(in crate::platforms::baserow) fn adjacent_row(context: &ActionContext<'_>) -> Result<Value, Outcome> {
    let table = table_id(context)?;
    let parameters = Parameters::of(context);
    let back = back(&parameters)?;
    let reader = Reader::new(context)?;
    let schema = reader.fields(table)?;
    let view = context.inputs().query.get("view_id").and_then(Value::as_u64);
    let own = match view {
        Some(id) => view_query(&reader, &schema, &view_of(&reader, table, id)?)?,
        None => Query::default(),
    };
    let mode = SearchMode::read(parameters.last("search_mode"));
    let searched = search(&schema.fields, parameters.last("search").unwrap_or_default(), mode);
    let query =
        Query { filter: Filter::join(false, own.filter.into_iter().chain(searched).collect()), ..own };
    let id = context.inputs().path.get("row_id").and_then(Value::as_u64).unwrap_or(0);
    let found = neighbour(&reader, table, &query, id, back).ok_or_else(|| missing(&[id]))?;
    let names = parameters.user_field_names();
    Ok(found.map_or(Value::Null, |row| show::row(&reader, &schema.fields, &row, names)))
}
