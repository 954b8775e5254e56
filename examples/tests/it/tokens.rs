//! The page on which tokens are made, in a real browser: a token is shown once, opens the API, and is revoked.

use tercet_examples::browser::{Browser, chromium};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::program::skipped;

#[tokio::test(flavor = "multi_thread")]
async fn a_token_is_made_on_the_page() {
    let Some(program) = chromium() else {
        skipped("the page for tokens", "there is no Chromium: install it, or name it in `CHROMIUM`");
        return;
    };
    let mock = tercet_mock_server::qore().start().await.unwrap();
    let origin = mock.base_url().to_string();
    let origin = origin.trim_end_matches('/');
    let browser = Browser::start(&program).await.unwrap();
    let tab = browser.open(&format!("{origin}/api_tokens")).await.unwrap();
    tab.see("h1", "API tokens").await.unwrap();

    tab.fill("#device_name", "In the <b>browser</b>").await.unwrap();
    tab.click("button.first").await.unwrap();
    tab.see("#token", "|").await.unwrap();
    let token = tab.texts("#token").await.unwrap().concat();
    assert_eq!(status(origin, &token).await, 200, "{token}");
    // The page's own script runs, whatever else its policy forbids.
    assert_eq!(tab.texts("[data-copy]:not([hidden])").await.unwrap(), ["Copy"]);
    let picture = tab.screenshot().await.unwrap();
    assert_eq!(&picture[..8], b"\x89PNG\r\n\x1a\n");
    if let Some(file) = std::env::var_os("TERCET_PICTURE") {
        std::fs::write(file, &picture).unwrap();
    }

    tab.reload().await.unwrap();
    tab.see("td", "In the <b>browser</b>").await.unwrap();
    assert!(tab.texts("#token").await.unwrap().is_empty(), "it is shown only once");
    let devices = tab.texts("td:first-child").await.unwrap();
    assert_eq!(devices, ["In the <b>browser</b>", "Oude laptop", "Postman"], "no second one was made");

    tab.click("tbody tr:first-child button").await.unwrap();
    tab.see("tbody tr:first-child td:first-child", "Oude laptop").await.unwrap();
    assert_eq!(status(origin, &token).await, 401);
    browser.close().await;
}

/// The status that a token is answered with.
async fn status(origin: &str, token: &str) -> u16 {
    let address = origin.trim_start_matches("http://");
    let mut stream = TcpStream::connect(address).await.unwrap();
    let request = format!(
        "GET /api/me HTTP/1.1\r\nHost: {address}\r\nAuthorization: Bearer {token}\r\nConnection: close\r\n\r\n"
    );
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    answer.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or_default()
}
