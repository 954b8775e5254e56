//! Reading answers whose shape is not documented: wherever in them routes, rows, records and fields stand.

use indexmap::IndexMap;
use serde_json::{Map, Value};

use crate::platforms::qore::application::Resource;

/// What routes say of a resource.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Routes {
    pub(super) tables: Vec<String>,
    pub(super) actions: Vec<String>,
}

/// The resources that any text of an answer names: `api/resources/projects/{id}`.
pub(super) fn routes(body: &Value) -> IndexMap<String, Routes> {
    let mut found = IndexMap::new();
    collect(body, &mut found);
    found
}

fn collect(value: &Value, found: &mut IndexMap<String, Routes>) {
    match value {
        Value::String(text) => route(text, found),
        Value::Array(items) => items.iter().for_each(|item| collect(item, found)),
        Value::Object(members) => {
            for (name, member) in members {
                route(name, found);
                collect(member, found);
            }
        }
        _ => {}
    }
}

fn route(text: &str, found: &mut IndexMap<String, Routes>) {
    let Some((_, rest)) = text.split_once("api/resources/") else { return };
    let rest = rest.split(['?', '#', ' ']).next().unwrap_or_default();
    let mut parts = rest.split('/');
    let Some(name) = parts.next().filter(|name| is_name(name)) else { return };
    let known = found.entry(name.to_owned()).or_default();
    let (list, name) = match (parts.next(), parts.next()) {
        (Some("table"), Some(table)) => (&mut known.tables, table),
        (Some("actions"), Some(action)) => (&mut known.actions, action),
        _ => return,
    };
    if is_name(name) && !list.iter().any(|own| own == name) {
        list.push(name.to_owned());
    }
}

/// Whether a part of a route is a name, and not the place of one.
fn is_name(part: &str) -> bool {
    !part.is_empty() && part.chars().all(|c| c.is_alphanumeric() || "_-".contains(c))
}

/// The rows of a table, and the way to them.
pub(super) fn rows(body: &Value) -> Option<(Vec<String>, Vec<&Value>)> {
    let mut candidates: Vec<(Vec<String>, &Vec<Value>)> = Vec::new();
    lists(body, &mut Vec::new(), &mut candidates);
    let has_ids = |rows: &[Value]| !rows.is_empty() && rows.iter().all(|row| row.get("id").is_some());
    let full = candidates.iter().find(|(_, rows)| has_ids(rows));
    let named = |way: &[String]| {
        way.last().is_none_or(|last| ["data", "rows", "items", "records", "results"].contains(&last.as_str()))
    };
    let empty = || candidates.iter().find(|(way, rows)| rows.is_empty() && named(way));
    full.or_else(empty).map(|(way, rows)| (way.clone(), rows.iter().collect()))
}

fn lists<'v>(value: &'v Value, way: &mut Vec<String>, found: &mut Vec<(Vec<String>, &'v Vec<Value>)>) {
    match value {
        Value::Array(items) => found.push((way.clone(), items)),
        Value::Object(members) if way.len() < 2 => {
            for (name, member) in members {
                way.push(name.clone());
                lists(member, way, found);
                way.pop();
            }
        }
        _ => {}
    }
}

/// The record in the answer of a detail, and the way to it: of the objects that have its key the one with the most of its fields.
pub(super) fn record<'v>(
    body: &'v Value,
    id: &Value,
    resource: &Resource,
) -> Option<(Vec<String>, &'v Map<String, Value>)> {
    let own = body.as_object()?;
    let below = own.iter().filter_map(|(name, member)| Some((vec![name.clone()], member.as_object()?)));
    let all = std::iter::once((Vec::new(), own)).chain(below);
    let fields = |record: &Map<String, Value>| {
        resource.fields.keys().filter(|field| record.contains_key(*field)).count()
    };
    let fitting = all.filter(|(_, record)| record.get("id") == Some(id));
    fitting.max_by_key(|(way, record)| (fields(record), std::cmp::Reverse(way.len())))
}

/// Whoever calls: the object with an `id`.
pub(super) fn me(body: &Value) -> Option<Map<String, Value>> {
    let own = body.as_object()?;
    let below = own.values().filter_map(Value::as_object);
    std::iter::once(own).chain(below).find(|one| one.contains_key("id")).cloned()
}

/// The fields of a form: a list of objects with names, or objects under their names.
pub(super) fn fields(body: &Value) -> Option<Vec<Map<String, Value>>> {
    let mut found: Option<Vec<Map<String, Value>>> = None;
    search(body, 0, &mut found);
    found
}

/// What says of an object that it is a field.
const MARKS: [&str; 4] = ["component", "type", "rules", "field"];

fn search(value: &Value, depth: usize, found: &mut Option<Vec<Map<String, Value>>>) {
    if depth > 4 {
        return;
    }
    let is_field = |about: &Map<String, Value>| MARKS.iter().any(|mark| about.contains_key(*mark));
    let all: Vec<Map<String, Value>> = match value {
        Value::Array(items) => {
            let named = |about: &&Map<String, Value>| {
                about.get("name").is_some_and(Value::is_string) && is_field(about)
            };
            items.iter().filter_map(Value::as_object).filter(named).cloned().collect()
        }
        Value::Object(members) => {
            let about = |(name, member): (&String, &Value)| {
                let mut about = member.as_object().filter(|about| is_field(about))?.clone();
                about.entry("name").or_insert_with(|| name.as_str().into());
                Some(about)
            };
            members.iter().filter_map(about).collect()
        }
        _ => return,
    };
    if all.len() > found.as_ref().map_or(0, Vec::len) {
        *found = Some(all);
    }
    match value {
        Value::Array(items) => items.iter().for_each(|item| search(item, depth + 1, found)),
        Value::Object(members) => members.values().for_each(|member| search(member, depth + 1, found)),
        _ => {}
    }
}
