//! Conditions against rows of every type, and the trees that clients send.

use serde_json::{Value, json};

use super::{FieldsBy, Filter, compile, read_tree};
use crate::platforms::baserow::rows::query::{Query, all};
use crate::platforms::baserow::rows::testing::{World, field};

fn world() -> World {
    let options =
        json!({ "select_options": [{ "id": 11, "value": "Red car" }, { "id": 12, "value": "Blue" }] });
    let time = json!({ "date_include_time": true, "date_format": "ISO" });
    let mut world = World::new(vec![
        field(1, "Name", "text", json!({})),
        field(2, "Number", "number", json!({ "number_decimal_places": 2, "number_negative": true })),
        field(3, "Rating", "rating", json!({})),
        field(4, "Done", "boolean", json!({})),
        field(5, "Day", "date", json!({})),
        field(6, "At", "date", time),
        field(7, "One", "single_select", options.clone()),
        field(8, "Many", "multiple_select", options),
        field(9, "Link", "link_row", json!({ "link_row_table_id": 2 })),
        field(10, "Files", "file", json!({})),
        field(11, "People", "multiple_collaborators", json!({})),
        field(12, "By", "created_by", json!({})),
        field(13, "Long", "duration", json!({ "duration_format": "h:mm" })),
    ]);
    world.add_table(2, vec![field(101, "Title", "text", json!({}))]);
    world.add(2, json!({ "Title": "Alpha" }));
    world.add(2, json!({ "Title": "Beta" }));
    let file = format!("{}_{}.txt", "a".repeat(32), "b".repeat(64));
    // The clock stands at 2024-06-02, a Sunday.
    world.add(1, json!({
        "Name": "Apple pie", "Number": "4.00", "Rating": 3, "Done": true, "Day": "2024-06-02", "At": "2024-06-01T23:30:00Z",
        "One": 11, "Many": [11, 12], "Link": [1], "Files": [{ "name": file }], "People": [{ "id": 1 }], "Long": "1:30",
    }));
    world.add(1, json!({
        "Name": "apple", "Number": "-1.5", "Rating": 5, "Day": "2024-05-15", "At": "2024-06-02T10:00:00Z", "One": 12, "Many": ["Blue"],
        "Link": [1, 2],
    }));
    world.add(1, json!({ "Name": "" }));
    world
}

fn found(world: &World, name: &str, kind: &str, value: &str) -> Vec<u64> {
    let schema = world.table(1);
    let field = schema.by_name(name).unwrap();
    let filter =
        compile(world, field, kind, value).unwrap_or_else(|refused| panic!("{name} {kind}: {refused:?}"));
    let query = Query { filter, order: Vec::new() };
    all(world, 1, &query).iter().map(|row| row.id).collect()
}

