//! Rows as grid views list them: by page or by offset, with filters of the view and of the request.

use std::sync::Arc;

use serde_json::{Value, json};

use crate::action::ActionContext;
use crate::outcome::Outcome;
use crate::platforms::baserow::page::{Asked, Limits, by_offset};
use crate::platforms::baserow::records::key as id;
use crate::platforms::baserow::rows::cells::read_word;
use crate::platforms::baserow::rows::filters::Filter;
use crate::platforms::baserow::rows::parameters::Parameters;
use crate::platforms::baserow::rows::reader::Reader;
use crate::platforms::baserow::rows::scene::Scene;
use crate::platforms::baserow::rows::schema::{Field, Schema};
use crate::platforms::baserow::rows::views::view_query;
use crate::platforms::baserow::rows::words::digits_of;
use crate::platforms::baserow::rows::{listing, query, show};
use crate::state::Record;

/// A page of a view's rows, as the request's parameters ask; with `count`, their number only. `visible` names the fields that
/// may be seen and used, where not all may.
///
/// # Errors
/// What is wrong with the parameters: those of the listing of rows.
pub(in crate::platforms::baserow) fn grid_page(
    context: &ActionContext<'_>,
    table: &Record,
    view: &Record,
    visible: Option<&[u64]>,
) -> Result<Value, Outcome> {
    let parameters = Parameters::of(context);
    let reader = Reader::new(context)?;
    let whole = reader.fields(id(table))?;
    let may_see = |field: &&Arc<Field>| visible.is_none_or(|visible| visible.contains(&field.id));
    let seen: Vec<_> = whole.fields.iter().filter(may_see).cloned().collect();
    let usable = Schema { table: id(table), fields: seen };
    let mut asked = listing::query(&reader, &usable, &parameters)?;
    let own = view_query(&reader, &whole, view)?;
    asked.filter = Filter::join(false, own.filter.into_iter().chain(asked.filter).collect());
    if asked.order.is_empty() {
        asked.order = own.order;
    }
    if parameters.last("count").is_some_and(|text| text.is_empty() || read_word(text) == Some(true)) {
        return Ok(json!({ "count": query::page(&reader, id(table), &asked, 0..0).count }));
    }
    let shown = shown_fields(&usable, &parameters);
    let results = |places: std::ops::Range<usize>| {
        let page = query::page(&reader, id(table), &asked, places);
        let rows = page.rows.iter().map(|row| show::row(&reader, &shown, row, false)).collect();
        (page.count, rows)
    };
    if parameters.last("page").is_none() && parameters.last("size").is_none() {
        return Ok(by_offset(context, Limits { usual: 100, most: usize::MAX }, results));
    }
    let page = Asked::read(context, None)?;
    let page = page.numbered(|| query::page(&reader, id(table), &asked, 0..0).count);
    let (count, rows) = results(page.places.clone());
    Ok(page.envelope(context, count, rows))
}

/// The fields that `include_fields` and `exclude_fields` leave.
fn shown_fields(usable: &Schema, parameters: &Parameters) -> Vec<Arc<Field>> {
    let ids = |name: &str| -> Option<Vec<u64>> {
        parameters.last(name).map(|text| text.split(',').filter_map(digits_of).collect())
    };
    let (include, exclude) = (ids("include_fields"), ids("exclude_fields"));
    let stays = |field: &&Arc<Field>| {
        include.as_ref().is_none_or(|ids| ids.contains(&field.id))
            && exclude.as_ref().is_none_or(|ids| !ids.contains(&field.id))
    };
    usable.fields.iter().filter(stays).cloned().collect()
}

/// Rows by their ids, in that order, with the cells of these fields; ids that no row has are left out.
///
/// # Errors
/// None but `internal`.
pub(in crate::platforms::baserow) fn some_rows(
    context: &ActionContext<'_>,
    table: &Record,
    ids: &[u64],
    field_ids: Option<&[u64]>,
) -> Result<Vec<Value>, Outcome> {
    let reader = Reader::new(context)?;
    let schema = reader.fields(id(table))?;
    let wanted = |field: &&Arc<Field>| field_ids.is_none_or(|ids| ids.contains(&field.id));
    let fields: Vec<_> = schema.fields.iter().filter(wanted).cloned().collect();
    let rows = ids.iter().filter_map(|row| reader.store().table(id(table)).get(*row));
    Ok(rows.map(|row| show::row(&reader, &fields, row, false)).collect())
}
