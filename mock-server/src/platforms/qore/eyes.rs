//! Looking at records as a caller: what paths lead to, whether conditions hold, who may.

use std::cmp::Ordering;

use serde_json::{Map, Value};

use super::application::{
    App, Condition, Given, Kind, OWN_FIELDS, Part, Permission, Resource, Template, Test,
};
use crate::entropy::Timestamp;
use crate::state::{Record, State};

/// The fields of a record, stored or not yet.
pub(super) type Fields = Map<String, Value>;

/// Who looks, at what state, and what was sent with the request.
#[derive(Clone, Copy)]
pub(super) struct Eyes<'a> {
    pub(super) app: &'a App,
    pub(super) state: &'a State,
    /// The caller's account.
    pub(super) me: Option<&'a Record>,
    pub(super) now: Timestamp,
    /// What the form holds (`$state`).
    pub(super) form_state: Option<&'a Fields>,
    /// What an action was given (`$form`).
    pub(super) form: Option<&'a Fields>,
}

impl<'a> Eyes<'a> {
    /// What a value of the file is. `None` where what it names is not there.
    pub(super) fn given(&self, given: &Given, resource: &Resource, record: &Fields) -> Option<Value> {
        match given {
            Given::Literal(value) => Some(value.clone()),
            Given::Me(path) if path.is_empty() => self.me.and_then(|me| me.get("id")).cloned(),
            Given::Me(path) => {
                let accounts = self.app.resources.get(&self.app.accounts.resource)?;
                self.path(accounts, self.me?.fields(), path)
            }
            Given::Record(path) => self.path(resource, record, path),
            Given::State(path) => member(self.form_state?, path),
            Given::Form(path) => member(self.form?, path),
            Given::Today => Some(self.today().into()),
            Given::Now => Some(self.now.rfc3339(6).into()),
        }
    }

    /// The day of the request, `2023-01-31`.
    pub(super) fn today(&self) -> String {
        self.now.rfc3339(0).chars().take(10).collect()
    }

    /// What a path of fields leads to, through relations; null where a relation is empty. Through several records, all that
    /// they have. `None` where there is no such field. Whoever may see it: conditions decide about what nobody is shown.
    pub(super) fn path(&self, resource: &Resource, record: &Fields, path: &[String]) -> Option<Value> {
        self.walk(resource, record, path, false)
    }

    /// As [`path`](Self::path), for what is shown: records that the caller may not view are not among several, and have
    /// nothing to tell.
    pub(super) fn seen(&self, resource: &Resource, record: &Fields, path: &[String]) -> Option<Value> {
        self.walk(resource, record, path, true)
    }

    fn walk(&self, resource: &Resource, record: &Fields, path: &[String], seen: bool) -> Option<Value> {
        let (first, rest) = path.split_first()?;
        if OWN_FIELDS.contains(&first.as_str()) && rest.is_empty() {
            return Some(record.get(first).cloned().unwrap_or_default());
        }
        let field = resource.fields.get(first)?;
        let mut value = match &field.kind {
            // On no road does anybody read a password, or its hash.
            Kind::Password => Value::Null,
            Kind::HasMany { resource: other, by } => {
                let key = record.get("id").unwrap_or(&Value::Null);
                self.referring(other, by, key).map(|one| one.get("id").cloned().unwrap_or_default()).collect()
            }
            _ => record.get(first).cloned().unwrap_or_default(),
        };
        let other = field.related().and_then(|name| self.app.resources.get(name));
        if let (true, Some(other), Value::Array(keys)) = (seen, other, &mut value)
            && !self.may_always(&other.view)
        {
            keys.retain(|key| self.visible(other, key).is_some());
        }
        if rest.is_empty() {
            return Some(value);
        }
        let other = other?;
        let follow = |key: &Value| {
            let found = if seen { self.visible(other, key) } else { self.state.get(&other.name, key) }?;
            self.walk(other, found.fields(), rest, seen)
        };
        match &value {
            Value::Array(keys) => Some(keys.iter().filter_map(follow).collect()),
            Value::Null => Some(Value::Null),
            key => Some(follow(key).unwrap_or_default()),
        }
    }

    /// The record with that key, where the caller may view it.
    pub(super) fn visible(&self, resource: &Resource, key: &Value) -> Option<Record> {
        let found = self.state.get(&resource.name, key)?;
        self.may(&resource.view, resource, found.fields()).then_some(found)
    }

    /// The records of a resource whose field `by` holds that key, or has it among its keys.
    pub(super) fn referring(
        &self,
        resource: &str,
        by: &str,
        key: &Value,
    ) -> impl Iterator<Item = &'a Record> + use<'a> {
        let state = self.state;
        // Nothing refers to nothing.
        let collection = state.model.collection_named(resource).filter(|_| !key.is_null());
        collection.map(|index| state.matching(index, &[(by, key)])).into_iter().flatten()
    }

    /// Whether a condition holds. A test whose expression is absent drops out.
    pub(super) fn holds(&self, condition: &Condition, resource: &Resource, record: &Fields) -> bool {
        self.decided(condition, resource, record).unwrap_or(true)
    }

    /// `None` where everything in it has dropped out.
    fn decided(&self, condition: &Condition, resource: &Resource, record: &Fields) -> Option<bool> {
        match condition {
            Condition::All(all) => {
                Some(all.iter().filter_map(|one| self.decided(one, resource, record)).all(|held| held))
            }
            Condition::Any(any) => {
                let decided: Vec<bool> =
                    any.iter().filter_map(|one| self.decided(one, resource, record)).collect();
                (!decided.is_empty()).then(|| decided.contains(&true))
            }
            Condition::Not(one) => self.decided(one, resource, record).map(|held| !held),
            Condition::Field(path, test) => {
                let value = self.path(resource, record, path).unwrap_or_default();
                self.passes(test, &value, resource, record)
            }
        }
    }

