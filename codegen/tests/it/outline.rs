//! The methods and types of a client.

use tercet_codegen::sdk_outline;

use crate::support::document;

#[test]
fn the_outline_of_every_difficulty() {
    insta::assert_snapshot!(
        sdk_outline("fixture", &document("codegen/tests/fixtures/everything.yaml")).unwrap()
    );
}

#[test]
fn tooljets_methods_read_well() {
    let outline = sdk_outline("tooljet", &document("spec/platforms/tooljet/openapi.yaml")).unwrap();
    let methods: Vec<&str> =
        outline.lines().filter(|line| line.starts_with("fn ") || line.starts_with("enum ")).collect();
    insta::assert_snapshot!(methods.join("\n"));
}
