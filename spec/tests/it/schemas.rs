//! Schemas of OpenAPI as JSON Schema 2020-12, and what a violation says.

use serde_json::{Value, json};
use tercet_spec::contract::{Flavour, Type, Violation};
use tercet_spec::{Contract, Diagnostic, Severity};

use crate::support::diagnose;

/// A contract whose component schemas are those of `schemas`; remarks such as unused components do not matter here.
fn contract(version: &str, schemas: &str) -> Contract {
    let indented: String = schemas.trim_matches('\n').lines().map(|line| format!("    {line}\n")).collect();
    let text = format!(
        "openapi: {version}\ninfo: {{ title: T, version: '1' }}\npaths: {{}}\ncomponents:\n  schemas:\n{indented}"
    );
    let (contract, diagnostics) = diagnose("schemas.yaml", &text);
    let errors: Vec<&Diagnostic> = diagnostics.iter().filter(|one| one.severity == Severity::Error).collect();
    assert!(errors.is_empty(), "{errors:?}");
    contract.unwrap()
}

fn violations(contract: &Contract, name: &str, flavour: Flavour, value: &Value) -> Vec<Violation> {
    contract.validators.violations(contract.schemas.named(name).unwrap(), flavour, value)
}

fn fits(contract: &Contract, name: &str, value: &Value) -> bool {
    let id = contract.schemas.named(name).unwrap();
    let fits = contract.validators.is_valid(id, Flavour::Request, value);
    assert_eq!(
        fits,
        contract.validators.violations(id, Flavour::Request, value).is_empty(),
        "the two ways agree"
    );
    fits
}

/// The text of the document's line that a violation's rule stands in.
fn line_of(contract: &Contract, violation: &Violation) -> String {
    let line = contract.document.position(&violation.schema).line;
    contract.document.text().lines().nth(line - 1).unwrap_or_default().trim().to_owned()
}

#[test]
fn nullable_allows_null_beside_a_type_an_enum_and_branches() {
    let contract = contract(
        "3.0.3",
        "
Plain: { type: string }
Typed: { type: string, nullable: true }
Listed: { type: string, enum: [ a, b ], nullable: true }
Branched: { nullable: true, allOf: [ { $ref: '#/components/schemas/Plain' } ] }
Either: { nullable: true, type: string, oneOf: [ { minLength: 3 }, { maxLength: 1 } ] }
",
    );
    for (name, good, bad) in [
        ("Typed", json!("x"), json!(1)),
        ("Listed", json!("a"), json!("c")),
        ("Branched", json!("x"), json!(1)),
        ("Either", json!("abc"), json!("ab")),
    ] {
        assert!(fits(&contract, name, &Value::Null), "{name} may be null");
        assert!(fits(&contract, name, &good), "{name} may be {good}");
        assert!(!fits(&contract, name, &bad), "{name} may not be {bad}");
    }
    assert!(!fits(&contract, "Plain", &Value::Null));
}

#[test]
fn exclusive_bounds_are_booleans_in_3_0_and_numbers_in_3_1() {
    let old = contract(
        "3.0.3",
        "
Open: { type: integer, minimum: 1, exclusiveMinimum: true, maximum: 5, exclusiveMaximum: true }
Closed: { type: integer, minimum: 1, exclusiveMinimum: false, maximum: 5 }
",
    );
    let new = contract("3.1.0", "Open: { type: integer, exclusiveMinimum: 1, exclusiveMaximum: 5 }");
    for contract in [&old, &new] {
        let fitting: Vec<i64> = (0..7).filter(|number| fits(contract, "Open", &json!(number))).collect();
        assert_eq!(fitting, [2, 3, 4]);
    }
    assert!(
        fits(&old, "Closed", &json!(1))
            && fits(&old, "Closed", &json!(5))
            && !fits(&old, "Closed", &json!(6))
    );
    let broken = violations(&old, "Open", Flavour::Request, &json!(1));
    assert_eq!((broken[0].rule.as_str(), &broken[0].limit), ("exclusiveMinimum", &json!(1)));
    let schema = old.schema(old.schemas.named("Open").unwrap());
    assert_eq!((&schema.range, &schema.exclusive_range), (&(None, None), &(Some(1.into()), Some(5.into()))));
}

#[test]
fn read_only_is_not_required_of_requests_nor_write_only_of_responses() {
    let contract = contract(
        "3.0.3",
        "
User:
  allOf:
    - { $ref: '#/components/schemas/Base' }
    - type: object
      required: [ id, password ]
      properties: { password: { type: string, writeOnly: true } }
Base: { type: object, required: [ id, name ], properties: { id: { type: string, readOnly: true }, name: { type: string } } }
Late: { required: [ id ], allOf: [ { $ref: '#/components/schemas/Base' } ] }
",
    );
    let missing = |name: &str, flavour| -> Vec<String> {
        let mut all: Vec<String> = violations(&contract, name, flavour, &json!({}))
            .iter()
            .map(|one| one.limit.as_str().unwrap().to_owned())
            .collect();
        all.sort();
        all.dedup();
        all
    };
    assert_eq!(missing("Base", Flavour::Request), ["name"]);
    assert_eq!(missing("Base", Flavour::Response), ["id", "name"]);
    assert_eq!(missing("User", Flavour::Response), ["id", "name"]);
    assert_eq!(missing("Late", Flavour::Request), ["name"], "the property stands in a branch");
}

