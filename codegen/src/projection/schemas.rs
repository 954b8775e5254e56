//! Schemas: each body's schema rewritten so that typify makes a faithful Rust type of it.

use std::collections::{BTreeMap, BTreeSet, HashMap, VecDeque};

use serde_json::{Map, Value, json};
use tercet_spec::Pointer;

use super::kind::{self, Kind, Record};
use super::meta::{OpenEnum, UnionMeta};
use super::naming::{Taken, pascal, snake};
use super::notes::Notes;
use super::reach::{Direction, Reach};
use super::tally::Tally;
use super::written::{carried, nullable_of, reference, scalar, spelled, with_description};

/// A Rust type that a schema becomes.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Carried {
    /// `String`
    Text,
    /// `i64`
    Integer,
    /// `bool`
    Boolean,
    /// Any JSON.
    Any,
    /// The type of that name.
    Named(String),
    /// A list.
    List(Box<Carried>),
    /// A map from names.
    Map(Box<Carried>),
}

/// The schemas of the projection as they grow.
pub(crate) struct Schemas {
    pub(crate) out: BTreeMap<String, Value>,
    pub(crate) taken: Taken,
    pub(crate) enums: Vec<OpenEnum>,
    /// Unions whose branches a property tells apart.
    pub(crate) unions: Vec<UnionMeta>,
    /// Components that stand for "absent, null or a value", and of what.
    pub(crate) maybes: BTreeMap<String, Carried>,
    /// Components that stand for "a map, or an empty array", and of what.
    pub(crate) dicts: BTreeMap<String, Carried>,
    /// Structs that keep members the document does not name.
    pub(crate) extras: BTreeSet<String>,
    /// Structs that requests are made of.
    pub(crate) inputs: BTreeSet<String>,
    /// The stand-ins that occur.
    pub(crate) stand_ins: BTreeSet<StandIn>,
    pub(crate) tally: Tally,
    pub(crate) reach: Reach,
    assigned: HashMap<(Pointer, Direction, Cut), String>,
    queue: VecDeque<(Pointer, Direction, String, Cut)>,
    inlining: Vec<Pointer>,
}

/// A component that the client has a type of its own for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum StandIn {
    /// Text that must not be shown.
    Secret,
    /// A number that is written as it was read: 100 does not become 100.0.
    Number,
}

impl StandIn {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::Secret, Self::Number];

    /// The component's name in the projection, which no document's schema has.
    #[must_use]
    pub fn component(self) -> &'static str {
        match self {
            Self::Secret => "TercetSecret",
            Self::Number => "TercetNumber",
        }
    }

    /// The type's path in the client.
    #[must_use]
    pub fn rust(self) -> &'static str {
        match self {
            Self::Secret => "crate::Secret",
            Self::Number => "crate::Number",
        }
    }
}

/// How a record is written.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Cut {
    /// As it is.
    Whole,
    /// With this property fixed to this value, which tells the branch of a union from the others.
    Closed(String, String),
    /// Without this property, which the union around it reads and writes.
    Without(String),
}

impl Schemas {
    pub(crate) fn new(reach: Reach) -> Self {
        Self {
            out: BTreeMap::new(),
            taken: Taken::default(),
            enums: Vec::new(),
            unions: Vec::new(),
            maybes: BTreeMap::new(),
            dicts: BTreeMap::new(),
            extras: BTreeSet::new(),
            inputs: BTreeSet::new(),
            stand_ins: BTreeSet::new(),
            tally: Tally::default(),
            reach,
            assigned: HashMap::new(),
            queue: VecDeque::new(),
            inlining: Vec::new(),
        }
    }

    /// Defines everything that was referred to and is not defined yet.
    pub(crate) fn finish(&mut self, notes: &mut Notes<'_>) {
        while let Some((at, direction, name, cut)) = self.queue.pop_front() {
            self.define(notes, &at, direction, &name, &cut);
        }
    }

    /// The schema at `at` as it is used somewhere: inline where it is simple, else a reference to a component that is
    /// called like `name` unless it has a name of its own. Null is included where it is allowed.
    pub(crate) fn usage(
        &mut self,
        notes: &mut Notes<'_>,
        at: &Pointer,
        direction: Direction,
        name: &str,
    ) -> Value {
        let nullable = kind::is_nullable(notes, at);
        let used = self.usage_without_null(notes, at, direction, name);
        if nullable && used.get("nullable").is_none() { nullable_of(used) } else { used }
    }

