//! Actions, logs, forms and options; and what all operations share.

use serde_json::{Value, json};

use super::base::Operation;
use super::effects::{action as written, by_id};
use super::names::{camel, pascal};
use super::rights::May;
use super::writer::{Schemas, Writer};
use crate::platforms::qore::application::{Action, App, DELETE, Field, Kind, OnDelete, Resource};

const ACTION: &str = "/api/resources/{resource_name}/actions/{action_name}/{id}";
const LOGS: &str = "/api/resources/{resource_name}/logs/{id}";
const CREATE_FORM: &str = "/api/resources/{resource_name}/create";
const EDIT_FORM: &str = "/api/resources/{resource_name}/{id}/edit";
const OPTIONS: &str = "/api/resources/{resource_name}/field/{field_name}/options";

impl Writer<'_> {
    /// Deleting, and the resource's own actions.
    pub(super) fn actions(&mut self, resource: &Resource) {
        self.deleting(resource);
        for action in resource.actions.values() {
            self.action(resource, action);
        }
    }

    /// What happened to a record.
    pub(super) fn logs(&mut self, resource: &Resource) {
        let Some(mut logs) = self.fill(LOGS, "get", resource, &[]) else { return };
        logs.does(None, &["not-found", "forbidden"]);
        logs.first(self.names(resource));
        self.loosen(&mut logs, "listLogs");
        self.add(logs, &format!("list{}Logs", pascal(&resource.name)), Some(resource));
    }

    fn deleting(&mut self, resource: &Resource) {
        let Some(mut operation) = self.fill(ACTION, "post", resource, &[("action_name", DELETE)]) else {
            return;
        };
        let id = format!("delete{}", pascal(&resource.name));
        operation.put("summary", json!(format!("Delete one of {}", resource.label)));
        operation.without_body();
        operation.own.shift_remove("description");
        let may = self.may(&resource.delete).and(self.may(&resource.view));
        if may == May::No {
            self.forbid(&mut operation, resource);
            return self.add(operation, &id, Some(resource));
        }
        let held = !self.manner.declared || is_held(self.app, resource);
        let mut outcomes = vec!["not-found"];
        outcomes.extend((may != May::Yes).then_some("forbidden"));
        outcomes.extend(held.then_some("conflict"));
        operation.does(Some(json!({ "delete": { "in": resource.name, "where": by_id() } })), &outcomes);
        self.speak_conflict(&mut operation);
        self.succeed(&mut operation);
        self.add(operation, &id, Some(resource));
    }

    fn action(&mut self, resource: &Resource, action: &Action) {
        let may = self.may(&action.allowed).and(self.may(&resource.view));
        let Some(mut operation) = self.fill(ACTION, "post", resource, &[("action_name", &action.name)])
        else {
            return;
        };
        let id = format!("{}{}", camel(&action.name), pascal(&resource.name));
        operation.put("summary", json!(format!("{}: one of {}", action.label, resource.label)));
        operation.own.shift_remove("description");
        let form: Vec<&Field> = action.form.values().collect();
        if form.is_empty() || may == May::No {
            operation.without_body();
        } else {
            let required = form.iter().any(|field| field.has_rule("required") && field.default.is_none());
            operation.json_body(self.form(resource, &form, &action.label, true), required);
        }
        if may == May::No {
            self.forbid(&mut operation, resource);
            return self.add(operation, &id, Some(resource));
        }
        // What is made besides stays: that an action makes something cannot be said together with what it does to its record.
        let does = if action.delete {
            Some(json!({ "delete": { "in": resource.name, "where": by_id() } }))
        } else if action.create.is_some() {
            None
        } else {
            Some(json!({ "update": { "in": resource.name, "where": by_id(), "set": written(action) } }))
        };
        let mut outcomes = vec!["not-found"];
        outcomes.extend((may != May::Yes || !action.when.is_always()).then_some("forbidden"));
        outcomes.extend((!self.is_tight(form)).then_some("invalid"));
        outcomes.extend((action.delete && is_held(self.app, resource)).then_some("conflict"));
        let unsaid = does.is_none();
        operation.does(does, &outcomes);
        if unsaid {
            operation.first(self.names(resource));
        } else {
            let may = if action.when.is_always() { may } else { may.and(May::Perhaps) };
            self.after_found(&mut operation, resource, may);
        }
        self.speak_conflict(&mut operation);
        self.succeed(&mut operation);
        self.add(operation, &id, Some(resource));
    }

    /// The forms, and the options of fields that choose.
    pub(super) fn forms(&mut self, resource: &Resource) {
        let name = pascal(&resource.name);
        if let Some(mut form) = self.fill(CREATE_FORM, "get", resource, &[]) {
            form.does(None, &["forbidden", "invalid"]);
            self.only_body(&mut form);
            self.loosen(&mut form, "showCreateForm");
            self.add(form, &format!("show{name}CreateForm"), Some(resource));
        }
        if let Some(mut form) = self.fill(EDIT_FORM, "get", resource, &[]).filter(|_| self.manner.documented)
        {
            form.first(self.names(resource));
            self.add(form, &format!("show{name}EditForm"), Some(resource));
        }
        for field in resource.fields.values().filter(|field| chooses(field)) {
            let Some(mut options) = self.fill(OPTIONS, "get", resource, &[("field_name", &field.name)])
            else {
                continue;
            };
            options.put("summary", json!(format!("List the options of {}", field.label)));
            options.does(None, &["forbidden"]);
            self.loosen(&mut options, "listFieldOptions");
            self.add(options, &format!("list{name}{}Options", pascal(&field.name)), Some(resource));
        }
    }

    fn only_body(&self, operation: &mut Operation) {
        if !self.manner.documented {
            operation.own.shift_remove("parameters");
        }
    }

    /// The caller may not: that is all there is to it.
    pub(super) fn forbid(&self, operation: &mut Operation, resource: &Resource) {
        operation.without_body();
        let creates = operation.method == "post" && !operation.path.contains("{id}");
        if self.manner.documented || creates {
            operation.does(None, &["forbidden"]);
        } else {
            let mut steps = Vec::new();
            steps.extend(operation.path.contains("{id}").then(|| self.names(resource)));
            steps.push(json!({ "require": { "where": { "$request.method": { "present": false } } }, "else": "forbidden" }));
            operation.put("x-effect", steps.into());
            if !operation.path.contains("{id}") {
                operation.own.shift_remove("parameters");
            }
        }
        if let Some(responses) = operation.responses() {
            responses.retain(|status, _| !status.starts_with('2'));
        }
        // There is no success, and none other than this.
        let outcomes = json!(["forbidden", "ok", "not-found", "invalid"]);
        operation.respond(
            "403",
            said("The application does not let the caller do this, or has switched the page off.", &outcomes),
        );
    }

    /// Has the body of that schema.
    pub(super) fn body(&self, operation: &mut Operation, schema: &str, files: bool) {
        let schema = json!({ "$ref": format!("#/components/schemas/{schema}") });
        let mut content = json!({ "application/json": { "schema": schema } });
        if self.manner.documented && files && operation.method == "post" {
            content["multipart/form-data"] = json!({ "schema": { "$ref": "#/components/schemas/Fields" } });
        }
        operation.put("requestBody", json!({ "required": true, "content": content }));
    }

    /// The answer of an operation that writes: the record, with whatever status a success has.
    pub(super) fn envelope(&self, operation: &mut Operation, schemas: &Schemas) {
        let schema = self.detail(schemas, true);
        operation.shows(schema);
        self.succeed(operation);
    }

    /// A record in its envelope.
    pub(super) fn detail(&self, schemas: &Schemas, told: bool) -> Value {
        let Some(way) = self.manner.record.as_ref().filter(|_| told) else {
            return self.as_base("Detail", "showRecord");
        };
        let record = json!({ "$ref": format!("#/components/schemas/{}", schemas.record) });
        match &way[..] {
            [] => record,
            [one] => {
                let data = json!({ "allOf": [ record ], "x-value": "$result" });
                json!({ "type": "object", "properties": { one: data }, "additionalProperties": true })
            }
            _ => self.as_base("Detail", "showRecord"),
        }
    }

    /// The schema of the template where a deployment keeps it, else anything.
    pub(super) fn as_base(&self, schema: &str, operation: &str) -> Value {
        if self.manner.documented || self.manner.kept.contains(operation) {
            json!({ "$ref": format!("#/components/schemas/{schema}") })
        } else {
            json!({})
        }
    }

    /// Lets a success that writes have any status of its class: the page does not say which.
    fn succeed(&self, operation: &mut Operation) {
        if self.manner.documented {
            return;
        }
        if let Some((_, mut response)) = operation.success() {
            response["x-outcome"] = json!(["ok"]);
            operation.respond("2XX", response);
            operation.respond("204", json!({ "description": "It has been done.", "x-outcome": "ok" }));
        }
    }

    /// Lets an operation that reads answer what it makes no sense of.
    pub(super) fn relax(&self, operation: &mut Operation) {
        if self.manner.documented {
            return;
        }
        if let Some((status, mut response)) = operation.success() {
            response["x-outcome"] = json!(["ok", "invalid"]);
            operation.respond(&status, response);
        }
        if operation.responses().is_some_and(|responses| responses.contains_key("403")) {
            // Whoever may not see it is not told what is wrong with the question.
            let outcomes = json!(["forbidden", "not-found", "invalid"]);
            operation.respond(
                "403",
                said(
                    "The application does not let the caller do this, or has switched the page off.",
                    &outcomes,
                ),
            );
        }
    }

    /// Takes the schema of the answer away, unless the deployment has been seen to keep it.
    pub(super) fn loosen(&self, operation: &mut Operation, id: &str) {
        if self.manner.documented || self.manner.kept.contains(id) {
            return self.relax(operation);
        }
        operation.shows(json!({}));
        self.relax(operation);
    }

    /// That a value is taken, or a record held, is said as a broken rule is, or as a conflict.
    pub(super) fn speak_conflict(&self, operation: &mut Operation) {
        let outcomes = json!(["invalid", "conflict"]);
        operation.respond(
            "422",
            said("A field breaks its rules, or something else stands in the way.", &outcomes),
        );
        if self.manner.documented {
            return;
        }
        operation.respond("409", said("Something else stands in the way.", &json!(["conflict"])));
        if operation.path.contains("{id}") {
            // Whatever is wrong with the body, the record is looked for first, and the method before that.
            operation.respond("404", said("There is no such record.", &json!(["not-found", "invalid"])));
            if operation.responses().is_some_and(|responses| responses.contains_key("405")) {
                operation.respond(
                    "405",
                    said("The form does not say what it means.", &json!(["method-not-allowed", "invalid"])),
                );
            }
        }
    }

    /// A schema under that name, or one like it.
    pub(super) fn component(&mut self, name: &str, schema: Value) -> String {
        let name = self.give_component(name);
        self.schemas.insert(name.clone(), schema);
        name
    }
}

