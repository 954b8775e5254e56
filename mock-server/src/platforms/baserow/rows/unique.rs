//! The constraint `unique_with_empty`: no two rows have the same cell in a field, unless it is empty.

use std::collections::{BTreeSet, HashSet};
use std::ops::Bound;

use super::cell::Cell;
use super::schema::{Field, Schema};
use super::store::{RowStore, SortKey};
use super::write::Cells;
use crate::outcome::Outcome;

/// Refuses cells that stand in another row already, or twice among those that are to be written. A row without an id is new:
/// fields that its cells do not name get their defaults.
///
/// # Errors
/// `ERROR_FIELD_DATA_CONSTRAINT`.
pub(super) fn check_cells<'c>(
    store: &RowStore,
    schema: &Schema,
    rows: impl Iterator<Item = (Option<u64>, &'c Cells)> + Clone,
) -> Result<(), Outcome> {
    for field in schema.fields.iter().filter(|field| field.unique) {
        let new = rows.clone().filter_map(|(id, cells)| {
            let named = cells.iter().find(|(own, _)| own.id == field.id).map(|(_, cell)| cell.clone());
            let default = || id.is_none().then(|| field.kind.cells().default(field));
            Some((id, named.or_else(default)?))
        });
        let new: Vec<_> = new.collect();
        // What is changed in the same request stands in nobody's way.
        let changed: HashSet<u64> = new.iter().filter_map(|(id, _)| *id).collect();
        let mut seen = BTreeSet::new();
        for (_, cell) in new.iter().filter(|(_, cell)| !is_empty(cell, field)) {
            let key = SortKey::of(cell);
            if stands(store, field, &key, &changed) || !seen.insert(key) {
                let sentence = format!("the field {} has a row with this value already", field.id);
                return Err(Outcome::new("ERROR_FIELD_DATA_CONSTRAINT", sentence));
            }
        }
    }
    Ok(())
}

fn stands(store: &RowStore, field: &Field, key: &SortKey, but: &HashSet<u64>) -> bool {
    let Some(column) = field.kind.cells().column(field) else { return false };
    let index = store.table(field.table).index(column);
    let places = index.range(&Bound::Included(key.clone()), &Bound::Included(key.clone()));
    index.entries(places).any(|entry| !but.contains(&entry.id))
}

/// Whether all cells of a field differ, but for the empty ones.
pub(super) fn all_differ(store: &RowStore, field: &Field) -> bool {
    let Some(column) = field.kind.cells().column(field) else { return true };
    let table = store.table(field.table);
    let index = table.index(column);
    let mut last: Option<&SortKey> = None;
    index.entries(0..index.len()).all(|entry| {
        let same = last == Some(&entry.key);
        last = Some(&entry.key);
        !same || table.get(entry.id).is_none_or(|row| is_empty(row.cell(field.id), field))
    })
}

/// A rating of no stars counts as none.
fn is_empty(cell: &Cell, field: &Field) -> bool {
    match cell {
        Cell::Empty => true,
        Cell::Text(text) => text.is_empty(),
        Cell::Whole(stars) => field.type_name == "rating" && *stars == 0,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use serde_json::{Value, json};

    use super::{all_differ, check_cells};
    use crate::platforms::baserow::rows::schema::Field;
    use crate::platforms::baserow::rows::testing::{World, field};
    use crate::platforms::baserow::rows::write::Cells;

    fn world() -> World {
        let unique = |one: Field| Field { unique: true, ..one };
        let mut world = World::new(vec![
            unique(field(1, "Code", "text", json!({}))),
            unique(field(2, "Stars", "rating", json!({ "max_value": 5 }))),
        ]);
        world.add(1, json!({ "Code": "a", "Stars": 1 }));
        world.add(1, json!({ "Code": "b" }));
        world.add(1, json!({}));
        world
    }

    fn passes(world: &World, rows: &[(Option<u64>, Value)]) -> bool {
        let cells = |value: &Value| -> Cells {
            let fields = world.table(1).fields.clone();
            let named = fields.iter().filter_map(|field| Some((field, value.get(&field.name)?)));
            named
                .map(|(field, value)| (Arc::clone(field), world.accept(1, &field.name, value).unwrap()))
                .collect()
        };
        let rows: Vec<_> = rows.iter().map(|(id, value)| (*id, cells(value))).collect();
        check_cells(&world.store, &world.table(1), rows.iter().map(|(id, cells)| (*id, cells))).is_ok()
    }

    #[test]
    fn what_stands_in_another_row_is_refused_and_nothing_is_not() {
        let world = world();
        assert!(!passes(&world, &[(None, json!({ "Code": "a" }))]));
        assert!(passes(&world, &[(None, json!({ "Code": "A" })), (None, json!({ "Code": "c" }))]));
        assert!(passes(&world, &[(None, json!({ "Code": "" })), (None, json!({ "Stars": 0 }))]));
        assert!(!passes(&world, &[(None, json!({ "Code": "c" })), (None, json!({ "Code": "c" }))]));
        assert!(!passes(&world, &[(Some(2), json!({ "Stars": 1 }))]));
    }

    #[test]
    fn rows_keep_and_exchange_their_own() {
        let world = world();
        assert!(passes(&world, &[(Some(1), json!({ "Code": "a" }))]));
        assert!(passes(&world, &[(Some(1), json!({ "Code": "b" })), (Some(2), json!({ "Code": "a" }))]));
        assert!(!passes(&world, &[(Some(1), json!({ "Code": "b" })), (Some(2), json!({ "Stars": 2 }))]));
    }

    #[test]
    fn a_field_is_looked_through() {
        let mut world = world();
        let code = world.table(1).by_name("Code").unwrap().clone();
        assert!(all_differ(&world.store, &code), "two rows have none");
        world.add(1, json!({ "Code": "b" }));
        assert!(!all_differ(&world.store, &code));
    }
}
