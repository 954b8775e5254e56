//! Health, configuration, settings.

use serde_json::{Value, json};

use super::support::{COOKIE, Caller, start, with};

#[tokio::test]
async fn the_first_one_to_ask_for_health_comes_again() {
    let lowcoder = start().await;
    let nobody = Caller::default();
    for expected in [503, 200, 200] {
        let answer = lowcoder.call(&nobody, "HEAD", "/api/state/healthCheck", json!(null)).await;
        assert_eq!((answer.status, answer.text.as_str()), (expected, ""));
    }
    assert_eq!(lowcoder.get(&nobody, "/api/state/healthCheck").await.code(), (401, 0));
    let ada = lowcoder.register("ada@example.com").await;
    assert_eq!(lowcoder.get(&ada, "/api/state/healthCheck").await.code(), (500, 5000));
    let health = lowcoder.get(&nobody, "/api/status/health").await.json();
    assert_eq!((&health["status"], &health["components"]["mongo"]["status"]), (&json!("UP"), &json!("UP")));
    let hello = lowcoder.get(&nobody, "/").await.json();
    assert_eq!((&hello["code"], &hello["success"], hello.get("data")), (&json!(1), &json!(true), None));
}

#[tokio::test]
async fn anybody_sees_how_one_signs_in() {
    let lowcoder = start().await;
    let form = |register: bool| {
        json!([{
            "authType": "FORM", "id": "EMAIL", "source": "EMAIL", "sourceName": "EMAIL", "enable": true, "enableRegister": register,
        }])
    };
    let nobody = Caller::default();
    let expected = json!({
        "authConfigs": form(true), "workspaceMode": "SAAS", "selfDomain": false, "cookieName": COOKIE, "cloudHosting": false,
    });
    assert_eq!(lowcoder.get(&nobody, "/api/configs").await.data(), expected);
    assert_eq!(lowcoder.get(&nobody, "/api/v1/configs").await.data(), expected);
    let ada = lowcoder.register("ada@example.com").await;
    let org = lowcoder.org(&ada).await;
    assert_eq!(lowcoder.get(&nobody, &format!("/api/configs?orgId={org}")).await.data(), expected);
    let unknown = format!("/api/configs?orgId={}", "0".repeat(24));
    assert_eq!(lowcoder.get(&nobody, &unknown).await.code(), (500, 5105));

    let settings = [("LOWCODER_EMAIL_SIGNUP_ENABLED", "false"), ("LOWCODER_WORKSPACE_MODE", "ENTERPRISE")];
    let configs = with(&settings).await.get(&nobody, "/api/configs").await.data();
    assert_eq!((&configs["authConfigs"], &configs["workspaceMode"]), (&form(false), &json!("ENTERPRISE")));
    let configs = with(&[("LOWCODER_EMAIL_AUTH_ENABLED", "false")]).await.get(&nobody, "/api/configs").await;
    assert_eq!(configs.data()["authConfigs"], json!([]));
}

#[tokio::test]
async fn entries_are_for_those_who_are_signed_in() {
    let lowcoder = start().await;
    let nobody = Caller::default();
    let id = lowcoder.get(&nobody, "/api/configs/deploymentId").await;
    assert!(id.headers["content-type"].to_str().unwrap().starts_with("text/plain"), "{id:?}");
    assert!(id.text.len() == 32 && id.text.bytes().all(|byte| byte.is_ascii_hexdigit()), "{id:?}");
    assert_eq!(start().await.get(&nobody, "/api/configs/deploymentId").await.text, id.text);

    let ada = lowcoder.register("ada@example.com").await;
    let stored = lowcoder.get(&ada, "/api/configs/deployment.id").await.data();
    assert_eq!((&stored["key"], &stored["value"]), (&json!("deployment.id"), &json!(id.text)));
    let path = "/api/configs/colour";
    let none = json!({ "id": null, "createdBy": null, "key": "colour", "value": null });
    assert_eq!(lowcoder.get(&ada, path).await.data(), none);
    let made = lowcoder.call(&ada, "POST", path, json!({ "value": "red" })).await.data();
    assert_eq!((&made["createdBy"], &made["value"]), (&json!(ada.id), &json!("red")));
    let changed = lowcoder.call(&ada, "POST", path, json!({ "value": "blue" })).await.data();
    assert_eq!((&changed["id"], &changed["value"]), (&made["id"], &json!("blue")));
    assert_eq!(lowcoder.get(&ada, path).await.data(), changed);
    for method in ["GET", "POST"] {
        assert_eq!(lowcoder.call(&nobody, method, path, json!(null)).await.code(), (401, 0), "{method}");
    }
}

#[tokio::test]
async fn settings_are_told_by_name_but_for_secrets() {
    let lowcoder = with(&[("LOWCODER_MAX_APPS_PER_ORG", "7"), ("LOWCODER_API_KEY_SECRET", "hush")]).await;
    let answer = lowcoder.get(&Caller::default(), "/api/serverSettings").await;
    let settings: Value = answer.json();
    assert!(!answer.text.contains("hush"), "{}", answer.text);
    assert_eq!(settings["LOWCODER_MAX_APPS_PER_ORG"], "7");
    assert_eq!(settings["LOWCODER_COOKIE_NAME"], "");
    assert_eq!(settings["LOWCODER_API_KEY_SECRET"], settings["LOWCODER_SUPERUSER_PASSWORD"]);
    assert!(!settings["LOWCODER_API_KEY_SECRET"].as_str().unwrap().is_empty());
    let members = settings.as_object().unwrap();
    assert!(
        members.iter().all(|(name, value)| name.starts_with("LOWCODER_") && value.is_string()),
        "{settings}"
    );
}
