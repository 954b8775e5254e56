//! API keys: made, used, listed, deleted, refused.

use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation, decode, encode};
use serde_json::{Value, json};

use super::support::{COOKIE, Caller, Lowcoder, NOW, start, with};

/// What API keys are signed with unless a setting says otherwise.
const SECRET: &str = "5a41b090758b39b226603177ef48d73ae9839dd458ccb7e66f7e7cc028d5a50b";

async fn make(lowcoder: &Lowcoder, who: &Caller, body: Value) -> (String, Caller) {
    let made = lowcoder.call(who, "POST", "/api/auth/api-key", body).await.data();
    let text = |name: &str| made[name].as_str().unwrap().to_owned();
    (text("id"), Caller { session: None, key: Some(text("token")), id: who.id.clone() })
}

async fn keys(lowcoder: &Lowcoder, who: &Caller) -> Value {
    lowcoder.get(who, "/api/auth/api-keys").await.data()
}

async fn name(lowcoder: &Lowcoder, who: &Caller) -> Value {
    lowcoder.get(who, "/api/users/currentUser").await.data()["name"].clone()
}

#[tokio::test]
async fn from_signing_in_to_a_key_and_back() {
    let lowcoder = with(&[("DEMO_USER", "user@example.com")]).await;
    let login = json!({
        "loginId": "user@example.com", "password": "password", "register": "false", "source": "EMAIL", "authId": "EMAIL",
    });
    let answer = lowcoder.call(&Caller::default(), "POST", "/api/auth/form/login", login).await;
    let cookie = answer.headers["set-cookie"].to_str().unwrap();
    let session = cookie.strip_prefix(&format!("{COOKIE}=")).unwrap().split(';').next().unwrap().to_owned();
    let demo = Caller { session: Some(session), ..Caller::default() };

    // the product's own example has two slashes
    let me = lowcoder.get(&demo, "//api/users/currentUser").await.data();
    assert_eq!((&me["name"], &me["email"]), (&json!("user@example.com"), &json!("user@example.com")));
    let body = json!({ "name": "tests", "description": "of mine", "whatever": 1 });
    let (id, bearer) = make(&lowcoder, &demo, body).await;
    assert!(id.len() == 32 && id.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f')), "{id}");
    assert_eq!(lowcoder.get(&bearer, "/api/users/currentUser").await.data(), me);

    let token = bearer.key.clone().unwrap();
    let masked = format!("{}*************{}", &token[..6], &token[token.len() - 6..]);
    let listed = json!([{ "id": id, "name": "tests", "description": "of mine", "token": masked }]);
    assert_eq!(keys(&lowcoder, &bearer).await, listed);

    let gone = lowcoder.call(&bearer, "DELETE", &format!("/api/auth/api-key/{id}"), json!(null)).await;
    assert_eq!(gone.json(), json!({ "code": 1, "message": "", "success": true }));
    let refused = lowcoder.get(&bearer, "/api/auth/api-keys").await;
    assert_eq!((refused.status, refused.text.as_str()), (401, ""));
    assert_eq!(name(&lowcoder, &bearer).await, "ANONYMOUS");
    assert_eq!(keys(&lowcoder, &demo).await, json!([]));
}

#[tokio::test]
async fn a_key_is_a_token_of_four_claims_and_one_secret() {
    let lowcoder = start().await;
    let ada = lowcoder.register("ada@example.com").await;
    let (_, bearer) = make(&lowcoder, &ada, json!({})).await;
    let mut rules = Validation::new(Algorithm::HS256);
    rules.required_spec_claims.clear();
    rules.validate_exp = false;
    let token = bearer.key.unwrap();
    let claims =
        decode::<Value>(&token, &DecodingKey::from_secret(SECRET.as_bytes()), &rules).unwrap().claims;
    let expected =
        json!({ "sub": ada.id, "iat": NOW / 1000, "userId": ada.id, "createdBy": "ada@example.com" });
    assert_eq!(claims, expected);

    let signed = |claims: &Value, secret: &str| Caller {
        key: Some(
            encode(&Header::new(Algorithm::HS256), claims, &EncodingKey::from_secret(secret.as_bytes()))
                .unwrap(),
        ),
        ..Caller::default()
    };
    assert_eq!(name(&lowcoder, &signed(&claims, SECRET)).await, "ada@example.com");
    let mut later = claims.clone();
    later["iat"] = json!(NOW / 1000 + 1);
    for stranger in [
        signed(&claims, "another"),
        signed(&later, SECRET),
        signed(&json!({ "sub": ada.id }), SECRET),
        Caller { key: Some("garbage".to_owned()), ..Caller::default() },
    ] {
        assert_eq!(name(&lowcoder, &stranger).await, "ANONYMOUS", "{stranger:?}");
        assert_eq!(lowcoder.get(&stranger, "/api/auth/api-keys").await.code(), (401, 0));
    }
}

#[tokio::test]
async fn only_the_deleted_key_stops_working() {
    let lowcoder = start().await;
    let ada = lowcoder.register("ada@example.com").await;
    let (first, one) = make(&lowcoder, &ada, json!({ "name": "one" })).await;
    lowcoder.clock.advance(1000);
    let (_, two) = make(&lowcoder, &ada, json!({ "name": "two" })).await;
    assert_ne!(one.key, two.key);
    lowcoder.call(&ada, "DELETE", &format!("/api/auth/api-key/{first}"), json!(null)).await.data();
    assert_eq!(lowcoder.get(&one, "/api/auth/api-keys").await.code(), (401, 0));
    let left = keys(&lowcoder, &two).await;
    assert_eq!((left.as_array().unwrap().len(), &left[0]["name"]), (1, &json!("two")));
    // signing out and a new password leave it alone
    lowcoder.call(&ada, "POST", "/api/auth/logout", json!(null)).await.data();
    let changed = json!({ "oldPassword": "ada@example.com-password", "newPassword": "other" });
    assert_eq!(lowcoder.call(&two, "PUT", "/api/users/password", changed).await.data(), true);
    assert_eq!(name(&lowcoder, &two).await, "ada@example.com");
}

#[tokio::test]
async fn a_key_of_the_same_id_is_replaced_and_ids_are_each_user_s_own() {
    let lowcoder = start().await;
    let (ada, eve) = (lowcoder.register("ada@example.com").await, lowcoder.register("eve@example.com").await);
    let (id, old) = make(&lowcoder, &ada, json!({ "id": "mine", "name": "old" })).await;
    assert_eq!(id, "mine");
    lowcoder.clock.advance(1000);
    let (_, new) = make(&lowcoder, &ada, json!({ "id": "mine", "name": "new" })).await;
    let (_, hers) = make(&lowcoder, &eve, json!({ "id": "mine" })).await;
    assert_eq!(lowcoder.get(&old, "/api/auth/api-keys").await.code(), (401, 0));
    let listed = keys(&lowcoder, &new).await;
    assert_eq!((listed.as_array().unwrap().len(), &listed[0]["name"]), (1, &json!("new")));
    assert_eq!(listed[0]["description"], json!(null));
    // neither an unknown key nor somebody else's is an error, or deleted
    let gone = lowcoder.call(&eve, "DELETE", "/api/auth/api-key/mine", json!(null)).await;
    assert_eq!(gone.code(), (200, 1));
    assert_eq!(lowcoder.call(&eve, "DELETE", "/api/auth/api-key/mine", json!(null)).await.code(), (200, 1));
    assert_eq!(lowcoder.get(&hers, "/api/auth/api-keys").await.code(), (401, 0));
    assert_eq!(keys(&lowcoder, &new).await.as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn a_key_does_not_count_beside_a_cookie_however_dead() {
    let lowcoder = start().await;
    let ada = lowcoder.register("ada@example.com").await;
    let eve = lowcoder.register("eve@example.com").await;
    let (_, bearer) = make(&lowcoder, &ada, json!({})).await;
    let dead = Caller { session: Some("0".repeat(32)), ..bearer.clone() };
    assert_eq!(lowcoder.get(&dead, "/api/auth/api-keys").await.code(), (401, 0));
    assert_eq!(name(&lowcoder, &dead).await, "ANONYMOUS");
    let both = Caller { session: eve.session, ..bearer.clone() };
    assert_eq!(name(&lowcoder, &both).await, "eve@example.com");
    assert_eq!(name(&lowcoder, &bearer).await, "ada@example.com");
}

#[tokio::test]
async fn the_last_key_may_be_made_to_stay() {
    let lowcoder = with(&[("STRICT_LAST_KEY_STAYS", "true")]).await;
    let ada = lowcoder.register("ada@example.com").await;
    let mut ids = Vec::new();
    for _ in 0..2 {
        ids.push(make(&lowcoder, &ada, json!({})).await.0);
    }
    for (id, left) in [(&ids[0], 1), (&ids[1], 1)] {
        lowcoder.call(&ada, "DELETE", &format!("/api/auth/api-key/{id}"), json!(null)).await.data();
        assert_eq!(keys(&lowcoder, &ada).await.as_array().unwrap().len(), left);
    }
}
