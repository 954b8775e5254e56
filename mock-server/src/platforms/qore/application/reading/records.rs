//! The records of the start: values as they are stored, each held to its field.

use serde_json::{Map, Value, json};
use tercet_spec::Pointer;

use super::super::app::Resource;
use super::super::condition::Given;
use super::super::{App, Field, Kind};
use super::Reading;
use crate::entropy::{Entropy, Timestamp};
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
        let given = raw.iter().filter_map(|record| record.get("id")?.as_u64()).max();
        ids.next = given.unwrap_or(0) + 1;
        let mut records: Vec<Map<String, Value>> = Vec::new();
        for (index, raw) in raw.into_iter().enumerate() {
            let at = at.index(index);
            let record = self.record(resource, raw, &mut ids, &at);
            let twice = |other: &&Map<String, Value>| {
                other.get("id").zip(record.get("id")).is_some_and(|(other, own)| same(other, own))
            };
            if records.iter().any(|other| twice(&other)) {
                self.wrong(&at.child("id"), "this id stands twice", "every record has its own");
            }
            for field in resource.fields.values().filter(|field| field.is_unique()) {
                let value = record.get(&field.name).filter(|value| !is_empty(value));
                if value
                    .is_some_and(|value| records.iter().any(|other| other.get(&field.name) == Some(value)))
                {
                    let message = format!("`{}` is unique, and another record has this value", field.name);
                    self.wrong(&at.child(&field.name), message, "change one of both");
                }
            }
            records.push(record);
        }
        records
    }

    fn record(
        &mut self,
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
        for (name, value) in raw {
            let at = at.child(&name);
            let Some(field) = resource.fields.get(&name) else {
                self.unknown(&at, "field", &name, resource.fields.keys().map(String::as_str));
                continue;
            };
            match stored(field, &value) {
                Ok(value) => {
                    record.insert(name, value);
                }
                Err((said, help)) => self.wrong(&at, said, help),
            }
        }
        for field in
            resource.fields.values().filter(|field| !record.contains_key(&field.name)).collect::<Vec<_>>()
        {
            let value = match (&field.default, &field.kind) {
                (_, Kind::HasMany { .. }) => continue,
                (Some(Given::Literal(value)), _) => stored(field, value).unwrap_or_default(),
                (_, Kind::Checkbox) => Value::Bool(false),
                (_, Kind::BelongsToMany { .. } | Kind::Select { multiple: true, .. }) => json!([]),
                _ => Value::Null,
            };
            // What is only known once the server runs is filled in then.
            if field.has_rule("required") && is_empty(&value) && field.default.is_none() {
                let help = "give it a value";
                self.wrong(at, format!("the required field `{}` is missing", field.name), help);
            }
            record.insert(field.name.clone(), value);
        }
        let names = std::iter::once("id").chain(resource.fields.keys().map(String::as_str));
        names.filter_map(|name| Some((name.to_owned(), record.shift_remove(name)?))).collect()
    }

    /// That relations of the records lead to records.
    pub(super) fn referred(&mut self, app: &App) {
        for resource in app.resources.values() {
            let at = Pointer::root().child("resources").child(&resource.name).child("records");
            for (index, record) in resource.records.iter().enumerate() {
                for field in resource.fields.values() {
                    self.refers(app, field, record, &at.index(index).child(&field.name));
                }
            }
        }
    }

    fn refers(&mut self, app: &App, field: &Field, record: &Map<String, Value>, at: &Pointer) {
        let (Kind::BelongsTo { resource, .. } | Kind::BelongsToMany { resource, .. }) = &field.kind else {
            return;
        };
        let Some(other) = app.resources.get(resource) else { return };
        let keys = match record.get(&field.name) {
            Some(Value::Array(keys)) => {
                keys.iter().enumerate().map(|(index, key)| (key, at.index(index))).collect()
            }
            Some(key) => vec![(key, at.clone())],
            None => Vec::new(),
        };
        for (key, at) in keys.into_iter().filter(|(key, _)| !key.is_null()) {
            if !other.records.iter().any(|record| record.get("id") == Some(key)) {
                let known: Vec<String> =
                    other.records.iter().filter_map(|one| Some(one.get("id")?.to_string())).collect();
                let help = format!("there is: {}", known.join(", "));
                self.wrong(&at, format!("`{resource}` has no record {key}"), help);
            }
        }
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
            .filter(|id| *id > 0)
            .map(Value::from)
            .ok_or_else(|| format!("{id} is no whole number from 1 on"))
    }
}

/// A value of the file as it is stored.
fn stored(field: &Field, value: &Value) -> Result<Value, (String, String)> {
    let wrong = |what: &str| {
        Err((format!("`{}` is {what}, not {value}", field.name), "correct the value".to_owned()))
    };
    if value.is_null() {
        return Ok(Value::Null);
    }
    match &field.kind {
        Kind::Text | Kind::Textarea | Kind::Email | Kind::Url | Kind::Password | Kind::Sequence(_) => {
            match value {
                Value::String(_) => Ok(value.clone()),
                _ => Err((
                    format!("`{}` is a text, not {value}", field.name),
                    "put quotes around it".to_owned(),
                )),
            }
        }
        Kind::Number(precision) => match value.as_f64() {
            Some(number) if precision.is_none_or(|digits| fits(number, digits)) => Ok(value.clone()),
            Some(_) => wrong("a number with fewer digits behind the point"),
            None => wrong("a number"),
        },
        Kind::Checkbox => {
            if value.is_boolean() {
                Ok(value.clone())
            } else {
                wrong("true or false")
            }
        }
        Kind::Date => {
            match value.as_str().filter(|text| text.len() == 10).map(|text| format!("{text}T00:00:00Z")) {
                Some(full) if Timestamp::parse(&full).is_some() => Ok(value.clone()),
                _ => wrong("a day such as `2023-01-31`"),
            }
        }
        Kind::Datetime => match value.as_str().and_then(time) {
            Some(time) => Ok(time.rfc3339(6).into()),
            None => wrong("a time such as `2023-01-31T10:00:00Z`"),
        },
        Kind::Select { options, multiple } => {
            let option =
                |value: &Value| options.iter().find(|(one, _)| same(one, value)).map(|(one, _)| one.clone());
            let chosen = match (value, multiple) {
                (Value::Array(values), true) => {
                    values.iter().map(option).collect::<Option<Vec<_>>>().map(Value::from)
                }
                (_, true) => None,
                (one, false) => option(one),
            };
            match chosen {
                Some(chosen) => Ok(chosen),
                None if *multiple => wrong("a list of options"),
                None => wrong("one of the options"),
            }
        }
        Kind::BelongsTo { .. } => Ok(value.clone()),
        Kind::BelongsToMany { .. } => {
            if value.is_array() {
                Ok(value.clone())
            } else {
                wrong("a list of ids")
            }
        }
        Kind::HasMany { .. } => {
            Err((format!("`{}` follows from other records", field.name), "leave it out".to_owned()))
        }
        Kind::File => {
            Err((format!("`{}` is a file, which is uploaded", field.name), "leave it out".to_owned()))
        }
    }
}

/// A day, as its beginning, or a time in RFC 3339.
pub(super) fn time(text: &str) -> Option<Timestamp> {
    if text.len() == 10 { Timestamp::parse(&format!("{text}T00:00:00Z")) } else { Timestamp::parse(text) }
}

/// Whether a number has no more digits behind the point.
fn fits(number: f64, digits: u8) -> bool {
    let scaled = number * 10f64.powi(i32::from(digits));
    (scaled - scaled.round()).abs() < 1e-6
}
