//! Plans: response schemas compiled once, so that a request does not walk the document.

use std::collections::{HashMap, HashSet};

use foldhash::fast::RandomState;
use serde_json::Value;
use tercet_spec::Contract;
use tercet_spec::contract::{Additional, Escape, Response, SchemaId, Type};

use super::json::json_text;
use crate::model::is_open;

/// One plan for each schema that an answer can reach.
#[derive(Debug, Default)]
pub(crate) struct Plans {
    pub(super) all: Vec<Plan>,
    /// What is written as escape sequences.
    pub(super) escape: Escape,
    by_schema: HashMap<SchemaId, usize, RandomState>,
}

#[derive(Debug)]
pub(super) struct Plan {
    pub(super) schema: SchemaId,
    pub(super) nullable: bool,
    pub(super) kind: Kind,
    /// `const`, single `enum` value or `default`, as JSON text.
    pub(super) fallback: Option<Box<str>>,
    /// Something inside has a value of its own (`x-value`), so that an object can be built around it from nothing.
    pub(super) derives: bool,
    /// As `derives`, however deep, in lists and branches too: the document says what answers of this schema are.
    said: bool,
}

#[derive(Debug)]
pub(super) enum Kind {
    /// Any value as it stands.
    Verbatim,
    /// A text, number or boolean.
    Scalar,
    List(usize),
    Object(Box<ObjectPlan>),
    /// The first branch that applies.
    Choice(Vec<Branch>, Option<String>),
}

#[derive(Debug)]
pub(super) struct ObjectPlan {
    pub(super) members: Vec<Member>,
    /// Names of all properties, also those that are never rendered.
    pub(super) names: Vec<String>,
    /// What becomes of members that no property names: left out, or rendered, by a plan perhaps.
    pub(super) others: Others,
}

#[derive(Clone, Copy, Debug)]
pub(super) enum Others {
    LeftOut,
    Verbatim,
    By(usize),
}

#[derive(Debug)]
pub(super) struct Member {
    pub(super) name: String,
    /// `"name":`
    pub(super) head: Box<str>,
    pub(super) plan: usize,
    pub(super) required: bool,
}

#[derive(Debug)]
pub(super) struct Branch {
    pub(super) plan: usize,
    /// What a discriminator may say to mean this branch.
    pub(super) tags: Vec<Value>,
}

impl Plans {
    /// Compiles what the contract's responses can reach.
    pub(crate) fn new(contract: &Contract) -> Self {
        let mut plans = Self { escape: contract.conduct.escape, ..Self::default() };
        let operations = contract.operations.iter().flat_map(|operation| &operation.responses);
        let conduct = contract.conduct.responses.values().map(|one| &one.response);
        for response in operations.chain(conduct) {
            plans.response(contract, response);
        }
        for plan in 0..plans.all.len() {
            let derives = !plans.contains_itself(plan) && plans.derives(contract, plan, &mut Vec::new());
            plans.all[plan].derives = derives;
        }
        for plan in 0..plans.all.len() {
            plans.all[plan].said = plans.is_said(contract, plan);
        }
        plans
    }

    pub(super) fn of(&self, schema: SchemaId) -> Option<usize> {
        self.by_schema.get(&schema).copied()
    }

    /// Whether the schema says of any value where it comes from.
    pub(super) fn derives_anywhere(&self, plan: usize) -> bool {
        self.all[plan].said
    }

    fn is_said(&self, contract: &Contract, plan: usize) -> bool {
        let (mut waiting, mut seen) = (vec![plan], HashSet::from([plan]));
        while let Some(next) = waiting.pop() {
            let schema = contract.schema(self.all[next].schema);
            if schema.value.is_some() || schema.when.is_some() {
                return true;
            }
            let inner = match &self.all[next].kind {
                Kind::List(items) => vec![*items],
                Kind::Choice(branches, _) => branches.iter().map(|branch| branch.plan).collect(),
                Kind::Object(_) | Kind::Verbatim | Kind::Scalar => self.inner(next),
            };
            waiting.extend(inner.into_iter().filter(|one| seen.insert(*one)));
        }
        false
    }

    fn response(&mut self, contract: &Contract, response: &Response) {
        let bodies = response.content.iter().filter_map(|media| media.schema);
        for schema in bodies.chain(response.headers.iter().map(|header| header.schema)) {
            self.compile(contract, schema);
        }
    }

