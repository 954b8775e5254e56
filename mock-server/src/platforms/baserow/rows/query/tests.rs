//! Plans of pages against what they must amount to.

use serde_json::json;

use super::{Query, SortBy, all, page};
use crate::platforms::baserow::rows::filters::{Filter, compile};
use crate::platforms::baserow::rows::store::RowRef;
use crate::platforms::baserow::rows::testing::{World, field};

fn world(rows: u64) -> World {
    let options = json!([{ "id": 11, "value": "b" }, { "id": 12, "value": "a" }, { "id": 13, "value": "c" }]);
    let mut world = World::new(vec![
        field(1, "Name", "text", json!({})),
        field(2, "Number", "number", json!({ "number_decimal_places": 1 })),
        field(3, "Group", "number", json!({})),
        field(4, "Done", "boolean", json!({})),
        field(5, "Day", "date", json!({})),
        field(6, "Kind", "single_select", json!({ "select_options": options })),
        field(7, "At", "date", json!({ "date_include_time": true })),
        field(8, "Stars", "rating", json!({ "max_value": 5 })),
    ]);
    for row in 0..rows {
        world.add(1, cells(row));
    }
    // Places that do not follow the ids.
    for row in [50, 20, 33] {
        let order = world.store.table_mut(1).orders_before(10, 1)[0];
        let mut moved = (**world.store.table(1).get(row).unwrap()).clone();
        moved.order = order;
        world.store.table_mut(1).put(moved);
    }
    world
}

/// Cells with many equal ones, and some that are empty.
fn cells(row: u64) -> serde_json::Value {
    let day = format!("2024-05-{:02}", 1 + row % 31);
    json!({
        "Name": if row.is_multiple_of(19) { json!(null) } else { format!("n{}", (row * 31) % 57).into() },
        "Number": if row.is_multiple_of(23) { json!(null) } else { json!((row * 7919) % 101) },
        "Group": row % 7, "Done": row.is_multiple_of(3), "Day": if row.is_multiple_of(5) { json!(null) } else { json!(day) },
        "Kind": match row % 4 { 0 => json!(null), kind => json!(10 + kind) },
        "At": format!("{day}T{:02}:30:00Z", row % 24), "Stars": row % 6,
    })
}

fn sort(world: &World, name: &str, descending: bool) -> SortBy {
    SortBy { field: world.table(1).by_name(name).unwrap().clone(), descending, by_option: false }
}

fn filter(world: &World, any: bool, filters: &[(&str, &str, &str)]) -> Option<Filter> {
    let compiled = filters.iter().filter_map(|(name, kind, value)| {
        compile(world, world.table(1).by_name(name).unwrap(), kind, value).unwrap()
    });
    Filter::join(any, compiled.collect())
}

/// What the query means, without indexes.
fn expected(world: &World, query: &Query) -> Vec<u64> {
    let rows = world.store.table(1).iter();
    let passing = rows.filter(|row| query.filter.as_ref().is_none_or(|filter| filter.passes(world, row)));
    let keys = |row: &RowRef| query.order.iter().map(|sort| sort.key(world, row)).collect::<Vec<_>>();
    let mut keyed: Vec<_> = passing.map(|row| (keys(row), row.id)).collect();
    for (place, sort) in query.order.iter().enumerate().rev() {
        keyed.sort_by(|(one, _), (other, _)| {
            if sort.descending { other[place].cmp(&one[place]) } else { one[place].cmp(&other[place]) }
        });
    }
    keyed.into_iter().map(|(_, id)| id).collect()
}

const FILTERS: &[&[(&str, &str, &str)]] = &[
    &[],
    &[("Group", "equal", "3")],
    &[("Done", "boolean", "1")],
    &[("Number", "higher_than", "95.5")],
    &[("Number", "lower_than", "90")],
    &[("Number", "lower_than", "60"), ("Number", "higher_than_or_equal", "40")],
    &[("Number", "lower_than_or_equal", "50"), ("Group", "equal", "2")],
    &[("Name", "contains", "1"), ("Done", "boolean", "0")],
    &[("Name", "contains", "N4")],
    &[("Name", "not_equal", "n5")],
    &[("Name", "empty", ""), ("Done", "empty", "")],
    &[("Number", "not_empty", "")],
    &[("Stars", "empty", "")],
    &[("Group", "equal", "99")],
    &[("Kind", "single_select_equal", "12")],
    &[("Kind", "single_select_is_none_of", "11,13")],
    &[("Kind", "single_select_is_any_of", "11,13"), ("Kind", "empty", "")],
    &[
        ("Day", "date_is_before", "UTC?2024-05-09?exact_date"),
        ("Day", "date_is_after", "UTC?2024-05-02?exact_date"),
    ],
    &[("At", "date_is", "Pacific/Auckland?2024-05-20?exact_date")],
    &[("At", "date_is_on_or_after", "UTC?2024-05-20?exact_date")],
    &[("At", "date_is_not", "Pacific/Auckland?2024-05-20?exact_date")],
];

const ORDERS: &[&[(&str, bool)]] = &[
    &[],
    &[("Number", false)],
    &[("Number", true)],
    &[("Group", true), ("Name", false)],
    &[("Done", false), ("Group", true), ("Number", false)],
    &[("Name", true)],
    &[("Kind", true), ("At", true)],
];

