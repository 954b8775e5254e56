//! The page of a document in a real browser: what is tried out there is done, and the session it began is presented from then on.

use tercet_examples::browser::{Browser, Tab, chromium};

use crate::program::skipped;

#[tokio::test(flavor = "multi_thread")]
async fn signing_in_on_the_page_of_the_document() {
    let Some(program) = chromium() else {
        skipped("the page of the document", "there is no Chromium: install it, or name it in `CHROMIUM`");
        return;
    };
    let mock = tercet_mock_server::lowcoder().start().await.unwrap();
    let origin = mock.base_url().to_string();
    let page = format!("{}/api/docs/webjars/swagger-ui/index.html", origin.trim_end_matches('/'));
    let browser = Browser::start(&program).await.unwrap();
    let tab = browser.open(&page).await.unwrap();

    let signing_in = "#operations-authentication-loginWithUserPassword";
    try_out(&tab, signing_in).await;
    let account =
        r#"{ "loginId": "user@example.com", "password": "password", "source": "EMAIL", "authId": "EMAIL" }"#;
    tab.see(&format!("{signing_in} textarea"), "").await.unwrap();
    tab.fill(&format!("{signing_in} textarea"), account).await.unwrap();
    let (status, body) = executed(&tab, signing_in).await;
    assert_eq!(status, "200", "{body}");

    let who = "#operations-users-getUserInfo";
    try_out(&tab, who).await;
    let (status, body) = executed(&tab, who).await;
    assert_eq!(status, "200", "{body}");
    assert!(body.contains(r#""name": "user@example.com""#), "{body}");

    let picture = tab.screenshot().await.unwrap();
    assert_eq!(&picture[..8], b"\x89PNG\r\n\x1a\n");
    browser.close().await;
}

/// Opens an operation to be tried out.
async fn try_out(tab: &Tab, operation: &str) {
    let head = format!("{operation} .opblock-summary-control");
    tab.see(&head, "").await.unwrap();
    tab.click(&head).await.unwrap();
    let button = format!("{operation} .try-out__btn");
    tab.see(&button, "Try it out").await.unwrap();
    tab.click(&button).await.unwrap();
}

/// Sends it; the status and the text that the page shows.
async fn executed(tab: &Tab, operation: &str) -> (String, String) {
    let button = format!("{operation} .execute");
    tab.see(&button, "Execute").await.unwrap();
    tab.click(&button).await.unwrap();
    let answer = format!("{operation} .live-responses-table .response");
    tab.see(&format!("{answer} .response-col_description"), "Response headers").await.unwrap();
    let status = tab.texts(&format!("{answer} .response-col_status")).await.unwrap().concat();
    (status, tab.texts(&format!("{answer} .response-col_description")).await.unwrap().concat())
}
