//! The library as developers list it.

use serde_json::Value;

use super::versions::version;
use super::{kind, view};
use crate::action::ActionContext as Context;
use crate::generated::lowcoder as g;
use crate::outcome::Outcome;
use crate::platforms::lowcoder::access::{require_developer, user_name};
use crate::platforms::lowcoder::datasources;
use crate::platforms::lowcoder::paging::Page;
use crate::platforms::lowcoder::refusal::server_error;
use crate::platforms::reading::{id, member, on, text, value};
use crate::state::Record;

/// Queries of the current organisation (facts: lowcoder 10.9 L5).
pub(in crate::platforms::lowcoder) fn list_library_queries_by_org(
    context: &mut Context<'_>,
    input: g::ListLibraryQueriesByOrgInput,
) -> Result<Value, Outcome> {
    let found = usable(context, &input.name)?;
    Page::new(input.page_num, input.page_size).answer(&found, |query| view(context, query))
}

/// The same queries with their versions, without any DSL (facts: lowcoder X29).
pub(in crate::platforms::lowcoder) fn list_library_queries_for_drop_down(
    context: &mut Context<'_>,
    input: g::ListLibraryQueriesForDropDownInput,
) -> Result<Value, Outcome> {
    let mut items = Vec::new();
    for query in usable(context, &input.name)? {
        let mut item = Value::Object(query.fields().clone());
        item["datasourceType"] = kind(&value(&query, "libraryQueryDSL"));
        item["creatorName"] = user_name(context, &value(&query, "createdBy"))?;
        let records = context.all("library_query_versions", &[("libraryQueryId", &id(&query))])?;
        let versions = records.iter().rev().map(|record| version(context, record));
        item["recordMetaViews"] = versions.collect::<Result<Vec<_>, _>>()?.into();
        items.push(item);
    }
    Ok(items.into())
}

/// The queries of that name whose data source the caller may use. What names none is left out; with
/// `STRICT_QUERYLESS_LIBRARY` one without `query` breaks the list (facts: lowcoder 10.9 L5, 12 Q5).
fn usable(context: &Context<'_>, name: &str) -> Result<Vec<Record>, Outcome> {
    let org = require_developer(context)?;
    let name = name.to_lowercase();
    let strict = on(context, "STRICT_QUERYLESS_LIBRARY");
    let mut found = Vec::new();
    for query in context.all("library_queries", &[("organizationId", &id(&org))])? {
        let dsl = value(&query, "libraryQueryDSL");
        if strict && !dsl["query"].is_object() {
            return Err(server_error("A query of the library is without `query`."));
        }
        if let Some(datasource) = member(&dsl["query"], "datasourceId")
            && text(&query, "name").to_lowercase().contains(&name)
            && datasources::may_use(context, datasource)? == Some(true)
        {
            found.push(query);
        }
    }
    Ok(found)
}
