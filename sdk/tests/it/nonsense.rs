//! Answers nobody declared: each still tells its status, its headers and the beginning of its text.

use serde_json::json;
use tercet_sdk::{Failure, tooljet::types::UpdateUser};
use wiremock::ResponseTemplate;

use crate::support::{answering, client, client_at, refusal, requests, user};

const PAGE: &str = "<html><body><h1>502 Bad Gateway</h1></body></html>";

#[tokio::test]
async fn a_gateways_page_keeps_status_headers_and_text() {
    let page = ResponseTemplate::new(502).insert_header("server", "nginx").set_body_raw(PAGE, "text/html");
    let server = answering(page).await;
    let error = client(&server).get_user("x").await.unwrap_err();
    assert!(matches!(error.failure(), Failure::Undeclared));
    assert!(error.is_server_error());
    assert_eq!(error.status().map(|status| status.as_u16()), Some(502));
    assert_eq!(error.headers().and_then(|headers| headers.get("server")).unwrap(), "nginx");
    assert_eq!(error.text().as_deref(), Some(PAGE));
    let message = error.to_string();
    assert!(message.contains("502 Bad Gateway") && message.contains("`getUser`"), "{message}");
}

#[tokio::test]
async fn html_under_a_declared_status_is_unreadable() {
    for status in [200, 404] {
        let server = answering(ResponseTemplate::new(status).set_body_raw(PAGE, "text/html")).await;
        let error = client(&server).get_user("x").await.unwrap_err();
        assert!(matches!(error.failure(), Failure::Unreadable(why) if why.contains("not JSON")), "{error:?}");
        assert_eq!(error.status().map(|status| status.as_u16()), Some(status));
        assert_eq!(error.text().as_deref(), Some(PAGE));
        assert!(error.declared().is_none());
    }
}

#[tokio::test]
async fn json_of_another_shape_is_unreadable_and_says_where() {
    let mut strange = user();
    strange["name"] = json!(7);
    let server = answering(ResponseTemplate::new(200).set_body_json(&strange)).await;
    let error = client(&server).get_user("x").await.unwrap_err();
    assert!(matches!(error.failure(), Failure::Unreadable(why) if why.contains("invalid type")), "{error:?}");
    assert_eq!(error.text(), Some(strange.to_string()));
}

#[tokio::test]
async fn torn_json_is_unreadable() {
    for torn in ["", "{\"id\":", "null}", "{},\"status\":\"NotFound\"", "\u{feff}{}"] {
        let server = answering(ResponseTemplate::new(200).set_body_raw(torn, "application/json")).await;
        let error = client(&server).get_user("x").await.unwrap_err();
        assert!(matches!(error.failure(), Failure::Unreadable(_)), "{torn}: {error:?}");
        assert_eq!(error.status().map(|status| status.as_u16()), Some(200), "{torn}");
    }
}

#[tokio::test]
async fn a_status_nobody_declared_is_told_apart() {
    for status in [204, 202, 302, 405, 418, 500] {
        let server = answering(ResponseTemplate::new(status)).await;
        let error = client(&server).get_user("x").await.unwrap_err();
        assert!(matches!(error.failure(), Failure::Undeclared), "{status}: {error:?}");
        assert_eq!(error.status().map(|status| status.as_u16()), Some(status));
    }
}

#[tokio::test]
async fn of_a_long_page_the_first_64_kb_are_kept() {
    let long = "x".repeat(300 * 1024);
    for status in [500, 200] {
        let server = answering(ResponseTemplate::new(status).set_body_raw(long.clone(), "text/plain")).await;
        let error = client(&server).get_user("x").await.unwrap_err();
        assert_eq!(error.text().map(|text| text.len()), Some(64 * 1024), "{status}");
        assert!(error.to_string().len() < 1000);
    }
}

#[tokio::test]
async fn a_redirect_is_not_followed_and_explained() {
    let elsewhere = answering(ResponseTemplate::new(200).set_body_json(user())).await;
    let server = answering(ResponseTemplate::new(301).insert_header("location", elsewhere.uri())).await;
    let error = client(&server).get_user("x").await.unwrap_err();
    assert_eq!(error.status().map(|status| status.as_u16()), Some(301));
    assert!(error.to_string().contains("hint: "), "{error}");
    assert!(requests(&elsewhere).await.is_empty());
}

#[tokio::test]
async fn a_body_where_none_is_declared_does_not_matter() {
    let server = answering(ResponseTemplate::new(200).set_body_string("done")).await;
    client(&server).update_user("x").body(UpdateUser::new()).await.unwrap();
}

#[tokio::test]
async fn nobody_listening_is_a_connection_error() {
    let port = {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        listener.local_addr().unwrap().port()
    };
    let error = client_at(&format!("http://127.0.0.1:{port}")).get_user("x").await.unwrap_err();
    assert!(error.is_connect(), "{error:?}");
    assert_eq!((error.attempts(), error.status()), (3, None));
}

#[tokio::test]
async fn an_error_is_small_and_can_be_boxed() {
    let server = answering(refusal(404, &json!("User not found"))).await;
    let error = client(&server).get_user("x").await.unwrap_err();
    assert!(size_of_val(&error) <= 16);
    let boxed: Box<dyn std::error::Error + Send + Sync> = error.into();
    assert!(boxed.to_string().contains("404"));
}