#[test]
fn each_type_of_filter_finds_its_rows() {
    let world = world();
    let cases: &[(&str, &str, &str, &[u64])] = &[
        ("Name", "equal", "apple", &[2]),
        ("Name", "not_equal", "apple", &[1, 3]),
        ("Name", "equal", "", &[1, 2, 3]),
        ("Name", "contains", " APPLE ", &[1, 2]),
        ("Name", "contains_not", "pie", &[2, 3]),
        ("Name", "contains_word", "pie", &[1]),
        ("Name", "contains_word", "app", &[]),
        ("Name", "doesnt_contain_word", "pie", &[2, 3]),
        ("Name", "length_is_lower_than", "6", &[2, 3]),
        ("Name", "length_is_lower_than", "x", &[]),
        ("Name", "empty", "", &[3]),
        ("Name", "not_empty", "", &[1, 2]),
        ("Number", "equal", "4", &[1]),
        ("Number", "not_equal", "4", &[2, 3]),
        ("Number", "equal", "x", &[]),
        ("Number", "not_equal", "x", &[1, 2, 3]),
        ("Number", "contains", "4.0", &[1]),
        ("Number", "contains", "x", &[]),
        ("Number", "contains_not", "x", &[1, 2, 3]),
        ("Number", "higher_than", "-1.5", &[1]),
        ("Number", "higher_than_or_equal", "-1.5", &[1, 2]),
        ("Number", "lower_than", "4", &[2]),
        ("Number", "lower_than_or_equal", "4.00", &[1, 2]),
        ("Number", "is_even_and_whole", "", &[1]),
        ("Number", "empty", "", &[3]),
        ("Rating", "higher_than", "3", &[2]),
        ("Rating", "lower_than", "1", &[3]),
        ("Rating", "empty", "", &[]),
        ("Long", "equal", "5400", &[1]),
        ("Long", "equal", "1:30", &[1]),
        ("Done", "boolean", "1", &[1]),
        ("Done", "boolean", "", &[2, 3]),
        ("Done", "boolean", "maybe", &[]),
        ("Done", "equal", "true", &[1]),
        ("Done", "empty", "", &[2, 3]),
        ("One", "single_select_equal", "11", &[1]),
        ("One", "single_select_not_equal", "11", &[2, 3]),
        ("One", "single_select_equal", "x", &[1, 2, 3]),
        ("One", "single_select_is_any_of", "11,12", &[1, 2]),
        ("One", "single_select_is_none_of", "12", &[1, 3]),
        ("One", "contains", "car", &[1]),
        ("One", "contains_word", "re", &[]),
        ("Many", "multiple_select_has", "11", &[1]),
        ("Many", "multiple_select_has_not", "11", &[2, 3]),
        ("Many", "multiple_select_has", "x", &[]),
        ("Many", "empty", "", &[3]),
        ("Link", "link_row_has", "2", &[2]),
        ("Link", "link_row_has_not", "2", &[1, 3]),
        ("Link", "link_row_contains", "bet", &[2]),
        ("Link", "link_row_not_contains", "bet", &[1, 3]),
        ("Link", "empty", "", &[3]),
        ("Files", "filename_contains", "NOTE", &[1]),
        ("Files", "has_file_type", "document", &[1]),
        ("Files", "has_file_type", "image", &[]),
        ("Files", "files_lower_than", "1", &[2, 3]),
        ("People", "multiple_collaborators_has", "1", &[1]),
        ("People", "multiple_collaborators_has_not", "1", &[2, 3]),
        ("By", "user_is", "1", &[1, 2, 3]),
        ("By", "user_is_not", "1", &[]),
    ];
    for (name, kind, value, ids) in cases {
        assert_eq!(found(&world, name, kind, value), *ids, "{name} {kind} {value:?}");
    }
}

#[test]
fn dates_are_compared_in_the_zone_that_the_filter_names() {
    let world = world();
    let cases: &[(&str, &str, &str, &[u64])] = &[
        ("Day", "date_is", "UTC??today", &[1]),
        ("Day", "date_is_not", "UTC??today", &[2, 3]),
        ("Day", "date_is", "UTC?2024-05-15?exact_date", &[2]),
        ("Day", "date_is", "UTC??exact_date", &[1, 2, 3]),
        ("Day", "date_is", "UTC?18?nr_days_ago", &[2]),
        ("Day", "date_is", "UTC??this_month", &[1]),
        ("Day", "date_is", "UTC??one_month_ago", &[2]),
        ("Day", "date_is", "UTC??this_week", &[1]),
        ("Day", "date_is", "UTC??this_year", &[1, 2]),
        ("Day", "date_is_before", "UTC??today", &[2]),
        ("Day", "date_is_on_or_before", "UTC??today", &[1, 2]),
        ("Day", "date_is_after", "UTC?2024-05-15?exact_date", &[1]),
        ("Day", "date_is_on_or_after", "UTC?2024-05-15?exact_date", &[1, 2]),
        ("Day", "date_is_within", "UTC?30?nr_days_ago", &[1, 2]),
        ("Day", "date_is_within", "UTC?3?nr_days_from_now", &[1]),
        ("Day", "date_is", "UTC?nonsense", &[]),
        ("Day", "date_is", "Mars/Base??today", &[]),
        ("At", "date_is", "UTC??today", &[2]),
        ("At", "date_is", "Europe/Rome??today", &[1, 2]),
        ("At", "date_equal", "2024-06-02T10:00:00Z", &[2]),
        ("At", "date_equal", "Europe/Rome?2024-06-02", &[1, 2]),
        ("At", "date_before", "2024-06-02", &[1]),
        ("Day", "date_equals_today", "", &[1]),
        ("Day", "date_before_today", "UTC", &[2]),
        ("Day", "date_equals_day_of_month", "15", &[2]),
        ("Day", "date_equals_month", "UTC", &[1]),
        ("Day", "date_within_weeks", "0", &[]),
        ("Day", "date_within_days", "UTC?1", &[1]),
        ("Day", "date_equals_days_ago", "UTC?18", &[2]),
        ("Day", "date_after_days_ago", "UTC?5", &[1]),
        ("Day", "date_not_equal", "2024-06-02", &[2, 3]),
        ("Day", "contains", "15/05", &[2]),
    ];
    for (name, kind, value, ids) in cases {
        assert_eq!(found(&world, name, kind, value), *ids, "{name} {kind} {value:?}");
    }
}

