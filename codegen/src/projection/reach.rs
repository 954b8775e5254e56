//! Which shared schemas are sent, which are received, and which look different in the two directions.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use tercet_spec::{Document, Pointer};

use super::notes::target;

/// Which way a schema travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Direction {
    /// In a request body.
    Request,
    /// In a response body.
    Response,
}

/// What is known of every schema that some body refers to.
#[derive(Debug, Default)]
pub(crate) struct Reach {
    sent: BTreeSet<Pointer>,
    received: BTreeSet<Pointer>,
    differs: BTreeSet<Pointer>,
    branches: BTreeSet<Pointer>,
    elsewhere: BTreeSet<Pointer>,
}

impl Reach {
    /// Walks from the given body schemas along their references.
    pub(crate) fn of(document: &Document, roots: &[(Pointer, Direction)]) -> Self {
        let mut reach = Self::default();
        for (root, direction) in roots {
            reach.walk(document, root, *direction);
        }
        let all: BTreeSet<Pointer> = reach.sent.union(&reach.received).cloned().collect();
        let children: BTreeMap<&Pointer, Vec<Pointer>> =
            all.iter().map(|at| (at, document.get(at).map(references).unwrap_or_default())).collect();
        reach.differs = all.iter().filter(|at| document.get(at).is_some_and(is_one_way)).cloned().collect();
        loop {
            let more: Vec<Pointer> = children
                .iter()
                .filter(|(at, refs)| {
                    !reach.differs.contains(**at) && refs.iter().any(|one| reach.differs.contains(one))
                })
                .map(|(at, _)| (*at).clone())
                .collect();
            if more.is_empty() {
                return reach;
            }
            reach.differs.extend(more);
        }
    }

    fn walk(&mut self, document: &Document, at: &Pointer, direction: Direction) {
        let seen = match direction {
            Direction::Request => &mut self.sent,
            Direction::Response => &mut self.received,
        };
        if !seen.insert(at.clone()) {
            return;
        }
        let Some(value) = document.get(at) else { return };
        for keyword in ["oneOf", "anyOf"] {
            let branches = value.get(keyword).and_then(Value::as_array).into_iter().flatten();
            for branch in branches {
                self.branches.extend(branch.get("$ref").and_then(Value::as_str).and_then(target));
            }
        }
        uses(value, &mut self.elsewhere);
        for child in references(value) {
            self.walk(document, &child, direction);
        }
    }

    /// Whether a response can carry the schema that stands at, or around, this place.
    pub(crate) fn is_received(&self, at: &Pointer) -> bool {
        around(at).any(|place| self.received.contains(&place))
    }

    /// Whether a request can carry the schema that stands at, or around, this place.
    pub(crate) fn is_sent(&self, at: &Pointer) -> bool {
        around(at).any(|place| self.sent.contains(&place))
    }

    /// Whether the schema needs a type of its own for requests.
    pub(crate) fn is_split(&self, at: &Pointer) -> bool {
        self.differs.contains(at) && self.sent.contains(at) && self.received.contains(at)
    }

    /// Whether this place is in a schema that has a type of its own for requests.
    pub(crate) fn is_within_split(&self, at: &Pointer) -> bool {
        around(at).any(|place| self.is_split(&place))
    }

    /// Whether the schema stands somewhere for itself, and not only as a branch of a union.
    pub(crate) fn is_elsewhere(&self, at: &Pointer) -> bool {
        self.elsewhere.contains(at)
    }

    /// Whether the schema is a branch of a union.
    pub(crate) fn is_branch(&self, at: &Pointer) -> bool {
        self.branches.contains(at)
    }
}

/// The targets of references that are neither branches of a union nor merged into an object.
fn uses(value: &Value, found: &mut BTreeSet<Pointer>) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| uses(item, found)),
        Value::Object(members) => {
            found.extend(members.get("$ref").and_then(Value::as_str).and_then(target));
            for (key, member) in members.iter().filter(|(key, _)| is_schema_keyword(key)) {
                let branches = member.as_array().filter(|branches| match key.as_str() {
                    "oneOf" | "anyOf" => true,
                    "allOf" => branches.len() > 1,
                    _ => false,
                });
                match branches {
                    Some(branches) => branches
                        .iter()
                        .filter(|branch| branch.get("$ref").is_none())
                        .for_each(|branch| uses(branch, found)),
                    None => uses(member, found),
                }
            }
        }
        _ => {}
    }
}

fn around(at: &Pointer) -> impl Iterator<Item = Pointer> {
    std::iter::successors(Some(at.clone()), Pointer::parent)
}

/// The targets of all references in a schema.
fn references(value: &Value) -> Vec<Pointer> {
    let mut found = Vec::new();
    collect(value, &mut found);
    found
}

fn collect(value: &Value, found: &mut Vec<Pointer>) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| collect(item, found)),
        Value::Object(members) => {
            if let Some(to) = members.get("$ref").and_then(Value::as_str).and_then(target) {
                found.push(to);
            }
            let schemas = members.iter().filter(|(key, _)| is_schema_keyword(key));
            schemas.for_each(|(_, member)| collect(member, found));
        }
        _ => {}
    }
}

fn is_schema_keyword(key: &str) -> bool {
    !matches!(key, "example" | "examples" | "default" | "enum" | "const" | "discriminator")
        && !key.starts_with("x-")
}

fn is_one_way(value: &Value) -> bool {
    match value {
        Value::Array(items) => items.iter().any(is_one_way),
        Value::Object(members) => {
            let flag = |key: &str| members.get(key) == Some(&Value::Bool(true));
            flag("readOnly")
                || flag("writeOnly")
                || members.iter().any(|(key, member)| is_schema_keyword(key) && is_one_way(member))
        }
        _ => false,
    }
}
