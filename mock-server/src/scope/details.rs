//! `$outcome.details`: violations nested as the request is, each said as `x-conduct.details` says it.

use std::collections::BTreeMap;

use indexmap::IndexMap;
use serde_json::{Map, Value, json};
use tercet_spec::contract::Elements;

use super::value::Want;
use super::view::Scope;
use crate::outcome::{Outcome, Way};

impl Scope<'_> {
    /// What an action attached, else the violations in the document's shape, else by field.
    pub(super) fn details(&self, outcome: &Outcome) -> Value {
        if !outcome.data.is_null() {
            return outcome.data.as_ref().clone();
        }
        let Some(shape) = &self.model.contract.conduct.details else { return json!(outcome.fields) };
        let mut tree = Tree::default();
        for detail in &outcome.details {
            let fault = json!({ "message": detail.message, "code": detail.code, "rule": detail.rule });
            let scope = Scope { fault: Some(&fault), ..*self };
            let said = scope.eval_public(&shape.each, Want::One).unwrap_or(Value::Null);
            tree.insert(&detail.way, said, shape.elements);
        }
        tree.into_json(true, &shape.body)
    }
}

/// What is said of a value and of what is inside it.
#[derive(Default)]
struct Tree {
    own: Vec<Value>,
    members: IndexMap<String, Tree>,
    /// Elements that are told in a list, and how long that is.
    elements: BTreeMap<usize, Tree>,
    length: usize,
    /// Whether the elements are objects.
    objects: bool,
}

impl Tree {
    fn insert(&mut self, way: &[Way], said: Value, style: Elements) {
        let Some((step, rest)) = way.split_first() else { return self.own.push(said) };
        let inner = match (step, style) {
            (Way::Name(name), _) => self.members.entry(name.clone()).or_default(),
            (Way::Element(index, _), Elements::Index) => self.members.entry(index.to_string()).or_default(),
            (Way::Element(index, length) | Way::Object(index, length), _) => {
                self.length = *length;
                self.objects |= matches!(step, Way::Object(..));
                self.elements.entry(*index).or_default()
            }
        };
        inner.insert(rest, said, style);
    }

    /// `object` = what is said of the value itself cannot stand alone: it is the whole body, or an object in a list.
    fn into_json(mut self, object: bool, body: &str) -> Value {
        let alone = self.members.is_empty() && self.elements.is_empty();
        if alone && !object {
            return Value::Array(self.own);
        }
        if self.own.is_empty() && self.members.is_empty() && !self.elements.is_empty() {
            let objects = self.objects;
            let mut element = |index| match self.elements.remove(&index) {
                Some(inner) => inner.into_json(objects, body),
                None => Value::Object(Map::new()),
            };
            return (0..self.length).map(&mut element).collect();
        }
        let mut map = Map::new();
        if !self.own.is_empty() {
            map.insert(body.to_owned(), Value::Array(self.own));
        }
        let elements = self.elements.into_iter().map(|(index, inner)| (index.to_string(), inner));
        for (name, inner) in self.members.into_iter().chain(elements) {
            map.insert(name, inner.into_json(false, body));
        }
        Value::Object(map)
    }
}
