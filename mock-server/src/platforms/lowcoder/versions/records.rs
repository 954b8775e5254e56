//! Published versions.

use serde_json::{Map, Value, json};

use crate::action::ActionContext as Context;
use crate::generated::lowcoder as g;
use crate::outcome::Outcome;
use crate::platforms::lowcoder::access::{current_org, require_developer, user_name};
use crate::platforms::lowcoder::refusal::refused;
use crate::platforms::lowcoder::{applications, ids};
use crate::platforms::reading::{get, id, value};
use crate::state::Record;

/// What selects the version that users see (facts: lowcoder 6).
const LATEST: &str = "latest";

/// The versions of an application, the newest first; none of an unknown one (facts: lowcoder 10.6 P16).
pub(in crate::platforms::lowcoder) fn list_application_records_by_application_id(
    context: &mut Context<'_>,
    input: g::ListApplicationRecordsByApplicationIdInput,
) -> Result<Value, Outcome> {
    let Some(application) = ids::resolve_slug(context, "applications", &input.application_id)? else {
        return Ok(json!([]));
    };
    let versions = context.all("application_versions", &[("applicationId", &id(&application))])?;
    let item = |version: &Record| {
        Ok(json!({
            "id": id(version), "applicationId": value(version, "applicationId"), "tag": value(version, "tag"),
            "commitMessage": value(version, "commitMessage"), "createTime": value(version, "createTime"),
            "creatorName": user_name(context, &value(version, "createdBy"))?,
        }))
    };
    versions.iter().rev().map(item).collect()
}

/// The DSL of a version of an application of the current organisation (facts: lowcoder 11 X12). The version alone says which
/// application is meant, unless it is `latest`.
pub(in crate::platforms::lowcoder) fn get_application_record(
    context: &mut Context<'_>,
    input: g::GetApplicationRecordInput,
) -> Result<Value, Outcome> {
    let org = current_org(context)?;
    let (application, dsl) = if input.application_record_id == LATEST {
        let application = applications::resolve(context, &input.application_id)?;
        let dsl = applications::live_dsl(context, &application)?;
        (application, dsl)
    } else {
        let version = version(context, &input.application_record_id)?;
        (get(context, "applications", value(&version, "applicationId"))?, value(&version, "dsl"))
    };
    belongs(&application, &org)?;
    Ok(if dsl.is_null() { Value::Object(Map::new()) } else { dsl })
}

/// Deletes a version, for developers of the application's organisation (facts: lowcoder 11 X13).
pub(in crate::platforms::lowcoder) fn delete_application_record(
    context: &mut Context<'_>,
    input: g::DeleteApplicationRecordInput,
) -> Result<Value, Outcome> {
    let org = require_developer(context)?;
    let version = version(context, &input.id)?;
    belongs(&get(context, "applications", value(&version, "applicationId"))?, &org)?;
    context.delete(&[version])?;
    Ok(Value::Null)
}

fn version(context: &Context<'_>, id: &str) -> Result<Record, Outcome> {
    let found = context.get("application_versions", &Value::from(id))?;
    found.ok_or_else(|| refused("application-not-found", "There is no such version of an application."))
}

/// Passes for an application of that organisation; 5309 for others.
fn belongs(application: &Record, org: &Record) -> Result<(), Outcome> {
    if value(application, "orgId") == id(org) {
        return Ok(());
    }
    Err(refused("application-and-org-not-match", "The application belongs to another organisation."))
}
