//! What actions set is held to the rules of its fields.

use serde_json::json;

use super::support::{DEMO, Qore, declared, errors};

const SHOP: &str = "
resources:
  labels: { fields: { name: { type: text } }, records: [ { id: 1, name: a }, { id: 2, name: b } ] }
  notes:
    fields:
      text: { type: text, rules: 'required|max:5' }
      labels: { type: belongs-to-many, resource: labels, rules: 'max:1' }
  orders:
    fields:
      code: { type: text, rules: 'max:5|unique' }
      amount: { type: number, rules: 'min:1' }
      labels: { type: belongs-to-many, resource: labels }
    actions:
      rename: { form: { code: { type: text }, amount: { type: number } }, set: { code: $form.code, amount: $form.amount } }
      note: { form: { text: { type: text } }, create: { resource: notes, set: { text: $form.text, labels: $record.labels } } }
    records:
      - { id: 1, code: a, amount: 3, labels: [ 1, 2 ] }
      - { id: 2, code: b, amount: 3 }
";

#[tokio::test]
async fn what_an_action_sets_keeps_the_rules_of_its_fields() {
    let app = declared(SHOP, DEMO).await;
    let rename = "orders/actions/rename/2";
    let said = errors(app.post(rename, json!({ "code": "too long", "amount": 0 })).await);
    assert_eq!(
        said,
        json!({
            "code": ["The code field must not be greater than 5 characters."],
            "amount": ["The amount field must be at least 1."],
        })
    );
    let said = errors(app.post(rename, json!({ "code": "a" })).await);
    assert_eq!(said, json!({ "code": ["The code has already been taken."] }));
    assert_eq!(app.get("orders/logs/2").await.1, json!({ "data": [] }), "nothing has happened");
    assert_eq!(app.post(rename, json!({ "code": "b", "amount": 1 })).await.0, 200, "its own code is its own");
    assert_eq!(Qore::data(app.get("orders/2").await)["amount"], 1);
}

#[tokio::test]
async fn what_an_action_makes_keeps_the_rules_of_its_fields() {
    let app = declared(SHOP, DEMO).await;
    let said = errors(app.post("orders/actions/note/1", json!({ "text": "too long" })).await);
    assert_eq!(
        said,
        json!({
            "text": ["The text field must not be greater than 5 characters."],
            "labels": ["The labels field must not have more than 1 items."],
        })
    );
    let said = errors(app.post("orders/actions/note/2", json!({})).await);
    assert_eq!(said, json!({ "text": ["The text field is required."] }), "a new record has to have it");
    assert_eq!(app.post("orders/actions/note/2", json!({ "text": "short" })).await.0, 200);
    assert_eq!(Qore::data(app.get("notes/1").await)["text"], "short");
}
