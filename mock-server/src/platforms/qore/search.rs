//! The search over all resources.

use serde_json::{Value, json};

use super::actions::Answer;
use super::application::{App, Resource};
use super::eyes::{Eyes, Fields, shown};
use super::{place, refusal, represent};
use crate::action::ActionContext as Context;
use crate::generated::qore as g;

/// As many results of one resource at most: a search is to lead on, a table shows all of them.
const MOST: usize = 20;

pub(super) fn global_search(app: &App, context: &mut Context<'_>, input: g::GlobalSearchInput) -> Answer {
    let g::GlobalSearchInput { query } = input;
    let me = place::account(context);
    let eyes = place::eyes(app, context, me.as_ref());
    let wanted = query.trim().to_lowercase();
    if wanted.is_empty() {
        let sentence = "The query field is required.";
        return Err(refusal::invalid([("query".to_owned(), sentence.to_owned())]));
    }
    Ok(app.resources.values().filter_map(|resource| group(&eyes, resource, &wanted)).collect())
}

/// What a resource has of it; `None` where it has nothing.
fn group(eyes: &Eyes<'_>, resource: &Resource, wanted: &str) -> Option<Value> {
    if resource.search.is_empty() || !eyes.may_at_all(&resource.view) {
        return None;
    }
    let found = eyes.state.records(&resource.name).map(crate::state::Record::fields);
    let found = found.filter(|record| has(eyes, resource, record, wanted));
    let found = found.filter(|record| eyes.may(&resource.view, resource, record));
    let results: Vec<Value> = found.take(MOST).map(|record| result(eyes, resource, record)).collect();
    (!results.is_empty())
        .then(|| json!({ "resource": resource.name, "label": resource.label, "results": results }))
}

fn has(eyes: &Eyes<'_>, resource: &Resource, record: &Fields, wanted: &str) -> bool {
    resource.search.iter().any(|name| {
        let text = match resource.fields.get(name) {
            Some(field) => represent::text(eyes, resource, field, record),
            None => shown(record.get(name).unwrap_or(&Value::Null)),
        };
        text.to_lowercase().contains(wanted)
    })
}

fn result(eyes: &Eyes<'_>, resource: &Resource, record: &Fields) -> Value {
    let id = record.get("id").cloned().unwrap_or_default();
    let mut result = json!({ "id": id, "title": eyes.title(resource, record) });
    if let Some(template) = &resource.description {
        result["description"] = eyes.text(template, resource, record).into();
    }
    // Where the front-end shows the record.
    if resource.pages.detail {
        result["url"] = format!("/resources/{}/{}", resource.name, shown(&id)).into();
    }
    result
}
