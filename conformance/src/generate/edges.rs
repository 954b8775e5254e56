//! Values at the edges of a schema: as short, long, small or large as it allows, null where it may be, and awkward texts.

use serde_json::{Value, json};
use tercet_spec::contract::{Flavour, Schema, SchemaId};
use tercet_spec::{Contract, Pointer};

use super::{Chance, number, text};

/// A value at an edge, which the schema still allows.
#[derive(Clone, Debug, PartialEq)]
pub struct Edge {
    /// The whole value.
    pub value: Value,
    /// Where in it the edge is.
    pub instance: Pointer,
    /// Which edge: `name has 5 characters`.
    pub what: String,
}

/// Texts that trip careless servers: beyond the basic plane, combining, right to left, quotes, markup, percent, backslash.
const AWKWARD: &[&str] = &[
    "\u{1F600} \u{1D518}",
    "e\u{301}\u{323}",
    "\u{5E9}\u{5DC}\u{5D5}\u{5DD}",
    "it's \"quoted\"",
    "<b>&amp;</b>",
    "100%_\\n%00 ' OR 1=1 --",
];

/// The edges of a schema around `good`, which keeps it. Whatever does not keep it is left out.
#[must_use]
pub fn edges(contract: &Contract, id: SchemaId, good: &Value, chance: &mut Chance) -> Vec<Edge> {
    let mut walk = Walk { contract, root: id, good, chance, found: Vec::new() };
    walk.visit(id, &Pointer::root(), good, 0);
    walk.found
}

struct Walk<'w> {
    contract: &'w Contract,
    root: SchemaId,
    good: &'w Value,
    chance: &'w mut Chance,
    found: Vec<Edge>,
}

impl Walk<'_> {
    fn visit(&mut self, id: SchemaId, at: &Pointer, value: &Value, depth: usize) {
        let contract = self.contract;
        let schema = contract.schema(id);
        if depth > 12 || schema.reference.is_some() {
            return;
        }
        if schema.is_nullable() && !value.is_null() {
            self.keep(at, Value::Null, "null".to_owned());
        }
        if !schema.values.is_empty() {
            for one in schema.values.iter().filter(|one| *one != value).take(8) {
                self.keep(at, one.clone(), one.to_string());
            }
            return;
        }
        match value {
            Value::String(_) => self.texts(schema, at),
            Value::Number(_) => self.numbers(schema, at),
            Value::Bool(own) => self.keep(at, json!(!own), (!own).to_string()),
            Value::Array(items) => {
                if let (Some(item), Some(first)) = (schema.items, items.first()) {
                    self.visit(item, &at.index(0), first, depth + 1);
                    self.keep(at, json!([]), "an empty list".to_owned());
                }
            }
            Value::Object(members) => {
                for (name, id) in &schema.properties {
                    if let Some(member) = members.get(name) {
                        self.visit(*id, &at.child(name), member, depth + 1);
                    }
                }
            }
            Value::Null => {}
        }
    }

    fn keep(&mut self, at: &Pointer, edge: Value, what: String) {
        let mut value = self.good.clone();
        let Some(place) = value.pointer_mut(at.as_str()) else {
            return;
        };
        *place = edge;
        if self.contract.validators.is_valid(self.root, Flavour::Request, &value) {
            let path: Vec<String> = at.tokens().collect();
            let what = if path.is_empty() { what } else { format!("`{}` is {what}", path.join(".")) };
            self.found.push(Edge { value, instance: at.clone(), what });
        }
    }

    fn texts(&mut self, schema: &Schema, at: &Pointer) {
        let (low, high) = schema.length;
        for bound in [low, high.filter(|high| *high <= 100_000)].into_iter().flatten() {
            if let Some(text) = text::of_length(schema, bound, self.chance) {
                self.keep(at, json!(text), format!("{bound} characters long"));
            }
        }
        if schema.pattern.is_none() && schema.format.is_none() && schema.values.is_empty() {
            for awkward in AWKWARD {
                let text = format!("{} {awkward}", self.chance.mark());
                let fits = high.is_none_or(|high| text.chars().count() as u64 <= high);
                if fits {
                    self.keep(at, json!(text), format!("an awkward text, `{awkward}`"));
                }
            }
        }
    }

    fn numbers(&mut self, schema: &Schema, at: &Pointer) {
        if schema.types.contains(&tercet_spec::contract::Type::Integer) {
            let (low, high) = number::integer_bounds(schema);
            for bound in [low, high].into_iter().flatten().filter_map(number::of_i128) {
                let what = bound.to_string();
                self.keep(at, bound, what);
            }
            return;
        }
        for bound in [&schema.range.0, &schema.range.1].into_iter().flatten() {
            self.keep(at, Value::Number(bound.clone()), bound.to_string());
        }
    }
}
