//! Signing in and up.

use serde_json::json;

use super::support::{COOKIE, Caller, start, with};

#[tokio::test]
async fn whoever_signs_up_gets_a_cookie_of_thirty_days() {
    let lowcoder = start().await;
    let (answer, ada) = lowcoder.sign("ada@example.com", true, "").await;
    assert_eq!(answer.json(), json!({ "code": 1, "message": "", "data": true, "success": true }));
    let token = ada.session.unwrap();
    assert!(
        token.len() == 32 && token.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f')),
        "{token}"
    );
    assert_eq!(
        answer.headers["set-cookie"].to_str().unwrap(),
        format!(
            "{COOKIE}={token}; Path=/; Max-Age=2592000; Expires=Sat, 31 Jan 2026 00:00:00 GMT; HttpOnly; SameSite=Lax"
        )
    );
}

#[tokio::test]
async fn what_cannot_sign_in_is_told_by_code() {
    let lowcoder = start().await;
    lowcoder.register("ada@example.com").await;
    let nobody = Caller::default();
    let login = |changes: serde_json::Value| {
        let mut body = json!({ "loginId": "ada@example.com", "password": "ada@example.com-password", "authId": "EMAIL" });
        body.as_object_mut().unwrap().extend(changes.as_object().unwrap().clone());
        body
    };
    for (changes, query, expected) in [
        (json!({ "password": "wrong" }), "", (403, 5608)),
        (json!({ "loginId": "eve@example.com" }), "", (403, 5608)),
        (json!({ "loginId": "ADA@example.com" }), "", (403, 5608)),
        (json!({ "register": true }), "", (403, 5607)),
        (json!({ "register": "true" }), "", (403, 5607)),
        (json!({ "authId": "GOOGLE" }), "", (403, 5602)),
        (json!({ "authId": "", "source": "GITHUB" }), "", (403, 5602)),
        (json!({ "authId": "GOOGLE", "source": "EMAIL" }), "", (403, 5602)),
        (json!({}), "?orgId=000000000000000000000000", (500, 5105)),
        (json!({}), "?invitationId=000000000000000000000000", (400, 5200)),
        (json!({ "register": [] }), "", (500, 5002)),
    ] {
        let path = format!("/api/auth/form/login{query}");
        let answer = lowcoder.call(&nobody, "POST", &path, login(changes.clone())).await;
        assert_eq!(answer.code(), expected, "{changes} {query}");
        assert!(!answer.headers.contains_key("set-cookie"));
    }
    for changes in [
        json!({ "register": "false" }),
        json!({ "source": "GITHUB" }),
        json!({ "authId": " ", "source": "EMAIL" }),
        json!({ "authId": "", "source": "" }),
        json!({ "authId": null }),
    ] {
        let answer = lowcoder.call(&nobody, "POST", "/api/auth/form/login", login(changes.clone())).await;
        assert_eq!(answer.code(), (200, 1), "{changes}");
    }
}

#[tokio::test]
async fn only_the_first_one_signs_up_where_that_is_switched_off() {
    let lowcoder = with(&[("LOWCODER_EMAIL_SIGNUP_ENABLED", "false")]).await;
    lowcoder.register("ada@example.com").await;
    let (answer, _) = lowcoder.sign("bob@example.com", true, "").await;
    assert_eq!(answer.code(), (400, 5003));
    let (answer, _) = lowcoder.sign("ada@example.com", false, "").await;
    assert_eq!(answer.code(), (200, 1));
}

#[tokio::test]
async fn signing_out_ends_one_session() {
    let lowcoder = start().await;
    let one = lowcoder.register("ada@example.com").await;
    let (_, other) = lowcoder.sign("ada@example.com", false, "").await;
    assert_ne!(one.session, other.session);
    for who in [&one, &one, &Caller::default()] {
        let answer = lowcoder.call(who, "POST", "/api/auth/logout", json!(null)).await;
        assert_eq!(answer.json(), json!({ "code": 1, "message": "", "data": true, "success": true }));
        assert!(!answer.headers.contains_key("set-cookie"));
    }
    let refused = lowcoder.get(&one, "/api/auth/api-keys").await;
    assert_eq!((refused.status, refused.text.as_str()), (401, ""));
    assert!(!refused.headers.contains_key("www-authenticate"));
    assert_eq!(lowcoder.get(&other, "/api/auth/api-keys").await.status, 200);
}
