//! Schemas, resolved: references followed, `allOf` merged, vocabulary read.

use std::collections::{HashMap, HashSet, VecDeque};

use serde_json::{Map, Number, Value};

use super::Lowering;
use super::merge::{Joined, merge};
use super::reference::follow;
use super::version::is_31;
use crate::contract::{Additional, Reference, Schema, SchemaId, Type};
use crate::{Document, Pointer};

/// The schemas met so far, by place.
#[derive(Default)]
pub(super) struct SchemaTable {
    pub(super) all: Vec<Schema>,
    by_pointer: HashMap<Pointer, SchemaId>,
    /// Schemas that have an id but were not read yet: reading them at once would recurse as deep as references lead.
    waiting: VecDeque<SchemaId>,
    /// `allOf` branches, merged when everything they need has been read.
    branches: HashMap<SchemaId, Vec<SchemaId>>,
    merged: HashSet<SchemaId>,
    /// What several `allOf` branches say of one property, as one schema.
    joined: Joined,
    is_reading: bool,
}

impl SchemaTable {
    /// A second schema of the same place, for what is said of one use of it only.
    pub(super) fn twin(&mut self, id: SchemaId) -> SchemaId {
        let twin = self.next_id();
        self.all.push(self.all[id.0 as usize].clone());
        self.merged.insert(twin);
        twin
    }

    fn next_id(&self) -> SchemaId {
        SchemaId(u32::try_from(self.all.len()).unwrap_or(u32::MAX))
    }

    /// Merges the `allOf` branches of `id`, and those of the branches first. Branches that lead back are left out:
    /// the cycle check has reported them.
    fn merge_branches(&mut self, id: SchemaId) {
        let mut path = vec![(id, 0)];
        let mut open = HashSet::from([id]);
        while let Some((id, next)) = path.pop() {
            let branches = self.branches.get(&id).map_or(&[][..], Vec::as_slice);
            if let Some(branch) = branches.get(next).copied() {
                path.push((id, next + 1));
                if !self.merged.contains(&branch) && open.insert(branch) {
                    path.push((branch, 0));
                }
                continue;
            }
            for branch in self.branches.remove(&id).unwrap_or_default() {
                if self.merged.contains(&branch) {
                    let branch = self.all[branch.0 as usize].clone();
                    // What refers to itself still has its place.
                    let pointer = self.all[id.0 as usize].pointer.clone();
                    let left = Schema { pointer, ..Schema::default() };
                    let mut own = std::mem::replace(&mut self.all[id.0 as usize], left);
                    merge(&mut own, branch, &mut |one, other| self.join(one, other));
                    self.all[id.0 as usize] = own;
                }
            }
            self.merged.insert(id);
        }
    }

    /// The schema of what must keep both of them. Its parts are merged later, as `allOf` branches are.
    fn join(&mut self, one: SchemaId, other: SchemaId) -> SchemaId {
        let next = self.next_id();
        let Some((joined, parts)) = self.joined.id(one, other, next) else { return one };
        if joined == next {
            let pointer = self.all[one.0 as usize].pointer.clone();
            self.all.push(Schema { pointer, ..Schema::default() });
            self.branches.insert(joined, parts);
        }
        joined
    }
}

impl Lowering<'_> {
    /// The schema at `at`, after references. What leads nowhere allows anything; the structure check has reported it.
    pub(super) fn schema(&mut self, at: &Pointer) -> SchemaId {
        let id = self.schema_id(at);
        if !self.table.is_reading {
            self.table.is_reading = true;
            self.read_waiting();
            self.table.is_reading = false;
        }
        id
    }

    fn schema_id(&mut self, at: &Pointer) -> SchemaId {
        let place = schema_place(self.document, at);
        if let Some(id) = self.table.by_pointer.get(&place) {
            return *id;
        }
        let id = self.table.next_id();
        let name = component_name(&place);
        self.table.all.push(Schema { pointer: place.clone(), name, ..Schema::default() });
        self.table.by_pointer.insert(place, id);
        self.table.waiting.push_back(id);
        id
    }

    fn read_waiting(&mut self) {
        let document: &Document = self.document;
        let mut read = Vec::new();
        while let Some(id) = self.table.waiting.pop_front() {
            let place = self.table.all[id.0 as usize].pointer.clone();
            if let Some(Value::Object(map)) = document.get(&place) {
                let (schema, branches) = self.read_schema(map, &place);
                self.table.all[id.0 as usize] = schema;
                self.table.branches.insert(id, branches);
            }
            read.push(id);
        }
        read.iter().for_each(|id| self.table.merge_branches(*id));
        while let Some(id) = self.table.joined.next() {
            self.table.merge_branches(id);
            read.push(id);
        }
        read.iter().for_each(|id| self.refer_by_items(*id));
    }

    /// A list of keys refers to many records.
    fn refer_by_items(&mut self, id: SchemaId) {
        let schema = &self.table.all[id.0 as usize];
        if schema.reference.is_none()
            && schema.types.contains(&Type::Array)
            && let Some(items) = schema.items
            && let Some(reference) = self.table.all[items.0 as usize].reference.clone()
        {
            self.table.all[id.0 as usize].reference = Some(Reference { many: true, ..reference });
        }
    }

    /// What the schema says itself, and its `allOf` branches.
    fn read_schema(&mut self, map: &Map<String, Value>, at: &Pointer) -> (Schema, Vec<SchemaId>) {
        let mut schema = Schema { pointer: at.clone(), name: component_name(at), ..Schema::default() };
        scalars(map, &mut schema);
        if let Some(Value::Object(properties)) = map.get("properties") {
            let place = at.child("properties");
            for name in properties.keys() {
                let property = self.schema_id(&place.child(name));
                schema.properties.insert(name.clone(), property);
            }
        }
        schema.additional = match map.get("additionalProperties") {
            None => Additional::Unstated,
            Some(Value::Bool(true)) => Additional::Open,
            Some(Value::Bool(false)) => Additional::Closed,
            Some(_) => Additional::Schema(self.schema_id(&at.child("additionalProperties"))),
        };
        if map.contains_key("items") {
            schema.items = Some(self.schema_id(&at.child("items")));
        }
        if map.contains_key("not") {
            schema.not = Some(self.schema_id(&at.child("not")));
        }
        schema.one_of = self.branches(map, at, "oneOf");
        schema.any_of = self.branches(map, at, "anyOf");
        let mut branches = self.branches(map, at, "allOf");
        // Only in OpenAPI 3.1, where `schema_place` leads here, is there anything beside a reference.
        if let Some(target) = follow(self.document, at).filter(|target| target != at) {
            branches.push(self.schema_id(&target));
        }
        self.schema_vocabulary(map, at, &mut schema);
        (schema, branches)
    }

    fn branches(&mut self, map: &Map<String, Value>, at: &Pointer, key: &str) -> Vec<SchemaId> {
        let count = map.get(key).and_then(Value::as_array).map_or(0, Vec::len);
        let place = at.child(key);
        (0..count).map(|index| self.schema_id(&place.index(index))).collect()
    }
}

