//! How good passwords are (facts: passwords 3.1, status rules).

use serde_json::{Value, json};

use super::client::{Client, start};

async fn status(bob: &mut Client, id: &str) -> (Value, Value) {
    let shown = bob.show("password", id, "model").await;
    (shown["status"].clone(), shown["statusCode"].clone())
}

fn is(status: i64, code: &str) -> (Value, Value) {
    (json!(status), json!(code))
}

async fn set(bob: &mut Client, settings: Value) {
    let (status, answer) = bob.call("POST", "settings/set", settings.clone()).await;
    assert_eq!((status, &answer), (200, &settings));
}

#[tokio::test]
async fn what_everybody_knows_is_breached() {
    let mut bob = start().await;
    let id = bob.password("Mail", json!({ "password": "password" })).await;
    assert_eq!(status(&mut bob, &id).await, is(2, "BREACHED"));
    bob.update("password", json!({ "id": id, "label": "Mail", "password": "Thimble-62-orchid" })).await;
    assert_eq!(status(&mut bob, &id).await, is(0, "GOOD"));
}

#[tokio::test]
async fn a_duplicate_marks_both_and_the_old_revision_goes_on_marking() {
    let mut bob = start().await;
    let same = json!({ "password": "Thimble-62-orchid" });
    let one = bob.password("one", same.clone()).await;
    assert_eq!(status(&mut bob, &one).await, is(0, "GOOD"));
    let two = bob.password("two", same).await;
    assert_eq!(status(&mut bob, &one).await, is(1, "DUPLICATE"));
    assert_eq!(status(&mut bob, &two).await, is(1, "DUPLICATE"));
    bob.update("password", json!({ "id": two, "label": "two", "password": "Thimble-63-orchid" })).await;
    assert_eq!(status(&mut bob, &two).await, is(0, "GOOD"));
    assert_eq!(
        status(&mut bob, &one).await,
        is(1, "DUPLICATE"),
        "the first revision of the other still has it"
    );
    bob.delete("password", &two).await;
    assert_eq!(status(&mut bob, &one).await, is(1, "DUPLICATE"), "the trash counts");
    bob.delete("password", &two).await;
    assert_eq!(status(&mut bob, &one).await, is(0, "GOOD"), "gone for good, it does not");
}

#[tokio::test]
async fn duplicates_may_be_allowed_and_are_nobody_elses() {
    let mut bob = start().await;
    set(&mut bob, json!({ "user.password.security.duplicates": false })).await;
    let same = json!({ "password": "Thimble-62-orchid" });
    bob.password("one", same.clone()).await;
    let two = bob.password("two", same.clone()).await;
    assert_eq!(status(&mut bob, &two).await, is(0, "GOOD"));
    let mut alice = bob.speaking_as("alice");
    let hers = alice.password("hers", same).await;
    assert_eq!(status(&mut alice, &hers).await, is(0, "GOOD"));
}

#[tokio::test]
async fn passwords_grow_old_where_the_setting_says_so() {
    let mut bob = start().await;
    set(&mut bob, json!({ "user.password.security.age": 30 })).await;
    let old = super::client::NOW - 31 * 86_400;
    let one = bob.password("one", json!({ "edited": old })).await;
    assert_eq!(status(&mut bob, &one).await, is(1, "OUTDATED"));
    let two = bob.password("two", json!({ "edited": old + 2 * 86_400 })).await;
    assert_eq!(status(&mut bob, &two).await, is(0, "GOOD"));
}

#[tokio::test]
async fn no_more_of_a_hash_is_kept_than_the_setting_says() {
    let mut bob = start().await;
    set(&mut bob, json!({ "user.password.security.hash": 20 })).await;
    let id = bob.password("Mail", json!({ "password": "password" })).await;
    assert_eq!(bob.show("password", &id, "model").await["hash"], "5baa61e4c9b93f3f0682");
    assert_eq!(status(&mut bob, &id).await, is(2, "BREACHED"), "the beginning of a hash is enough");
    set(&mut bob, json!({ "user.password.security.hash": 0 })).await;
    let id = bob.password("Other", json!({ "password": "password" })).await;
    assert_eq!(bob.show("password", &id, "model").await["hash"], "");
    assert_eq!(status(&mut bob, &id).await, is(3, "NOT_CHECKED"));
}

#[tokio::test]
async fn what_the_client_says_of_the_hash_counts_for_nothing_without_its_encryption() {
    let mut bob = start().await;
    let id = bob.password("Mail", json!({ "password": "password", "hash": "nonsense", "status": 0 })).await;
    assert_eq!(bob.show("password", &id, "model").await["hash"], "5baa61e4c9b93f3f0682250b6cf8331b7ee68fd8");
}
