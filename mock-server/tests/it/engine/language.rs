//! Values, predicates and selections, each rule of the reference page once.

use serde_json::{Value, json};

use super::world::World;

const LANGUAGE: &str = include_str!("fixtures/language.yaml");

fn world(filter: &str, sort: &str, value: &str) -> World {
    World::new(&LANGUAGE.replace("WHERE", filter).replace("SORT", sort).replace("VALUE", value))
}

/// The first letters of those who pass.
fn who(filter: &str, query: Value) -> String {
    letters(&world(filter, "[]", "1").ok("people", json!({ "query": query })))
}

fn letters(ids: &Value) -> String {
    ids.as_array().unwrap().iter().map(|id| &id.as_str().unwrap()[..1]).collect()
}

fn value(value: &str, parts: Value) -> Value {
    world("{}", "[]", value).ok("value", parts)["is"].clone()
}

#[test]
fn equality() {
    assert_eq!(who("{}", json!({})), "abcd");
    assert_eq!(who("{ team: red }", json!({})), "ad");
    assert_eq!(who("{ team: red, id: dan }", json!({})), "d");
    assert_eq!(who("{ id: $request.query.one }", json!({"one": "cat"})), "c");
    assert_eq!(who("{ age: 30 }", json!({})), "ad", "30 is 30.0");
    assert_eq!(who("{ age: '30' }", json!({})), "", "a text is no number");
    assert_eq!(who("{ email: $request.query.one }", json!({"one": "ANN@X.org"})), "a", "ignore-case");
    assert_eq!(who("{ team: RED }", json!({})), "", "elsewhere case counts");
    assert_eq!(who("{ address.city: Rome }", json!({})), "a");
    assert_eq!(who("{ tags: [ a, b ] }", json!({})), "a", "a whole list");
    assert_eq!(who("{ left: null }", json!({})), "abd", "null and absent are one");
}

#[test]
fn words() {
    assert_eq!(who("{ id: { enum: [ ben, dan ] } }", json!({})), "bd");
    assert_eq!(who("{ id: { enum: $request.query.many } }", json!({"many": ["cat", "ann"]})), "ac");
    assert_eq!(who("{ email: { enum: [ BEN@x.ORG ] } }", json!({})), "b");
    assert_eq!(who("{ age: { minimum: 30, maximum: 35 } }", json!({})), "ad");
    assert_eq!(who("{ age: { exclusiveMinimum: 20, exclusiveMaximum: 40 } }", json!({})), "ad");
    assert_eq!(who("{ age: { minimum: $settings.LIMIT } }", json!({})), "acd");
    assert_eq!(who("{ id: { minimum: b, exclusiveMaximum: d } }", json!({})), "bc", "texts by code points");
    assert_eq!(who("{ left: { maximum: '2021' } }", json!({})), "c", "what is not there has no order");
    assert_eq!(who("{ email: { search: 'N@X' } }", json!({})), "ab");
    assert_eq!(who("{ id: { equalsIgnoreCase: CAT } }", json!({})), "c");
    assert_eq!(who("{ id: { pattern: '^[bc]' } }", json!({})), "bc");
    assert_eq!(who("{ team: { not: red } }", json!({})), "bc");
    assert_eq!(who("{ team: { present: true } }", json!({})), "abd");
    assert_eq!(who("{ left: { present: false } }", json!({})), "abd", "null or absent");
    assert_eq!(who("{ age: { minimum: 25, not: 40 } }", json!({})), "ad", "all words hold");
}

#[test]
fn lists_pass_when_some_member_does() {
    assert_eq!(who("{ tags: b }", json!({})), "ac");
    assert_eq!(who("{ tags: { enum: [ a, c ] } }", json!({})), "ac");
    assert_eq!(who("{ tags: { pattern: '^c$' } }", json!({})), "c");
    assert_eq!(who("{ tags: { present: true } }", json!({})), "abc", "an empty list is there");
    assert_eq!(who("{ mates: dan }", json!({})), "ad", "a derived list");
}

#[test]
fn paths_walk_through_references_and_derived_fields() {
    assert_eq!(who("{ team.name: Blue Team }", json!({})), "b");
    assert_eq!(who("{ team.size: 2 }", json!({})), "ad");
    assert_eq!(who("{ team.size: { present: false } }", json!({})), "c");
}