/// A refusal that speaks these outcomes.
fn said(description: &str, outcomes: &Value) -> Value {
    json!({
        "description": description, "x-outcome": outcomes,
        "content": { "application/json": { "schema": { "$ref": "#/components/schemas/Message" } } },
    })
}

/// Whether options can be asked for.
fn chooses(field: &Field) -> bool {
    matches!(field.kind, Kind::Select { .. } | Kind::BelongsTo { .. } | Kind::BelongsToMany { .. })
}

/// Whether records of other resources can hold one of this.
fn is_held(app: &App, resource: &Resource) -> bool {
    let holds = |field: &Field| matches!(&field.kind, Kind::BelongsTo { resource: to, on_delete: OnDelete::Restrict, .. } if *to == resource.name);
    let cascades = |field: &Field| matches!(&field.kind, Kind::BelongsTo { resource: to, on_delete: OnDelete::Cascade, .. } if *to == resource.name);
    let all = || app.resources.values();
    all().any(|other| other.fields.values().any(holds))
        || all().any(|other| other.name != resource.name && other.fields.values().any(cascades) && all().any(|third| third.fields.values().any(|field| matches!(&field.kind, Kind::BelongsTo { resource: to, on_delete: OnDelete::Restrict, .. } if *to == other.name))))
}
