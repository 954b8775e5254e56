//! `duplicate_application`: a copy with all in it, made in a job.

use serde_json::{Map, Value, json};

use crate::action::ActionContext;
use crate::outcome::Outcome;
use crate::platforms::baserow::fields::{self, first_unused};
use crate::platforms::baserow::records::{get, key, number, text};
use crate::platforms::baserow::{jobs, ordering, sight, tables};
use crate::state::Record;

/// Copies the application that an earlier step found.
///
/// # Errors
/// `ERROR_MAX_JOB_COUNT_EXCEEDED`.
pub(in crate::platforms::baserow) fn duplicate_application(
    context: &mut ActionContext<'_>,
) -> Result<Value, Outcome> {
    let application = sight::bound(context, "application")?;
    let job = start_duplicate(context, &application)?;
    Ok(jobs::represent(context, &job))
}

/// Starts the job that copies an application.
///
/// # Errors
/// As [`duplicate_application`].
pub(in crate::platforms::baserow) fn start_duplicate(
    context: &mut ActionContext<'_>,
    application: &Record,
) -> Result<Record, Outcome> {
    let original = represent(context, application)?;
    let copy = duplicate(context, application)?;
    let shown = represent(context, &copy)?;
    let result = json!({ "duplicated_application": shown });
    let data = json!({ "original_application": original, "duplicated_application": null, "result": result });
    jobs::start(context, "duplicate_application", data)
}

/// Copies an application, to the end of its workspace.
///
/// # Errors
/// None but `internal`.
pub(in crate::platforms::baserow) fn duplicate(
    context: &mut ActionContext<'_>,
    application: &Record,
) -> Result<Record, Outcome> {
    let owner = ("workspace", number(application, "workspace"));
    let beside = ordering::in_order(context, "applications", owner)?;
    let own = [text(application, "name").to_owned()];
    let name = first_unused(&own, |name| beside.iter().any(|one| text(one, "name") == name));
    let copy = context.insert(
        "applications",
        json!({
            "workspace": owner.1, "name": name, "type": text(application, "type"),
            "description": text(application, "description"),
            "order": ordering::next(context, "applications", owner)?,
        }),
    )?;
    let originals = ordering::in_order(context, "tables", ("database", key(application)))?;
    let names: Vec<String> = originals.iter().map(|table| text(table, "name").to_owned()).collect();
    tables::copy(context, &originals, &copy, &names)?;
    fields::retype(context, key(&copy))?;
    Ok(copy)
}

/// As answers show an application.
fn represent(context: &ActionContext<'_>, application: &Record) -> Result<Value, Outcome> {
    let workspace = get(context, "workspaces", number(application, "workspace"))?;
    let mut shown = Map::new();
    let mut put = |name: &str, value: Value| shown.insert(name.to_owned(), value);
    put("id", key(application).into());
    put("name", text(application, "name").into());
    put("order", number(application, "order").into());
    put("type", text(application, "type").into());
    put(
        "workspace",
        json!({ "id": key(&workspace), "name": text(&workspace, "name"), "generative_ai_models_enabled": {} }),
    );
    put("created_on", text(application, "created_on").into());
    match text(application, "type") {
        "database" => {
            let tables = ordering::in_order(context, "tables", ("database", key(application)))?;
            let table = |table: &Record| {
                json!({
                    "id": key(table), "name": text(table, "name"), "order": number(table, "order"),
                    "database_id": key(application), "data_sync": null,
                })
            };
            put("tables", tables.iter().map(table).collect());
        }
        "builder" => {
            put("pages", json!([]));
            put("theme", json!({}));
            put("favicon_file", Value::Null);
            put("login_page_id", Value::Null);
        }
        _ => {
            put("description", text(application, "description").into());
        }
    }
    Ok(Value::Object(shown))
}
