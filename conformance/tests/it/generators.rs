//! Values from schemas: valid ones keep them, invalid ones break the named rule and nothing else.

use std::collections::{HashMap, HashSet};

use serde_json::Value;
use tercet_conformance::generate::{Chance, Fill, Generator, edges, invalids};
use tercet_spec::Contract;
use tercet_spec::contract::{Flavour, SchemaId};

use crate::support::{BOARDS, PANTRY, WORKSHOP, contract, document, tooljet};

const SEEDS: u64 = 60;

/// Schemas with every keyword that the generators know.
const ZOO: &str = include_str!("documents/zoo.yaml");

fn contracts() -> Vec<Contract> {
    let mut all = vec![contract(&tooljet())];
    for (name, text) in
        [("zoo.yaml", ZOO), ("boards.yaml", BOARDS), ("pantry.yaml", PANTRY), ("workshop.yaml", WORKSHOP)]
    {
        all.push(contract(&document(name, text)));
    }
    all
}

/// Everything a request may carry: bodies and parameters.
fn request_schemas(contract: &Contract) -> Vec<(String, SchemaId)> {
    let mut all = Vec::new();
    for operation in &contract.operations {
        for media in operation.body.iter().flat_map(|body| &body.content) {
            all.extend(media.schema.map(|schema| (format!("body of {}", operation.id), schema)));
        }
        all.extend(
            operation.parameters.iter().map(|one| (format!("{} of {}", one.name, operation.id), one.schema)),
        );
    }
    all
}

fn generate(contract: &Contract, schema: SchemaId, fill: Fill, seed: u64) -> Option<Value> {
    let keys = HashMap::new();
    let mut chance = Chance::new(seed, "test");
    Generator { contract, keys: &keys, chance: &mut chance }.valid(schema, fill)
}

#[test]
fn valid_values_keep_their_schema() {
    let mut tried = 0;
    for contract in contracts() {
        for (what, schema) in request_schemas(&contract) {
            for seed in 0..SEEDS {
                for fill in [Fill::Minimal, Fill::Plain, Fill::Full] {
                    let value = generate(&contract, schema, fill, seed);
                    let value =
                        value.unwrap_or_else(|| panic!("{what}: no value of {fill:?} with seed {seed}"));
                    let violations = contract.validators.violations(schema, Flavour::Request, &value);
                    assert!(violations.is_empty(), "{what}, seed {seed}: {value} breaks {violations:?}");
                    tried += 1;
                }
            }
        }
    }
    assert!(tried > 5_000, "only {tried}");
}

#[test]
fn invalid_values_break_the_named_rule_and_no_other() {
    let mut rules = HashSet::new();
    for contract in contracts() {
        for (what, schema) in request_schemas(&contract) {
            for seed in 0..10 {
                let good = generate(&contract, schema, Fill::Full, seed).unwrap();
                let mut chance = Chance::new(seed, "test");
                for one in invalids(&contract, schema, &good, &mut chance) {
                    let violations = contract.validators.violations(schema, Flavour::Request, &one.value);
                    assert!(!violations.is_empty(), "{what}: {} keeps the schema", one.value);
                    for violation in &violations {
                        assert_eq!(violation.rule, one.rule, "{what}: {} ({})", one.value, one.what);
                        assert_eq!(violation.instance, one.instance, "{what}: {} ({})", one.value, one.what);
                    }
                    rules.insert(one.rule);
                }
            }
        }
    }
    let wanted = [
        "type.string",
        "type.integer",
        "type.number",
        "type.boolean",
        "type.array",
        "type.object",
        "required",
        "enum",
        "minLength",
        "maxLength",
        "pattern",
        "format.uuid",
        "format.email",
        "format.date-time",
        "format.date",
        "minimum",
        "maximum",
        "exclusiveMinimum",
        "exclusiveMaximum",
        "multipleOf",
        "minItems",
        "maxItems",
        "uniqueItems",
        "additionalProperties",
    ];
    let lacking: Vec<_> = wanted.iter().filter(|rule| !rules.contains(**rule)).collect();
    assert!(lacking.is_empty(), "never broken: {lacking:?}; broken: {rules:?}");
}

#[test]
fn edges_keep_the_schema_and_reach_every_bound() {
    let contract = contract(&document("zoo.yaml", ZOO));
    let schema = contract.operation("feed").unwrap().body.as_ref().unwrap().content[0].schema.unwrap();
    let good = generate(&contract, schema, Fill::Full, 1).unwrap();
    let found = edges(&contract, schema, &good, &mut Chance::new(1, "test"));
    for edge in &found {
        assert!(
            contract.validators.is_valid(schema, Flavour::Request, &edge.value),
            "{}: {}",
            edge.what,
            edge.value
        );
    }
    let at = |pointer: &str| -> Vec<&Value> {
        found
            .iter()
            .filter(|edge| edge.instance.as_str() == pointer)
            .filter_map(|edge| edge.value.pointer(pointer))
            .collect()
    };
    let lengths: Vec<usize> =
        at("/short").iter().filter_map(|one| one.as_str()).map(|text| text.chars().count()).collect();
    assert!(lengths.contains(&3) && lengths.contains(&12), "{lengths:?}");
    let ages: Vec<i64> = at("/age").iter().filter_map(|one| one.as_i64()).collect();
    assert!(ages.contains(&1) && ages.contains(&150), "{ages:?}");
    assert!(at("/nothing").iter().any(|one| one.is_null()));
    assert!(at("/name").iter().any(|one| one.as_str().is_some_and(|text| text.contains('\u{1F600}'))));
}

#[test]
fn a_seed_gives_the_same_values_again_and_another_seed_others() {
    let contract = contract(&document("zoo.yaml", ZOO));
    for (what, schema) in request_schemas(&contract) {
        let first = generate(&contract, schema, Fill::Full, 7);
        assert_eq!(first, generate(&contract, schema, Fill::Full, 7), "{what}");
    }
    let feed = contract.operation("feed").unwrap().body.as_ref().unwrap().content[0].schema.unwrap();
    assert_ne!(generate(&contract, feed, Fill::Full, 1), generate(&contract, feed, Fill::Full, 2));
}

#[test]
fn texts_carry_the_mark_of_the_run_and_are_never_the_same_twice() {
    let contract = contract(&document("zoo.yaml", ZOO));
    let feed = contract.operation("feed").unwrap().body.as_ref().unwrap().content[0].schema.unwrap();
    let keys = HashMap::new();
    let mut chance = Chance::new(3, "r1");
    let mut generator = Generator { contract: &contract, keys: &keys, chance: &mut chance };
    let mut names = HashSet::new();
    for _ in 0..200 {
        let value = generator.valid(feed, Fill::Full).unwrap();
        let name = value["name"].as_str().unwrap().to_owned();
        assert!(name.contains("cx-r1-"), "{name}");
        assert!(value["mail"].as_str().unwrap().starts_with("cx-r1-"), "{value}");
        assert!(names.insert(name.clone()), "{name} came twice");
    }
}
