//! Forged, altered and expired tokens: none of them opens anything.

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use reqwest::Client;
use serde_json::{Value, json};
use tercet_mock_server::MockServer;
use tercet_mock_server::entropy::Clock;

use super::transcripts::STAGE;
use crate::transcript::{NOW, Transcript};

/// The key that a mock signs with unless it is told another.
const KEY: &str = "baserow-mock-signing-key-not-a-secret";

struct SignedIn {
    server: MockServer,
    clock: Clock,
    access: String,
    refresh: String,
}

async fn signed_in() -> SignedIn {
    let head = Transcript { edition: Some("1.35".to_owned()), ..Transcript::default() };
    let (server, clock) = STAGE.start(&head).await;
    let body = json!({ "name": "Ann", "email": "ann@localhost.com", "password": "your_password", "authenticate": true });
    let answer = post(&server, "/api/user/", &body).await.1;
    let text = |name: &str| answer[name].as_str().unwrap().to_owned();
    let (access, refresh) = (text("access_token"), text("refresh_token"));
    SignedIn { server, clock, access, refresh }
}

fn url(server: &MockServer, path: &str) -> String {
    format!("{}{path}", server.url().to_string().trim_end_matches('/'))
}

async fn post(server: &MockServer, path: &str, body: &Value) -> (u16, Value) {
    let answer = Client::new().post(url(server, path)).json(body).send().await.unwrap();
    (answer.status().as_u16(), answer.json().await.unwrap())
}

/// The status, and the name of the refusal.
async fn dashboard(server: &MockServer, token: &str) -> (u16, Value) {
    let request = Client::new().get(url(server, "/api/user/dashboard/"));
    let answer = request.header("Authorization", format!("JWT {token}")).send().await.unwrap();
    let status = answer.status().as_u16();
    (status, answer.json::<Value>().await.unwrap()["error"].clone())
}

async fn refused(server: &MockServer, token: &str, what: &str) {
    let answer = dashboard(server, token).await;
    assert_eq!(answer, (401, json!("ERROR_INVALID_ACCESS_TOKEN")), "{what}");
}

fn claims(token: &str) -> Value {
    let part = token.split('.').nth(1).unwrap();
    serde_json::from_slice(&BASE64_URL_SAFE_NO_PAD.decode(part).unwrap()).unwrap()
}

fn sign(algorithm: Algorithm, key: &str, claims: &Value) -> String {
    jsonwebtoken::encode(&Header::new(algorithm), claims, &EncodingKey::from_secret(key.as_bytes())).unwrap()
}

fn with(claims: &Value, name: &str, value: impl Into<Value>) -> Value {
    let mut claims = claims.clone();
    claims[name] = value.into();
    claims
}

#[tokio::test]
async fn tokens_are_what_the_product_gives() {
    let SignedIn { access, refresh, .. } = signed_in().await;
    let mut validation = Validation::new(Algorithm::HS256);
    validation.validate_exp = false;
    let key = DecodingKey::from_secret(KEY.as_bytes());
    let read = |token: &str| jsonwebtoken::decode::<Value>(token, &key, &validation).unwrap().claims;
    let (access, refresh) = (read(&access), read(&refresh));
    let names = |claims: &Value| claims.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(&access), ["token_type", "exp", "iat", "jti", "user_id"]);
    assert_eq!(names(&refresh), ["token_type", "exp", "iat", "jti", "user_id", "verified_email_claim"]);
    let lifetime = |claims: &Value| claims["exp"].as_i64().unwrap() - claims["iat"].as_i64().unwrap();
    assert_eq!((lifetime(&access), lifetime(&refresh)), (600, 604_800));
    assert_eq!((&access["token_type"], &refresh["token_type"]), (&json!("access"), &json!("refresh")));
    let start = NOW.parse::<jiff::Timestamp>().unwrap().as_second();
    assert_eq!((&access["iat"], &access["user_id"]), (&json!(start), &json!(1)));
    assert_ne!(access["jti"], refresh["jti"]);
    assert_eq!(access["jti"].as_str().unwrap().len(), 32);
}

#[tokio::test]
async fn who_has_the_key_can_sign() {
    // Without this, what is refused below might be refused for another reason.
    let SignedIn { server, access, .. } = signed_in().await;
    let claims = claims(&access);
    assert_eq!(dashboard(&server, &access).await.0, 200);
    assert_eq!(dashboard(&server, &sign(Algorithm::HS256, KEY, &claims)).await.0, 200);
}

