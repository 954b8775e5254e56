//! `duplicate_field`: a copy of a field, made in a job.

use serde_json::{Value, json};

use super::directory::Known;
use super::represent::represent;
use super::{create, name};
use crate::action::ActionContext;
use crate::outcome::Outcome;
use crate::platforms::baserow::records::get;
use crate::platforms::baserow::{jobs, rows, sight};
use crate::state::Record;

/// Copies the field that an earlier step found.
///
/// # Errors
/// `ERROR_MAX_JOB_COUNT_EXCEEDED`, `ERROR_MAX_FIELD_COUNT_EXCEEDED`.
pub(in crate::platforms::baserow) fn duplicate_field(
    context: &mut ActionContext<'_>,
    duplicate_data: bool,
) -> Result<Value, Outcome> {
    let field = sight::bound(context, "field")?;
    let job = start_duplicate(context, &field, duplicate_data)?;
    Ok(jobs::represent(context, &job))
}

/// Starts the job that copies a field.
///
/// # Errors
/// As [`duplicate_field`].
pub(in crate::platforms::baserow) fn start_duplicate(
    context: &mut ActionContext<'_>,
    field: &Record,
    duplicate_data: bool,
) -> Result<Record, Outcome> {
    let original = represent(context, field);
    let copy = duplicate(context, field, duplicate_data)?;
    let copy = represent(context, &copy);
    let data = json!({ "original_field": original, "duplicated_field": null, "result": { "duplicated_field": copy } });
    jobs::start(context, "duplicate_field", data)
}

fn duplicate(
    context: &mut ActionContext<'_>,
    field: &Record,
    duplicate_data: bool,
) -> Result<Record, Outcome> {
    let known = Known::of(field);
    let table = get(context, "tables", known.table)?;
    let name = name::unused(context, known.table, std::slice::from_ref(&known.name))?;
    let mut body = represent(context, field);
    body["field_constraints"] = json!([]);
    if known.kind == "link_row" && known.link("link_row_related_field_id").is_none() {
        body["has_related_field"] = false.into();
    }
    if let Some(looks) = known.options.get("looks").and_then(Value::as_object) {
        for (name, value) in looks {
            body[name] = value.clone();
        }
    } else if known.kind == "formula" || body.get("formula_type").is_some() {
        without_looks(&mut body);
    }
    let copy = create::create(context, &table, &name, &known.kind, &body)?;
    if duplicate_data {
        rows::copy_field(context, field, &copy)?;
    }
    Ok(copy)
}

/// A computed field tells the looks that it has by itself: they are not its owner's wish.
fn without_looks(body: &mut Value) {
    if let Some(body) = body.as_object_mut() {
        body.retain(|name, _| {
            !["number_", "date_", "duration_"].iter().any(|beginning| name.starts_with(beginning))
        });
    }
}
