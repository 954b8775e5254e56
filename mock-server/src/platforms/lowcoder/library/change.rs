//! Queries of the library one by one.

use serde_json::{Map, Value, json};

use super::{own, require_developer_of, resolve, view};
use crate::action::ActionContext as Context;
use crate::generated::lowcoder as g;
use crate::outcome::Outcome;
use crate::platforms::lowcoder::ids;
use crate::platforms::lowcoder::refusal::invalid_parameter;
use crate::platforms::reading::{caller, id, member, on};

/// Adds a query to the library of the current organisation (facts: lowcoder 10.9 L1).
pub(in crate::platforms::lowcoder) fn create_library_query(
    context: &mut Context<'_>,
    input: g::CreateLibraryQueryInput,
) -> Result<Value, Outcome> {
    let body = &input.body;
    require_developer_of(context, &body["organizationId"])?;
    with_query(context, &body["libraryQueryDSL"])?;
    let gid = ids::gid_or_new(context, member(body, "gid"));
    let fields = json!({
        "gid": gid, "organizationId": body["organizationId"], "name": body["name"],
        "libraryQueryDSL": body["libraryQueryDSL"], "createdBy": id(caller(context)?), "createTime": ids::now(context),
    });
    let query = context.insert("library_queries", fields)?;
    view(context, &query)
}

/// 5002 for a DSL without `query`, which would break the list of the organisation; the product stores it (facts: lowcoder
/// 12 Q5).
fn with_query(context: &Context<'_>, dsl: &Value) -> Result<(), Outcome> {
    if dsl["query"].is_object() || on(context, "STRICT_QUERYLESS_LIBRARY") {
        return Ok(());
    }
    Err(invalid_parameter("`libraryQueryDSL` has to have an object `query`."))
}

/// Whoever is signed in may ask (facts: lowcoder 10.9 L2).
pub(in crate::platforms::lowcoder) fn get_library_query(
    context: &mut Context<'_>,
    input: g::GetLibraryQueryInput,
) -> Result<Value, Outcome> {
    let query = resolve(context, &input.library_query_id)?;
    view(context, &query)
}

pub(in crate::platforms::lowcoder) fn update_library_query(
    context: &mut Context<'_>,
    input: g::UpdateLibraryQueryInput,
) -> Result<Value, Outcome> {
    let query = own(context, &input.library_query_id)?;
    let mut changes = Map::new();
    for field in ["name", "libraryQueryDSL"] {
        if !input.body[field].is_null() {
            changes.insert(field.to_owned(), input.body[field].clone());
        }
    }
    if let Some(dsl) = changes.get("libraryQueryDSL") {
        with_query(context, dsl)?;
    }
    context.set(&query, Value::Object(changes))?;
    Ok(true.into())
}

/// Deletes a query; its versions go with it, as they refer to it.
pub(in crate::platforms::lowcoder) fn delete_library_query(
    context: &mut Context<'_>,
    input: g::DeleteLibraryQueryInput,
) -> Result<Value, Outcome> {
    let query = own(context, &input.library_query_id)?;
    context.delete(&[query])?;
    Ok(true.into())
}
