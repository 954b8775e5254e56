//! `update_field`: another name, other options, or another type.

use serde_json::{Map, Value, json};

use super::create::{choices, constraints, index, known_kind};
use super::directory::Known;
use super::kinds::FieldKind;
use super::represent::with_related;
use super::store::set_options;
use super::{link_row, name, options, retype, select_options};
use crate::action::ActionContext;
use crate::outcome::Outcome;
use crate::platforms::baserow::records::{flag, get, key, number};
use crate::platforms::baserow::{rows, sight, views};
use crate::state::Record;

/// What the body asks of the field that an earlier step found.
///
/// # Errors
/// Those of the product for each rule that the body breaks.
pub(in crate::platforms::baserow) fn update_field(
    context: &mut ActionContext<'_>,
    body: &Value,
) -> Result<Value, Outcome> {
    let before = sight::bound(context, "field")?;
    let known = Known::of(&before);
    let table = get(context, "tables", known.table)?;
    let database = number(&table, "database");
    let kind = known_kind(body["type"].as_str().unwrap_or(&known.kind))?;
    let is_other_kind = kind.name != known.kind;
    mutable(&before, body, is_other_kind)?;
    let current = (!is_other_kind).then_some(&known);
    let own = options::prepare(context, &table, kind, body, current)?;
    if known.primary && !kind.can_be_primary(&own) {
        let sentence = format!("the primary field cannot be of type `{}`", kind.name);
        return Err(Outcome::new("ERROR_INCOMPATIBLE_PRIMARY_FIELD_TYPE", sentence));
    }
    let had_related = known.link("link_row_related_field_id").is_some();
    let link = link_row::wanted(kind, known.table, &own, body, current.map(|_| had_related))?;
    let changes = changes(context, &known, kind, body)?;
    if let Some(name) = changes.get("name").and_then(Value::as_str) {
        retype::rename(context, database, &known, name)?;
    }
    let led_to = known.link("link_row_table_id");
    let leads_to = own.get("link_row_table_id").and_then(Value::as_u64);
    let is_other_table = led_to != leads_to;
    if had_related && (!link || is_other_table) {
        link_row::unrelate(context, &known)?;
    }
    write(context, &before, kind, changes, own)?;
    let field = context.current(&before)?;
    let field = choices(context, &field, body)?;
    if link && (!had_related || is_other_table) {
        link_row::relate(context, &field)?;
    }
    retype::check(context, database, &context.current(&field)?)?;
    retype::retype(context, database)?;
    let field = context.current(&field)?;
    if is_other_kind || before.get("options") != field.get("options") || body.get("select_options").is_some()
    {
        rows::field_changed(context, &before, &field)?;
    } else if !flag(&before, "db_index") {
        rows::field_indexed(context, &field)?;
    }
    rows::check_unique(context, &field)?;
    // After the cells have been turned into texts of their options.
    if is_other_kind && !kind.has_select_options() {
        let gone = select_options::of_field(context, known.id)?;
        context.delete(&gone)?;
    }
    if is_other_kind {
        views::field_changed_type(context, &field)?;
    }
    let related = retype::related(context, &field)?;
    Ok(with_related(context, &field, &related))
}

/// Refuses what a field that someone else looks after does not let itself be given.
fn mutable(field: &Record, body: &Value, is_other_kind: bool) -> Result<(), Outcome> {
    if is_other_kind && flag(field, "immutable_type") {
        return Err(Outcome::new("ERROR_IMMUTABLE_FIELD_TYPE", "the type of this field cannot be changed"));
    }
    let asks = body.as_object().is_some_and(|body| !body.is_empty());
    if asks && flag(field, "immutable_properties") {
        return Err(Outcome::new("ERROR_IMMUTABLE_FIELD_PROPERTIES", "this field cannot be changed"));
    }
    Ok(())
}