    pub(crate) fn usage_without_null(
        &mut self,
        notes: &mut Notes<'_>,
        at: &Pointer,
        direction: Direction,
        name: &str,
    ) -> Value {
        let Some((schema, home)) = notes.resolve(at) else { return json!({}) };
        self.tally.look(notes, schema, &home);
        if let Some(only) = kind::alias(notes, &home) {
            return notes.look_through(&home, json!({}), |notes| {
                self.usage_without_null(notes, &only, direction, name)
            });
        }
        let is_reference = home != *at;
        match kind::kind(notes, &home) {
            Kind::Scalar("string") if schema.get("format").is_some_and(|format| format == "password") => {
                self.stand_in(StandIn::Secret)
            }
            Kind::Scalar("number") => self.stand_in(StandIn::Number),
            Kind::Scalar(type_name) => scalar(type_name, schema),
            Kind::Any => json!({}),
            Kind::List(_) | Kind::Map(_) | Kind::Dict(_) if self.inlining.contains(&home) => json!({}),
            Kind::List(items) => {
                self.inlining.push(home);
                let items = items.map(|items| self.usage(notes, &items, direction, &format!("{name}Item")));
                self.inlining.pop();
                json!({ "type": "array", "items": items.unwrap_or_else(|| json!({})) })
            }
            Kind::Map(members) => {
                self.inlining.push(home);
                let members =
                    members.map(|members| self.usage(notes, &members, direction, &format!("{name}Value")));
                self.inlining.pop();
                match members {
                    Some(members) => json!({ "type": "object", "additionalProperties": members }),
                    None => json!({ "type": "object" }),
                }
            }
            Kind::Dict(members) => {
                self.inlining.push(home);
                let members =
                    members.map(|members| self.usage(notes, &members, direction, &format!("{name}Value")));
                self.inlining.pop();
                let plain = members.filter(|members| members.get("nullable").is_none());
                self.dict(plain.and_then(|members| carried(&members)).unwrap_or(Carried::Any))
            }
            Kind::Union(branches) if branches.len() == 1 => {
                let only = branches.into_iter().next().unwrap_or_default();
                notes.look_through(&home, json!({}), |notes| {
                    self.usage_without_null(notes, &only, direction, name)
                })
            }
            Kind::Enum(_) | Kind::Record(_) | Kind::Union(_) if is_reference => {
                reference(&self.name_of(&home, direction))
            }
            // The same text in both directions, whatever the object around it looks like.
            Kind::Enum(_) => reference(&self.enum_name(notes, &home, direction, name)),
            Kind::Record(_) | Kind::Union(_) => {
                let name = self.taken.type_name(name);
                self.define(notes, &home, direction, &name, &Cut::Whole);
                reference(&name)
            }
        }
    }

    /// The name of the component that a shared schema becomes in one direction.
    fn name_of(&mut self, home: &Pointer, direction: Direction) -> String {
        self.component(home, direction, Cut::Whole, None)
    }

    /// The name of the component that a shared branch of a union becomes: its own where only such unions use it.
    pub(crate) fn branch_name(
        &mut self,
        home: &Pointer,
        direction: Direction,
        property: &str,
        union: &str,
    ) -> String {
        let elsewhere = self.reach.is_elsewhere(home);
        self.component(home, direction, Cut::Without(property.to_owned()), elsewhere.then_some(union))
    }

    fn component(&mut self, home: &Pointer, direction: Direction, cut: Cut, prefix: Option<&str>) -> String {
        let split = self.reach.is_split(home);
        // One type for both directions is defined in the one it travels in; where it travels in both, they look the same.
        let direction = match split {
            true => direction,
            false if self.reach.is_received(home) => Direction::Response,
            false => Direction::Request,
        };
        let key = (home.clone(), direction, cut);
        if let Some(name) = self.assigned.get(&key) {
            return name.clone();
        }
        let tokens: Vec<String> = home.tokens().collect();
        let wanted = match tokens.as_slice() {
            [first, second, name] if first == "components" && second == "schemas" => name.clone(),
            all => all.iter().skip(2).map(|token| pascal(token)).collect(),
        };
        let wanted = match prefix {
            Some(prefix) => format!("{prefix}{}", pascal(&wanted)),
            None if split && direction == Direction::Request => format!("{wanted}Input"),
            None => wanted,
        };
        let name = self.taken.type_name(&wanted);
        self.queue.push_back((home.clone(), direction, name.clone(), key.2.clone()));
        self.assigned.insert(key, name.clone());
        name
    }

    pub(crate) fn define(
        &mut self,
        notes: &mut Notes<'_>,
        at: &Pointer,
        direction: Direction,
        name: &str,
        cut: &Cut,
    ) {
        let described =
            notes.document.get(at).and_then(|schema| schema.get("description")).and_then(Value::as_str);
        let mut definition = match kind::kind(notes, at) {
            Kind::Enum(values) if values.len() == 1 && self.reach.is_branch(at) => {
                json!({ "type": "string", "enum": values })
            }
            Kind::Enum(values) => {
                let description = described.map(str::to_owned);
                self.enums.push(OpenEnum { name: name.to_owned(), description, values });
                json!({ "type": "string" })
            }
            Kind::Record(record) => self.record(notes, at, &record, direction, name, cut),
            Kind::Union(branches) => self.union(notes, at, &branches, direction, name),
            _ => self.usage_without_null(notes, at, direction, name),
        };
        if let (Some(text), Some(members)) = (described, definition.as_object_mut()) {
            members.insert("description".to_owned(), text.into());
        }
        self.out.insert(name.to_owned(), definition);
    }

