//! Collections and settings.

use serde_json::Value;

use super::structure::closest;
use super::{Lowering, keys};
use crate::contract::{Collection, Schema, Setting};
use crate::language::{Clause, Predicate, Selection, Subject, Test, ValueExpr, Word};
use crate::vocabulary::{RawCollection, RawMany, RawSetting};
use crate::{Contract, Pointer};

impl Lowering<'_> {
    pub(super) fn settings(&mut self) {
        let at = Pointer::root().child("x-settings");
        if !self.has(&at) {
            return;
        }
        for name in self.entries(&at, "settings by name") {
            let pointer = at.child(&name);
            let Some(raw) = self.keyword::<RawSetting>(&pointer) else { continue };
            let schema = raw.schema.is_some().then(|| self.schema(&pointer.child("schema")));
            self.contract.settings.push(Setting {
                name,
                description: raw.description,
                schema,
                default: raw.default,
                secret: raw.secret,
                pointer,
            });
        }
    }

    pub(super) fn collections(&mut self) {
        let at = Pointer::root().child("x-collections");
        if !self.has(&at) {
            return;
        }
        for name in self.entries(&at, "collections by name") {
            let pointer = at.child(&name);
            let Some(raw) = self.keyword::<RawCollection>(&pointer) else { continue };
            let Some(schema) = self.contract.schemas.named(&raw.schema) else {
                self.unknown_schema(&raw.schema, &pointer.child("schema"));
                continue;
            };
            let fields = self.table.all[schema.0 as usize].clone();
            self.known_field(&raw.key, &fields, &pointer.child("key"), &pointer);
            let unique: Vec<Vec<String>> = raw.unique.into_iter().map(RawMany::into_vec).collect();
            for (index, field) in
                unique.iter().enumerate().flat_map(|(index, all)| all.iter().map(move |one| (index, one)))
            {
                self.known_field(field, &fields, &pointer.child("unique").index(index), &pointer);
            }
            for (index, field) in raw.ignore_case.iter().enumerate() {
                self.known_field(field, &fields, &pointer.child("ignore-case").index(index), &pointer);
            }
            for (index, field) in raw.index.iter().enumerate() {
                self.known_field(field, &fields, &pointer.child("index").index(index), &pointer);
            }
            let seed_at = pointer.child("seed");
            for (index, record) in raw.seed.iter().enumerate() {
                for field in record.keys() {
                    self.known_field(field, &fields, &seed_at.index(index).child(field), &pointer);
                }
            }
            let seed = (0..raw.seed.len()).map(|index| self.reader.value(&seed_at.index(index))).collect();
            let references = fields
                .properties
                .iter()
                .filter_map(|(field, id)| {
                    Some((field.clone(), self.table.all[id.0 as usize].reference.clone()?))
                })
                .collect();
            let collection = Collection {
                name: name.clone(),
                schema,
                key: raw.key,
                unique,
                ignore_case: raw.ignore_case,
                indexed: raw.index,
                references,
                seed,
                pointer,
            };
            self.contract.collections.insert(name, collection);
        }
    }

    /// The names in a mapping of the vocabulary. Each entry is read by itself, so that a fault in one hides no other.
    fn entries(&mut self, at: &Pointer, what: &str) -> Vec<String> {
        if self.get(at).is_object() {
            return keys(self.document, at);
        }
        let message = format!("`{}` is a mapping: {what}", at.last().unwrap_or_default());
        self.error("keyword", at, message, "VOCABULARY.md shows how the keyword is written");
        Vec::new()
    }

    fn unknown_schema(&mut self, name: &str, at: &Pointer) {
        let help = match closest(name, self.contract.schemas.by_name.keys().map(String::as_str)) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("add `{name}` to `components.schemas`"),
        };
        self.error("unknown-schema", at, format!("there is no component schema `{name}`"), help);
    }

    fn known_field(&mut self, field: &str, schema: &Schema, at: &Pointer, collection: &Pointer) {
        if schema.properties.contains_key(field)
            || !matches!(
                schema.additional,
                crate::contract::Additional::Unstated | crate::contract::Additional::Closed
            )
        {
            return;
        }
        let at = if self.has(at) { at } else { collection };
        let help = match closest(field, schema.properties.keys().map(String::as_str)) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("add `{field}` to the schema's `properties`"),
        };
        let name = schema.name.as_deref().unwrap_or("the schema");
        self.error("unknown-field", at, format!("`{name}` has no property `{field}`"), help);
    }
}

