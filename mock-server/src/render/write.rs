//! Writing a subject by a plan, as JSON text. Records keep what was written of them.

use std::borrow::Cow;
use std::cell::Cell;

use bytes::Bytes;
use serde_json::{Map, Value};
use tercet_spec::contract::{Flavour, Type};

use super::json::{json, tag};
use super::open::Open;
use super::plan::{Branch, Kind, Member, ObjectPlan, Others, Plan, Plans};
use crate::scope::{Bound, Scope, Trace, Want, public_fields};
use crate::state::{Record, Rendering};

/// Writes by plans, for one answer.
#[derive(Clone, Copy)]
pub(super) struct Writer<'a> {
    plans: &'a Plans,
    scope: Scope<'a>,
    /// The records that are being written, innermost first.
    open: Option<&'a Open<'a>>,
}

/// A member of an object being written: its bytes may be taken back.
struct Members {
    start: usize,
    any: bool,
}

impl<'a> Writer<'a> {
    pub(super) fn new(plans: &'a Plans, scope: Scope<'a>) -> Self {
        Self { plans, scope, open: None }
    }

    /// A whole body. A record whose bytes are kept is not copied.
    pub(super) fn body(&self, plan: usize, subject: Option<&Bound<'_>>) -> Bytes {
        if let Some(Bound::Record(record)) = subject
            && self.schema(plan).value.is_none()
            && let Some(bytes) = self.kept(plan, record, |bytes, _| bytes.clone())
        {
            return bytes;
        }
        let mut out = Vec::with_capacity(512);
        if !self.value_of(plan, subject, &mut out) && !self.without_value(plan, true, &mut out) {
            match &self.plan(plan).kind {
                Kind::Object(object) => {
                    self.members(object, &Bound::owned(Map::new()), &mut out);
                }
                Kind::List(_) => out.extend_from_slice(b"[]"),
                Kind::Verbatim | Kind::Scalar | Kind::Choice(..) => {}
            }
        }
        out.into()
    }

    /// Writes the subject, or what `x-value` at the schema itself makes of it. Whether there was anything to write.
    fn value_of(&self, plan: usize, subject: Option<&Bound<'_>>, out: &mut Vec<u8>) -> bool {
        match &self.schema(plan).value {
            Some(value) => {
                let value = self.scope.eval(value, self.want(plan));
                value.is_some_and(|value| self.write(plan, &value, out))
            }
            None => subject.is_some_and(|subject| self.write(plan, subject, out)),
        }
    }

