//! Forms: what visitors are asked, and what becomes of their answers.

use serde_json::{Map, Value, json};

use super::field_options::options_of;
use super::public::public_view;
use super::represent::own_keys;
use crate::action::ActionContext;
use crate::outcome::Outcome;
use crate::platforms::baserow::records::{flag, key, number, text};
use crate::platforms::baserow::rows::{self, Asked};
use crate::platforms::baserow::{fields, files, sight};
use crate::state::Record;

const MISSING: &str = "ERROR_FORM_DOES_NOT_EXIST";

/// `public_form`: what a visitor is shown.
///
/// # Errors
/// `ERROR_FORM_DOES_NOT_EXIST`, `ERROR_NO_PERMISSION_TO_PUBLICLY_SHARED_FORM`.
pub(in crate::platforms::baserow) fn public_form(context: &ActionContext<'_>) -> Result<Value, Outcome> {
    let form = form(context)?;
    let own = own_keys(&form);
    let mut shown = Map::new();
    for name in ["title", "description", "mode", "cover_image", "logo_image", "submit_text"] {
        shown.insert(name.to_owned(), own.get(name).cloned().unwrap_or_default());
    }
    let questions = questions(context, &form)?;
    let fields: Value = questions.iter().map(|(field, options)| represent(context, field, options)).collect();
    shown.insert("fields".to_owned(), fields);
    shown.insert("show_logo".to_owned(), flag(&form, "show_logo").into());
    shown.insert("allow_public_export".to_owned(), flag(&form, "allow_public_export").into());
    Ok(Value::Object(shown))
}

/// `submit_form`: a visitor's answers become a row.
///
/// # Errors
/// Those of [`public_form`], `invalid` for answers that break a rule.
pub(in crate::platforms::baserow) fn submit_form(context: &mut ActionContext<'_>) -> Result<Value, Outcome> {
    let form = form(context)?;
    let asked = |(field, options): &(Record, Map<String, Value>)| Asked {
        field: key(field),
        required: is_required(options),
        only: only(options),
    };
    let asked: Vec<Asked> = questions(context, &form)?.iter().map(asked).collect();
    let row = rows::submit(context, number(&form, "table"), &asked)?;
    let mut answer = Map::new();
    let own = own_keys(&form);
    for name in ["submit_action", "submit_action_message", "submit_action_redirect_url"] {
        answer.insert(name.to_owned(), own.get(name).cloned().unwrap_or_default());
    }
    answer.insert("row_id".to_owned(), row.into());
    Ok(Value::Object(answer))
}

/// `upload_form_file`: a file for a cell of the form.
///
/// # Errors
/// `ERROR_INVALID_FILE`, `ERROR_VIEW_HAS_NO_PUBLIC_FILE_FIELD`, `ERROR_VIEW_DOES_NOT_EXIST`, `ERROR_FILE_SIZE_TOO_LARGE`,
/// `ERROR_NO_AUTHORIZATION_TO_PUBLICLY_SHARED_VIEW`.
pub(in crate::platforms::baserow) fn upload_form_file(
    context: &mut ActionContext<'_>,
) -> Result<Value, Outcome> {
    files::has_file(context)?;
    let form = public_view(context, "ERROR_VIEW_DOES_NOT_EXIST")?;
    let takes_files = |field: &Record| {
        let rich = field.get("options").and_then(|options| options.get("long_text_enable_rich_text"));
        text(field, "type") == "file"
            || text(field, "type") == "long_text" && rich == Some(&Value::Bool(true))
    };
    if !questions(context, &form)?.iter().any(|(field, _)| takes_files(field)) {
        let sentence = "the form has no field that takes files";
        return Err(Outcome::new("ERROR_VIEW_HAS_NO_PUBLIC_FILE_FIELD", sentence));
    }
    files::upload_file(context)
}

/// The form that an earlier step found, if the caller may see it.
fn form(context: &ActionContext<'_>) -> Result<Record, Outcome> {
    let form = sight::bound(context, "view")?;
    if text(&form, "type") != "form" {
        return Err(Outcome::new(MISSING, "there is no form with this address"));
    }
    public_view(context, MISSING).map_err(|outcome| match &*outcome.name {
        "ERROR_NO_AUTHORIZATION_TO_PUBLICLY_SHARED_VIEW" => {
            outcome.named("ERROR_NO_PERMISSION_TO_PUBLICLY_SHARED_FORM")
        }
        _ => outcome,
    })
}

/// A field, and its options.
type Question = (Record, Map<String, Value>);

/// The fields that a form asks for, with their options, in the form's order.
fn questions(context: &ActionContext<'_>, form: &Record) -> Result<Vec<Question>, Outcome> {
    let mut options = options_of(context, form)?;
    let mut asked = Vec::new();
    for field in fields::of_table(context, number(form, "table"))? {
        let Some(Value::Object(own)) = options.remove(&key(&field).to_string()) else { continue };
        if own.get("enabled") == Some(&Value::Bool(true)) && fields::can_be_written(&field) {
            asked.push((field, own));
        }
    }
    asked.sort_by_key(|(field, own)| (own.get("order").and_then(Value::as_i64), key(field)));
    Ok(asked)
}

/// What is only shown under conditions cannot be asked for: whether they hold is decided in the browser.
fn is_required(options: &Map<String, Value>) -> bool {
    let on = |name: &str| options.get(name) == Some(&Value::Bool(true));
    let conditions = options.get("conditions").and_then(Value::as_array).map_or(0, Vec::len);
    on("required") && (!on("show_when_matching_conditions") || conditions == 0)
}

/// The select options that a visitor can choose, where not all of them can be.
fn only(options: &Map<String, Value>) -> Option<Vec<u64>> {
    if options.get("include_all_select_options") != Some(&Value::Bool(false)) {
        return None;
    }
    let allowed = options.get("allowed_select_options").and_then(Value::as_array);
    Some(allowed.into_iter().flatten().filter_map(Value::as_u64).collect())
}

fn represent(context: &ActionContext<'_>, field: &Record, options: &Map<String, Value>) -> Value {
    const OWN: [&str; 11] = [
        "table_id",
        "order",
        "primary",
        "read_only",
        "immutable_type",
        "immutable_properties",
        "description",
        "database_id",
        "workspace_id",
        "db_index",
        "field_constraints",
    ];
    let mut shown = fields::represent(context, field);
    if let Value::Object(members) = &mut shown {
        members.retain(|name, _| !OWN.contains(&name.as_str()));
        if let (Some(allowed), Some(Value::Array(all))) = (only(options), members.get_mut("select_options")) {
            all.retain(|option| option["id"].as_u64().is_some_and(|id| allowed.contains(&id)));
        }
    }
    let of = |name: &str| options.get(name).cloned().unwrap_or_default();
    let name = options.get("name").and_then(Value::as_str).filter(|name| !name.is_empty());
    json!({
        "name": name.unwrap_or_else(|| text(field, "name")),
        "description": of("description"),
        "required": of("required"),
        "order": of("order"),
        "field": shown,
        "show_when_matching_conditions": of("show_when_matching_conditions"),
        "condition_type": of("condition_type"),
        "conditions": of("conditions"),
        "condition_groups": of("condition_groups"),
        "groups": of("condition_groups"),
        "field_component": of("field_component"),
    })
}
