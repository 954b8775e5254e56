//! Pages of records.

mod filter;
mod order;
mod query;

use serde_json::{Value, json};

use self::filter::Filter;
pub(super) use self::order::sort;
use self::query::Query;
use super::actions::Answer;
use super::application::{App, Condition, Field, Resource, Table};
use super::eyes::Eyes;
use super::{metadata, place, prefer, refusal, represent};
use crate::action::ActionContext as Context;
use crate::generated::qore as g;
use crate::state::Record;

pub(super) fn show_table(app: &App, context: &mut Context<'_>, input: g::ShowTableInput) -> Answer {
    let g::ShowTableInput { resource, table, prefer, query: asked } = input;
    let resource = place::resource(app, &resource)?;
    let table = resource.tables.get(&table).ok_or_else(|| refusal::unknown("table", &table))?;
    let me = place::account(context);
    let eyes = place::eyes(app, context, me.as_ref());
    if !resource.pages.table || !eyes.may_at_all(&resource.view) {
        return Err(refusal::forbidden());
    }
    let query = Query::read(&asked, resource, table)?;
    let (records, total) = page(&eyes, resource, table, &query);
    let minimal = prefer::minimal(prefer.as_deref());
    let rows: Vec<Value> =
        records.iter().map(|record| row(&eyes, context.origin(), resource, table, record, minimal)).collect();
    let mut answer = json!({
        "data": rows,
        "current_page": query.page,
        "per_page": query.per_page,
        "last_page": total.div_ceil(query.per_page).max(1),
        "total": total,
    });
    if !minimal {
        let from = (!records.is_empty()).then(|| query.skipped() + 1);
        answer["from"] = from.into();
        answer["to"] = from.map(|from| from + records.len() - 1).into();
        answer["name"] = table.name.as_str().into();
        answer["label"] = table.label.as_str().into();
        answer["columns"] = columns(resource, table);
        answer["tabs"] = table.tabs.keys().map(|tab| json!({ "name": tab, "label": tab })).collect();
        answer["actions"] = metadata::actions(&eyes, resource, None);
    }
    Ok(answer)
}

/// The records of the page, and how many there are on all pages.
fn page(eyes: &Eyes<'_>, resource: &Resource, table: &Table, query: &Query<'_>) -> (Vec<Record>, usize) {
    let filters: Vec<Filter<'_>> = query
        .search
        .iter()
        .filter_map(|(field, wanted)| Filter::new(eyes, resource, field, wanted))
        .collect();
    let conditions: Vec<&Condition> =
        std::iter::once(&table.filter).chain(query.tab).filter(|one| !one.is_always()).collect();
    let everything = eyes.may_always(&resource.view) && filters.is_empty() && conditions.is_empty();
    if everything && query.sort.is_none() {
        // A page of a large table is cut out, whatever else there is.
        let total = eyes.state.len(&resource.name).unwrap_or_default();
        return (eyes.state.page(&resource.name, query.skipped(), query.per_page), total);
    }
    let wanted = |record: &&Record| {
        let fields = record.fields();
        eyes.may(&resource.view, resource, fields)
            && conditions.iter().all(|one| eyes.holds(one, resource, fields))
            && filters.iter().all(|one| one.passes(fields))
    };
    let mut records: Vec<&Record> = eyes.state.records(&resource.name).filter(wanted).collect();
    if let Some(by) = &query.sort {
        sort(eyes, resource, by, &mut records);
    }
    let page = records.iter().skip(query.skipped()).take(query.per_page);
    (page.map(|record| (*record).clone()).collect(), records.len())
}

/// A record in a table: the fields that are not hidden there, and under `display` what the related records and options in
/// visible columns are called.
fn row(
    eyes: &Eyes<'_>,
    origin: &str,
    resource: &Resource,
    table: &Table,
    record: &Record,
    minimal: bool,
) -> Value {
    let fields = record.fields();
    let mut row = represent::some(eyes, origin, resource, fields, |field| !field.hidden.table);
    if !minimal && !resource.fields.contains_key("display") {
        let visible = table.columns.iter().filter_map(|name| resource.fields.get(name));
        let called = visible.filter_map(|field| {
            Some((field.name.clone(), represent::called(eyes, resource, field, fields)?))
        });
        row.insert("display".to_owned(), Value::Object(called.collect()));
    }
    Value::Object(row)
}

/// Those that the table shows by default, in its order, and the others that it can show.
fn columns(resource: &Resource, table: &Table) -> Value {
    let shown = table.columns.iter().filter_map(|name| resource.fields.get(name));
    let others =
        resource.fields.values().filter(|field| !field.hidden.table && !table.columns.contains(&field.name));
    shown.map(|field| column(field, true)).chain(others.map(|field| column(field, false))).collect()
}

fn column(field: &Field, visible: bool) -> Value {
    let mut about = metadata::field(field);
    // What is not visible by default can be neither sorted nor searched by.
    about.insert("sortable".to_owned(), (visible && field.sortable).into());
    about.insert("searchable".to_owned(), (visible && field.searchable).into());
    about.insert("visible".to_owned(), visible.into());
    Value::Object(about)
}