#[tokio::test]
async fn a_signature_must_be_ours() {
    let SignedIn { server, access, .. } = signed_in().await;
    let claims = claims(&access);
    refused(&server, &sign(Algorithm::HS256, "another key", &claims), "another key").await;
    refused(&server, &sign(Algorithm::HS384, KEY, &claims), "another algorithm").await;
    refused(&server, &sign(Algorithm::HS512, KEY, &claims), "another algorithm").await;
    let coded = |value: &Value| BASE64_URL_SAFE_NO_PAD.encode(value.to_string());
    for algorithm in ["none", "None", "NONE", "nOnE"] {
        let header = json!({ "alg": algorithm, "typ": "JWT" });
        let unsigned = format!("{}.{}.", coded(&header), coded(&claims));
        refused(&server, &unsigned, "no signature").await;
        let signature = access.rsplit('.').next().unwrap();
        refused(&server, &format!("{unsigned}{signature}"), "a signature of something else").await;
    }
    let parts: Vec<_> = access.split('.').collect();
    let altered = coded(&with(&claims, "user_id", 2));
    refused(&server, &format!("{}.{altered}.{}", parts[0], parts[2]), "altered claims").await;
    refused(&server, &format!("{}.{}.", parts[0], parts[1]), "an empty signature").await;
    refused(&server, &format!("{}.{}", parts[0], parts[1]), "no third part").await;
    refused(&server, &access[1..], "a letter less").await;
}

#[tokio::test]
async fn claims_must_fit() {
    let SignedIn { server, access, .. } = signed_in().await;
    let claims = claims(&access);
    let now = claims["iat"].as_i64().unwrap();
    let signed = |name: &str, value: Value| sign(Algorithm::HS256, KEY, &with(&claims, name, value));
    refused(&server, &signed("exp", json!(now - 1)), "expired").await;
    refused(&server, &signed("exp", json!(now)), "expires now").await;
    refused(&server, &signed("nbf", json!(now + 60)), "not valid yet").await;
    refused(&server, &signed("token_type", json!("refresh")), "another type").await;
    refused(&server, &signed("token_type", Value::Null), "no type").await;
    refused(&server, &signed("user_id", json!(99)), "nobody").await;
    refused(&server, &signed("jti", json!("00000000000000000000000000000000")), "another session").await;
    refused(&server, &signed("jti", Value::Null), "no session").await;
    assert_eq!(dashboard(&server, &signed("nbf", json!(now))).await.0, 200);
    assert_eq!(dashboard(&server, &signed("exp", json!(now + 1))).await.0, 200);
}

#[tokio::test]
async fn refresh_tokens_are_looked_at_as_closely() {
    let SignedIn { server, clock, access, refresh } = signed_in().await;
    let claims = claims(&refresh);
    let now = claims["iat"].as_i64().unwrap();
    let signed = |name: &str, value: Value| sign(Algorithm::HS256, KEY, &with(&claims, name, value));
    let forged = [
        (sign(Algorithm::HS256, "another key", &claims), "another key"),
        (sign(Algorithm::HS512, KEY, &claims), "another algorithm"),
        (signed("exp", json!(now)), "expired"),
        (signed("exp", json!("never")), "an expiry that is no time"),
        (signed("exp", Value::Null), "no expiry"),
        (signed("nbf", json!(now + 1)), "not valid yet"),
        (signed("jti", json!("0000000000")), "another session"),
        (signed("user_id", json!(99)), "nobody"),
        (access, "an access token"),
    ];
    for path in ["/api/user/token-refresh/", "/api/user/token-verify/", "/api/user/token-blacklist/"] {
        for (token, what) in &forged {
            let (status, answer) = post(&server, path, &json!({ "refresh_token": token })).await;
            let expected = (401, json!("ERROR_INVALID_REFRESH_TOKEN"));
            assert_eq!((status, answer["error"].clone()), expected, "{what} at {path}");
        }
    }
    clock.advance(604_799_000);
    let body = json!({ "refresh_token": refresh });
    assert_eq!(post(&server, "/api/user/token-refresh/", &body).await.0, 200);
    clock.advance(1_000);
    assert_eq!(post(&server, "/api/user/token-refresh/", &body).await.0, 401);
}