/// Where the schema at `at` stands: where its reference leads, unless it says something beside it (OpenAPI 3.1).
fn schema_place(document: &Document, at: &Pointer) -> Pointer {
    let is_annotated = |map: &Map<String, Value>| {
        map.keys().all(|key| ["$ref", "summary", "description"].contains(&key.as_str()))
    };
    match document.get(at) {
        Some(Value::Object(map)) if !is_annotated(map) && is_31(document) => at.clone(),
        _ => follow(document, at).unwrap_or_else(|| at.clone()),
    }
}

/// `NAME` of `/components/schemas/NAME`.
fn component_name(at: &Pointer) -> Option<String> {
    let tokens: Vec<String> = at.tokens().collect();
    match tokens.as_slice() {
        [components, schemas, name] if components == "components" && schemas == "schemas" => {
            Some(name.clone())
        }
        _ => None,
    }
}

/// Everything that is not another schema.
fn scalars(map: &Map<String, Value>, schema: &mut Schema) {
    let text = |key: &str| map.get(key).and_then(Value::as_str).map(str::to_owned);
    let flag = |key: &str| map.get(key) == Some(&Value::Bool(true));
    let count = |key: &str| map.get(key).and_then(Value::as_u64);
    let number = |key: &str| map.get(key).and_then(Value::as_number).cloned();
    schema.types = types(map);
    schema.required = map
        .get("required")
        .and_then(Value::as_array)
        .map(|names| names.iter().filter_map(Value::as_str).map(str::to_owned).collect())
        .unwrap_or_default();
    schema.values = match (map.get("enum"), map.get("const")) {
        (Some(Value::Array(values)), _) => values.clone(),
        (_, Some(one)) => vec![one.clone()],
        _ => Vec::new(),
    };
    schema.default = map.get("default").cloned();
    schema.example = map
        .get("example")
        .or_else(|| map.get("examples").and_then(Value::as_array).and_then(|examples| examples.first()))
        .cloned();
    schema.format = text("format");
    schema.pattern = text("pattern");
    schema.length = (count("minLength"), count("maxLength"));
    schema.items_count = (count("minItems"), count("maxItems"));
    schema.properties_count = (count("minProperties"), count("maxProperties"));
    (schema.range.0, schema.exclusive_range.0) = bound(number("minimum"), map.get("exclusiveMinimum"));
    (schema.range.1, schema.exclusive_range.1) = bound(number("maximum"), map.get("exclusiveMaximum"));
    schema.multiple_of = number("multipleOf");
    schema.unique_items = flag("uniqueItems");
    schema.read_only = flag("readOnly");
    schema.write_only = flag("writeOnly");
    schema.deprecated = flag("deprecated");
    schema.discriminator = map
        .get("discriminator")
        .and_then(|one| one.get("propertyName"))
        .and_then(Value::as_str)
        .map(str::to_owned);
    schema.description = text("description");
}

/// The inclusive and the exclusive bound, whichever way the document writes them.
fn bound(inclusive: Option<Number>, exclusive: Option<&Value>) -> (Option<Number>, Option<Number>) {
    match exclusive {
        Some(Value::Bool(true)) => (None, inclusive),
        Some(Value::Number(number)) => (inclusive, Some(number.clone())),
        _ => (inclusive, None),
    }
}

fn types(map: &Map<String, Value>) -> Vec<Type> {
    let mut types: Vec<Type> = match map.get("type") {
        Some(Value::String(name)) => type_named(name).into_iter().collect(),
        Some(Value::Array(names)) => names.iter().filter_map(Value::as_str).filter_map(type_named).collect(),
        // A schema with properties describes an object, though it does not say so.
        _ if map.contains_key("properties") => vec![Type::Object],
        _ if map.contains_key("items") => vec![Type::Array],
        _ => Vec::new(),
    };
    if map.get("nullable") == Some(&Value::Bool(true)) && !types.is_empty() {
        types.push(Type::Null);
    }
    types
}

pub(super) fn type_named(name: &str) -> Option<Type> {
    Some(match name {
        "null" => Type::Null,
        "boolean" => Type::Boolean,
        "integer" => Type::Integer,
        "number" => Type::Number,
        "string" => Type::String,
        "array" => Type::Array,
        "object" => Type::Object,
        _ => return None,
    })
}
