//! What an operation is called with: values for its parameters and its body, before they are written to the wire.

use indexmap::IndexMap;
use serde_json::Value;

use crate::reading::Slot;

/// Values for parameters and body.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Inputs {
    /// Path parameters by name.
    pub path: IndexMap<String, Value>,
    /// Query parameters by name.
    pub query: IndexMap<String, Value>,
    /// Header parameters by the document's name.
    pub header: IndexMap<String, Value>,
    /// Cookie parameters by name.
    pub cookie: IndexMap<String, Value>,
    /// The body; `None` = none is sent.
    pub body: Option<Body>,
}

/// A body before it is written.
#[derive(Clone, Debug, PartialEq)]
pub enum Body {
    /// A value, and the media type that it is written in.
    Value(String, Value),
    /// Bytes as they are, and what they are said to be; no media type = no `Content-Type`.
    Raw(Option<String>, Vec<u8>),
}

impl Inputs {
    /// The value in a part of the request.
    #[must_use]
    pub fn get(&self, slot: &Slot) -> Option<&Value> {
        match slot {
            Slot::Path(name) => self.path.get(name),
            Slot::Query(name) => self.query.get(name),
            Slot::Header(name) => {
                self.header.iter().find(|(own, _)| own.eq_ignore_ascii_case(name)).map(|(_, value)| value)
            }
            Slot::Cookie(name) => self.cookie.get(name),
            Slot::Body(path) => self.body_value().and_then(|body| crate::reading::walk(body, path)),
        }
    }

    /// Puts a value into a part of the request. Objects on the way to a place in the body are made where there are none;
    /// nothing happens when there is no body to put it into.
    pub fn set(&mut self, slot: &Slot, value: Value) {
        match slot {
            Slot::Path(name) => drop(self.path.insert(name.clone(), value)),
            Slot::Query(name) => drop(self.query.insert(name.clone(), value)),
            Slot::Header(name) => {
                let own = self.header.keys().find(|own| own.eq_ignore_ascii_case(name)).cloned();
                self.header.insert(own.unwrap_or_else(|| name.clone()), value);
            }
            Slot::Cookie(name) => drop(self.cookie.insert(name.clone(), value)),
            Slot::Body(path) => {
                if let Some(Body::Value(_, body)) = &mut self.body {
                    put(body, path, value);
                }
            }
        }
    }

    /// Takes a part out of the request.
    pub fn remove(&mut self, slot: &Slot) {
        match slot {
            Slot::Path(name) => drop(self.path.shift_remove(name)),
            Slot::Query(name) => drop(self.query.shift_remove(name)),
            Slot::Header(name) => self.header.retain(|own, _| !own.eq_ignore_ascii_case(name)),
            Slot::Cookie(name) => drop(self.cookie.shift_remove(name)),
            Slot::Body(path) => match (&mut self.body, path.split_last()) {
                (body, None) => *body = None,
                (Some(Body::Value(_, body)), Some((last, before))) => {
                    let inner = before.iter().try_fold(body, |inner, name| inner.get_mut(name.as_str()));
                    if let Some(members) = inner.and_then(Value::as_object_mut) {
                        members.shift_remove(last);
                    }
                }
                _ => {}
            },
        }
    }

    /// The body, where it is a value.
    #[must_use]
    pub fn body_value(&self) -> Option<&Value> {
        match &self.body {
            Some(Body::Value(_, value)) => Some(value),
            _ => None,
        }
    }
}

fn put(into: &mut Value, path: &[String], value: Value) {
    let Some((first, rest)) = path.split_first() else {
        *into = value;
        return;
    };
    if let (Value::Array(items), Ok(index)) = (&mut *into, first.parse::<usize>()) {
        if let Some(item) = items.get_mut(index) {
            put(item, rest, value);
        }
        return;
    }
    if !into.is_object() {
        *into = Value::Object(serde_json::Map::new());
    }
    if let Value::Object(members) = into {
        put(members.entry(first.clone()).or_insert(Value::Null), rest, value);
    }
}
