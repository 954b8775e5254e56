//! What happens to a folder happens to what is in it (facts: passwords 4.2 and 4.6).

use serde_json::{Value, json};

use super::client::{BASE, Client, NOW, start};

/// `top` with a password; in it `inner` with one.
async fn tree(bob: &mut Client) -> [String; 4] {
    let top = bob.folder("top", BASE).await;
    let inner = bob.folder("inner", &top).await;
    let high = bob.password("high", json!({ "folder": top })).await;
    let low = bob.password("low", json!({ "folder": inner })).await;
    [top, inner, high, low]
}

async fn field(bob: &mut Client, kind: &str, id: &str, field: &str) -> Value {
    bob.show(kind, id, "model").await[field].clone()
}

#[tokio::test]
async fn a_folder_in_the_trash_takes_everything_out_of_sight() {
    let mut bob = start().await;
    let [top, inner, _, low] = tree(&mut bob).await;
    let before = bob.show("password", &low, "model").await;
    bob.wait(5);
    bob.delete("folder", &top).await;
    assert!(bob.list("password").await.is_empty() && bob.list("folder").await.is_empty());
    assert!(
        bob.find("password", json!({ "trashed": true })).await.is_empty(),
        "what is suspended is not in the trash"
    );
    assert_eq!(bob.find("folder", json!({ "trashed": true })).await, ["top"]);
    let after = bob.show("password", &low, "model").await;
    assert_eq!(
        (&after["trashed"], &after["revision"]),
        (&json!(false), &before["revision"]),
        "no revision of its own"
    );
    assert_eq!((&after["updated"], &after["created"]), (&json!(NOW + 5), &json!(NOW)));
    assert_eq!(
        bob.show("folder", &top, "folder-ids").await["folders"],
        json!([inner]),
        "a folder in the trash shows them"
    );
    bob.restore("folder", &top, None).await;
    assert_eq!(bob.list("password").await, ["high", "low"]);
    assert_eq!(bob.list("folder").await, ["inner", "top"]);
}

#[tokio::test]
async fn what_was_in_the_trash_by_itself_stays_there() {
    let mut bob = start().await;
    let [top, inner, high, _] = tree(&mut bob).await;
    bob.delete("folder", &inner).await;
    bob.delete("password", &high).await;
    bob.delete("folder", &top).await;
    bob.restore("folder", &top, None).await;
    assert!(bob.list("password").await.is_empty(), "neither it nor what is below it comes back");
    assert_eq!(bob.list("folder").await, ["top"]);
    bob.restore("folder", &inner, None).await;
    assert_eq!(bob.list("password").await, ["low"]);
}

#[tokio::test]
async fn a_folder_restored_within_the_trash_is_visible() {
    let mut bob = start().await;
    let [top, inner, _, _] = tree(&mut bob).await;
    bob.delete("folder", &inner).await;
    bob.delete("folder", &top).await;
    bob.restore("folder", &inner, None).await;
    assert_eq!(bob.list("folder").await, ["inner"]);
    assert_eq!(bob.list("password").await, ["low"]);
    bob.password("new", json!({ "folder": top })).await;
    assert_eq!(bob.list("password").await, ["low", "new"], "so is what is made there");
}

#[tokio::test]
async fn a_folder_removed_for_good_takes_everything_with_it() {
    let mut bob = start().await;
    let [top, inner, high, low] = tree(&mut bob).await;
    bob.delete("password", &high).await;
    bob.delete("folder", &top).await;
    bob.delete("folder", &top).await;
    for (kind, id) in [("folder", &top), ("folder", &inner), ("password", &high), ("password", &low)] {
        let (status, _) = bob.call("POST", &format!("{kind}/show"), json!({ "id": id })).await;
        assert_eq!(status, 404, "{kind} {id}");
    }
}

#[tokio::test]
async fn hiding_goes_down_and_showing_does_not() {
    let mut bob = start().await;
    let [top, inner, high, low] = tree(&mut bob).await;
    let before = field(&mut bob, "password", &low, "revision").await;
    bob.update("folder", json!({ "id": top, "label": "top", "hidden": true })).await;
    for (kind, id) in [("folder", &inner), ("password", &high), ("password", &low)] {
        assert_eq!(field(&mut bob, kind, id, "hidden").await, json!(true), "{kind}");
    }
    assert_ne!(field(&mut bob, "password", &low, "revision").await, before, "each has a revision");
    assert!(bob.list("folder").await.is_empty() && bob.list("password").await.is_empty());
    bob.update("folder", json!({ "id": top, "label": "top" })).await;
    assert_eq!(bob.list("folder").await, ["top"]);
    assert!(bob.list("password").await.is_empty());
}

#[tokio::test]
async fn a_folder_that_cannot_be_is_the_base_folder() {
    let mut bob = start().await;
    let hidden = bob.create("folder", json!({ "label": "h", "hidden": true })).await;
    let theirs = "a11ce000-0000-4000-8000-0000000f0001";
    for wanted in ["", "x", "11111111-1111-4111-8111-111111111111", theirs, &hidden] {
        let id = bob.password("p", json!({ "folder": wanted })).await;
        assert_eq!(field(&mut bob, "password", &id, "folder").await, BASE, "{wanted}");
        let id = bob.folder("f", wanted).await;
        assert_eq!(field(&mut bob, "folder", &id, "parent").await, BASE, "{wanted}");
    }
    let id = bob.password("p", json!({ "folder": hidden, "hidden": true })).await;
    assert_eq!(
        field(&mut bob, "password", &id, "folder").await,
        json!(hidden),
        "the hidden may be with the hidden"
    );
    let own = bob.folder("own", BASE).await;
    bob.update("folder", json!({ "id": own, "label": "own", "parent": own })).await;
    assert_eq!(field(&mut bob, "folder", &own, "parent").await, BASE, "no folder is in itself");
}

#[tokio::test]
async fn folders_in_a_circle_do_no_harm() {
    let mut bob = start().await;
    let [top, inner, _, low] = tree(&mut bob).await;
    bob.update("folder", json!({ "id": top, "label": "top", "parent": inner })).await;
    assert_eq!(field(&mut bob, "folder", &top, "parent").await, json!(inner));
    bob.update("folder", json!({ "id": top, "label": "top", "parent": inner, "hidden": true })).await;
    assert_eq!(field(&mut bob, "password", &low, "hidden").await, json!(true));
    bob.delete("folder", &top).await;
    bob.restore("folder", &top, None).await;
    bob.delete("folder", &top).await;
    bob.delete("folder", &top).await;
    let (status, _) = bob.call("POST", "password/show", json!({ "id": low })).await;
    assert_eq!(status, 404);
}

#[tokio::test]
async fn what_is_moved_out_of_the_trash_is_listed_again() {
    let mut bob = start().await;
    let [top, inner, high, _] = tree(&mut bob).await;
    bob.delete("folder", &top).await;
    bob.update("password", json!({ "id": high, "label": "high", "password": "Quarry-5-violet" })).await;
    assert_eq!(bob.list("password").await, ["high"]);
    bob.update("folder", json!({ "id": inner, "label": "inner" })).await;
    assert_eq!(bob.list("folder").await, ["inner"]);
    assert_eq!(bob.list("password").await, ["high", "low"], "with what is in it");
}
