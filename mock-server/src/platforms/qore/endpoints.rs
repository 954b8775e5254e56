//! The routes that there are: those of the document, with the names of the application in them.

use indexmap::IndexMap;
use serde_json::{Value, json};

use super::actions::Answer;
use super::application::{App, DELETE, Pages, Resource};
use super::options;
use crate::action::ActionContext as Context;
use crate::generated::qore as g;

/// Every route below `/api`. One that takes a resource is told for each of them; likewise tables, actions, and fields that
/// have options. `{id}` and, where a single field is updated, `{field_name}` stay.
pub(super) fn list_endpoints(app: &App, context: &mut Context<'_>, _: g::ListEndpointsInput) -> Answer {
    let mut paths: IndexMap<&str, Vec<(&str, &str)>> = IndexMap::new();
    for (operation, method, path) in context.operations().filter(|(_, _, path)| path.starts_with("/api/")) {
        paths.entry(path).or_default().push((operation, method));
    }
    let (general, own): (Vec<_>, Vec<_>) = paths.iter().partition(|(path, _)| !path.contains(RESOURCE));
    let mut routes: Vec<Value> = general
        .into_iter()
        .map(|(path, operations)| route(path, path.trim_start_matches("/api/"), operations))
        .collect();
    for resource in app.resources.values() {
        for &(path, operations) in &own {
            let there: Vec<_> = operations
                .iter()
                .copied()
                .filter(|(operation, _)| is_on(resource.pages, operation))
                .collect();
            if !there.is_empty() {
                routes.extend(filled(path, resource).iter().map(|path| route(path, &name(path), &there)));
            }
        }
    }
    Ok(routes.into())
}

const RESOURCE: &str = "{resource_name}";

/// Whether an operation's page has not been switched off.
fn is_on(pages: Pages, operation: &str) -> bool {
    match operation {
        "showTable" => pages.table,
        "showRecord" => pages.detail,
        "createRecord" | "showCreateForm" => pages.create,
        "updateRecord" | "updateRecordByForm" | "updateField" | "updateFieldByForm" | "showEditForm" => {
            pages.edit
        }
        _ => true,
    }
}

/// A path with the names of a resource, and of each of its tables, actions and fields with options, where they stand in it.
fn filled(path: &str, resource: &Resource) -> Vec<String> {
    let path = path.replace(RESOURCE, &resource.name);
    let each =
        |place: &str, names: Vec<&str>| names.into_iter().map(|name| path.replace(place, name)).collect();
    if path.contains("{table_name}") {
        each("{table_name}", resource.tables.keys().map(String::as_str).collect())
    } else if path.contains("{action_name}") {
        each(
            "{action_name}",
            std::iter::once(DELETE).chain(resource.actions.keys().map(String::as_str)).collect(),
        )
    } else if path.ends_with("/options") {
        let choosing = resource.fields.values().filter(|field| options::chooses(field));
        each("{field_name}", choosing.map(|field| field.name.as_str()).collect())
    } else {
        vec![path]
    }
}

/// `projects.detail`: what the path says without what it leaves open.
fn name(path: &str) -> String {
    let below = path.trim_start_matches("/api/resources/");
    let mut parts: Vec<&str> = below.split('/').filter(|part| !part.starts_with('{')).collect();
    if parts.len() == 1 {
        // Laravel's word for where new records go.
        parts.push(if below.contains('{') { "detail" } else { "store" });
    }
    parts.join(".")
}

/// As Laravel lists routes: without the slash before them, HEAD wherever GET is.
fn route(path: &str, name: &str, operations: &[(&str, &str)]) -> Value {
    let mut methods = Vec::new();
    for &(_, method) in operations {
        methods.push(method);
        methods.extend((method == "GET").then_some("HEAD"));
    }
    json!({ "methods": methods, "uri": path.trim_start_matches('/'), "name": name })
}
