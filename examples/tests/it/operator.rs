//! The operator's story: green for an instance that keeps the document, a finding for one that does not.

use crate::validate::validate;

#[tokio::test]
async fn an_operator_validates_an_instance() {
    let mut told = Vec::new();
    validate(&mut told).await.unwrap();
    let told = String::from_utf8(told).unwrap();
    let (first, second) = told.split_at(told.rfind("held against").unwrap());
    assert!(first.contains("\nHOLDS: "), "{first}");
    assert!(!first.contains("FAIL "), "{first}");

    // What was done, what came back, and the line of the document that it breaks.
    assert!(second.contains("FAIL unique_is_enforced"), "{second}");
    assert!(second.contains("spec/platforms/tooljet/openapi.yaml:"), "{second}");
    assert!(second.contains("`email` unique in `users`"), "{second}");
    assert!(second.contains("curl "), "{second}");
    assert!(second.contains("-> 422 "), "{second}");
    assert!(second.contains("\nFINDINGS: "), "{second}");
    assert!(!told.contains("tooljet-demo-token"), "the token is shown");
}
