//! `create_field`, and fields that other operations make.

use serde_json::{Value, json};

use super::directory::Known;
use super::kinds::{FieldKind, kind};
use super::represent::with_related;
use super::store::set_options;
use super::{link_row, list, name, options, retype, select_options};
use crate::action::ActionContext;
use crate::outcome::Outcome;
use crate::platforms::baserow::faults::Faults;
use crate::platforms::baserow::records::{key, number, text};
use crate::platforms::baserow::{rows, sight};
use crate::state::Record;

/// How many fields a table can have.
pub(in crate::platforms::baserow) const MOST_FIELDS: usize = 600;

/// `create_field`: a field of the table that an earlier step found, as the body describes it.
///
/// # Errors
/// Those of the product for each rule that the body breaks.
pub(in crate::platforms::baserow) fn create_field(
    context: &mut ActionContext<'_>,
    body: &Value,
) -> Result<Value, Outcome> {
    let table = sight::bound(context, "table")?;
    let (name, kind) = (body["name"].as_str().unwrap_or_default(), body["type"].as_str().unwrap_or_default());
    let field = create(context, &table, name, kind, body)?;
    let related = retype::related(context, &field)?;
    Ok(with_related(context, &field, &related))
}

/// Makes a field, the last of its table; the first one is the primary. `options` are what a body would say besides.
///
/// # Errors
/// As `create_field`.
pub(in crate::platforms::baserow) fn create(
    context: &mut ActionContext<'_>,
    table: &Record,
    name: &str,
    kind_name: &str,
    options: &Value,
) -> Result<Record, Outcome> {
    let kind = known_kind(kind_name)?;
    let beside = list::of_table(context, key(table))?;
    if beside.len() >= MOST_FIELDS {
        let sentence = format!("a table has no more than {MOST_FIELDS} fields");
        return Err(Outcome::new("ERROR_MAX_FIELD_COUNT_EXCEEDED", sentence));
    }
    name::check(context, key(table), name, None)?;
    let own = options::prepare(context, table, kind, options, None)?;
    let db_index = index(kind, options)?.unwrap_or_default();
    let constraints = constraints(kind, options)?.unwrap_or_else(|| json!([]));
    let link = link_row::wanted(kind, key(table), &own, options, None)?;
    let order = beside.iter().map(|field| number(field, "order") + 1).max().unwrap_or_default();
    let field = context.insert(
        "fields",
        json!({
            "table": key(table), "name": name, "type": kind.name, "order": order, "primary": beside.is_empty(),
            "description": options.get("description"), "db_index": db_index, "field_constraints": constraints,
            "options": own,
        }),
    )?;
    let database = number(table, "database");
    retype::check(context, database, &field)?;
    let field = choices(context, &field, options)?;
    if link {
        link_row::relate(context, &field)?;
    }
    let field = context.current(&field)?;
    rows::field_added(context, &field)?;
    rows::check_unique(context, &field)?;
    retype::retype(context, database)?;
    context.current(&field)
}

/// The type of that name, which the schema knows; `ai` needs a model.
pub(super) fn known_kind(name: &str) -> Result<&'static FieldKind, Outcome> {
    kind(name).ok_or_else(|| {
        let sentence = "no generative model is configured on this instance";
        Outcome::new("ERROR_GENERATIVE_AI_DOES_NOT_EXIST", sentence)
    })
}

/// Whether the body asks for an index; `None` when it does not say.
pub(super) fn index(kind: &FieldKind, body: &Value) -> Result<Option<bool>, Outcome> {
    match body["db_index"].as_bool() {
        Some(true) if !kind.index => {
            let sentence = format!("a field of type `{}` cannot have an index", kind.name);
            Err(Outcome::new("ERROR_DB_INDEX_NOT_SUPPORTED", sentence))
        }
        asked => Ok(asked),
    }
}

/// The constraints that the body asks for; `None` when it does not say.
pub(super) fn constraints(kind: &FieldKind, body: &Value) -> Result<Option<Value>, Outcome> {
    let Some(Value::Array(asked)) = body.get("field_constraints") else { return Ok(None) };
    for constraint in asked {
        let name = constraint["type_name"].as_str().unwrap_or_default();
        if name != "unique_with_empty" || !kind.constraint {
            let sentence = format!("a field of type `{}` cannot have the constraint `{name}`", kind.name);
            return Err(Outcome::new("ERROR_INVALID_FIELD_CONSTRAINT", sentence));
        }
    }
    Ok(Some(asked.iter().map(|one| json!({ "type_name": one["type_name"] })).collect()))
}

/// The options of a select field, and those that new rows start with.
pub(super) fn choices(
    context: &mut ActionContext<'_>,
    field: &Record,
    body: &Value,
) -> Result<Record, Outcome> {
    let Some(kind) = kind(text(field, "type")).filter(|kind| kind.has_select_options()) else {
        return Ok(field.clone());
    };
    let stands_for = match body.get("select_options") {
        Some(list) => select_options::replace(context, key(field), list)?,
        None => Vec::new(),
    };
    let known: Vec<u64> = select_options::of_field(context, key(field))?.iter().map(key).collect();
    let name = format!("{}_default", kind.name);
    let mut options = Known::of(field).options;
    if let Some(asked) = body.get(&name) {
        let one = |asked: &Value| -> Result<Value, Outcome> {
            let wanted = asked.as_u64().unwrap_or_default();
            let now = stands_for.iter().find(|(asked, _)| *asked == wanted).map_or(wanted, |(_, now)| *now);
            if known.contains(&now) {
                return Ok(now.into());
            }
            let sentence = format!("the field has no option {asked}");
            Err(Outcome::new("ERROR_SELECT_OPTION_DOES_NOT_BELONG_TO_FIELD", sentence))
        };
        let default = match asked {
            Value::Null => Value::Null,
            Value::Array(all) => all.iter().map(one).collect::<Result<Value, _>>()?,
            Value::Number(_) => one(asked)?,
            _ => return Err(Faults::one(&name, "A valid integer is required.", "invalid")),
        };
        options.insert(name, default);
    } else if let Some(default) = options.get_mut(&name) {
        // An option that is gone is no default any more.
        match default {
            Value::Array(all) => all.retain(|one| one.as_u64().is_some_and(|one| known.contains(&one))),
            one if one.as_u64().is_some_and(|one| !known.contains(&one)) => *one = Value::Null,
            _ => {}
        }
    }
    set_options(context, field, options)
}