#[test]
fn a_discriminator_picks_one_of_branches_that_overlap() {
    let contract = contract(
        "3.0.3",
        "
Pet:
  oneOf: [ { $ref: '#/components/schemas/Cat' }, { $ref: '#/components/schemas/Dog' } ]
  discriminator: { propertyName: kind }
Strict:
  oneOf: [ { $ref: '#/components/schemas/Cat' }, { $ref: '#/components/schemas/Dog' } ]
Cat: { type: object, required: [ kind ], properties: { kind: { type: string } } }
Dog: { type: object, required: [ kind ], properties: { kind: { type: string } } }
",
    );
    assert!(fits(&contract, "Pet", &json!({ "kind": "Cat" })));
    assert!(!fits(&contract, "Strict", &json!({ "kind": "Cat" })), "both branches fit, so `oneOf` does not");
    let broken = violations(&contract, "Pet", Flavour::Request, &json!(1));
    assert_eq!(
        line_of(&contract, &broken[0]),
        "oneOf: [ { $ref: '#/components/schemas/Cat' }, { $ref: '#/components/schemas/Dog' } ]"
    );
}

#[test]
fn int32_bounds_an_integer_and_its_rule_is_the_format() {
    let contract = contract(
        "3.0.3",
        "
Small: { type: integer, format: int32 }
Large: { type: integer, format: int64 }
",
    );
    assert!(
        fits(&contract, "Small", &json!(2_147_483_647))
            && !fits(&contract, "Small", &json!(2_147_483_648_i64))
    );
    assert!(fits(&contract, "Large", &json!(2_147_483_648_i64)));
    let broken = violations(&contract, "Small", Flavour::Request, &json!(1e12));
    assert_eq!(broken[0].schema.as_str(), "/components/schemas/Small/format");
}

#[test]
fn recursive_schemas_are_read_and_validated() {
    let contract = contract(
        "3.0.3",
        "
Tree: { type: object, properties: { name: { type: string }, children: { type: array, items: { $ref: '#/components/schemas/Tree' } } } }
",
    );
    assert!(fits(&contract, "Tree", &json!({ "children": [ { "children": [ { "name": "leaf" } ] } ] })));
    let broken = violations(
        &contract,
        "Tree",
        Flavour::Request,
        &json!({ "children": [ { "children": [ { "name": 7 } ] } ] }),
    );
    assert_eq!(broken[0].instance.as_str(), "/children/0/children/0/name");
    assert_eq!(broken[0].schema.as_str(), "/components/schemas/Tree/properties/name/type");
}

#[test]
fn a_branch_that_is_met_before_its_base_is_read_still_has_all_of_it() {
    // `Base` leads to `Child`, which extends `Base`: neither may see the other half-read.
    let contract = contract(
        "3.0.3",
        "
Base: { type: object, required: [ id ], properties: { child: { $ref: '#/components/schemas/Child' }, id: { type: string }, size: { type: integer } } }
Child: { allOf: [ { $ref: '#/components/schemas/Base' }, { type: object, properties: { name: { type: string } } } ] }
",
    );
    let child = contract.schema(contract.schemas.named("Child").unwrap());
    assert_eq!(child.properties.keys().collect::<Vec<_>>(), ["child", "id", "size", "name"]);
    assert_eq!(child.required, ["id"]);
    assert_eq!(child.types, [Type::Object]);
}

#[test]
fn keywords_beside_a_reference_count_in_3_1_only() {
    let schemas = "
Name: { type: string }
Short: { $ref: '#/components/schemas/Name', maxLength: 3 }
";
    let new = contract("3.1.0", schemas);
    assert!(
        fits(&new, "Short", &json!("abc"))
            && !fits(&new, "Short", &json!("abcd"))
            && !fits(&new, "Short", &json!(1))
    );
    let short = new.schema(new.schemas.named("Short").unwrap());
    assert_eq!((short.length, short.types.as_slice()), ((None, Some(3)), [Type::String].as_slice()));
    assert!(
        fits(&contract("3.0.3", schemas), "Short", &json!("abcd")),
        "3.0 ignores them, and the document is told so"
    );
}

#[test]
fn types_of_3_1_are_lists() {
    let contract = contract("3.1.0", "Name: { type: [ string, 'null' ], const: x }");
    let name = contract.schema(contract.schemas.named("Name").unwrap());
    assert!(name.is_nullable() && name.single_type() == Some(Type::String));
    assert_eq!(name.values, [json!("x")]);
}

