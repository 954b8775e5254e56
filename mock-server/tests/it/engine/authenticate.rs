//! Credentials.

use serde_json::{Value, json};

use super::world::{Shown, World};

fn tracker() -> World {
    World::new(include_str!("fixtures/tracker.yaml"))
}

fn shown(pairs: &[(&'static str, &str)]) -> Shown {
    Shown(pairs.iter().map(|(name, value)| (*name, (*value).to_owned())).collect())
}

fn who(world: &mut World, presented: &Shown) -> (u16, Value) {
    let answer = world.answer("secret", json!({}), presented);
    let body: Value = serde_json::from_slice(&answer.body).unwrap();
    (answer.status, if answer.status == 200 { body["who"].clone() } else { body["text"].clone() })
}

fn logged_in(world: &mut World) -> Value {
    world.ok("logIn", json!({"body": {"email": "BOB@example.com", "password": "happy tree"}}))
}

#[test]
fn a_session_opens_the_door_until_it_ends() {
    let mut world = tracker();
    assert_eq!(
        world.refused("logIn", json!({"body": {"email": "bob@example.com", "password": "no"}})).0,
        401
    );
    let session = logged_in(&mut world);
    assert_eq!(session["ends"], "2026-01-01T00:10:00.000Z");
    let token = format!("bearer {}", session["token"].as_str().unwrap());
    assert_eq!(who(&mut world, &shown(&[("authorization", &token)])), (200, json!("bob")));
    let used = world.state.records("sessions").next().unwrap().get("uses").cloned();
    assert_eq!(used, Some(json!("2026-01-01T00:00:00.000Z")), "its use was noted");
    world.clock.advance(600_000);
    let refused = who(&mut world, &shown(&[("authorization", &token)]));
    assert_eq!(refused, (401, json!("the credential is not recognised (security scheme `session`)")));
}

#[test]
fn jwt_is_signed_with_the_setting_and_reads_other_fields() {
    let mut world = tracker();
    let session = logged_in(&mut world);
    let key = jsonwebtoken::DecodingKey::from_secret(b"not so secret");
    let mut rules = jsonwebtoken::Validation::new(jsonwebtoken::Algorithm::HS256);
    rules.validate_exp = false;
    let token = jsonwebtoken::decode::<Value>(session["jwt"].as_str().unwrap(), &key, &rules).unwrap();
    assert_eq!(token.claims, json!({"sub": "bob", "name": "Bob", "exp": 1_767_226_200}));
}

#[test]
fn basic_and_pairs_of_schemes_work_as_alternatives() {
    let mut world = tracker();
    // bob@example.com:happy tree
    let basic = "Basic Ym9iQGV4YW1wbGUuY29tOmhhcHB5IHRyZWU=";
    assert_eq!(who(&mut world, &shown(&[("authorization", basic)])), (200, json!("bob")));
    assert_eq!(who(&mut world, &shown(&[("authorization", "Basic ???")])).0, 401);
    assert_eq!(who(&mut world, &shown(&[("user", "ada"), ("key", "key-happy tree")])), (200, json!("ada")));
    assert_eq!(who(&mut world, &shown(&[("user", "ada")])).0, 401, "one of two is not enough");
    let refused = who(&mut world, &shown(&[("user", "ada"), ("key", "happy tree")]));
    assert_eq!(refused, (401, json!("the credential does not begin with `key-`")));
    assert_eq!(who(&mut world, &shown(&[])).0, 401);
}

#[test]
fn anonymous_callers_are_let_in_and_others_still_recognised() {
    let mut world = tracker();
    let answer = world.answer("me", json!({}), &shown(&[]));
    assert_eq!(answer.status, 202);
    assert_eq!(answer.body, "nobody at /here?x=1");
    assert_eq!(answer.headers["content-type"], "text/plain");
    let token = format!("Bearer {}", logged_in(&mut world)["token"].as_str().unwrap());
    let answer = world.answer("me", json!({}), &shown(&[("authorization", &token)]));
    let body: Value = serde_json::from_slice(&answer.body).unwrap();
    assert_eq!((answer.status, body["id"].clone()), (200, json!("bob")));
}

#[test]
fn only_use_as_a_credential_asks_for_a_write() {
    let mut world = tracker();
    assert!(!world.callers("me", &shown(&[])).unwrap().touches());
    let token = format!("Bearer {}", logged_in(&mut world)["token"].as_str().unwrap());
    assert!(world.callers("secret", &shown(&[("authorization", &token)])).unwrap().touches());
    let basic = "Basic Ym9iQGV4YW1wbGUuY29tOmhhcHB5IHRyZWU=";
    assert!(!world.callers("secret", &shown(&[("authorization", basic)])).unwrap().touches());
}