#[test]
fn filters_that_cannot_be_are_refused() {
    let world = world();
    let refused = |name: &str, kind: &str| {
        compile(&world, world.table(1).by_name(name).unwrap(), kind, "1").unwrap_err().0.name.to_string()
    };
    assert_eq!(refused("Name", "nothing"), "ERROR_VIEW_FILTER_TYPE_DOES_NOT_EXIST");
    assert_eq!(refused("Name", "higher_than"), "ERROR_VIEW_FILTER_TYPE_UNSUPPORTED_FIELD");
    assert_eq!(refused("Link", "equal"), "ERROR_VIEW_FILTER_TYPE_UNSUPPORTED_FIELD");
}

#[test]
fn trees_join_their_groups() {
    let world = world();
    let ids = |tree: Value, by: FieldsBy| -> Vec<u64> {
        let filter = read_tree(&tree.to_string(), by).unwrap().compile(&world, &world.table(1), by).unwrap();
        all(&world, 1, &Query { filter, order: Vec::new() }).iter().map(|row| row.id).collect()
    };
    let leaf =
        |field: Value, kind: &str, value: &str| json!({ "field": field, "type": kind, "value": value });
    let tree = json!({ "filter_type": "OR", "filters": [leaf(json!(1), "empty", "")], "groups": [
        { "filter_type": "AND", "filters": [leaf(json!(1), "contains", "apple"), leaf(json!(4), "boolean", "1")] } ] });
    assert_eq!(ids(tree, FieldsBy::Id), [1, 3]);
    let named = json!({ "filter_type": "AND", "filters": [leaf(json!("Name"), "contains", "pie")] });
    assert_eq!(ids(named, FieldsBy::Name), [1]);
    assert_eq!(ids(json!({ "filter_type": "OR" }), FieldsBy::Id), [1, 2, 3]);
}

#[test]
fn trees_that_are_none_say_what_is_wrong() {
    let wrong = |text: &str| {
        let outcome = read_tree(text, FieldsBy::Id).unwrap_err();
        assert_eq!(outcome.name, "ERROR_FILTERS_PARAM_VALIDATION_ERROR");
        *outcome.data
    };
    assert_eq!(wrong("")["code"], "invalid_json");
    assert_eq!(wrong("{}")["filter_type"][0]["code"], "required");
    assert_eq!(wrong(r#"{"filter_type":"XOR"}"#)["filter_type"][0]["code"], "invalid_choice");
    let nested = wrong(r#"{"filter_type":"AND","filters":[{"field":1,"type":"equal"},{"type":"nope"}]}"#);
    assert_eq!(nested["filters"][0], json!({}));
    assert_eq!(nested["filters"][1]["field"][0]["code"], "required");
    assert_eq!(nested["filters"][1]["type"][0]["code"], "invalid_choice");
    let world = world();
    let tree = read_tree(
        r#"{"filter_type":"AND","filters":[{"field":99,"type":"equal","value":"x"}]}"#,
        FieldsBy::Id,
    );
    let refused = tree.unwrap().compile(&world, &world.table(1), FieldsBy::Id).unwrap_err();
    assert_eq!(refused.0.name, "ERROR_FILTER_FIELD_NOT_FOUND");
    assert!(Filter::join(true, Vec::new()).is_none());
}