fn compare_all<'f>(
    world: &World,
    filters: impl Iterator<Item = &'f &'f [(&'f str, &'f str, &'f str)]>,
    pages: &[std::ops::Range<usize>],
) {
    let found = |rows: &[RowRef]| rows.iter().map(|row| row.id).collect::<Vec<_>>();
    for filters in filters {
        for any in [false, true] {
            for order in ORDERS {
                let order = order.iter().map(|(name, descending)| sort(world, name, *descending)).collect();
                let query = Query { filter: filter(world, any, filters), order };
                let expected = expected(world, &query);
                for places in pages {
                    let page = page(world, 1, &query, places.clone());
                    let cut: Vec<_> =
                        expected.iter().copied().skip(places.start).take(places.len()).collect();
                    assert_eq!(
                        (page.count, found(&page.rows)),
                        (expected.len(), cut),
                        "{places:?} {filters:?} {any} {:?}",
                        query.order
                    );
                }
                assert_eq!(found(&all(world, 1, &query)), expected, "{filters:?} {any} {:?}", query.order);
            }
        }
    }
}

#[test]
fn every_plan_gives_what_the_query_means() {
    compare_all(&world(130), FILTERS.iter(), &[0..5, 7..19, 95..120, 125..400, 500..510, 0..0, 0..1000]);
}

#[test]
fn every_plan_gives_what_the_query_means_where_listings_are_kept() {
    let world = world(1_100);
    for first in [0, 1, 2] {
        let some = || FILTERS.iter().skip(first).step_by(7);
        compare_all(&world, some(), &[0..3, 40..60, 700..710, 1_090..1_200]);
    }
}

#[test]
fn what_was_kept_follows_what_is_written() {
    let mut world = world(1_100);
    let queries = [
        (&[("Name", "contains", "4")][..], &[("Number", true), ("Name", false)][..]),
        (&[("Number", "lower_than", "50"), ("Group", "equal", "2")], &[("Kind", false)]),
        (&[], &[("Done", true), ("Number", true)]),
    ];
    let queries = queries.map(|(filters, order)| {
        let order = order.iter().map(|(name, descending)| sort(&world, name, *descending)).collect();
        Query { filter: filter(&world, false, filters), order }
    });
    let compare = |world: &World| {
        for query in &queries {
            let ids: Vec<_> = all(world, 1, query).iter().map(|row| row.id).collect();
            assert_eq!(ids, expected(world, query), "{query:?}");
            assert!(world.store.table(1).kept_listing(query).is_some(), "{query:?}");
        }
    };
    compare(&world);
    for step in 0..60_u64 {
        let known = world.store.table(1).last_id;
        let row = 1 + (step * 7_919) % known;
        match step % 5 {
            0 | 1 => drop(world.add(1, cells(step * 31))),
            2 => {
                let mut changed = (**world.store.table(1).get_any(row).unwrap()).clone();
                let other = world.store.table(1).get_any(1 + (row * 31) % known).unwrap();
                other.cells().iter().for_each(|(field, cell)| changed.set(*field, cell.clone()));
                world.store.table_mut(1).put(changed);
            }
            3 => {
                let mut trashed = (**world.store.table(1).get_any(row).unwrap()).clone();
                trashed.trashed = !trashed.trashed;
                world.store.table_mut(1).put(trashed);
            }
            _ => world.store.table_mut(1).forget(row),
        }
        let before = world.store.clone();
        if step % 7 == 0 {
            compare(&world);
        }
        assert_eq!(before.table(1).len(), world.store.table(1).len());
    }
    for step in 0..400 {
        world.add(1, cells(step));
    }
    compare(&world);
}

#[test]
fn neighbours_stand_where_the_query_puts_them() {
    let world = world(130);
    let query = Query {
        filter: filter(&world, false, &[("Done", "boolean", "1")]),
        order: vec![sort(&world, "Number", true)],
    };
    let ids = expected(&world, &query);
    let next = |row, back| super::neighbour(&world, 1, &query, row, back).map(|row| row.map(|row| row.id));
    assert_eq!(next(ids[3], false), Some(Some(ids[4])));
    assert_eq!(next(ids[3], true), Some(Some(ids[2])));
    assert_eq!((next(ids[0], true), next(ids[ids.len() - 1], false)), (Some(None), Some(None)));
    assert_eq!(next(2, false), None, "it does not pass");
}

#[test]
fn an_index_that_was_used_follows_what_is_written() {
    let mut world = world(60);
    let query = Query { filter: filter(&world, false, &[("Group", "equal", "3")]), order: Vec::new() };
    let before = all(&world, 1, &query).len();
    world.add(1, json!({ "Group": 3 }));
    let mut trashed = (**world.store.table(1).get(4).unwrap()).clone();
    trashed.trashed = true;
    world.store.table_mut(1).put(trashed);
    let after: Vec<_> = all(&world, 1, &query).iter().map(|row| row.id).collect();
    assert_eq!(after.len(), before, "one came, one went");
    assert!(after.contains(&61) && !after.contains(&4));
}
