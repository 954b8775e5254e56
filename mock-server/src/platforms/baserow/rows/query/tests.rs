//! Plans of pages against what they must amount to.

use std::sync::Arc;

use serde_json::json;

use super::{Query, SortBy, all, page};
use crate::platforms::baserow::rows::filters::{Filter, compile};
use crate::platforms::baserow::rows::store::RowRef;
use crate::platforms::baserow::rows::testing::{World, field};

fn world(rows: u64) -> World {
    let mut world = World::new(vec![
        field(1, "Name", "text", json!({})),
        field(2, "Number", "number", json!({ "number_decimal_places": 1 })),
        field(3, "Group", "number", json!({})),
        field(4, "Done", "boolean", json!({})),
    ]);
    for row in 0..rows {
        let number = (row * 7919) % 101;
        world.add(
            1,
            json!({ "Name": format!("n{}", (row * 31) % 57), "Number": number, "Group": row % 7, "Done": row % 3 == 0 }),
        );
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
    let mut rows: Vec<RowRef> = rows
        .filter(|row| query.filter.as_ref().is_none_or(|filter| filter.passes(world, row)))
        .map(Arc::clone)
        .collect();
    for sort in query.order.iter().rev() {
        rows.sort_by(|one, other| {
            let (one, other) = (sort.key(world, one), sort.key(world, other));
            if sort.descending { other.cmp(&one) } else { one.cmp(&other) }
        });
    }
    rows.iter().map(|row| row.id).collect()
}

#[test]
fn every_plan_gives_what_the_query_means() {
    let world = world(130);
    let filters: &[&[(&str, &str, &str)]] = &[
        &[],
        &[("Group", "equal", "3")],
        &[("Done", "boolean", "1")],
        &[("Number", "higher_than", "95.5")],
        &[("Number", "lower_than", "90")],
        &[("Number", "lower_than_or_equal", "50"), ("Group", "equal", "2")],
        &[("Name", "contains", "1"), ("Done", "boolean", "0")],
        &[("Name", "not_equal", "n5")],
        &[("Group", "equal", "99")],
    ];
    let orders: &[&[(&str, bool)]] = &[
        &[],
        &[("Number", false)],
        &[("Number", true)],
        &[("Group", true), ("Name", false)],
        &[("Done", false), ("Group", true), ("Number", false)],
        &[("Name", true)],
    ];
    let mut pages = 0;
    for filters in filters {
        for any in [false, true] {
            for order in orders {
                let order = order.iter().map(|(name, descending)| sort(&world, name, *descending)).collect();
                let query = Query { filter: filter(&world, any, filters), order };
                let expected = expected(&world, &query);
                for places in [0..5, 7..19, 95..120, 125..400, 500..510, 0..1000] {
                    let page = page(&world, 1, &query, places.clone());
                    let ids: Vec<_> = page.rows.iter().map(|row| row.id).collect();
                    let cut: Vec<_> =
                        expected.iter().copied().skip(places.start).take(places.len()).collect();
                    assert_eq!(
                        (page.count, ids),
                        (expected.len(), cut),
                        "{filters:?} {any} {:?}",
                        query.order
                    );
                    pages += 1;
                }
            }
        }
    }
    assert_eq!(pages, 9 * 2 * 6 * 6);
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