    fn passes(&self, test: &Test, value: &Value, resource: &Resource, record: &Fields) -> Option<bool> {
        // An empty choice in a form is no choice.
        let given = |given: &Given| {
            self.given(given, resource, record)
                .filter(|value| !(value.is_null() && matches!(given, Given::State(_) | Given::Form(_))))
        };
        let compared = |bound: &Given, wanted: fn(Ordering) -> bool| {
            let bound = given(bound)?;
            Some(compare(value, &bound).is_some_and(wanted))
        };
        match test {
            Test::Equal(wanted) => given(wanted).map(|wanted| among(value, &wanted)),
            Test::Enum(wanted) => {
                let mut wanted = wanted.iter().filter_map(given).peekable();
                wanted.peek()?;
                Some(wanted.any(|one| match one {
                    Value::Array(all) => all.iter().any(|one| among(value, one)),
                    one => among(value, &one),
                }))
            }
            Test::Not(test) => self.passes(test, value, resource, record).map(|held| !held),
            Test::Minimum(bound) => compared(bound, Ordering::is_ge),
            Test::Maximum(bound) => compared(bound, Ordering::is_le),
            Test::ExclusiveMinimum(bound) => compared(bound, Ordering::is_gt),
            Test::ExclusiveMaximum(bound) => compared(bound, Ordering::is_lt),
            Test::Search(part) => {
                given(part).map(|part| shown(value).to_lowercase().contains(&shown(&part).to_lowercase()))
            }
            Test::StartsWith(part) => given(part).map(|part| shown(value).starts_with(&shown(&part))),
            Test::Present(wanted) => Some(*wanted != is_empty(value)),
            Test::All(all) => {
                Some(all.iter().filter_map(|one| self.passes(one, value, resource, record)).all(|held| held))
            }
        }
    }

    /// Whether the caller may, with this record.
    pub(super) fn may(&self, permission: &Permission, resource: &Resource, record: &Fields) -> bool {
        match permission {
            Permission::Everybody => true,
            Permission::Grants(grants) => grants.iter().any(|grant| {
                grant.roles.as_ref().is_none_or(|roles| self.has_role(roles))
                    && self.holds(&grant.filter, resource, record)
            }),
        }
    }

    /// Whether there can be a record with which the caller may.
    pub(super) fn may_at_all(&self, permission: &Permission) -> bool {
        match permission {
            Permission::Everybody => true,
            Permission::Grants(grants) => {
                grants.iter().any(|grant| grant.roles.as_ref().is_none_or(|roles| self.has_role(roles)))
            }
        }
    }

    /// Whether the caller may with every record, whatever is in it.
    pub(super) fn may_always(&self, permission: &Permission) -> bool {
        match permission {
            Permission::Everybody => true,
            Permission::Grants(grants) => grants.iter().any(|grant| {
                grant.filter.is_always() && grant.roles.as_ref().is_none_or(|roles| self.has_role(roles))
            }),
        }
    }

    fn has_role(&self, roles: &[String]) -> bool {
        let held = self.app.accounts.roles.as_ref().and_then(|field| self.me?.get(field));
        held.is_some_and(|held| roles.iter().any(|role| among(held, &Value::from(role.as_str()))))
    }

    /// A template's text for a record, without what the caller may not view; years and numbers of sequences are left out.
    pub(super) fn text(&self, template: &Template, resource: &Resource, record: &Fields) -> String {
        let part = |part: &Part| match part {
            Part::Text(text) => text.clone(),
            Part::Path(path) => shown(&self.seen(resource, record, path).unwrap_or_default()),
            Part::Year(_) | Part::Number(_) => String::new(),
        };
        template.0.iter().map(part).collect()
    }

    /// What a record is called.
    pub(super) fn title(&self, resource: &Resource, record: &Fields) -> String {
        self.text(&resource.title, resource, record)
    }
}

fn member(fields: &Fields, path: &[String]) -> Option<Value> {
    let (first, rest) = path.split_first()?;
    let mut value = fields.get(first)?;
    for part in rest {
        value = value.get(part)?;
    }
    Some(value.clone())
}

/// Whether it is this, or has it among its members. `1` and `"1"` are the same: forms know texts only.
pub(super) fn among(value: &Value, wanted: &Value) -> bool {
    match value {
        Value::Array(members) if !wanted.is_array() => members.iter().any(|member| same(member, wanted)),
        value => same(value, wanted),
    }
}

/// Whether both are the same, a number and its text included.
pub(super) fn same(left: &Value, right: &Value) -> bool {
    match (left, right) {
        (Value::Number(_), Value::String(_)) | (Value::String(_), Value::Number(_)) => {
            shown(left) == shown(right)
        }
        (Value::Number(left), Value::Number(right)) => left == right || left.as_f64() == right.as_f64(),
        _ => left == right,
    }
}

/// Which of two values comes first: numbers by size, texts (dates among them) by their letters. `None` for what cannot be
/// compared.
pub(super) fn compare(left: &Value, right: &Value) -> Option<Ordering> {
    match (left, right) {
        (Value::Number(left), Value::Number(right)) => left.as_f64()?.partial_cmp(&right.as_f64()?),
        (Value::String(left), Value::String(right)) => Some(left.cmp(right)),
        (Value::Bool(left), Value::Bool(right)) => Some(left.cmp(right)),
        _ => None,
    }
}

/// A value as people read it.
pub(super) fn shown(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(members) => members.iter().map(shown).collect::<Vec<_>>().join(", "),
        other => other.to_string(),
    }
}

/// Whether nothing is there.
pub(super) fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Array(members) => members.is_empty(),
        _ => false,
    }
}
