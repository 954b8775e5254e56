//! `create_job`: jobs that are started by their type.

use serde_json::{Value, json};

use super::job::{may_start, represent};
use crate::action::ActionContext;
use crate::outcome::Outcome;
use crate::platforms::baserow::records::{caller, flag, key, number, referred};
use crate::platforms::baserow::{applications, fields, tables};
use crate::state::Record;

/// Starts the job that the body describes.
///
/// # Errors
/// `invalid` when the body does not say what it is about; when that is not there or not the caller's, or another job goes on.
pub(in crate::platforms::baserow) fn create_job(
    context: &mut ActionContext<'_>,
    request: &Value,
) -> Result<Value, Outcome> {
    let kind = request["type"].as_str().unwrap_or_default();
    may_start(context, kind)?;
    let job = match kind {
        "duplicate_application" => {
            let application = about(context, request, "application_id", "applications")?;
            applications::start_duplicate(context, &application)?
        }
        "duplicate_table" => {
            let table = about(context, request, "table_id", "tables")?;
            tables::start_duplicate(context, &table)?
        }
        "duplicate_field" => {
            let field = about(context, request, "field_id", "fields")?;
            fields::start_duplicate(context, &field, request["duplicate_data"].as_bool().unwrap_or_default())?
        }
        other => {
            return Err(Outcome::new("internal", format!("the schema lets the job type `{other}` pass")));
        }
    };
    Ok(represent(context, &job))
}

/// What a job is about: in no trash, and in a workspace that the caller is a member of.
fn about(
    context: &ActionContext<'_>,
    request: &Value,
    name: &str,
    collection: &str,
) -> Result<Record, Outcome> {
    let Some(about) = request.get(name).filter(|one| !one.is_null()) else {
        let sentence = "This field is required.";
        let details = json!({ name: [{ "error": sentence, "code": "required" }] });
        return Err(Outcome::invalid(sentence).data(details));
    };
    let (missing, path): (_, &[&str]) = match collection {
        "applications" => ("ERROR_APPLICATION_DOES_NOT_EXIST", &["workspace"]),
        "tables" => ("ERROR_TABLE_DOES_NOT_EXIST", &["database", "workspace"]),
        _ => ("ERROR_FIELD_DOES_NOT_EXIST", &["table", "database", "workspace"]),
    };
    let nothing = || Outcome::new(missing, format!("`{name}` {about} is not there"));
    let found = context.get(collection, about)?.filter(|one| !flag(one, "trashed")).ok_or_else(nothing)?;
    let mut outer = found.clone();
    for step in path {
        outer = referred(context, &outer, step)?;
        if flag(&outer, "trashed") {
            return Err(nothing());
        }
    }
    let member = [("workspace", &number(&outer, "id").into()), ("user", &key(caller(context)?).into())];
    match context.find("workspace_users", &member)? {
        Some(_) => Ok(found),
        None => Err(Outcome::new("ERROR_USER_NOT_IN_GROUP", "")),
    }
}
