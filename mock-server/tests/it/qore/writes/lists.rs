//! Lists: rules see them as they were sent, empty ones among them.

use serde_json::json;

use super::support::{DEMO, Qore, declared, errors};

async fn application(tags: &str, kinds: &str) -> Qore {
    let text = format!(
        "
resources:
  tags: {{ fields: {{ name: {{ type: text }} }}, records: [ {{ id: 1, name: a }}, {{ id: 2, name: b }} ] }}
  posts:
    fields:
      tags: {{ type: belongs-to-many, resource: tags, rules: '{tags}' }}
      kinds: {{ type: select, multiple: true, options: [ x, y ], rules: '{kinds}' }}
"
    );
    declared(&text, DEMO).await
}

#[tokio::test]
async fn members_count_as_often_as_they_are_sent() {
    let app = application("max:2", "min:2").await;
    let said = errors(app.post("posts", json!({ "tags": [1, 1, "1"], "kinds": ["x"] })).await);
    assert_eq!(
        said,
        json!({
            "tags": ["The tags field must not have more than 2 items."],
            "kinds": ["The kinds field must have at least 2 items."],
        })
    );
    let data = Qore::data(app.post("posts", json!({ "tags": [2, 2], "kinds": ["x", "x"] })).await);
    assert_eq!(data["tags"], json!([2]), "a record is related once");
    assert_eq!(data["kinds"], json!(["x", "x"]));
    let app = application("distinct", "distinct").await;
    let said = errors(app.post("posts", json!({ "tags": [1, "1"], "kinds": ["x", "x"] })).await);
    assert_eq!(said["tags"], json!(["The tags field has a duplicate value."]));
    assert_eq!(said["kinds"], json!(["The kinds field has a duplicate value."]));
    assert_eq!(app.post("posts", json!({ "tags": [1, 2], "kinds": ["x", "y"] })).await.0, 201);
}

#[tokio::test]
async fn an_empty_list_has_a_size_and_nothing_has_none() {
    let app = application("array|min:1", "required|min:1").await;
    let said = errors(app.post("posts", json!({ "tags": [], "kinds": [] })).await);
    assert_eq!(
        said,
        json!({
            "tags": ["The tags field must have at least 1 items."],
            "kinds": ["The kinds field is required."],
        })
    );
    for nothing in [json!({ "kinds": ["x"] }), json!({ "kinds": ["x"], "tags": null })] {
        assert_eq!(app.post("posts", nothing.clone()).await.0, 201, "{nothing}");
    }
    assert_eq!(
        app.form("posts", &[("tags", ""), ("kinds[]", "x")], &[]).await.0,
        201,
        "empty texts are null"
    );
}