#[test]
fn every_rule_of_a_violation_has_its_name_its_limit_and_its_line() {
    let contract = contract(
        "3.0.3",
        "
Order:
  type: object
  required: [ id, line ]
  additionalProperties: false
  properties:
    id: { $ref: '#/components/schemas/Id' }
    line: { nullable: true, allOf: [ { $ref: '#/components/schemas/Line' } ] }
    else: { type: string, maxLength: 2 }
    tags:
      type: array
      maxItems: 2
      uniqueItems: true
      items: { type: string }
Id:
  type: string
  format: uuid
Line:
  type: object
  properties:
    amount:
      type: integer
      minimum: 1
      maximum: 9
      multipleOf: 2
    unit:
      type: string
      enum: [ piece, box ]
    code:
      type: string
      pattern: '^[a-z]+$'
      minLength: 2
",
    );
    let value = json!({
        "id": "7", "else": "long", "tags": [1, 1, 1], "extra": true,
        "line": { "amount": 11, "unit": "barrel", "code": "A" },
    });
    let mut found: Vec<String> = violations(&contract, "Order", Flavour::Request, &value)
        .iter()
        .map(|one| format!("{} {} {} | {}", one.instance, one.rule, one.limit, line_of(&contract, one)))
        .collect();
    found.sort();
    assert_eq!(
        found,
        [
            " additionalProperties [\"extra\"] | additionalProperties: false",
            "/else maxLength 2 | else: { type: string, maxLength: 2 }",
            "/id format.uuid \"uuid\" | format: uuid",
            "/line/amount maximum 9 | maximum: 9",
            "/line/amount multipleOf 2.0 | multipleOf: 2",
            "/line/code minLength 2 | minLength: 2",
            "/line/code pattern \"^[a-z]+$\" | pattern: '^[a-z]+$'",
            "/line/unit enum [\"piece\",\"box\"] | enum: [ piece, box ]",
            "/tags maxItems 2 | maxItems: 2",
            "/tags uniqueItems null | uniqueItems: true",
            "/tags/0 type.string \"string\" | items: { type: string }",
            "/tags/1 type.string \"string\" | items: { type: string }",
            "/tags/2 type.string \"string\" | items: { type: string }",
        ]
    );
    let missing = violations(&contract, "Order", Flavour::Request, &json!({ "line": null }));
    assert_eq!(missing.len(), 1, "null fits `line`: {missing:?}");
    assert_eq!((missing[0].rule.as_str(), missing[0].message.as_str()), ("required", "`id` is missing"));
    assert_eq!(missing[0].schema.as_str(), "/components/schemas/Order/required");
}

#[test]
fn one_faulty_keyword_does_not_keep_the_rest_of_a_schema_from_being_checked() {
    let text = "openapi: 3.0.3\ninfo: { title: T, version: '1' }\npaths: {}\ncomponents:\n  schemas:\n    A:\n      type: object\n      properties:\n        slug: { type: string, pattern: '[' }\n        size: { type: integer, default: big }\n";
    let (_, diagnostics) = diagnose("faulty.yaml", text);
    let codes: Vec<&str> =
        diagnostics.iter().filter(|one| one.severity > Severity::Note).map(|one| one.code).collect();
    assert_eq!(codes, ["bad-pattern", "default-mismatch"]);
}

#[test]
fn branches_of_all_of_say_together_what_a_property_is() {
    let contract = contract(
        "3.0.3",
        "
Loose: { type: object, properties: { size: { type: number, minimum: 1, maximum: 9 }, kind: { type: string, enum: [ a, b, c ] }, all: { type: array, items: { type: object } }, child: { $ref: '#/components/schemas/Loose' } } }
Strict: { type: object, properties: { size: { type: integer, minimum: 3, maximum: 20 }, kind: { type: string, enum: [ b, c, d ] }, all: { type: array, items: { $ref: '#/components/schemas/Strict' } }, child: { $ref: '#/components/schemas/Strict' } }, required: [ size ] }
Both: { allOf: [ { $ref: '#/components/schemas/Loose' }, { $ref: '#/components/schemas/Strict' } ] }
",
    );
    let named = |name: &str| &contract.schemas[contract.schemas.named(name).unwrap()];
    let both = named("Both");
    let size = contract.schema(both.properties["size"]);
    assert_eq!(size.types, [Type::Integer]);
    assert_eq!((size.range.0.clone(), size.range.1.clone()), (Some(3.into()), Some(9.into())));
    assert_eq!(contract.schema(both.properties["kind"]).values, [json!("b"), json!("c")]);
    let items = contract.schema(contract.schema(both.properties["all"]).items.unwrap());
    assert_eq!(items.required, ["size"], "what is inside is joined, too");
    let child = contract.schema(both.properties["child"]);
    assert_eq!(child.properties["child"], both.properties["child"], "a recursive schema comes to an end");
    assert_eq!(contract.schema(child.properties["size"]).types, [Type::Integer]);
    assert_eq!(
        contract.schema(named("Loose").properties["size"]).types,
        [Type::Number],
        "the parts stay as they are"
    );
}
