//! What belongs to no operation, and the answers of all of them.

use std::collections::HashSet;

use super::shape::Shape;
use super::walk::{Here, NOWHERE, Presented, Walk};
use crate::Contract;
use crate::Pointer;
use crate::contract::{AssignKind, Response, SchemaId, SchemeKind};
use crate::language::{Source, ValueExpr};

impl Walk<'_> {
    /// Conduct, credentials, seeds and what schemas derive.
    pub(super) fn whole_document(&mut self) {
        let contract = self.contract;
        for guard in contract.conduct.require.iter().chain(&contract.conduct.unrouted) {
            self.predicate(&guard.filter, Shape::Any, NOWHERE, &guard.pointer);
        }
        if let Some(limit) = &contract.conduct.rate_limit {
            self.settings(&limit.requests, &limit.pointer.child("requests"));
        }
        if let Some(details) = &contract.conduct.details {
            self.in_details = true;
            self.value(&details.each, NOWHERE, &details.pointer.child("each"));
            self.in_details = false;
        }
        if let Some(limit) = &contract.conduct.body_limit {
            self.value(&limit.size, NOWHERE, &contract.conduct.pointer);
        }
        for scheme in &contract.schemes {
            if let Some(credential) = &scheme.credential {
                self.credential = match (&credential.jwt, &scheme.kind) {
                    (Some(secret), _) => {
                        self.value(secret, NOWHERE, &credential.pointer);
                        Presented::Anything
                    }
                    (None, SchemeKind::Basic) => Presented::Basic,
                    (None, _) => Presented::Text,
                };
                if let Some(name) = &credential.name {
                    self.settings(name, &credential.pointer.child("name"));
                }
                self.selection(&credential.select, NOWHERE, &credential.pointer);
                let record = self.collection_shape(&credential.select.from);
                if let Some(caller) = &credential.caller {
                    self.value(caller, Here { record, ..NOWHERE }, &credential.pointer);
                }
                self.credential = Presented::Anything;
                let sign_in = credential.sign_in.iter();
                let settings = sign_in.flat_map(|one| {
                    [
                        one.body.as_ref(),
                        Some(&one.value),
                        one.register.as_ref().and_then(|one| one.body.as_ref()),
                    ]
                });
                settings
                    .flatten()
                    .for_each(|value| self.settings(value, &credential.pointer.child("sign-in")));
            }
        }
        for collection in contract.collections.values() {
            let here = Here { record: Shape::Schema(collection.schema), ..NOWHERE };
            for property in contract.schema(collection.schema).properties.values() {
                let schema = contract.schema(*property);
                if let Some(value) = &schema.value {
                    self.value(value, here, &schema.pointer);
                }
                if let Some(when) = &schema.when {
                    self.predicate(when, here.record, here, &schema.pointer);
                }
                if let Some(AssignKind::Jwt(value) | AssignKind::Value(value)) =
                    schema.assign.as_ref().map(|assign| &assign.kind)
                {
                    self.settings(value, &schema.pointer.child("x-assign"));
                }
            }
            collection
                .seed
                .iter()
                .for_each(|record| self.value(record, NOWHERE, &collection.pointer.child("seed")));
        }
        for (name, value) in &contract.conduct.headers {
            self.value(value, NOWHERE, &contract.conduct.pointer.child("headers").child(name));
        }
    }

    /// What schemas derive. Where nothing is known of the record, selections still name collections and fields.
    pub(super) fn representations(&mut self) {
        let contract = self.contract;
        let headers = of_headers(contract);
        for (id, schema) in contract.schemas.iter().filter(|(id, _)| !headers.contains(id)) {
            let records = self.rendered.remove(&id).filter(|all| !all.contains(&Shape::Any));
            let mut found = Vec::new();
            for record in records.unwrap_or_else(|| vec![Shape::Any]) {
                let before = self.diagnostics.len();
                let here = Here { record, ..NOWHERE };
                if let Some(value) = &schema.value {
                    self.value(value, here, &schema.pointer.child("x-value"));
                }
                if let Some(when) = &schema.when {
                    self.predicate(when, record, here, &schema.pointer.child("x-when"));
                }
                found.push(self.diagnostics.split_off(before));
            }
            // What is rendered of several kinds of records has to mean something for one of them.
            if found.iter().all(|one| !one.is_empty()) {
                self.diagnostics.extend(found.into_iter().next().unwrap_or_default());
            }
        }
    }

    pub(super) fn response(&mut self, response: &Response) {
        for example in response.content.iter().flat_map(|media| &media.examples) {
            if let Some(template) = &example.template {
                self.value(template, NOWHERE, &example.pointer);
            }
        }
        self.headers(response);
        if let Some(when) = &response.when {
            self.predicate(when, Shape::Any, NOWHERE, &response.pointer);
        }
    }

    /// The headers of a response.
    pub(super) fn headers(&mut self, response: &Response) {
        self.in_answer = true;
        for header in &response.headers {
            let schema = self.contract.schema(header.schema);
            if let Some(value) = &schema.value {
                self.value(value, NOWHERE, &header.pointer);
            }
            if let Some(when) = &header.when {
                self.predicate(when, Shape::Any, NOWHERE, &header.pointer);
            }
        }
        self.in_answer = false;
    }

    /// The settings that a value names, where its other expressions have been checked.
    fn settings(&mut self, value: &ValueExpr, at: &Pointer) {
        let mut all = Vec::new();
        value.expressions(&mut |one| {
            if matches!(one.source, Source::Setting(_)) {
                all.push(one.clone());
            }
        });
        all.iter().for_each(|one| self.expression(one, NOWHERE, at));
    }
}

/// The schemas of headers: what they derive is looked at with their responses, where steps have bound names.
fn of_headers(contract: &Contract) -> HashSet<SchemaId> {
    let of_operations = contract.operations.iter().flat_map(|operation| &operation.responses);
    let of_conduct = contract.conduct.responses.values().map(|one| &one.response);
    of_operations.chain(of_conduct).flat_map(|response| &response.headers).map(|one| one.schema).collect()
}