/// What of the common keys changes.
fn changes(
    context: &ActionContext<'_>,
    known: &Known,
    kind: &FieldKind,
    body: &Value,
) -> Result<Map<String, Value>, Outcome> {
    let mut changes = Map::new();
    if let Some(name) = body["name"].as_str().filter(|name| *name != known.name) {
        name::check(context, known.table, name, Some(known.id))?;
        changes.insert("name".to_owned(), name.into());
    }
    if let Some(description) = body.get("description") {
        changes.insert("description".to_owned(), description.clone());
    }
    let indexed = match index(kind, body)? {
        None if kind.name != known.kind && !kind.index => Some(false),
        asked => asked,
    };
    if let Some(indexed) = indexed {
        changes.insert("db_index".to_owned(), indexed.into());
    }
    if let Some(constraints) = constraints(kind, body)? {
        changes.insert("field_constraints".to_owned(), constraints);
    }
    Ok(changes)
}

fn write(
    context: &mut ActionContext<'_>,
    field: &Record,
    kind: &FieldKind,
    mut changes: Map<String, Value>,
    mut options: Map<String, Value>,
) -> Result<(), Outcome> {
    changes.insert("type".to_owned(), kind.name.into());
    let field = context.update(field, Value::Object(changes))?;
    // Whether there is a related field is written by whoever makes or removes it.
    let related = field.get("options").and_then(|options| options.get("link_row_related_field_id")).cloned();
    if kind.name == "link_row" {
        options.insert("link_row_related_field_id".to_owned(), related.unwrap_or_default());
    }
    set_options(context, &field, options).map(drop)
}

/// `get_field`: the field that an earlier step found.
///
/// # Errors
/// None but `internal`.
pub(in crate::platforms::baserow) fn get_field(context: &ActionContext<'_>) -> Result<Value, Outcome> {
    Ok(super::represent(context, &sight::bound(context, "field")?))
}

/// `fields_after_delete`: what follows the field that an earlier step put into the trash.
///
/// # Errors
/// None but `internal`.
pub(in crate::platforms::baserow) fn fields_after_delete(
    context: &mut ActionContext<'_>,
) -> Result<Value, Outcome> {
    let field = sight::bound(context, "field")?;
    let table = get(context, "tables", number(&field, "table"))?;
    retype::retype(context, number(&table, "database"))?;
    let related = retype::related(context, &field)?;
    let shown: Value = related.iter().map(|one| super::represent(context, one)).collect();
    Ok(json!({ "related_fields": shown }))
}

/// `change_primary_field`: another field of the table stands for the row.
///
/// # Errors
/// Those of the product for each rule that the choice breaks.
pub(in crate::platforms::baserow) fn change_primary_field(
    context: &mut ActionContext<'_>,
    chosen: i64,
) -> Result<Value, Outcome> {
    let table = sight::bound(context, "table")?;
    let missing = || Outcome::new("ERROR_FIELD_DOES_NOT_EXIST", format!("there is no field {chosen}"));
    let field =
        context.get("fields", &chosen.into())?.filter(|field| !flag(field, "trashed")).ok_or_else(missing)?;
    if number(&field, "table") != key(&table) {
        return Err(Outcome::new("ERROR_FIELD_NOT_IN_TABLE", "the field is one of another table"));
    }
    let known = Known::of(&field);
    if !known_kind(&known.kind)?.can_be_primary(&known.options) {
        let sentence = format!("the primary field cannot be of type `{}`", known.kind);
        return Err(Outcome::new("ERROR_INCOMPATIBLE_PRIMARY_FIELD_TYPE", sentence));
    }
    if known.primary {
        return Err(Outcome::new("ERROR_FIELD_IS_ALREADY_PRIMARY", "the field is the primary field already"));
    }
    let fields = super::of_table(context, key(&table))?;
    let old = fields.into_iter().find(|field| flag(field, "primary"));
    let old = old
        .ok_or_else(|| Outcome::new("ERROR_TABLE_HAS_NO_PRIMARY_FIELD", "the table has no primary field"))?;
    let old = context.update(&old, json!({ "primary": false }))?;
    let field = context.update(&field, json!({ "primary": true }))?;
    retype::retype(context, number(&table, "database"))?;
    Ok(with_related(context, &context.current(&field)?, &[context.current(&old)?]))
}
