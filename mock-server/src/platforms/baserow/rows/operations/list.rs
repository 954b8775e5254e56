//! `list_database_table_rows`.

use serde_json::Value;

use super::access::table_id;
use crate::action::ActionContext;
use crate::outcome::Outcome;
use crate::platforms::baserow::page::Asked;
use crate::platforms::baserow::rows::filters::Filter;
use crate::platforms::baserow::rows::parameters::Parameters;
use crate::platforms::baserow::rows::reader::Reader;
use crate::platforms::baserow::rows::schema::Schema;
use crate::platforms::baserow::rows::views::{view_of, view_query};
use crate::platforms::baserow::rows::{listing, query, show};

/// The largest page (facts: baserow 2.6).
const LARGEST: usize = 200;

/// A page of a table's rows.
///
/// # Errors
/// What is wrong with the parameters.
pub(in crate::platforms::baserow) fn list_rows(context: &ActionContext<'_>) -> Result<Value, Outcome> {
    let table = table_id(context)?;
    let parameters = Parameters::of(context);
    let reader = Reader::new(context)?;
    let whole = reader.fields(table)?;
    let included = listing::included(&parameters, &whole)?;
    let view = context.inputs().query.get("view_id").and_then(Value::as_u64).filter(|id| *id != 0);
    let view = view.map(|id| view_of(&reader, table, id)).transpose()?;
    // [seen] Without a view, fields that are left out cannot be filtered or sorted by.
    let usable = match &included {
        Some(fields) if view.is_none() => Schema { table, fields: fields.clone() }.into(),
        _ => whole.clone(),
    };
    let mut asked = listing::query(&reader, &usable, &parameters)?;
    if let Some(view) = &view {
        let own = view_query(&reader, &whole, view)?;
        let both = own.filter.into_iter().chain(asked.filter).collect();
        asked.filter = Filter::join(false, both);
        if asked.order.is_empty() {
            asked.order = own.order;
        }
    }
    let page = Asked::read(context, Some(LARGEST))?;
    let page = page.numbered(|| query::page(&reader, table, &asked, 0..0).count);
    let found = query::page(&reader, table, &asked, page.places.clone());
    let fields = included.as_deref().unwrap_or(&whole.fields);
    let names = parameters.user_field_names();
    let results = found.rows.iter().map(|row| show::row(&reader, fields, row, names)).collect();
    Ok(page.envelope(context, found.count, results))
}
