//! The records of the start: values as they are stored, each held to its field.

use serde_json::{Map, Value};
use tercet_spec::Pointer;

use super::super::app::Resource;
use super::super::condition::Given;
use super::super::{App, Field, Kind};
use super::Reading;
use super::values::{LARGEST, Wrong, nothing, stored};
use crate::entropy::Entropy;
use crate::platforms::qore::eyes::{is_empty, same};

impl Reading<'_> {
    pub(super) fn records(
        &mut self,
        app: &App,
        resource: &Resource,
        raw: Vec<Map<String, Value>>,
        at: &Pointer,
    ) -> Vec<Map<String, Value>> {
        let position = app.resources.get_index_of(&resource.name).unwrap_or_default();
        let mut ids = Ids { uuid: resource.uuid, next: 1, chance: Entropy::resume(position as u64, 1) };
        let given =
            raw.iter().filter_map(|record| record.get("id")?.as_u64().filter(|id| *id <= LARGEST)).max();
        ids.next = given.unwrap_or(0) + 1;
        let mut records: Vec<Map<String, Value>> = Vec::new();
        for (index, raw) in raw.into_iter().enumerate() {
            let at = at.index(index);
            let record = self.record(app, resource, raw, &mut ids, &at);
            let twice = |other: &&Map<String, Value>| {
                other.get("id").zip(record.get("id")).is_some_and(|(other, own)| same(other, own))
            };
            if records.iter().any(|other| twice(&other)) {
                self.wrong(&at.child("id"), "this id stands twice", "every record has its own");
            }
            records.push(record);
        }
        records
    }

    fn record(
        &mut self,
        app: &App,
        resource: &Resource,
        mut raw: Map<String, Value>,
        ids: &mut Ids,
        at: &Pointer,
    ) -> Map<String, Value> {
        let mut record = Map::new();
        let id = match raw.shift_remove("id") {
            None => ids.make(),
            Some(id) => ids.read(&id).unwrap_or_else(|said| {
                self.wrong(&at.child("id"), said, "`key` of the resource says what ids are");
                Value::Null
            }),
        };
        record.insert("id".to_owned(), id);
        let mut wrong = Vec::new();
        for (name, value) in raw {
            let at = at.child(&name);
            let Some(field) = resource.fields.get(&name) else {
                self.unknown(&at, "field", &name, resource.fields.keys().map(String::as_str));
                continue;
            };
            match plain(&value).and_then(|value| stored(app, field, &value)) {
                Ok(value) => {
                    if field.has_rule("required") && is_empty(&value) && may_be_missing(field) != Some(true) {
                        self.wrong(&at, format!("the required field `{name}` is empty"), "give it a value");
                    }
                    record.insert(name, value);
                }
                Err((said, help)) => {
                    wrong.push(name);
                    self.wrong(&at, said, help);
                }
            }
        }
        for field in resource.fields.values() {
            if record.contains_key(&field.name)
                || wrong.contains(&field.name)
                || matches!(field.kind, Kind::HasMany { .. })
            {
                continue;
            }
            let value = match &field.default {
                Some(Given::Literal(value)) => stored(app, field, value).unwrap_or_default(),
                _ => nothing(&field.kind),
            };
            // What is only known once the server runs is filled in then.
            if field.has_rule("required") && is_empty(&value) && may_be_missing(field).is_none() {
                let help = "give it a value";
                self.wrong(at, format!("the required field `{}` is missing", field.name), help);
            }
            record.insert(field.name.clone(), value);
        }
        let names = std::iter::once("id").chain(resource.fields.keys().map(String::as_str));
        names.filter_map(|name| Some((name.to_owned(), record.shift_remove(name)?))).collect()
    }
}

/// Whether a required field may have nothing in the records of the start: one that is filled in when the server begins (`false`),
/// or a file, which somebody has to upload (`true`).
fn may_be_missing(field: &Field) -> Option<bool> {
    match field.kind {
        Kind::File => Some(true),
        _ => field.default.as_ref().map(|_| false),
    }
}

/// A value without expressions, of which records know none.
fn plain(value: &Value) -> Result<Value, Wrong> {
    match value {
        Value::String(text) => match text.strip_prefix('$') {
            None => Ok(value.clone()),
            Some(rest) if rest.starts_with('$') => Ok(rest.into()),
            Some(_) => Err((
                format!("records hold values, and `{text}` is none"),
                "a text that begins with `$` is written with `$$`".to_owned(),
            )),
        },
        Value::Array(members) => members.iter().map(plain).collect::<Result<Vec<_>, _>>().map(Value::from),
        other => Ok(other.clone()),
    }
}

/// The ids of a resource's records.
struct Ids {
    uuid: bool,
    next: u64,
    chance: Entropy,
}

impl Ids {
    fn make(&mut self) -> Value {
        if self.uuid {
            return self.chance.uuid().into();
        }
        self.next += 1;
        (self.next - 1).into()
    }

    fn read(&self, id: &Value) -> Result<Value, String> {
        if self.uuid {
            let uuid = id.as_str().and_then(|text| uuid::Uuid::try_parse(text).ok());
            return uuid
                .map(|uuid| uuid.hyphenated().to_string().into())
                .ok_or_else(|| format!("{id} is no UUID"));
        }
        id.as_u64()
            .filter(|id| (1..=LARGEST).contains(id))
            .map(Value::from)
            .ok_or_else(|| format!("{id} is no whole number from 1 on"))
    }
}
