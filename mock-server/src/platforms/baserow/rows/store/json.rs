//! The store as JSON, for state files.

use std::sync::Arc;

use serde_json::{Map, Value, json};

use super::RowStore;
use super::history::Change;
use super::persist_cell;
use super::relations::{Pairs, Side};
use super::row::Row;
use super::table::Table;

impl RowStore {
    /// Everything, as JSON.
    pub(crate) fn to_json(&self) -> Value {
        let tables: Map<_, _> =
            self.tables.iter().map(|(id, table)| (id.to_string(), table_to_json(table))).collect();
        let sides: Vec<_> = self
            .relations
            .sides
            .iter()
            .map(|(field, side)| json!([field, side.relation, side.reversed]))
            .collect();
        let links: Map<_, _> = self
            .relations
            .pairs
            .iter()
            .map(|(relation, pairs)| {
                let all: Vec<_> = pairs.forward.iter().map(|(from, to)| json!([from, to])).collect();
                (relation.to_string(), Value::Array(all))
            })
            .collect();
        json!({ "tables": tables, "sides": sides, "links": links, "last_change": self.last_change })
    }

    /// Reads what [`to_json`](Self::to_json) wrote.
    ///
    /// # Errors
    /// What is wrong, and where.
    pub(crate) fn from_json(json: &Value) -> Result<Self, String> {
        let mut store = Self { last_change: number(json, "last_change").unwrap_or(0), ..Self::default() };
        for (id, table) in members(json, "tables") {
            let key = id.parse().map_err(|_| format!("`tables.{id}`: expected a table's id"))?;
            let table = table_from_json(table).map_err(|what| format!("`tables.{id}`: {what}"))?;
            store.tables.insert(key, Arc::new(table));
        }
        for side in list(json, "sides") {
            let read = || {
                let side_of = Side { relation: side.get(1)?.as_u64()?, reversed: side.get(2)?.as_bool()? };
                Some((side.get(0)?.as_u64()?, side_of))
            };
            let (field, side) = read().ok_or("`sides`: expected [field, relation, reversed]")?;
            store.relations.sides.insert(field, side);
        }
        for (relation, links) in members(json, "links") {
            let mut pairs = Pairs::default();
            for link in links.as_array().into_iter().flatten() {
                let read = || Some((link.get(0)?.as_u64()?, link.get(1)?.as_u64()?));
                let (from, to) =
                    read().ok_or_else(|| format!("`links.{relation}`: expected pairs of row ids"))?;
                pairs.insert(from, to);
            }
            let key = relation.parse().map_err(|_| format!("`links.{relation}`: expected a field's id"))?;
            store.relations.pairs.insert(key, Arc::new(pairs));
        }
        Ok(store)
    }
}

fn table_to_json(table: &Table) -> Value {
    let rows: Vec<_> = table.all().map(|row| row_to_json(row)).collect();
    let numbers: Map<_, _> =
        table.numbers.iter().map(|(field, last)| (field.to_string(), json!(last))).collect();
    let history: Vec<_> =
        table.history.iter().map(|((row, id), change)| json!([row, id, change.to_json()])).collect();
    json!({ "last_id": table.last_id, "rows": rows, "numbers": numbers, "history": history })
}

fn table_from_json(json: &Value) -> Result<Table, String> {
    let mut table = Table::default();
    for (place, row) in list(json, "rows").enumerate() {
        let row = row_from_json(row).ok_or_else(|| format!("`rows[{place}]` is no row"))?;
        table.put(row);
    }
    table.last_id = table.last_id.max(number(json, "last_id").unwrap_or(0));
    for (field, last) in members(json, "numbers") {
        let read = || Some((field.parse().ok()?, last.as_i64()?));
        let (field, last) = read().ok_or("`numbers`: expected whole numbers by field id")?;
        table.numbers.insert(field, last);
    }
    for (place, change) in list(json, "history").enumerate() {
        let read = || {
            let key = (change.get(0)?.as_u64()?, change.get(1)?.as_u64()?);
            Some((key, Change::from_json(change.get(2)?)?))
        };
        let (key, change) = read().ok_or_else(|| format!("`history[{place}]` is no change"))?;
        table.history.insert(key, Arc::new(change));
    }
    Ok(table)
}

fn row_to_json(row: &Row) -> Value {
    let cells: Map<_, _> =
        row.cells().iter().map(|(field, cell)| (field.to_string(), persist_cell::to_json(cell))).collect();
    json!({
        "id": row.id, "order": row.order.to_string(), "created": row.created, "updated": row.updated,
        "created_by": row.created_by, "updated_by": row.updated_by, "trashed": row.trashed, "cells": cells,
    })
}

fn row_from_json(json: &Value) -> Option<Row> {
    let order = json.get("order")?.as_str()?.parse().ok()?;
    let mut row = Row::new(number(json, "id")?, order, json.get("created")?.as_i64()?, None);
    row.updated = json.get("updated")?.as_i64()?;
    row.created_by = number(json, "created_by");
    row.updated_by = number(json, "updated_by");
    row.trashed = json.get("trashed").and_then(Value::as_bool).unwrap_or(false);
    for (field, cell) in members(json, "cells") {
        row.set(field.parse().ok()?, persist_cell::from_json(cell)?);
    }
    Some(row)
}

fn number(json: &Value, name: &str) -> Option<u64> {
    json.get(name)?.as_u64()
}

fn members<'j>(json: &'j Value, name: &str) -> impl Iterator<Item = (&'j String, &'j Value)> + use<'j> {
    json.get(name).and_then(Value::as_object).into_iter().flatten()
}

fn list<'j>(json: &'j Value, name: &str) -> impl Iterator<Item = &'j Value> + use<'j> {
    json.get(name).and_then(Value::as_array).into_iter().flatten()
}
