//! Published versions of queries (facts: lowcoder 10.9 L6, X29).

use serde_json::{Map, Value, json};

use super::{kind, own, require_developer_of, resolve};
use crate::action::ActionContext as Context;
use crate::generated::lowcoder as g;
use crate::outcome::Outcome;
use crate::platforms::lowcoder::access::user_name;
use crate::platforms::lowcoder::ids;
use crate::platforms::lowcoder::paging::Page;
use crate::platforms::lowcoder::refusal::refused;
use crate::platforms::reading::{caller, get, id, value};
use crate::state::Record;

/// Keeps the query as it is under a tag, which may repeat.
pub(in crate::platforms::lowcoder) fn publish_library_query(
    context: &mut Context<'_>,
    input: g::PublishLibraryQueryInput,
) -> Result<Value, Outcome> {
    let query = own(context, &input.library_query_id)?;
    let fields = json!({
        "libraryQueryId": id(&query), "tag": input.body["tag"], "commitMessage": input.body["commitMessage"],
        "dsl": value(&query, "libraryQueryDSL"), "createdBy": id(caller(context)?), "createTime": ids::now(context),
    });
    let record = context.insert("library_query_versions", fields)?;
    version(context, &record)
}

/// The members of `LibraryQueryRecord`.
pub(super) fn version(context: &Context<'_>, record: &Record) -> Result<Value, Outcome> {
    let mut view = Value::Object(record.fields().clone());
    view["datasourceType"] = kind(&value(record, "dsl"));
    view["creatorName"] = user_name(context, &value(record, "createdBy"))?;
    Ok(view)
}

/// The newest comes first; whoever is signed in may ask.
pub(in crate::platforms::lowcoder) fn list_library_query_records(
    context: &mut Context<'_>,
    input: g::ListLibraryQueryRecordsInput,
) -> Result<Value, Outcome> {
    let query = resolve(context, &input.library_query_id)?;
    let mut records = context.all("library_query_versions", &[("libraryQueryId", &id(&query))])?;
    records.reverse();
    Page::new(input.page_num, input.page_size).answer(&records, |record| version(context, record))
}

/// The DSL of a version; of what is being edited for `latest` (facts: lowcoder 6).
pub(in crate::platforms::lowcoder) fn get_library_query_record(
    context: &mut Context<'_>,
    input: g::GetLibraryQueryRecordInput,
) -> Result<Value, Outcome> {
    let query = resolve(context, &input.library_query_id)?;
    let dsl = if input.library_query_record_id == "latest" {
        value(&query, "libraryQueryDSL")
    } else {
        let key = Value::from(input.library_query_record_id);
        let record = context.get("library_query_versions", &key)?;
        let record = record.filter(|record| value(record, "libraryQueryId") == id(&query));
        let none = || refused("query-not-found", "The query has no such version.");
        value(&record.ok_or_else(none)?, "dsl")
    };
    Ok(if dsl.is_null() { Map::new().into() } else { dsl })
}

/// Deletes a version; the answer has no body. 6104 for an unknown one.
pub(in crate::platforms::lowcoder) fn delete_library_query_record(
    context: &mut Context<'_>,
    input: g::DeleteLibraryQueryRecordInput,
) -> Result<Value, Outcome> {
    let record = context.get("library_query_versions", &Value::from(input.id))?;
    let none = || refused("library-query-not-found", "There is no such version of a query.");
    let record = record.ok_or_else(none)?;
    let query = get(context, "library_queries", value(&record, "libraryQueryId"))?;
    require_developer_of(context, &value(&query, "organizationId"))?;
    context.delete(&[record])?;
    Ok(Value::Null)
}
