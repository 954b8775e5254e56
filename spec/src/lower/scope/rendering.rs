//! Which records the properties of answers are rendered of: what `$record` is there.

use super::shape::{Shape, walk};
use super::walk::{Here, NOWHERE, Walk};
use crate::contract::{Operation, SchemaId};
use crate::language::Source;

impl Walk<'_> {
    /// Goes through the bodies of an operation's answers along with what they render.
    pub(super) fn bodies(&mut self, operation: &Operation) {
        // Nobody asks what `$record` is where there are no records.
        if self.contract.collections.is_empty() {
            return;
        }
        let result = self.result_of(operation);
        for response in &operation.responses {
            let subject = if response.outcomes.iter().any(|one| one == "ok") { result } else { Shape::Any };
            for schema in response.content.iter().filter_map(|media| media.schema) {
                self.rendered(schema, subject, Shape::Any);
            }
        }
    }

    /// The schema `id` renders `subject`; inside it stands what `record` is the record of.
    fn rendered(&mut self, id: SchemaId, subject: Shape, record: Shape) {
        let subject = self.referred(subject);
        if !self.visited.insert((id, subject, record)) {
            return;
        }
        let contract = self.contract;
        let schema = contract.schema(id);
        // Inside a record's values `$record` stays the record; what is not known may be another one.
        let record = match subject {
            Shape::Any => Shape::Any,
            Shape::List(_) if schema.items.is_none() => Shape::Any,
            _ if self.is_record(subject) => subject,
            _ => record,
        };
        let here = Here { record, ..NOWHERE };
        for (name, property) in &schema.properties {
            let known = self.rendered.entry(*property).or_default();
            if !known.contains(&record) {
                known.push(record);
            }
            let own = contract.schema(*property);
            let inner = match &own.value {
                Some(value) => {
                    let at = own.pointer.child("x-value");
                    let mut shared = Vec::new();
                    value.expressions(&mut |one| {
                        if matches!(one.source, Source::Result | Source::Caller) {
                            shared.push(one.clone());
                        }
                    });
                    shared.iter().for_each(|one| self.expression(one, here, &at));
                    self.shape_of(value, here)
                }
                None => walk(contract, subject, std::slice::from_ref(name)).unwrap_or(Shape::Any),
            };
            self.rendered(*property, inner, record);
        }
        if let Some(items) = schema.items {
            let element = match subject {
                Shape::List(element) => Shape::Schema(element),
                Shape::Schema(list) => contract.schema(list).items.map_or(subject, Shape::Schema),
                other => other,
            };
            self.rendered(items, element, record);
        }
        for branch in schema.one_of.iter().chain(&schema.any_of) {
            self.rendered.entry(*branch).or_default().push(Shape::Any);
            self.rendered(*branch, subject, record);
        }
    }

    /// The record that a key stands for.
    fn referred(&self, shape: Shape) -> Shape {
        let Shape::Schema(id) = shape else { return shape };
        let Some(reference) = &self.contract.schema(id).reference else { return shape };
        match self.contract.collections.get(&reference.to) {
            Some(collection) if reference.many => Shape::List(collection.schema),
            Some(collection) => Shape::Schema(collection.schema),
            None => Shape::Any,
        }
    }

    fn is_record(&self, shape: Shape) -> bool {
        matches!(shape, Shape::Schema(id) if self.contract.collections.values().any(|one| one.schema == id))
    }
}
