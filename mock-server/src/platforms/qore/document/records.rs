//! Single records: created, shown, updated.

use serde_json::{Value, json};

use super::base::Operation;
use super::effects::{by_id, change, creation, sent};
use super::names::pascal;
use super::rights::May;
use super::writer::{Schemas, Writer, in_form};
use crate::platforms::qore::application::{Field, Kind, Resource};

const CREATE: &str = "/api/resources/{resource_name}";
const ONE: &str = "/api/resources/{resource_name}/{id}";
const INLINE: &str = "/api/resources/{resource_name}/{id}/inline/{field_name}";

impl Writer<'_> {
    /// Creating and updating a record.
    pub(super) fn records(&mut self, resource: &Resource, schemas: &Schemas) {
        self.creating(resource, schemas);
        self.updating(resource, schemas);
        self.updating_by_form(resource, schemas);
    }

    fn creating(&mut self, resource: &Resource, schemas: &Schemas) {
        let Some(mut operation) = self.fill(CREATE, "post", resource, &[]) else { return };
        let id = format!("create{}", pascal(&resource.name));
        operation.put("summary", json!(format!("Create one of {}", resource.label)));
        let may = self.may(&resource.create).unless_off(resource.pages.create);
        if may == May::No {
            self.forbid(&mut operation, resource);
            return self.add(operation, &id, Some(resource));
        }
        if !self.is_fillable(resource) && !self.manner.documented {
            // JSON has no files.
            return;
        }
        let fields = self.creatable(resource);
        self.body(
            &mut operation,
            &schemas.new,
            resource.fields.values().any(|field| matches!(field.kind, Kind::File)),
        );
        let mut outcomes = Vec::new();
        outcomes.extend((may != May::Yes).then_some("forbidden"));
        outcomes.extend((!self.is_tight(fields.iter().copied())).then_some("invalid"));
        let set = creation(self.manner, fields.into_iter());
        operation.does(Some(json!({ "create": { "in": resource.name, "set": set } })), &outcomes);
        self.envelope(&mut operation, schemas);
        self.speak_conflict(&mut operation);
        self.add(operation, &id, Some(resource));
    }

    /// Showing a record.
    pub(super) fn showing(&mut self, resource: &Resource, schemas: &Schemas) {
        let Some(mut operation) = self.fill(ONE, "get", resource, &[]) else { return };
        let id = format!("show{}", pascal(&resource.name));
        operation.put("summary", json!(format!("Show one of {}", resource.label)));
        let may = self.may(&resource.view).unless_off(resource.pages.detail);
        if may == May::No {
            self.forbid(&mut operation, resource);
            return self.add(operation, &id, Some(resource));
        }
        let told = self.manner.record.is_some() && (may == May::Yes || !self.manner.declared);
        let outcomes: &[&str] = if may == May::Yes { &["not-found"] } else { &["not-found", "forbidden"] };
        let does = told.then(|| json!({ "find": { "in": resource.name, "where": by_id() } }));
        operation.does(does, outcomes);
        if !told {
            operation.first(self.names(resource));
        }
        let schema = self.detail(schemas, told);
        operation.shows(schema);
        self.relax(&mut operation);
        self.add(operation, &id, Some(resource));
    }

    fn updating(&mut self, resource: &Resource, schemas: &Schemas) {
        let Some(mut operation) = self.fill(ONE, "put", resource, &[]) else { return };
        let id = format!("update{}", pascal(&resource.name));
        operation.put("summary", json!(format!("Update one of {}", resource.label)));
        let may = self.may(&resource.update).and(self.may(&resource.view)).unless_off(resource.pages.edit);
        if may == May::No {
            self.forbid(&mut operation, resource);
            return self.add(operation, &id, Some(resource));
        }
        let fields = self.changeable(resource);
        self.body(
            &mut operation,
            &schemas.change,
            resource.fields.values().any(|field| matches!(field.kind, Kind::File)),
        );
        let outcomes = self.outcomes_of_change(may, &fields);
        let set = change(self.manner, fields.into_iter());
        self.changes(&mut operation, resource, set, (may, &outcomes), schemas);
        self.add(operation, &id, Some(resource));
    }

    fn updating_by_form(&mut self, resource: &Resource, schemas: &Schemas) {
        let may = self.may(&resource.update).and(self.may(&resource.view)).unless_off(resource.pages.edit);
        let Some(mut operation) = self.fill(ONE, "post", resource, &[]).filter(|_| may != May::No) else {
            return;
        };
        let id = format!("update{}ByForm", pascal(&resource.name));
        operation.put("summary", json!(format!("Update one of {} with a form", resource.label)));
        let form = json!({ "$ref": format!("#/components/schemas/{}", schemas.form) });
        operation.put(
            "requestBody",
            json!({ "required": true, "content": { "multipart/form-data": { "schema": form } } }),
        );
        let fields = self.changeable(resource);
        let outcomes = [self.outcomes_of_change(may, &fields), vec!["method-not-allowed"]].concat();
        let mut set = change(
            self.manner,
            fields
                .iter()
                .copied()
                .filter(|field| self.manner.declared || !matches!(field.kind, Kind::Checkbox)),
        );
        for field in fields.iter().filter(|field| in_form(field) != field.name) {
            set[&field.name] = sent(&in_form(field));
        }
        for field in
            fields.iter().filter(|field| matches!(field.kind, Kind::Checkbox) && self.manner.declared)
        {
            // A form with its box left out.
            set[&field.name] = json!({ "literal": false });
        }
        self.changes(&mut operation, resource, set, (may, &outcomes), schemas);
        self.add(operation, &id, Some(resource));
    }

    /// An operation for each field that can be updated by itself.
    pub(super) fn inline(&mut self, resource: &Resource, schemas: &Schemas) {
        let may = self.may(&resource.update).and(self.may(&resource.view)).unless_off(resource.pages.edit);
        for field in self.changeable(resource) {
            let Some(mut operation) = self.fill(INLINE, "put", resource, &[("field_name", &field.name)])
            else {
                continue;
            };
            if !field.inline || may == May::No {
                continue;
            }
            let id = format!("update{}{}", pascal(&resource.name), pascal(&field.name));
            operation.put("summary", json!(format!("Update {} of one of {}", field.label, resource.label)));
            let mut body = self.form(resource, &[field], "The field, by itself.", false);
            if self.manner.documented {
                body["required"] = json!([field.name]);
            }
            operation.json_body(body, true);
            let outcomes = self.outcomes_of_change(may, &[field]);
            let value = match field.kind {
                Kind::Checkbox => json!({ "first": [ sent(&field.name), { "literal": false } ] }),
                _ => sent(&field.name),
            };
            let set = json!({ &field.name: value });
            if self.manner.documented || outcomes.len() > 1 {
                operation.does(
                    Some(json!({ "update": { "in": resource.name, "where": by_id(), "set": set } })),
                    &outcomes,
                );
                self.after_found(&mut operation, resource, may);
            } else {
                let update = json!({ "update": { "in": resource.name, "where": by_id(), "set": set }, "conflict": "invalid" });
                operation.put("x-effect", json!([self.found(resource), update]));
            }
            self.envelope(&mut operation, schemas);
            self.speak_conflict(&mut operation);
            self.add(operation, &id, Some(resource));
        }
    }

    fn outcomes_of_change(&self, may: May, fields: &[&Field]) -> Vec<&'static str> {
        let mut outcomes = vec!["not-found"];
        outcomes.extend((may != May::Yes).then_some("forbidden"));
        outcomes.extend((!self.is_tight(fields.iter().copied())).then_some("invalid"));
        outcomes
    }

    fn changes(
        &self,
        operation: &mut Operation,
        resource: &Resource,
        set: Value,
        (may, outcomes): (May, &[&str]),
        schemas: &Schemas,
    ) {
        // What the page's update does to fields that are left out, it does not say.
        let verb = if self.manner.documented { "update" } else { "replace" };
        operation
            .does(Some(json!({ verb: { "in": resource.name, "where": by_id(), "set": set } })), outcomes);
        self.after_found(operation, resource, may);
        self.envelope(operation, schemas);
        self.speak_conflict(operation);
    }

    /// Puts before all other steps those that look whether the record is there, and whether the caller may: both come before the
    /// body is looked at.
    pub(super) fn after_found(&self, operation: &mut Operation, resource: &Resource, may: May) {
        if may != May::Yes && !self.manner.documented {
            // Which records the caller may not have, only the deployment knows.
            let there = json!({ "$record.id": { "present": true } });
            operation
                .first(json!({ "require": { "where": there }, "else": "forbidden", "before": "validate" }));
        }
        operation.first(self.found(resource));
    }

    /// The step that names the record and looks whether it is there before anything else.
    fn found(&self, resource: &Resource) -> Value {
        json!({ "find": { "in": resource.name, "where": by_id() }, "as": "record", "before": "validate" })
    }

    /// The step that only names the record.
    pub(super) fn names(&self, resource: &Resource) -> Value {
        json!({ "find": { "in": resource.name, "where": by_id() }, "as": "record", "else": "pass" })
    }
}
