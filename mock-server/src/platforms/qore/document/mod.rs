//! The document of one application: that of the platform with a path for each resource, table, field and action, in which the
//! vocabulary says what they do.

mod actions;
mod base;
mod effects;
mod fields;
mod manner;
mod names;
mod numeric;
mod records;
mod rights;
mod rules;
mod tables;
mod writer;

use serde_json::{Value, json};

pub(crate) use manner::{Key, Manner};
use writer::Writer;

use super::application::App;

/// What the paths of a template have in them that an application fills in.
const RESOURCE: &str = "{resource_name}";

/// The document of an application, made from that of the platform, of a deployment that answers so.
pub(crate) fn concrete(app: &App, manner: &Manner, base: &Value) -> Value {
    let mut writer = Writer::new(app, manner, base);
    general(&mut writer, base);
    for resource in app.resources.values() {
        let schemas = writer.describe(resource);
        if manner.unjudged.contains(&resource.name) {
            continue;
        }
        writer.tables(resource, &schemas);
        writer.showing(resource, &schemas);
        if !manner.reading_only.contains(&resource.name) {
            writer.records(resource, &schemas);
            writer.inline(resource, &schemas);
            writer.actions(resource);
        }
        writer.logs(resource);
        writer.forms(resource);
    }
    let mut document = base.clone();
    document["info"]["title"] = json!(app.name);
    if let Some(tags) = document.get_mut("tags").and_then(Value::as_array_mut) {
        tags.retain(|tag| tag["name"] == "application");
        let own = app
            .resources
            .values()
            .map(|resource| json!({ "name": resource.name, "description": resource.label }));
        tags.extend(own);
    }
    document["components"]["schemas"] = Value::Object(writer.schemas);
    document["x-collections"] = Value::Object(writer.collections);
    document["paths"] = Value::Object(writer.paths);
    if !manner.documented
        && let Some(conduct) = document.get_mut("x-conduct").and_then(Value::as_object_mut)
    {
        // Limits are each deployment's own.
        conduct.shift_remove("body-limit");
        conduct.shift_remove("rate-limit");
        // As is whether a slash at the end matters.
        conduct.shift_remove("paths");
        if !manner.declared
            && let Some(responses) = conduct.get_mut("responses").and_then(Value::as_object_mut)
        {
            // A path may have methods of which nothing was found out.
            responses.shift_remove("method-not-allowed");
        }
    }
    tidy(&mut document);
    document
}

/// The paths that belong to no resource.
fn general(writer: &mut Writer<'_>, base: &Value) {
    let paths = base.get("paths").and_then(Value::as_object).into_iter().flatten();
    for (path, _) in paths.filter(|(path, _)| !path.contains(RESOURCE)) {
        let Some(mut operation) = base::fill(base, path, "get", &[], &fields::schema!({})) else { continue };
        let id = operation.own.get("operationId").and_then(Value::as_str).unwrap_or_default().to_owned();
        writer.loosen(&mut operation, &id);
        writer.add(operation, &id, None);
    }
}

/// Takes out the components that nothing refers to.
fn tidy(document: &mut Value) {
    loop {
        let text = document.to_string();
        let mut any = false;
        for kind in ["schemas", "parameters", "requestBodies", "responses"] {
            let Some(components) = document["components"][kind].as_object_mut() else { continue };
            let before = components.len();
            components.retain(|name, _| {
                let referred = text.contains(&format!("\"#/components/{kind}/{name}\""));
                referred || (kind == "schemas" && text.contains(&format!("\"schema\":\"{name}\"")))
            });
            any |= components.len() < before;
        }
        if !any {
            return;
        }
    }
}
