//! What a listing's parameters ask for: filters, a search, an order, and which cells are shown.

use std::sync::Arc;

use serde_json::json;

use super::cells::Kind;
use super::fault::Fault;
use super::filters::{FieldsBy, Filter, Refused, compile, read_tree};
use super::parameters::Parameters;
use super::query::{Query, SortBy};
use super::scene::Scene;
use super::schema::{Field, Schema};
use super::search::{SearchMode, search};
use super::words::{digits_of, ids_between_commas, split_commas};
use crate::outcome::Outcome;

/// The fields that `include` and `exclude` leave; `None` where they say nothing, or name nothing that is there.
///
/// # Errors
/// `invalid-query` for an empty one.
pub(super) fn included(parameters: &Parameters, schema: &Schema) -> Result<Option<Vec<Arc<Field>>>, Outcome> {
    let names = parameters.user_field_names();
    let read = |parameter: &str| -> Result<Option<Vec<Arc<Field>>>, Outcome> {
        let Some(text) = parameters.last(parameter) else { return Ok(None) };
        if text.trim().is_empty() {
            let fault = Fault::rule("This field may not be blank.", "blank").details();
            return Err(Outcome::new("invalid-query", "").data(json!({ parameter: fault })));
        }
        let wanted: Vec<Option<&Arc<Field>>> = if names {
            split_commas(text).iter().map(|name| schema.by_name(name)).collect()
        } else {
            // What has no number in it names no field and does not count as naming one.
            text.split(',').filter_map(digits_of).map(|id| schema.by_id(id)).collect()
        };
        let said = !wanted.is_empty();
        Ok(said.then(|| wanted.into_iter().flatten().cloned().collect()))
    };
    let (include, exclude) = (read("include")?, read("exclude")?);
    if include.is_none() && exclude.is_none() {
        return Ok(None);
    }
    let is_in = |list: &Option<Vec<Arc<Field>>>, field: &Arc<Field>| {
        list.as_ref().map(|list| list.iter().any(|one| one.id == field.id))
    };
    let stays = |field: &&Arc<Field>| {
        is_in(&include, field).unwrap_or(true) && !is_in(&exclude, field).unwrap_or(false)
    };
    let fields: Vec<_> = schema.fields.iter().filter(stays).cloned().collect();
    Ok((!fields.is_empty()).then_some(fields))
}

/// The filters of the query: the tree in `filters`, else all `filter__FIELD__TYPE`.
///
/// # Errors
/// What is wrong with them.
pub(super) fn filter(
    scene: &dyn Scene,
    schema: &Schema,
    parameters: &Parameters,
) -> Result<Option<Filter>, Outcome> {
    let names = parameters.user_field_names();
    if let Some(text) = parameters.first("filters") {
        let by = if names { FieldsBy::Name } else { FieldsBy::Id };
        let tree = read_tree(&text.replace('\0', ""), by)?;
        return tree.compile(scene, schema, by).map_err(|Refused(outcome)| outcome);
    }
    let any = parameters.last("filter_type").is_some_and(|kind| kind.eq_ignore_ascii_case("or"));
    let mut all = Vec::new();
    for (name, value) in parameters.iter() {
        let parts = name.strip_prefix("filter__").and_then(|rest| rest.rsplit_once("__"));
        let Some((field, kind)) = parts.filter(|(field, kind)| !field.is_empty() && !kind.is_empty()) else {
            continue;
        };
        all.extend(plain_filter(scene, schema, names, field, kind, &value.replace('\0', ""))?);
    }
    Ok(Filter::join(any, all))
}

fn plain_filter(
    scene: &dyn Scene,
    schema: &Schema,
    names: bool,
    name: &str,
    kind: &str,
    value: &str,
) -> Result<Option<Filter>, Outcome> {
    if name == "field_id" && kind == "in" {
        let ids = ids_between_commas(value);
        return Ok((!ids.is_empty()).then_some(Filter::Ids(ids)));
    }
    let named = schema.by_name(name).filter(|_| names);
    let field = match (named, name) {
        (Some(field), _) => field.clone(),
        (None, "field_created_on") => stamp("created_on"),
        (None, "field_updated_on") => stamp("last_modified"),
        (None, name) => match name.strip_prefix("field_").and_then(|digits| digits.parse().ok()) {
            Some(id) => {
                let sentence = format!("the field {id} was not found in the table");
                let missing = || Outcome::new("ERROR_FILTER_FIELD_NOT_FOUND", sentence);
                schema.by_id(id).cloned().ok_or_else(missing)?
            }
            // A name that is none is no filter.
            None => return Ok(None),
        },
    };
    compile(scene, &field, kind, value).map_err(|Refused(outcome)| outcome)
}

/// A stamp that every row has, whether a field shows it or not.
fn stamp(type_name: &str) -> Arc<Field> {
    let options = serde_json::Map::new();
    let kind = Kind::read(type_name, &options).unwrap_or(Kind::Text);
    Arc::new(Field {
        id: 0,
        table: 0,
        name: type_name.to_owned(),
        type_name: type_name.to_owned(),
        primary: false,
        db_index: false,
        unique: false,
        kind,
        options,
        choices: Vec::new(),
    })
}

/// The order of the query: fields between commas, with `-` in front for the other direction.
///
/// # Errors
/// A field that is not there, or that nothing can be ordered by.
pub(super) fn order(
    scene: &dyn Scene,
    schema: &Schema,
    parameters: &Parameters,
) -> Result<Vec<SortBy>, Outcome> {
    let text = parameters.last("order_by").unwrap_or_default();
    split_commas(text)
        .iter()
        .map(|part| sort_by(scene, schema, part, parameters.user_field_names()))
        .collect()
}

fn sort_by(scene: &dyn Scene, schema: &Schema, part: &str, names: bool) -> Result<SortBy, Outcome> {
    let bare = part.strip_prefix(['-', '+']).unwrap_or(part);
    let found = if names { schema.by_name(bare) } else { digits_of(part).and_then(|id| schema.by_id(id)) };
    let not_found = || {
        let sentence = format!("the field {part} was not found in the table");
        Outcome::new("ERROR_ORDER_BY_FIELD_NOT_FOUND", sentence)
    };
    let field = found.ok_or_else(not_found)?;
    let kind =
        part.split_once('[').and_then(|(_, rest)| rest.split_once(']')).map_or("default", |(kind, _)| kind);
    let by_option = kind == "order" && field.type_name == "single_select";
    if !(by_option || kind == "default") || !field.kind.cells().sortable(scene, field) {
        let (name, type_name) = (field.key(names), &field.type_name);
        let sentence =
            format!("rows cannot be ordered by {name}, a field of type {type_name}, in the manner {kind}");
        return Err(Outcome::new("ERROR_ORDER_BY_FIELD_NOT_POSSIBLE", sentence));
    }
    Ok(SortBy { field: field.clone(), descending: part.starts_with('-'), by_option })
}

/// All of a listing that chooses and orders rows, over the fields that it may use.
///
/// # Errors
/// What is wrong with the parameters.
pub(super) fn query(scene: &dyn Scene, schema: &Schema, parameters: &Parameters) -> Result<Query, Outcome> {
    let filter = filter(scene, schema, parameters)?;
    let mode = SearchMode::read(parameters.last("search_mode"));
    let search = search(&schema.fields, parameters.last("search").unwrap_or_default(), mode);
    let filter = Filter::join(false, filter.into_iter().chain(search).collect());
    Ok(Query { filter, order: order(scene, schema, parameters)? })
}