    fn record(
        &mut self,
        notes: &mut Notes<'_>,
        at: &Pointer,
        record: &Record,
        direction: Direction,
        name: &str,
        cut: &Cut,
    ) -> Value {
        let mut properties = Map::new();
        let mut required = Vec::new();
        let mut fields = Taken::default();
        let closed = match cut {
            Cut::Closed(key, value) => Some((key, value)),
            Cut::Whole | Cut::Without(_) => None,
        };
        for (property, place) in &record.properties {
            let schema = notes.document.get(place);
            let flag = |key: &str| schema.and_then(|schema| schema.get(key)) == Some(&Value::Bool(true));
            let hidden = if direction == Direction::Request { "readOnly" } else { "writeOnly" };
            if flag(hidden) || *cut == Cut::Without(property.clone()) {
                continue;
            }
            let lowered = unique_property(&mut fields, property);
            let tag = closed.filter(|(key, _)| *key == property);
            let must = record.required.contains(property) || tag.is_some();
            let usage = match tag {
                Some((_, value)) => json!({ "type": "string", "enum": [value] }),
                None => {
                    // The one value of a branch's tag stays closed where that is what tells the branches apart.
                    let by_value = *cut == Cut::Whole && self.reach.is_branch(at);
                    let wanted = format!("{name}{}", pascal(property));
                    self.property(notes, place, direction, &wanted, must, by_value)
                }
            };
            properties.insert(lowered.clone(), with_description(usage, schema));
            if must {
                required.push(Value::from(lowered));
            }
        }
        if let Some((key, value)) = closed.filter(|(key, _)| !record.properties.contains_key(*key)) {
            properties.insert(key.clone(), json!({ "type": "string", "enum": [value] }));
            required.push(key.clone().into());
        }
        let mut definition = json!({ "type": "object", "properties": properties });
        if !required.is_empty() {
            definition["required"] = required.into();
        }
        if let Some(additional) = &record.additional {
            definition["additionalProperties"] =
                self.usage(notes, additional, direction, &format!("{name}Value"));
        } else {
            self.extras.insert(name.to_owned());
        }
        if direction == Direction::Request || (self.reach.is_sent(at) && !self.reach.is_within_split(at)) {
            self.inputs.insert(name.to_owned());
        }
        definition
    }

    fn property(
        &mut self,
        notes: &mut Notes<'_>,
        place: &Pointer,
        direction: Direction,
        name: &str,
        required: bool,
        by_value: bool,
    ) -> Value {
        let (schema, home) = match notes.resolve(place) {
            Some(found) => found,
            None => return json!({}),
        };
        if home == *place
            && by_value
            && let Kind::Enum(values) = kind::kind(notes, &home)
            && values.len() == 1
        {
            self.tally.look(notes, schema, &home);
            return json!({ "type": "string", "enum": values });
        }
        let any = matches!(kind::kind(notes, &home), Kind::Any);
        if required || !(any || kind::is_nullable(notes, place)) {
            return self.usage(notes, place, direction, name);
        }
        let used = self.usage_without_null(notes, place, direction, name);
        match carried(&used) {
            Some(carried) => self.maybe(carried),
            None => nullable_of(used),
        }
    }

    fn enum_name(
        &mut self,
        notes: &mut Notes<'_>,
        home: &Pointer,
        direction: Direction,
        name: &str,
    ) -> String {
        let key = (home.clone(), Direction::Response, Cut::Whole);
        if let Some(known) = self.assigned.get(&key) {
            return known.clone();
        }
        let name = self.taken.type_name(name);
        self.assigned.insert(key, name.clone());
        self.define(notes, home, direction, &name, &Cut::Whole);
        name
    }

    fn stand_in(&mut self, stand_in: StandIn) -> Value {
        self.stand_ins.insert(stand_in);
        self.out.insert(stand_in.component().to_owned(), json!({ "type": "string" }));
        reference(stand_in.component())
    }

    fn dict(&mut self, carried: Carried) -> Value {
        if let Some((name, _)) = self.dicts.iter().find(|(_, known)| **known == carried) {
            return reference(name);
        }
        let name = self.taken.type_name(&format!("{}Dict", spelled(&carried)));
        self.dicts.insert(name.clone(), carried);
        self.out.insert(name.clone(), json!({ "type": "string" }));
        reference(&name)
    }

    fn maybe(&mut self, carried: Carried) -> Value {
        if let Some((name, _)) = self.maybes.iter().find(|(_, known)| **known == carried) {
            return reference(name);
        }
        let name = self.taken.type_name(&format!("Maybe{}", spelled(&carried)));
        self.maybes.insert(name.clone(), carried);
        self.out.insert(name.clone(), json!({ "type": "string" }));
        reference(&name)
    }
}

fn unique_property(fields: &mut Taken, property: &str) -> String {
    if fields.take(&snake(property)) {
        return property.to_owned();
    }
    (2_usize..)
        .map(|number| format!("{property}~{number}"))
        .find(|candidate| fields.take(&snake(candidate)))
        .unwrap_or_else(|| property.to_owned())
}