    fn plan(&self, plan: usize) -> &'a Plan {
        &self.plans.all[plan]
    }

    fn schema(&self, plan: usize) -> &'a tercet_spec::contract::Schema {
        self.scope.model.contract.schema(self.plans.all[plan].schema)
    }

    fn want(&self, plan: usize) -> Want {
        let schema = self.schema(plan);
        let many = matches!(self.plan(plan).kind, Kind::List(_)) || schema.single_type() == Some(Type::Array);
        if many { Want::Many } else { Want::One }
    }

    /// Writes a subject. False, and nothing written, when this schema has no room for it.
    pub(super) fn write(&self, plan: usize, subject: &Bound<'_>, out: &mut Vec<u8>) -> bool {
        let own = self.plan(plan);
        if subject.is_null() {
            if own.nullable {
                out.extend_from_slice(b"null");
            }
            return own.nullable;
        }
        match &own.kind {
            Kind::Verbatim => self.verbatim(subject, out),
            Kind::Scalar => self.scalar(subject, out),
            Kind::List(items) => self.list(*items, subject, out),
            Kind::Object(object) => self.object(plan, object, subject, out),
            Kind::Choice(branches, discriminator) => {
                self.choice(plan, branches, discriminator.as_deref(), subject, out)
            }
        }
    }

    /// What stands where there is no value: a constant, an object of constants, null. Whether anything was written.
    fn without_value(&self, plan: usize, required: bool, out: &mut Vec<u8>) -> bool {
        let own = self.plan(plan);
        if let Some(constant) = &own.fallback {
            out.extend_from_slice(constant.as_bytes());
            return true;
        }
        match &own.kind {
            Kind::Object(object) if own.derives => {
                let start = out.len();
                let any = self.members(object, &Bound::owned(Map::new()), out);
                if !any {
                    out.truncate(start);
                }
                any
            }
            _ if required && own.nullable && self.schema(plan).is_nullable() => {
                out.extend_from_slice(b"null");
                true
            }
            _ => false,
        }
    }

    fn verbatim(&self, subject: &Bound<'_>, out: &mut Vec<u8>) -> bool {
        match subject {
            Bound::Value(value) | Bound::Key(_, value) => json(out, value, self.plans.escape),
            Bound::Record(record) => {
                json(out, &Value::Object(public_fields(self.scope.state, record)), self.plans.escape);
            }
            Bound::Records(records) => {
                out.push(b'[');
                for (position, record) in records.iter().enumerate() {
                    if position > 0 {
                        out.push(b',');
                    }
                    json(out, &Value::Object(public_fields(self.scope.state, record)), self.plans.escape);
                }
                out.push(b']');
            }
            Bound::List(members) => {
                out.push(b'[');
                for (position, member) in members.iter().enumerate() {
                    if position > 0 {
                        out.push(b',');
                    }
                    self.verbatim(member, out);
                }
                out.push(b']');
            }
        }
        true
    }

    /// A record is written as its key; a list or object has no room here.
    fn scalar(&self, subject: &Bound<'_>, out: &mut Vec<u8>) -> bool {
        let value = match subject {
            Bound::Records(records) => match records.first() {
                Some(first) => Cow::Borrowed(self.scope.state.key_of(first)),
                None => return false,
            },
            Bound::List(members) => match members.first() {
                Some(first) => first.to_comparable(self.scope.state),
                None => return false,
            },
            one => one.to_comparable(self.scope.state),
        };
        if value.is_array() || value.is_object() {
            return false;
        }
        json(out, &value, self.plans.escape);
        true
    }

    fn record_object(&self, plan: usize, object: &ObjectPlan, record: &Record, out: &mut Vec<u8>) -> bool {
        self.record(plan, record, out, |writer, out| {
            writer.members(object, &Bound::Record(record.clone()), out);
            true
        })
    }

    fn object(&self, plan: usize, object: &ObjectPlan, subject: &Bound<'_>, out: &mut Vec<u8>) -> bool {
        match subject {
            Bound::Record(record) => self.record_object(plan, object, record, out),
            Bound::Key(collection, key) => {
                self.scope.note_collection(*collection);
                let found = self.scope.state.find(*collection, key);
                found.is_some_and(|record| self.record_object(plan, object, record, out))
            }
            // The first of several, where there is room for one. An envelope around a list has no stored fields.
            Bound::List(members) if !self.plan(plan).derives => {
                members.first().is_some_and(|first| self.object(plan, object, first, out))
            }
            Bound::Records(records) if !self.plan(plan).derives => {
                records.first().is_some_and(|first| self.record_object(plan, object, first, out))
            }
            Bound::Records(_) | Bound::List(_) => self.members(object, &Bound::owned(Map::new()), out),
            Bound::Value(value) if value.is_object() => {
                self.members(object, subject, out);
                true
            }
            Bound::Value(_) if self.plan(plan).derives => {
                self.members(object, &Bound::owned(Map::new()), out)
            }
            Bound::Value(_) => false,
        }
    }

    /// A record's bytes: those that are kept, if nothing they were made from has changed, else new ones.
    fn record(
        &self,
        plan: usize,
        record: &Record,
        out: &mut Vec<u8>,
        write: impl FnOnce(&Writer<'_>, &mut Vec<u8>) -> bool,
    ) -> bool {
        let kept = self.kept(plan, record, |bytes, seen| {
            out.extend_from_slice(bytes);
            Trace::of(seen)
        });
        if let Some(trace) = kept {
            self.join(trace);
            return true;
        }
        if self.open.is_some_and(|open| open.forbids(plan, record)) {
            // What is left out here would be there elsewhere: such a rendering is not kept.
            self.scope.note_volatile();
            return false;
        }
        let start = out.len();
        let trace = Cell::new(Trace::default());
        let own = Bound::Record(record.clone());
        let scope = Scope { record: Some(&own), item: None, trace: Some(&trace), ..self.scope };
        let depth = self.open.map_or(1, |open| open.depth + 1);
        let open = Open { plan, record, depth, outer: self.open };
        let written = write(&Writer { plans: self.plans, scope, open: Some(&open) }, out);
        let trace = trace.get();
        self.join(trace);
        if written && !trace.is_volatile() {
            let generation = |index| (index, self.scope.state.table(index).generation());
            let seen = trace.collections().map(generation).collect();
            let bytes = Bytes::copy_from_slice(&out[start..]);
            record.keep(Rendering { plan, seen, bytes });
        }
        written
    }

    fn kept<T>(
        &self,
        plan: usize,
        record: &Record,
        take: impl FnOnce(&Bytes, &[(usize, u64)]) -> T,
    ) -> Option<T> {
        let current = |seen: &[(usize, u64)]| {
            seen.iter().all(|(index, generation)| self.scope.state.table(*index).generation() == *generation)
        };
        record.rendering(plan, current, take)
    }

    fn join(&self, trace: Trace) {
        if let Some(outer) = self.scope.trace {
            outer.set(outer.get().join(trace));
        }
    }

    /// Inside a record's values `$record` stays the record; a bare object stands for itself, also within another one and in
    /// a list.
    fn within<'b>(&self, subject: &'b Bound<'b>) -> Scope<'b>
    where
        'a: 'b,
    {
        match self.scope.record {
            Some(Bound::Record(_) | Bound::Key(..)) => self.scope,
            _ => self.scope.with_record(subject),
        }
    }

    /// `{` members `}`. Whether there is any.
    fn members(&self, object: &ObjectPlan, subject: &Bound<'_>, out: &mut Vec<u8>) -> bool {
        let writer = Writer { scope: self.within(subject), ..*self };
        out.push(b'{');
        let mut state = Members { start: out.len(), any: false };
        for member in &object.members {
            writer.member(member, subject, &mut state, out);
        }
        writer.others(object, subject, &mut state, out);
        out.push(b'}');
        state.any
    }

    fn member(&self, member: &Member, subject: &Bound<'_>, state: &mut Members, out: &mut Vec<u8>) {
        let schema = self.schema(member.plan);
        if schema.when.as_ref().is_some_and(|when| !self.scope.holds(when)) {
            return;
        }
        let before = out.len();
        if before > state.start {
            out.push(b',');
        }
        out.extend_from_slice(member.head.as_bytes());
        let written = match &schema.value {
            Some(value) => {
                let value = self.scope.eval(value, self.want(member.plan));
                value.is_some_and(|value| self.write(member.plan, &value, out))
            }
            None => self.stored(member, subject, out),
        };
        if written || self.absent(member, subject, out) {
            state.any = true;
        } else {
            out.truncate(before);
        }
    }

    /// What stands for a member without a value.
    fn absent(&self, member: &Member, subject: &Bound<'_>, out: &mut Vec<u8>) -> bool {
        // A field that the record could have and does not is not made up from its schema's derived members.
        let known = match subject {
            Bound::Record(record) => {
                self.scope.model.collections[record.collection()].field(&member.name).is_some()
            }
            _ => false,
        };
        if known && self.plan(member.plan).derives {
            let nullable = member.required && self.schema(member.plan).is_nullable();
            if nullable {
                out.extend_from_slice(b"null");
            }
            return nullable;
        }
        self.without_value(member.plan, member.required, out)
    }

    /// A stored field by name.
    fn stored(&self, member: &Member, subject: &Bound<'_>, out: &mut Vec<u8>) -> bool {
        match subject {
            Bound::Value(value) => value
                .get(&member.name)
                .is_some_and(|value| self.write(member.plan, &Bound::borrowed(value), out)),
            Bound::Record(record) => {
                let field = self.scope.model.collections[record.collection()].field(&member.name);
                if let Some(derived) = field.and_then(|field| field.derived.as_ref()) {
                    let value = self.scope.eval(derived, self.want(member.plan));
                    return value.is_some_and(|value| self.write(member.plan, &value, out));
                }
                let Some(value) = record.get(&member.name) else { return false };
                let value = match field.and_then(|field| field.reference) {
                    Some(refers) => Bound::Key(refers.to, Cow::Borrowed(value)),
                    None => Bound::borrowed(value),
                };
                self.write(member.plan, &value, out)
            }
            Bound::Key(..) | Bound::Records(_) | Bound::List(_) => false,
        }
    }

    /// Members that no property names.
    fn others(&self, object: &ObjectPlan, subject: &Bound<'_>, state: &mut Members, out: &mut Vec<u8>) {
        let fields: Cow<'_, Map<String, Value>> = match (object.others, subject) {
            (Others::LeftOut, _) => return,
            (_, Bound::Value(value)) => match value.as_ref() {
                Value::Object(members) => Cow::Borrowed(members),
                _ => return,
            },
            (_, Bound::Record(record)) => {
                // A representation that is open to more is not a wish for every field the record declares for itself:
                // only what its own schema leaves open travels on.
                let model = &self.scope.model.collections[record.collection()];
                let mut fields = public_fields(self.scope.state, record);
                fields.retain(|name, _| object.names.is_empty() || model.field(name).is_none());
                Cow::Owned(fields)
            }
            (_, Bound::Key(..) | Bound::Records(_) | Bound::List(_)) => return,
        };
        for (name, value) in fields.iter().filter(|(name, _)| !object.names.contains(name)) {
            let before = out.len();
            if before > state.start {
                out.push(b',');
            }
            json(out, &Value::from(name.as_str()), self.plans.escape);
            out.push(b':');
            let written = match object.others {
                Others::By(plan) => self.write(plan, &Bound::borrowed(value), out),
                Others::LeftOut | Others::Verbatim => {
                    json(out, value, self.plans.escape);
                    true
                }
            };
            if written {
                state.any = true;
            } else {
                out.truncate(before);
            }
        }
    }

    fn choice(
        &self,
        plan: usize,
        branches: &'a [Branch],
        discriminator: Option<&str>,
        subject: &Bound<'_>,
        out: &mut Vec<u8>,
    ) -> bool {
        if let Bound::Record(record) = subject {
            return self.record(plan, record, out, |writer, out| {
                writer.chosen(branches, discriminator, subject, out)
            });
        }
        self.chosen(branches, discriminator, subject, out)
    }

    fn chosen(
        &self,
        branches: &'a [Branch],
        discriminator: Option<&str>,
        subject: &Bound<'_>,
        out: &mut Vec<u8>,
    ) -> bool {
        let scope = self.within(subject);
        let when = |branch: &&Branch| self.schema(branch.plan).when.as_ref().map(|when| scope.holds(when));
        if let Some(branch) = branches.iter().find(|branch| when(branch) == Some(true)) {
            return self.write(branch.plan, subject, out);
        }
        if let Some(tag) = discriminator.and_then(|name| tag(subject, name))
            && let Some(branch) = branches.iter().find(|branch| branch.tags.contains(&tag))
        {
            return self.write(branch.plan, subject, out);
        }
        let fitting: Vec<_> =
            branches.iter().filter(|one| when(one).is_none() && self.fits(one.plan, subject)).collect();
        let start = out.len();
        let mut last = false;
        for (position, branch) in fitting.iter().enumerate() {
            out.truncate(start);
            last = self.write(branch.plan, subject, out);
            // The only one left need not prove itself.
            if last && (position + 1 == fitting.len() || self.is_valid(branch.plan, &out[start..])) {
                return true;
            }
        }
        last
    }

    /// Whether a branch has room for this kind of value at all.
    fn fits(&self, plan: usize, subject: &Bound<'_>) -> bool {
        let schema = self.schema(plan);
        let kind = match subject {
            Bound::Record(_) => Type::Object,
            Bound::Records(_) | Bound::List(_) => Type::Array,
            Bound::Key(_, value) if schema.allows(Type::Object) && !value.is_array() => Type::Object,
            Bound::Value(value) | Bound::Key(_, value) => match value.as_ref() {
                Value::Null => Type::Null,
                Value::Bool(_) => Type::Boolean,
                Value::Number(number) if number.is_f64() => Type::Number,
                Value::Number(_) => Type::Integer,
                Value::String(_) => Type::String,
                Value::Array(_) => Type::Array,
                Value::Object(_) => Type::Object,
            },
        };
        schema.allows(kind)
    }

    fn is_valid(&self, plan: usize, text: &[u8]) -> bool {
        let validators = &self.scope.model.contract.validators;
        serde_json::from_slice(text)
            .is_ok_and(|value| validators.is_valid(self.plans.all[plan].schema, Flavour::Response, &value))
    }
}
