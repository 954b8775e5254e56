//! The search over all resources.

use serde_json::json;

use super::support::{DEMO, IRIS, library, start};

#[tokio::test]
async fn what_the_documentation_looks_for() {
    let qore = start().await;
    let found = qore.get(DEMO, "/api/global-search?query=e").await.ok();
    let groups: Vec<_> = found.as_array().unwrap().iter().map(|group| group["resource"].clone()).collect();
    let order = ["users", "tenants", "organizations", "projects", "milestones", "issues", "registrations"];
    assert_eq!(groups, order, "as the application has them");
    let issue = json!({ "id": 1, "title": "Hello taak 1", "description": "PTA.23.0001", "url": "/resources/issues/1" });
    assert_eq!((&found[5]["label"], &found[5]["results"][0]), (&json!("Taken"), &issue));
    assert_eq!(qore.call(DEMO, "GET", "/api/global-search", json!({ "query": "e" })).await.ok(), found);
}

#[tokio::test]
async fn only_the_fields_that_the_application_names_are_looked_at() {
    let qore = start().await;
    let one = qore.get(DEMO, "/api/global-search?query=pta.23").await.ok();
    assert_eq!((one.as_array().unwrap().len(), &one[0]["resource"]), (1, &json!("issues")));
    assert_eq!(qore.get(DEMO, "/api/global-search?query=2023-01").await.ok(), json!([]), "dates are not");
    let books = library().await.get(IRIS, "/api/global-search?query=NIJHOFF").await.ok();
    assert_eq!(books[0]["results"][0]["title"], "Awater (1934)");
}

#[tokio::test]
async fn a_search_for_nothing_is_refused() {
    let qore = start().await;
    for path in ["/api/global-search", "/api/global-search?query=", "/api/global-search?query=%20%20"] {
        assert_eq!(qore.get(DEMO, path).await.broken(), ["query"], "{path}");
    }
}