#[test]
fn what_is_absent_drops_out() {
    assert_eq!(who("{ team: $request.query.absent }", json!({})), "abcd");
    assert_eq!(who("{ team: $request.query.absent, id: ann }", json!({})), "a");
    assert_eq!(who("{ age: { minimum: $request.query.absent, maximum: 20 } }", json!({})), "b");
    assert_eq!(who("{ team: { search: $request.query.absent } }", json!({})), "abcd");
    assert_eq!(who("{ team: { enum: { split: $request.query.csv } } }", json!({"csv": " , "})), "abcd");
    let either = "{ anyOf: [ { id: $request.query.one }, { email: $request.query.absent } ] }";
    assert_eq!(who(either, json!({"one": "ben"})), "b", "an alternative without a test is none");
    assert_eq!(who(either, json!({})), "abcd", "no alternative is left");
    assert_eq!(
        who("{ anyOf: [ { id: cat }, { team: blue } ] }", json!({})),
        "bc",
        "in the order of creation"
    );
    assert_eq!(who("{ team: null }", json!({})), "c", "null is not absent");
    assert_eq!(
        who("{ mates: cat }", json!({})),
        "c",
        "a field that a record at hand leaves out is null, not every value"
    );
}

#[test]
fn expressions_are_tested_too() {
    assert_eq!(who("{ $settings.LIMIT: 30 }", json!({})), "abcd");
    assert_eq!(who("{ $settings.LIMIT: 31 }", json!({})), "");
    assert_eq!(who("{ $request.query.absent: { present: false } }", json!({})), "abcd");
    assert_eq!(who("{ $request.query.absent: { present: true } }", json!({})), "");
    assert_eq!(who("{ $request.query.absent: x }", json!({})), "", "what is tested never drops out");
}

#[test]
fn a_test_may_compare_with_the_tested_record() {
    assert_eq!(who("{ age: { not: $record.age } }", json!({})), "");
    assert_eq!(who("{ id: $record.id }", json!({})), "abcd");
}

#[test]
fn orders() {
    let sorted =
        |sort: &str, query: Value| letters(&world("{}", sort, "1").ok("people", json!({"query": query})));
    assert_eq!(sorted("[ { by: age } ]", json!({})), "badc", "equal ones by age of the record");
    assert_eq!(sorted("[ { by: age, direction: desc } ]", json!({})), "cadb");
    assert_eq!(sorted("[ { by: team }, { by: age, direction: desc } ]", json!({})), "cbad", "null first");
    assert_eq!(sorted("[ { by: team.name }, { by: id, direction: DESC } ]", json!({})), "cbda");
    let asked = "[ { by: $request.query.sort, direction: $request.query.way } ]";
    assert_eq!(sorted(asked, json!({"sort": "email", "way": "desc"})), "dcba");
    assert_eq!(sorted(asked, json!({})), "abcd", "an absent key drops out");
}

#[test]
fn values() {
    let none = || json!({});
    assert_eq!(value("$$5", none()), "$5");
    assert_eq!(value("'{$person.id} of {$person.team.name}'", none()), "ann of Red Team");
    assert_eq!(value("'{$request.query.absent}!'", none()), Value::Null, "a text with a hole is absent");
    assert_eq!(
        value("{ first: [ $request.query.absent, $request.query.one, x ] }", json!({"query": {"one": "y"}})),
        "y"
    );
    let csv = json!({"query": {"csv": "a, b ,,c", "one": "d"}});
    assert_eq!(
        value("{ split: [ $request.query.csv, $request.query.one ] }", csv),
        json!(["a", "b", "c", "d"])
    );
    assert_eq!(value("{ count: { in: people, where: { team: red } } }", none()), 2);
    assert_eq!(value("{ literal: { a: $now } }", none()), json!({"a": "$now"}));
    assert_eq!(
        value("{ a: $request.query.absent, b: [ $request.query.absent, 1 ] }", none()),
        json!({"b": [1]})
    );
    assert_eq!(value("$request.url", none()), "/here?x=1");
    assert_eq!(value("$now", none()), "2026-01-01T00:00:00.000Z");
    assert_eq!(
        value("{ in: people, where: { team: red }, pick: $item.age }", none()),
        30,
        "the first, outside a list"
    );
    let body = json!({"body": {"a": [{"b/c": 1}, {"b/c": 2}]}});
    assert_eq!(value("$request.body#/a/1/b~1c", body.clone()), 2);
    assert_eq!(value("$request.body#/a/b~1c", body), json!([1, 2]), "over a list, all members");
    assert_eq!(value("$person.mates", none()), json!(["ann", "dan"]));
    assert_eq!(value("$person.tags", none()), json!(["a", "b"]));
    assert_eq!(value("$person.team", none()), "red", "a reference is its key");
}

#[test]
fn a_record_in_an_answer_keeps_its_secrets() {
    let person = value("$person", json!({}));
    assert_eq!(person["id"], "ann");
    assert!(person.get("secret").is_none());
    assert!(value("[ $person ]", json!({}))[0].get("secret").is_none());
    assert!(value("{ a: { b: $result } }", json!({}))["a"]["b"].get("secret").is_none());
    assert!(value("{ in: people, where: { id: ben } }", json!({})).get("secret").is_none());
}
