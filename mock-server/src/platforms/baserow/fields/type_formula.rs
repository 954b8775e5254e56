//! `type_formula`: what a formula would be, without a field.

use serde_json::{Map, Value, json};

use super::directory::Known;
use super::program::program;
use crate::action::ActionContext;
use crate::outcome::Outcome;
use crate::platforms::baserow::records::key;
use crate::platforms::baserow::sight;

/// The type of a formula in the table that an earlier step found.
///
/// # Errors
/// `ERROR_WITH_FORMULA`, `ERROR_FIELD_SELF_REFERENCE`.
pub(in crate::platforms::baserow) fn type_formula(
    context: &ActionContext<'_>,
    formula: &str,
    name: &str,
) -> Result<Value, Outcome> {
    let table = sight::bound(context, "table")?;
    if let Ok(expr) = super::formula::parse(formula)
        && expr.fields().contains(&name)
    {
        return Err(Outcome::new("ERROR_FIELD_SELF_REFERENCE", "a field cannot read itself"));
    }
    let mut options = Map::new();
    options.insert("formula".to_owned(), formula.into());
    let (table, name, kind) = (key(&table), name.to_owned(), "formula".to_owned());
    let known = Known { id: 0, table, name, kind, primary: false, options };
    let found = program(context, &known);
    let found = found
        .map_err(|error| Outcome::new("ERROR_WITH_FORMULA", format!("the formula is not valid: {error}")))?;
    let mut keys = found.map(|program| program.typed().describe()).unwrap_or_default();
    keys.insert("formula".to_owned(), formula.into());
    Ok(json!(keys))
}
