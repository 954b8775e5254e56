//! Records as they come and go, alone and in pages.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::reading::{self, Members, Open, json, list, typed};
use super::types::{Column, Field, Key, Named};

/// A record: its key, and its fields as a struct of your own or as a map.
///
/// A struct of your own can also stand for the whole record, with or without an `id` in it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Record<T = Map<String, Value>> {
    /// Its key.
    pub id: Key,
    /// Its fields.
    #[serde(flatten)]
    pub fields: T,
}

/// A record with what the application shows beside it. What the server leaves out, or puts otherwise, is `None` here.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Detail<T> {
    /// The record.
    pub record: T,
    /// Its key, as it stands beside the record.
    pub id: Option<Key>,
    /// What people call it.
    pub title: Option<String>,
    /// Its fields, with label and value.
    pub fields: Option<Vec<Field>>,
    /// What can be done with it.
    pub actions: Option<Vec<Named>>,
    /// Everything else that came, as it came.
    pub extra: Map<String, Value>,
}

impl<T: DeserializeOwned> Detail<T> {
    pub(super) fn read(body: &[u8]) -> Result<Self, String> {
        let mut all = match json(body)? {
            Value::Object(members) if members.get("data").is_some_and(Value::is_object) => members,
            // Bare, with nothing beside it.
            bare => Members::from_iter([("data".to_owned(), bare)]),
        };
        Ok(Self {
            record: typed(all.remove("data").unwrap_or_default())?,
            id: take(&mut all, "id"),
            title: take(&mut all, "title"),
            fields: things(&mut all, "fields"),
            actions: things(&mut all, "actions"),
            extra: all,
        })
    }
}

/// A page of a table, with what the application shows beside the records. What the server leaves out, or puts otherwise, is
/// `None` here.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct TablePage<T> {
    /// The records.
    pub records: Vec<T>,
    /// How many records there are on all pages.
    pub total: Option<u64>,
    /// Which page it is, from 1.
    pub current_page: Option<u64>,
    /// How many records a page has.
    pub per_page: Option<u64>,
    /// The last page.
    pub last_page: Option<u64>,
    /// The table's name.
    pub name: Option<String>,
    /// What people call the table.
    pub label: Option<String>,
    /// Its columns.
    pub columns: Option<Vec<Column>>,
    /// Its tabs.
    pub tabs: Option<Vec<Named>>,
    /// What can be done with its records.
    pub actions: Option<Vec<Named>>,
    /// Everything else that came, as it came.
    pub extra: Map<String, Value>,
}

/// A page before its records are read.
pub(super) struct Page {
    pub(super) records: Vec<Value>,
    pub(super) total: Option<u64>,
    pub(super) current_page: Option<u64>,
    pub(super) per_page: Option<u64>,
    pub(super) last_page: Option<u64>,
    rest: Members,
}

impl Page {
    pub(super) fn read(body: &[u8]) -> Result<Self, String> {
        let mut all = match json(body)? {
            Value::Object(members) => members,
            bare => Members::from_iter([("data".to_owned(), bare)]),
        };
        let records = all.remove("data").ok_or("there are no records in it: no member `data`")?;
        // Beside the records, or together in `meta`, as Laravel's resources have them.
        let mut said = |name: &str| {
            let found = all.get(name).or_else(|| all.get("meta")?.get(name));
            let number = found.and_then(reading::number);
            if number.is_some() {
                all.shift_remove(name);
            }
            number
        };
        Ok(Self {
            records: list(records, &[])?,
            total: said("total"),
            current_page: said("current_page"),
            per_page: said("per_page"),
            last_page: said("last_page"),
            rest: all,
        })
    }

    pub(super) fn typed<T: DeserializeOwned>(self) -> Result<TablePage<T>, String> {
        let Self { records, total, current_page, per_page, last_page, mut rest } = self;
        Ok(TablePage {
            records: records.into_iter().map(typed).collect::<Result<_, _>>()?,
            total,
            current_page,
            per_page,
            last_page,
            name: take(&mut rest, "name"),
            label: take(&mut rest, "label"),
            columns: things(&mut rest, "columns"),
            tabs: things(&mut rest, "tabs"),
            actions: things(&mut rest, "actions"),
            extra: rest,
        })
    }
}

/// A member, where it is what it should be.
fn take<T: DeserializeOwned>(members: &mut Members, name: &str) -> Option<T> {
    let value = T::deserialize(members.get(name)?).ok()?;
    members.shift_remove(name);
    Some(value)
}

/// A list of things, each as far as it is what it should be.
pub(super) fn things<T: Open>(members: &mut Members, name: &str) -> Option<Vec<T>> {
    let things = list(members.get(name)?.clone(), &[]).ok()?;
    members.shift_remove(name);
    Some(things.into_iter().map(|thing| T::open(thing, "name")).collect())
}
