//! The store against a plain model of it.

use std::ops::Bound;

use super::{Column, Row, RowStore, SortKey};
use crate::platforms::baserow::rows::cell::Cell;
use crate::platforms::baserow::rows::order::Order;

/// The same numbers every time, without a pattern.
fn chance(state: &mut u64, below: u64) -> u64 {
    *state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    (*state >> 33) % below
}

#[test]
fn rows_and_indexes_stay_in_order_whatever_is_done() {
    let mut store = RowStore::default();
    let mut model: Vec<(Order, u64, i64)> = Vec::new();
    let mut seed = 1;
    let value = Column::Field(7);
    for step in 0..3_000u64 {
        if step == 200 {
            assert_eq!(store.table(1).index(value).len(), model.len(), "from here on it is kept up to date");
        }
        let table = store.table_mut(1);
        let cell = i64::try_from(chance(&mut seed, 20)).unwrap();
        match chance(&mut seed, 10) {
            0..=4 => {
                let id = table.take_id();
                let order = match model.is_empty() || chance(&mut seed, 2) == 0 {
                    true => table.order_at_end(),
                    false => {
                        let before = model[chance(&mut seed, model.len() as u64) as usize].1;
                        table.orders_before(before, 1)[0]
                    }
                };
                // Places may have been given anew.
                model = table.iter().map(|row| (row.order, row.id, whole(row.cell(7)))).collect();
                let mut row = Row::new(id, order, 0, None);
                row.set(7, Cell::Whole(cell));
                table.put(row);
                model.push((order, id, cell));
            }
            5..=7 if !model.is_empty() => {
                let place = chance(&mut seed, model.len() as u64) as usize;
                let mut row = (**table.get(model[place].1).unwrap()).clone();
                row.set(7, Cell::Whole(cell));
                table.put(row);
                model[place].2 = cell;
            }
            8 if !model.is_empty() => {
                let place = chance(&mut seed, model.len() as u64) as usize;
                let mut row = (**table.get(model[place].1).unwrap()).clone();
                row.trashed = true;
                table.put(row);
                model.remove(place);
            }
            _ => {}
        }
        model.sort_unstable();
    }
    let table = store.table(1);
    let rows: Vec<_> = table.iter().map(|row| (row.order, row.id, whole(row.cell(7)))).collect();
    assert_eq!(rows, model);
    assert!(model.len() > 500);
    model.sort_unstable_by_key(|(order, id, value)| (*value, *order, *id));
    let index = table.index(value);
    let indexed: Vec<_> = index.entries(0..index.len()).map(|entry| entry.id).collect();
    assert_eq!(indexed, model.iter().map(|(_, id, _)| *id).collect::<Vec<_>>());
    let range = index.range(&Bound::Excluded(SortKey::Whole(3)), &Bound::Included(SortKey::Whole(6)));
    assert_eq!(range.len(), model.iter().filter(|(_, _, value)| (4..=6).contains(value)).count());
    let group = index.group(range.start);
    assert_eq!((group.start, group.len()), (range.start, model.iter().filter(|one| one.2 == 4).count()));
}

fn whole(cell: &Cell) -> i64 {
    match cell {
        Cell::Whole(number) => *number,
        other => panic!("{other:?}"),
    }
}

#[test]
fn what_is_done_to_a_copy_does_not_show_and_ids_are_not_given_again() {
    let mut store = RowStore::default();
    for _ in 0..3 {
        let (id, order) = (store.table_mut(1).take_id(), store.table(1).order_at_end());
        store.table_mut(1).put(Row::new(id, order, 5, Some(2)));
    }
    let before = store.clone();
    store.table_mut(1).forget(3);
    assert_eq!((store.table(1).len(), before.table(1).len()), (2, 3));
    assert_eq!(store.table_mut(1).take_id(), 4);
    assert_eq!(store.table(2).len(), 0);
}

#[test]
fn a_written_store_is_read_again() {
    let mut store = RowStore::default();
    let id = store.table_mut(1).take_id();
    let mut row = Row::new(id, Order::whole(1), 5, Some(2));
    let cells = [
        Cell::text("é"),
        Cell::number("1.50".parse().unwrap()),
        Cell::Flag(true),
        Cell::Day("2024-02-01".parse().unwrap()),
        Cell::Moment(-1),
        Cell::ids(vec![3, 1]),
        Cell::Choice(8),
    ];
    for (field, cell) in (1..).zip(cells) {
        row.set(field, cell);
    }
    row.trashed = true;
    store.table_mut(1).put(row.clone());
    store.table_mut(1).take_number(4);
    store.relations.join(11, None);
    store.relations.join(12, Some(11));
    store.relations.link(12, 4, 1);
    let json = store.to_json();
    let read = RowStore::from_json(&json).unwrap();
    assert_eq!(read.to_json(), json);
    assert_eq!(**read.table(1).get_any(1).unwrap(), row);
    assert_eq!(read.relations.linked(11, 1).collect::<Vec<_>>(), [4]);
    assert!(RowStore::from_json(&serde_json::json!({"tables": {"x": {}}})).unwrap_err().contains("tables.x"));
}
