//! The library: queries that applications share, and their versions (facts: lowcoder 10.9, X29).

mod change;
mod listing;
mod versions;

use serde_json::Value;

pub(super) use self::change::{
    create_library_query, delete_library_query, get_library_query, update_library_query,
};
pub(super) use self::listing::{list_library_queries_by_org, list_library_queries_for_drop_down};
pub(super) use self::versions::{
    delete_library_query_record, get_library_query_record, list_library_query_records, publish_library_query,
};
use super::access::{require_developer, user_name};
use super::ids;
use super::refusal::refused;
use crate::action::ActionContext as Context;
use crate::outcome::Outcome;
use crate::platforms::reading::{id, value};
use crate::state::Record;

/// The query that an id or a gid names; 6104 for none.
fn resolve(context: &Context<'_>, key: &str) -> Result<Record, Outcome> {
    ids::resolve(context, "library_queries", key)?
        .ok_or_else(|| refused("library-query-not-found", "There is no such query in the library."))
}

/// Passes for developers whose current organisation has that key: 5155, 6103.
fn require_developer_of(context: &Context<'_>, org: &Value) -> Result<(), Outcome> {
    if id(&require_developer(context)?) == *org {
        return Ok(());
    }
    Err(refused("library-query-and-org-not-match", "That is not your current organisation."))
}

/// A query that the caller may change: 6104, 5155, 6103 in this order.
fn own(context: &Context<'_>, key: &str) -> Result<Record, Outcome> {
    let query = resolve(context, key)?;
    require_developer_of(context, &value(&query, "organizationId"))?;
    Ok(query)
}

/// The members of `LibraryQueryView`.
fn view(context: &Context<'_>, query: &Record) -> Result<Value, Outcome> {
    let mut view = Value::Object(query.fields().clone());
    view["creatorName"] = user_name(context, &value(query, "createdBy"))?;
    Ok(view)
}

/// The kind of data source that a DSL's query is for; null for none.
fn kind(dsl: &Value) -> Value {
    let kind = &dsl["query"]["compType"];
    if kind.is_string() { kind.clone() } else { Value::Null }
}