/// Decides which fields of each collection are worth an index.
pub(super) fn index(contract: &mut Contract, schemas: &[Schema]) {
    let mut wanted: Vec<(String, String)> = Vec::new();
    {
        let mut note = |selection: &Selection| compared(selection, &mut wanted);
        for operation in &contract.operations {
            for step in &operation.effect {
                step.verb.selection().into_iter().for_each(&mut note);
                step_values(step, &mut |value| {
                    value.selections(&mut |selection| nested(selection, &mut note));
                });
            }
        }
        for scheme in &contract.schemes {
            scheme.credential.iter().for_each(|credential| note(&credential.select));
        }
        for schema in schemas {
            if let Some(value) = &schema.value {
                value.selections(&mut |selection| nested(selection, &mut note));
            }
        }
    }
    for collection in contract.collections.values_mut() {
        let stored = |field: &String| {
            let id = schemas[collection.schema.0 as usize].properties.get(field);
            id.is_some_and(|id| schemas[id.0 as usize].value.is_none())
        };
        let unique = collection.unique.iter().filter(|fields| fields.len() == 1).flatten().cloned();
        let references = collection.references.iter().map(|(field, _)| field.clone());
        let compared =
            wanted.iter().filter(|(name, _)| *name == collection.name).map(|(_, field)| field.clone());
        let mut indexed: Vec<String> = Vec::new();
        let asked_for = std::mem::take(&mut collection.indexed);
        for field in unique.chain(references).chain(compared).chain(asked_for) {
            if field != collection.key && stored(&field) && !indexed.contains(&field) {
                indexed.push(field);
            }
        }
        collection.indexed = indexed;
    }
}

/// The values that a step computes with.
pub(super) fn step_values(step: &crate::contract::Step, visit: &mut dyn FnMut(&ValueExpr)) {
    verb_values(&step.verb, visit);
    if let Some(when) = &step.when {
        when.values(visit);
    }
}

/// The values that a verb computes with; what an action is said to do is computed by nobody.
pub(super) fn verb_values(verb: &crate::contract::Verb, visit: &mut dyn FnMut(&ValueExpr)) {
    use crate::contract::{Serve, Verb};
    match verb {
        Verb::Create { set, each, .. } => set.iter().chain(each).for_each(&mut *visit),
        Verb::Update(_, set) | Verb::Replace(_, set) => set.iter().for_each(&mut *visit),
        Verb::Call { with, .. } => with.iter().for_each(|(_, value)| visit(value)),
        Verb::Require(filter) => filter.values(visit),
        Verb::Serve(Serve::Content { content, media_type, .. }) => {
            std::iter::once(content).chain(media_type).for_each(&mut *visit);
        }
        Verb::Find(_) | Verb::List(_) | Verb::Delete(_) | Verb::Serve(_) => {}
    }
    if let Some(selection) = verb.selection() {
        selection.filter.values(visit);
        selection.values(visit);
    }
}

/// A selection and those inside its filter.
fn nested(selection: &Selection, note: &mut dyn FnMut(&Selection)) {
    note(selection);
    selection.filter.values(&mut |value| value.selections(&mut |inner| nested(inner, note)));
}

/// The fields that a selection compares for equality.
fn compared(selection: &Selection, wanted: &mut Vec<(String, String)>) {
    let Some(name) = selection.collection() else { return };
    let mut fields = Vec::new();
    equalities(&selection.filter, &mut fields);
    wanted.extend(fields.into_iter().map(|field| (name.to_owned(), field)));
}

fn equalities(filter: &Predicate, fields: &mut Vec<String>) {
    for clause in &filter.clauses {
        match clause {
            Clause::Test(Subject::Field(path), test) if path.len() == 1 && is_equality(test) => {
                fields.push(path[0].clone());
            }
            Clause::AnyOf(all) | Clause::AllOf(all) => all.iter().for_each(|one| equalities(one, fields)),
            Clause::Test(..) | Clause::Not(_) => {}
        }
    }
}

fn is_equality(test: &Test) -> bool {
    match test {
        Test::Equal(ValueExpr::Literal(Value::Null)) => false,
        Test::Equal(_) => true,
        Test::Words(words) => {
            words.iter().any(|word| matches!(word, Word::Enum(_) | Word::EqualsIgnoreCase(_)))
        }
    }
}
