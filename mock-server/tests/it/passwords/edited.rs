//! What becomes of `edited` (facts: passwords 4.3).

use serde_json::{Value, json};

use super::client::{Client, NOW, start};

async fn edited(bob: &mut Client, kind: &str, id: &str) -> Value {
    bob.show(kind, id, "model").await["edited"].clone()
}

#[tokio::test]
async fn a_new_object_takes_the_past_and_little_of_the_future() {
    let mut bob = start().await;
    let hour = 3600;
    for (kind, given, expected) in [
        ("password", 0, NOW),
        ("password", -5, NOW),
        ("password", 7, 7),
        ("password", NOW + 2 * hour, NOW + 2 * hour),
        ("password", NOW + 2 * hour + 1, NOW),
        ("folder", 7, 7),
        ("folder", NOW + hour, NOW + hour),
        ("folder", NOW + hour + 1, NOW),
        ("tag", NOW + hour + 1, NOW),
        ("tag", -1, NOW),
    ] {
        let fields = json!({ "label": "a", "password": "Quarry-5-violet", "color": "b", "edited": given });
        let id = bob.create(kind, fields).await;
        assert_eq!(edited(&mut bob, kind, &id).await, json!(expected), "{kind} {given}");
    }
}

#[tokio::test]
async fn a_password_keeps_it_while_it_is_the_same() {
    let mut bob = start().await;
    let id = bob.password("Mail", json!({ "edited": 100 })).await;
    let same = bob.show("password", &id, "model").await["password"].clone();
    let far = NOW + 1_000_000;
    for (password, given, expected) in [
        (same.clone(), json!(null), 100),
        (same.clone(), json!(-3), 100),
        (same.clone(), json!(far), far),
        (same.clone(), json!(200), 200),
        (json!("another-Thimble-1"), json!(300), 300),
        (json!("another-Thimble-2"), json!(300), NOW),
        (json!("another-Thimble-3"), json!(null), NOW),
        (json!("another-Thimble-4"), json!(far), NOW),
    ] {
        let change = json!({ "id": id, "label": "Mail", "password": password, "edited": given });
        bob.update("password", change.clone()).await;
        assert_eq!(edited(&mut bob, "password", &id).await, json!(expected), "{change}");
    }
}

#[tokio::test]
async fn folders_and_tags_have_rules_of_their_own() {
    for (kind, given, expected) in [
        ("folder", json!(null), NOW + 50),
        ("folder", json!(0), NOW + 50),
        ("folder", json!(-1), 100),
        ("folder", json!(200), 200),
        ("tag", json!(null), 100),
        ("tag", json!(-1), 100),
        ("tag", json!(200), 200),
    ] {
        let mut fields = json!({ "label": "a", "color": "b", "edited": 100 });
        let mut bob = start().await;
        let id = bob.create(kind, fields.clone()).await;
        bob.wait(50);
        fields["id"] = json!(id);
        fields["edited"] = given.clone();
        bob.update(kind, fields).await;
        assert_eq!(edited(&mut bob, kind, &id).await, json!(expected), "{kind} {given}");
    }
}
