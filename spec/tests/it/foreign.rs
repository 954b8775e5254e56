//! Documents in the style of well-known public ones: nothing is wrong with them, and nothing is said.

use tercet_spec::contract::{Flavour, Location, SchemeKind, Segment, Style, Type};
use tercet_spec::{Contract, Severity};

use crate::support::{diagnose, read};

fn contract(name: &str) -> Contract {
    let (contract, diagnostics) = diagnose(name, &read(&format!("tests/it/foreign/{name}")));
    // Like the public ones, these do not speak of every refusal.
    let said: Vec<String> = diagnostics
        .iter()
        .filter(|one| one.severity > Severity::Note && one.code != "undeclared-refusal")
        .map(|one| one.render())
        .collect();
    assert!(said.is_empty(), "{}", said.join("\n"));
    contract.unwrap()
}

#[test]
fn a_shop_for_pets_is_read() {
    let contract = contract("pets.json");
    assert_eq!((contract.title.as_str(), contract.base_path.as_str()), ("Pets", "/api/v3"));
    let ids: Vec<&str> = contract.operations.iter().map(|one| one.id.as_str()).collect();
    assert_eq!(ids, ["findPetsByStatus", "getPetById", "deletePet", "getStoreInventory"]);
    assert!(!contract.is_stateful());
    let get = contract.operation("getPetById").unwrap();
    assert_eq!(get.security.len(), 2, "a key, or a token with scopes");
    assert_eq!(get.security[1][0].scopes, ["write:pets", "read:pets"]);
    assert_eq!(
        contract.scheme("api_key").unwrap().kind,
        SchemeKind::ApiKey(Location::Header, "api_key".to_owned())
    );
    let pet = contract.schema(contract.schemas.named("Pet").unwrap());
    assert_eq!(pet.required, ["name", "photoUrls"]);
    let response = &get.responses[0];
    assert_eq!(response.headers[0].name, "x-rate-limit", "a header's name may begin with `x-`");
}

#[test]
fn payments_with_forms_are_read() {
    let contract = contract("payments.yaml");
    let create = contract.operation("PostCharges").unwrap();
    let body = &create.body.as_ref().unwrap().content[0];
    assert_eq!(body.name, "application/x-www-form-urlencoded");
    assert!(body.encoding.as_ref().unwrap()["metadata"]["style"] == "deepObject");
    let list = contract.operation("GetCharges").unwrap();
    assert_eq!(list.parameters.iter().find(|one| one.name == "created").unwrap().style, Style::DeepObject);
    let charge = contract.schemas.named("charge").unwrap();
    let value = serde_json::json!({ "id": "ch_1", "object": "charge", "amount": 5, "customer": null, "metadata": { "a": "b" } });
    assert_eq!(contract.validators.violations(charge, Flavour::Response, &value), []);
    let wrong = serde_json::json!({ "id": "ch_1", "object": "card", "amount": 5, "customer": { "id": 3 } });
    let rules: Vec<String> = contract
        .validators
        .violations(charge, Flavour::Response, &wrong)
        .into_iter()
        .map(|one| one.rule)
        .collect();
    assert_eq!(rules, ["enum", "anyOf"]);
}

#[test]
fn repositories_with_nested_paths_and_hooks_are_read() {
    let contract = contract("repositories.yaml");
    let contents = contract.operation("repos/get-content").unwrap();
    let names: Vec<String> = contents
        .path
        .segments
        .iter()
        .flatten()
        .map(|part| match part {
            Segment::Literal(text) => text.clone(),
            Segment::Parameter(name) => format!("{{{name}}}"),
        })
        .collect();
    assert_eq!(names, ["repos", "{owner}", "{repo}", "compare", "{base}", "...", "{head}"]);
    assert_eq!(contents.parameters.len(), 5, "those of the path item are among them");
    let repository = contract.schema(contract.schemas.named("repository").unwrap());
    let topics = contract.schema(repository.properties["description"]);
    assert_eq!(topics.types, [Type::String, Type::Null]);
    assert!(
        contract.schema(repository.properties["parent"]).properties.contains_key("parent"),
        "it is recursive"
    );
    assert_eq!(
        contract.operation("getRepos").unwrap().path.text,
        "/repos",
        "operations without an id get one"
    );
}

/// A document of that many resources, each with its paths and schemas, all of which refer to a few shared ones.
fn resources(count: usize) -> String {
    use std::fmt::Write as _;
    let mut text = "openapi: 3.0.3\ninfo: { title: Many, version: '1' }\npaths:\n".to_owned();
    for index in 0..count {
        write!(
            text,
            "  /things{index}/{{id}}:\n    parameters: [ {{ $ref: '#/components/parameters/id' }} ]\n    get:\n      operationId: get{index}\n      responses:\n        '200': {{ description: yes, content: {{ application/json: {{ schema: {{ $ref: '#/components/schemas/Thing{index}' }} }} }} }}\n"
        )
        .unwrap();
    }
    text.push_str("components:\n  parameters:\n    id: { name: id, in: path, required: true, schema: { type: string } }\n  schemas:\n    Shared: { type: object, properties: { id: { type: string } } }\n");
    for index in 0..count {
        writeln!(
            text,
            "    Thing{index}: {{ allOf: [ {{ $ref: '#/components/schemas/Shared' }} ], properties: {{ next: {{ $ref: '#/components/schemas/Thing{}' }}, name: {{ type: string }} }} }}",
            (index + 1) % count
        )
        .unwrap();
    }
    text
}

#[test]
fn every_schema_is_lowered_once_however_often_it_is_referred_to() {
    let count = |resources_in: usize| {
        let (contract, diagnostics) = diagnose("many.yaml", &resources(resources_in));
        assert!(diagnostics.is_empty(), "{}", diagnostics[0]);
        let contract = contract.unwrap();
        assert_eq!(contract.operations.len(), resources_in);
        contract.schemas.iter().count()
    };
    // One shared schema with a property, one parameter's, and two for each resource.
    assert_eq!(count(10), 3 + 2 * 10);
    assert_eq!(count(400), 3 + 2 * 400);
}