    /// A value as JSON text.
    fn text(&self, value: &Value) -> Box<str> {
        String::from_utf8(json_text(value, self.escape)).unwrap_or_default().into_boxed_str()
    }

    fn compile(&mut self, contract: &Contract, id: SchemaId) -> usize {
        if let Some(done) = self.by_schema.get(&id) {
            return *done;
        }
        let place = self.all.len();
        self.by_schema.insert(id, place);
        let schema = contract.schema(id);
        let constant = match schema.values.as_slice() {
            [only] => Some(only),
            _ => schema.default.as_ref(),
        };
        // The place is taken before the members are compiled: a schema may contain itself.
        self.all.push(Plan {
            schema: id,
            nullable: schema.is_nullable() || (schema.types.is_empty() && schema.values.is_empty()),
            kind: Kind::Verbatim,
            fallback: constant.map(|value| self.text(value)),
            derives: false,
            said: false,
        });
        let kind = self.kind(contract, id);
        self.all[place].kind = kind;
        place
    }

    fn kind(&mut self, contract: &Contract, id: SchemaId) -> Kind {
        let schema = contract.schema(id);
        if !schema.properties.is_empty()
            || schema.single_type() == Some(Type::Object) && !is_open(contract, id)
        {
            return Kind::Object(Box::new(self.object(contract, id)));
        }
        let branches = if schema.one_of.is_empty() { &schema.any_of } else { &schema.one_of };
        if !branches.is_empty() {
            let branches =
                branches.iter().map(|branch| self.branch(contract, *branch, schema.discriminator.as_deref()));
            return Kind::Choice(branches.collect(), schema.discriminator.clone());
        }
        if let Additional::Schema(_) = schema.additional {
            return Kind::Object(Box::new(self.object(contract, id)));
        }
        match (schema.items, schema.single_type()) {
            (Some(items), _) => Kind::List(self.compile(contract, items)),
            (None, Some(Type::String | Type::Integer | Type::Number | Type::Boolean)) => Kind::Scalar,
            _ => Kind::Verbatim,
        }
    }

    fn object(&mut self, contract: &Contract, id: SchemaId) -> ObjectPlan {
        let schema = contract.schema(id);
        let mut members = Vec::new();
        for (name, property) in &schema.properties {
            if contract.schema(*property).write_only {
                continue;
            }
            members.push(Member {
                name: name.clone(),
                head: format!("{}:", self.text(&Value::from(name.as_str()))).into_boxed_str(),
                plan: self.compile(contract, *property),
                required: schema.required.contains(name),
            });
        }
        let others = match schema.additional {
            Additional::Schema(schema) => Others::By(self.compile(contract, schema)),
            _ if is_open(contract, id) => Others::Verbatim,
            _ => Others::LeftOut,
        };
        ObjectPlan { members, names: schema.properties.keys().cloned().collect(), others }
    }

    fn branch(&mut self, contract: &Contract, id: SchemaId, discriminator: Option<&str>) -> Branch {
        let schema = contract.schema(id);
        let mut tags: Vec<Value> = schema.name.iter().map(|name| name.as_str().into()).collect();
        if let Some(property) = discriminator.and_then(|name| schema.properties.get(name)) {
            tags.extend(contract.schema(*property).values.iter().cloned());
        }
        Branch { plan: self.compile(contract, id), tags }
    }

    /// Whether an object of this plan may stand inside itself: built from nothing it would have no end.
    fn contains_itself(&self, plan: usize) -> bool {
        let (mut waiting, mut seen) = (self.inner(plan), HashSet::new());
        while let Some(next) = waiting.pop() {
            if next == plan {
                return true;
            }
            if seen.insert(next) {
                waiting.extend(self.inner(next));
            }
        }
        false
    }

    fn inner(&self, plan: usize) -> Vec<usize> {
        match &self.all[plan].kind {
            Kind::Object(object) => object.members.iter().map(|member| member.plan).collect(),
            Kind::Verbatim | Kind::Scalar | Kind::List(_) | Kind::Choice(..) => Vec::new(),
        }
    }

    fn derives(&self, contract: &Contract, plan: usize, seen: &mut Vec<usize>) -> bool {
        if seen.contains(&plan) {
            return false;
        }
        seen.push(plan);
        let Kind::Object(object) = &self.all[plan].kind else { return false };
        object.members.iter().any(|member| {
            contract.schema(self.all[member.plan].schema).value.is_some()
                || self.derives(contract, member.plan, seen)
        })
    }
}
