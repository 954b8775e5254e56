//! Computed fields follow what they read: they become invalid, and valid again, with it.

use std::collections::HashSet;

use serde_json::Value;

use super::directory::{Directory, Known};
use super::formula::{invalid, parse, renamed};
use super::kinds::kind;
use super::program::program;
use super::store::set_options;
use crate::action::ActionContext;
use crate::outcome::Outcome;
use crate::platforms::baserow::records::{flag, key, number, text};
use crate::state::Record;

/// The computed fields of a database that can be seen.
fn computed(context: &ActionContext<'_>, database: u64) -> Result<Vec<Record>, Outcome> {
    let mut found = Vec::new();
    for table in context.all("tables", &[("database", &database.into()), ("trashed", &false.into())])? {
        let fields = context.all("fields", &[("table", &key(&table).into())])?;
        let is_computed = |field: &Record| {
            !flag(field, "trashed") && kind(text(field, "type")).is_some_and(|kind| kind.is_formula())
        };
        found.extend(fields.into_iter().filter(is_computed));
    }
    Ok(found)
}

/// Finds the types of all computed fields of a database again, after some field was made, changed, deleted or restored.
///
/// # Errors
/// None but `internal`.
pub(in crate::platforms::baserow) fn retype(
    context: &mut ActionContext<'_>,
    database: u64,
) -> Result<(), Outcome> {
    let fields = computed(context, database)?;
    // Each turn settles at least the fields whose sources are settled.
    for _ in 0..=fields.len() {
        let mut changed = false;
        for field in &fields {
            let field = context.current(field)?;
            let known = Known::of(&field);
            let keys = match program(context, &known) {
                Ok(Some(program)) => program.typed().describe(),
                Ok(None) => continue,
                Err(error) => invalid(&error),
            };
            let differs =
                |(name, value): (&String, &Value)| known.options.get(name).unwrap_or(&Value::Null) != value;
            if keys.iter().any(differs) {
                let mut options = known.options;
                options.extend(keys);
                set_options(context, &field, options)?;
                changed = true;
            }
        }
        if !changed {
            break;
        }
    }
    Ok(())
}

/// The computed fields of the database that read this field, directly or through others, nearest first.
pub(super) fn readers(
    context: &ActionContext<'_>,
    database: u64,
    field: &Known,
) -> Result<Vec<Record>, Outcome> {
    let all: Vec<(Record, Known)> =
        computed(context, database)?.into_iter().map(|one| (one.clone(), Known::of(&one))).collect();
    let (mut found, mut seen) = (Vec::new(), HashSet::new());
    let mut waiting = std::collections::VecDeque::from([field.clone()]);
    while let Some(next) = waiting.pop_front() {
        for (record, reader) in &all {
            if !seen.contains(&reader.id) && reads(context, reader, &next) {
                seen.insert(reader.id);
                found.push(record.clone());
                waiting.push_back(reader.clone());
            }
        }
    }
    Ok(found)
}

/// The readers in the field's own table, which answers tell of (facts: baserow 3.6, `related_fields`).
///
/// # Errors
/// None but `internal`.
pub(in crate::platforms::baserow) fn related(
    context: &ActionContext<'_>,
    field: &Record,
) -> Result<Vec<Record>, Outcome> {
    let Some(table) = context.referred(field, "table") else { return Ok(Vec::new()) };
    let mut readers = readers(context, number(&table, "database"), &Known::of(field))?;
    readers.retain(|reader| number(reader, "table") == key(&table) && key(reader) != key(field));
    Ok(readers)
}

/// Whether a computed field names another one, which may be in the trash.
fn reads(context: &ActionContext<'_>, reader: &Known, field: &Known) -> bool {
    if reader.kind != "formula" {
        return ["through_field_id", "target_field_id"]
            .iter()
            .any(|name| reader.link(name) == Some(field.id));
    }
    let text = reader.options.get("formula").and_then(Value::as_str).unwrap_or_default();
    let Ok(expr) = parse(text) else { return false };
    let leads_there = |name: &str| {
        let link = context.by_name(reader.table, name);
        link.is_some_and(|link| link.link("link_row_table_id") == Some(field.table))
    };
    let names = expr.fields();
    (reader.table == field.table && names.contains(&field.name.as_str()))
        || (field.primary && names.iter().any(|name| leads_there(name)))
        || expr.lookups().iter().any(|(link, name)| *name == field.name && leads_there(link))
}

/// Refuses a computed field that reads itself, or one that is not valid.
///
/// # Errors
/// `ERROR_FIELD_SELF_REFERENCE`, `ERROR_FIELD_CIRCULAR_REFERENCE`, `ERROR_WITH_FORMULA`.
pub(super) fn check(context: &ActionContext<'_>, database: u64, field: &Record) -> Result<(), Outcome> {
    let known = Known::of(field);
    if !kind(&known.kind).is_some_and(|kind| kind.is_formula()) {
        return Ok(());
    }
    if reads(context, &known, &known) {
        return Err(Outcome::new("ERROR_FIELD_SELF_REFERENCE", "a field cannot read itself"));
    }
    if readers(context, database, &known)?.iter().any(|reader| key(reader) == known.id) {
        let sentence = "fields cannot read each other in a circle";
        return Err(Outcome::new("ERROR_FIELD_CIRCULAR_REFERENCE", sentence));
    }
    match program(context, &known) {
        Ok(_) => Ok(()),
        Err(error) => Err(Outcome::new("ERROR_WITH_FORMULA", format!("the formula is not valid: {error}"))),
    }
}

/// Formulas follow a field that is about to be renamed.
pub(super) fn rename(
    context: &mut ActionContext<'_>,
    database: u64,
    field: &Known,
    name: &str,
) -> Result<(), Outcome> {
    for reader in computed(context, database)? {
        let mut known = Known::of(&reader);
        let Some(formula) = known.options.get("formula").and_then(Value::as_str) else { continue };
        let beside =
            context.all("fields", &[("table", &known.table.into()), ("type", &"link_row".into())])?;
        let leads_there = |link: &&Record| Known::of(link).link("link_row_table_id") == Some(field.table);
        let links: Vec<String> =
            beside.iter().filter(leads_there).map(|link| text(link, "name").to_owned()).collect();
        if let Some(formula) = renamed(formula, &field.name, name, known.table == field.table, &links) {
            known.options.insert("formula".to_owned(), formula.into());
            set_options(context, &reader, known.options)?;
        }
    }
    Ok(())
}
