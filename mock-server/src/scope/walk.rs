//! Paths: from a value into its members, through lists, references and derived fields.

use serde_json::Value;

use super::bound::Bound;
use super::value::Want;
use super::view::Scope;
use crate::state::Record;

/// What a path leads to. Borrowed: a filter looks at a million of them.
#[derive(Clone, Copy)]
pub(crate) enum Leaf<'l> {
    /// A plain value, and whether it is compared without regard to case.
    Value(&'l Value, bool),
    Record(&'l Record),
    /// The value of a reference.
    Key(usize, &'l Value),
}

/// Derived fields that are derived from each other, without end perhaps.
const DEEPEST: u8 = 32;

impl<'a> Scope<'a> {
    /// Calls `visit` for everything that `path` leads to from `start`, until it gives true. Whether it did.
    pub(crate) fn walk(
        &self,
        start: Leaf<'_>,
        path: &[String],
        visit: &mut dyn FnMut(Leaf<'_>) -> bool,
    ) -> bool {
        let Some((name, rest)) = path.split_first() else { return visit(start) };
        match start {
            Leaf::Record(record) => self.walk_record(record, name, rest, visit),
            Leaf::Key(collection, Value::Array(keys)) => {
                keys.iter().any(|key| self.walk(Leaf::Key(collection, key), path, visit))
            }
            Leaf::Key(collection, key) => {
                self.note_collection(collection);
                let found = self.state.find(collection, key).cloned();
                found.is_some_and(|record| self.walk_record(&record, name, rest, visit))
            }
            Leaf::Value(Value::Object(members), fold) => {
                members.get(name).is_some_and(|member| self.walk(Leaf::Value(member, fold), rest, visit))
            }
            Leaf::Value(Value::Array(members), fold) => match name.parse::<usize>() {
                Ok(index) => {
                    members.get(index).is_some_and(|member| self.walk(Leaf::Value(member, fold), rest, visit))
                }
                Err(_) => members.iter().any(|member| self.walk(Leaf::Value(member, fold), path, visit)),
            },
            Leaf::Value(..) => false,
        }
    }

    pub(crate) fn walk_bound(
        &self,
        start: &Bound<'_>,
        path: &[String],
        visit: &mut dyn FnMut(Leaf<'_>) -> bool,
    ) -> bool {
        match start {
            Bound::Value(value) => self.walk(Leaf::Value(value, false), path, visit),
            Bound::Record(record) => self.walk(Leaf::Record(record), path, visit),
            Bound::Key(collection, key) => self.walk(Leaf::Key(*collection, key), path, visit),
            Bound::Records(records) => {
                match path.split_first().map(|(name, rest)| (name.parse::<usize>(), rest)) {
                    Some((Ok(index), rest)) => {
                        records.get(index).is_some_and(|record| self.walk(Leaf::Record(record), rest, visit))
                    }
                    _ => records.iter().any(|record| self.walk(Leaf::Record(record), path, visit)),
                }
            }
            Bound::List(members) => {
                match path.split_first().map(|(name, rest)| (name.parse::<usize>(), rest)) {
                    Some((Ok(index), rest)) => {
                        members.get(index).is_some_and(|member| self.walk_bound(member, rest, visit))
                    }
                    _ => members.iter().any(|member| self.walk_bound(member, path, visit)),
                }
            }
        }
    }

    fn walk_record(
        &self,
        record: &Record,
        name: &str,
        rest: &[String],
        visit: &mut dyn FnMut(Leaf<'_>) -> bool,
    ) -> bool {
        let field = self.model.collections[record.collection()].field(name);
        if let Some(derived) = field.and_then(|field| field.derived.as_ref()) {
            if self.depth >= DEEPEST {
                return false;
            }
            let own = Bound::Record(record.clone());
            let scope = Scope { record: Some(&own), item: None, depth: self.depth + 1, ..*self };
            let want = if field.is_some_and(|field| field.many) { Want::Many } else { Want::One };
            let Some(value) = scope.eval(derived, want) else { return false };
            return self.walk_bound(&value, rest, visit);
        }
        let Some(value) = record.get(name) else { return false };
        match field {
            Some(field) => match field.reference {
                Some(refers) => self.walk(Leaf::Key(refers.to, value), rest, visit),
                None => self.walk(Leaf::Value(value, field.fold), rest, visit),
            },
            None => self.walk(Leaf::Value(value, false), rest, visit),
        }
    }

    /// What `path` leads to from `start`: one value, or, where it leads through a list, all of them.
    pub(crate) fn follow(&self, start: &Bound<'a>, path: &[String]) -> Option<Bound<'a>> {
        if path.is_empty() {
            return Some(start.clone());
        }
        // The ordinary case, a member of a borrowed object, stays borrowed.
        if let Bound::Value(std::borrow::Cow::Borrowed(value)) = start
            && let Some(found) = descend(value, path)
        {
            return found.map(Bound::borrowed);
        }
        let mut found = Vec::new();
        self.walk_bound(start, path, &mut |leaf| {
            found.push(match leaf {
                Leaf::Value(value, _) => Bound::owned(value.clone()),
                Leaf::Record(record) => Bound::Record(record.clone()),
                Leaf::Key(collection, key) => Bound::Key(collection, std::borrow::Cow::Owned(key.clone())),
            });
            false
        });
        if self.spreads(start, path) {
            return Some(collect(found));
        }
        found.pop()
    }

    /// Whether `path` leads through a list, so that it gives a list, if only of one.
    fn spreads(&self, start: &Bound<'_>, path: &[String]) -> bool {
        let Some((name, rest)) = path.split_first() else { return false };
        let index = name.parse::<usize>();
        match start {
            Bound::Records(records) => match index {
                Ok(index) => records
                    .get(index)
                    .is_some_and(|record| self.spreads(&Bound::Record(record.clone()), rest)),
                Err(_) => true,
            },
            Bound::List(members) => match index {
                Ok(index) => members.get(index).is_some_and(|member| self.spreads(member, rest)),
                Err(_) => true,
            },
            Bound::Value(value) => value_spreads(value, path),
            Bound::Key(_, key) if key.is_array() => true,
            Bound::Key(collection, key) => self
                .state
                .find(*collection, key)
                .is_some_and(|record| self.spreads(&Bound::Record(record.clone()), path)),
            Bound::Record(record) => {
                let through = rest.first().is_none_or(|next| next.parse::<usize>().is_err());
                if rest.is_empty() || (self.is_list(record, name) && through) {
                    return self.is_list(record, name);
                }
                let next = self.follow(&Bound::Record(record.clone()), std::slice::from_ref(name));
                next.is_some_and(|next| self.spreads(&next, rest))
            }
        }
    }

    /// Whether a derived field of a record is a list of records (a stored list is one value).
    fn is_list(&self, record: &Record, name: &str) -> bool {
        let field = self.model.collections[record.collection()].field(name);
        field.is_some_and(|field| field.many && field.derived.is_some())
    }
}

fn value_spreads(value: &Value, path: &[String]) -> bool {
    let Some((name, rest)) = path.split_first() else { return false };
    match value {
        Value::Object(members) => members.get(name).is_some_and(|member| value_spreads(member, rest)),
        Value::Array(members) => match name.parse::<usize>() {
            Ok(index) => members.get(index).is_some_and(|member| value_spreads(member, rest)),
            Err(_) => true,
        },
        _ => false,
    }
}

/// The member at the end of a path that leads through no list; `None` when it does.
fn descend<'v>(value: &'v Value, path: &[String]) -> Option<Option<&'v Value>> {
    let mut value = value;
    for name in path {
        value = match value {
            Value::Object(members) => match members.get(name) {
                Some(member) => member,
                None => return Some(None),
            },
            Value::Array(members) => match members.get(name.parse::<usize>().ok()?) {
                Some(member) => member,
                None => return Some(None),
            },
            _ => return Some(None),
        };
    }
    Some(Some(value))
}

/// Plain values become a plain list.
fn collect(found: Vec<Bound<'_>>) -> Bound<'_> {
    if found.iter().all(|one| matches!(one, Bound::Value(_))) {
        let plain = found.into_iter().map(Bound::into_json);
        // A list found through a list: all members, not a list of lists.
        let flat: Vec<Value> = plain
            .flat_map(|value| match value {
                Value::Array(members) => members,
                one => vec![one],
            })
            .collect();
        return Bound::owned(flat);
    }
    Bound::List(found)
}
