//! Steps of editing. None is ever moved to the archive here, so that one is empty.

use serde_json::{Value, json};

use crate::action::ActionContext as Context;
use crate::entropy::Timestamp;
use crate::generated::lowcoder as g;
use crate::outcome::Outcome;
use crate::platforms::lowcoder::access::{Role, avatar_url};
use crate::platforms::lowcoder::applications;
use crate::platforms::lowcoder::ids::now;
use crate::platforms::lowcoder::paging::Page;
use crate::platforms::lowcoder::refusal::{invalid_parameter, refused};
use crate::platforms::reading::{caller, elements, id, member, value};
use crate::state::Record;

/// The least and the most on a page (facts: lowcoder 5 PG5).
const SIZES: [i64; 2] = [5, 100];

/// Keeps a step of editing (facts: lowcoder 11 X14). Whoever does so is the one who edits the application.
pub(in crate::platforms::lowcoder) fn create_application_snapshot(
    context: &mut Context<'_>,
    input: g::CreateApplicationSnapshotInput,
) -> Result<Value, Outcome> {
    let application = edited(context, member(&input.body, "applicationId").unwrap_or_default())?;
    let (user, time) = (id(caller(context)?), now(context));
    let snapshot = json!({
        "applicationId": id(&application), "dsl": input.body["dsl"], "context": input.body["context"],
        "createdBy": user, "createTime": time,
    });
    context.insert("snapshots", snapshot)?;
    let edited = json!({ "lastEditedAt": time, "editingUserId": user, "updatedAt": time });
    context.update(&application, edited)?;
    Ok(true.into())
}

/// A page of the steps of an application, the newest first (facts: lowcoder 11 X15).
pub(in crate::platforms::lowcoder) fn list_application_snapshots(
    context: &mut Context<'_>,
    input: g::ListApplicationSnapshotsInput,
) -> Result<Value, Outcome> {
    let page = page(input.page, input.size)?;
    let (from, to) = (moment("from", input.from.as_deref())?, moment("to", input.to.as_deref())?);
    let application = edited(context, &input.application_id)?;
    let all = context.all("snapshots", &[("applicationId", &id(&application))])?;
    let passes = |snapshot: &&Record| {
        let time = value(snapshot, "createTime").as_i64().unwrap_or_default();
        input.comp_name.as_deref().is_none_or(|name| touches(snapshot, name))
            && input.theme.as_deref().is_none_or(|theme| {
                value(snapshot, "dsl").pointer("/settings/themeId").and_then(Value::as_str) == Some(theme)
            })
            && from.is_none_or(|from| time >= from)
            && to.is_none_or(|to| time <= to)
    };
    let found: Vec<&Record> = all.iter().rev().filter(passes).collect();
    let list =
        page.of(&found)?.iter().map(|snapshot| item(context, snapshot)).collect::<Result<Value, _>>()?;
    // How many there are at all: the product does not filter what it counts.
    Ok(json!({ "list": list, "count": all.len() }))
}

/// As [`list_application_snapshots`], of the archive.
pub(in crate::platforms::lowcoder) fn list_application_snapshots_archived(
    context: &mut Context<'_>,
    input: g::ListApplicationSnapshotsArchivedInput,
) -> Result<Value, Outcome> {
    page(input.page, input.size)?;
    moment("from", input.from.as_deref())?;
    moment("to", input.to.as_deref())?;
    edited(context, &input.application_id)?;
    Ok(json!({ "list": [], "count": 0 }))
}

/// What an application was at a step, and the modules that it showed (facts: lowcoder 11 X16).
pub(in crate::platforms::lowcoder) fn get_application_snapshot(
    context: &mut Context<'_>,
    input: g::GetApplicationSnapshotInput,
) -> Result<Value, Outcome> {
    let application = edited(context, &input.application_id)?;
    let found = context.get("snapshots", &Value::from(input.snapshot_id))?;
    let found = found.filter(|snapshot| value(snapshot, "applicationId") == id(&application));
    let dsl = match value(&found.ok_or_else(no_snapshot)?, "dsl") {
        Value::Null => json!({}),
        dsl => dsl,
    };
    Ok(json!({ "moduleDSL": applications::modules(context, &dsl)?, "applicationsDsl": dsl }))
}

/// As [`get_application_snapshot`], of the archive.
pub(in crate::platforms::lowcoder) fn get_application_snapshot_archived(
    context: &mut Context<'_>,
    input: g::GetApplicationSnapshotArchivedInput,
) -> Result<Value, Outcome> {
    edited(context, &input.application_id)?;
    Err(no_snapshot())
}

/// An application that the caller may edit, in whatever status.
fn edited(context: &Context<'_>, id: &str) -> Result<Record, Outcome> {
    let application = applications::named(context, id)?;
    applications::may(context, &application, Role::Editor)?;
    Ok(application)
}

fn no_snapshot() -> Outcome {
    refused("history-snapshot-not-found", "There is no such snapshot.")
}

fn page(number: i64, size: i64) -> Result<Page, Outcome> {
    if number <= 0 {
        return Err(invalid_parameter("`page` counts from 1."));
    }
    Ok(Page::new(number, size.clamp(SIZES[0], SIZES[1])))
}

/// A moment in milliseconds since 1970.
fn moment(name: &str, text: Option<&str>) -> Result<Option<i64>, Outcome> {
    let Some(text) = text.filter(|text| !text.is_empty()) else { return Ok(None) };
    let moment =
        Timestamp::parse(text).ok_or_else(|| invalid_parameter(format!("`{name}` is no date-time.")))?;
    Ok(Some(moment.0))
}

/// Whether one of the operations of a step was on the component of that name.
fn touches(snapshot: &Record, component: &str) -> bool {
    let context = value(snapshot, "context");
    context
        .get("operations")
        .map(elements)
        .unwrap_or_default()
        .iter()
        .any(|operation| member(operation, "compName") == Some(component))
}

fn item(context: &Context<'_>, snapshot: &Record) -> Result<Value, Outcome> {
    let creator = value(snapshot, "createdBy");
    let user = if creator.is_null() { None } else { context.get("users", &creator)? };
    Ok(json!({
        "id": id(snapshot), "context": value(snapshot, "context"), "userId": creator,
        "userName": user.as_ref().map_or(Value::Null, |user| value(user, "name")),
        "userAvatar": user.as_ref().map_or(Value::Null, avatar_url), "createTime": value(snapshot, "createTime"),
    }))
}
