//! A frontend team tests its page, the plain JavaScript in `examples/web/`, against a ToolJet that remembers, in a real browser.
//!
//! - `cargo run -p tercet-examples --example frontend` drives a headless Chromium through the story;
//!   with a file name after `--` it also writes a screenshot there.
//! - `cargo run -p tercet-examples --example frontend -- serve` leaves the page open for a browser of your own.
//!
//! The page has another origin than the server, as it has in life: every request is a CORS request.

use std::error::Error;
use std::io::Write;
use std::path::Path;

use axum::Router;
use axum::http::header::CONTENT_TYPE;
use axum::routing::get;
use tercet_examples::browser::{Browser, Tab, chromium};
use tercet_mock_server::MockServer;
use tokio::net::TcpListener;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let mut out = std::io::stdout();
    match (std::env::args().nth(1).as_deref(), chromium()) {
        (Some("serve"), _) => serve(&mut out).await,
        (picture, Some(program)) => frontend(&program, picture.map(Path::new), &mut out).await,
        (_, None) => {
            Err("no Chromium found\nhint: install it, or name it in the environment variable `CHROMIUM`"
                .into())
        }
    }
}

/// The whole story, told to `out`.
pub(crate) async fn frontend(
    program: &Path,
    picture: Option<&Path>,
    out: &mut impl Write,
) -> Result<(), Box<dyn Error>> {
    let mock = tercet_mock_server::tooljet().start().await?;
    let page = Page::start().await?;
    let browser = Browser::start(program).await?;

    // Two tests at the same time. Each has a world of its own, because it has a namespace of its own.
    let (ada, alan) = tokio::try_join!(
        browser_test(&browser, page.address(&mock, "ada"), "Ada Lovelace", "ada@example.com"),
        browser_test(&browser, page.address(&mock, "alan"), "Alan Turing", "alan@example.com"),
    )?;
    for (who, tab) in [("ada", &ada), ("alan", &alan)] {
        let count = tab.texts("#count").await?.concat();
        let newest = tab.texts("#people .name").await?.pop().unwrap_or_default();
        writeln!(
            out,
            "{who}'s tab: {count}, the newest is {newest}; a second invitation: {}",
            notice(tab).await?
        )?;
    }
    if let Some(picture) = picture {
        std::fs::write(picture, ada.screenshot().await?)?;
    }

    // Starting over in one world leaves the other as it is.
    ada.click("#reset").await?;
    ada.see("#notice.done", "as it was").await?;
    writeln!(out, "ada starts over: {}", ada.texts("#count").await?.concat())?;
    let alans = browser.open(&page.address(&mock, "alan")).await?;
    alans.see("#people .name", "Alan Turing").await?;
    writeln!(out, "alan's world, in a new tab: {}", alans.texts("#count").await?.concat())?;

    browser.close().await;
    Ok(())
}

/// What a test does: look, invite, look again, invite again.
async fn browser_test(
    browser: &Browser,
    page: String,
    name: &str,
    email: &str,
) -> Result<Tab, Box<dyn Error>> {
    let tab = browser.open(&page).await?;
    tab.see("#people .name", "Sam Oliver").await?;
    invite(&tab, name, email).await?;
    tab.see("#notice.done", name).await?;
    tab.see("#people .email", email).await?;
    invite(&tab, name, email).await?;
    tab.see("#notice.failed", "already exists").await?;
    Ok(tab)
}

async fn invite(tab: &Tab, name: &str, email: &str) -> Result<(), Box<dyn Error>> {
    tab.fill("#invite [name=name]", name).await?;
    tab.fill("#invite [name=email]", email).await?;
    Ok(tab.click("#invite button").await?)
}

async fn notice(tab: &Tab) -> Result<String, Box<dyn Error>> {
    Ok(tab.texts("#notice").await?.concat())
}

/// Until Ctrl-C.
async fn serve(out: &mut impl Write) -> Result<(), Box<dyn Error>> {
    let mock = tercet_mock_server::tooljet().start().await?;
    let page = Page::start().await?;
    writeln!(out, "{}", page.address(&mock, "me"))?;
    Ok(tokio::signal::ctrl_c().await?)
}

/// The page's own server, on a free port of this machine.
struct Page(String);

impl Page {
    async fn start() -> Result<Self, std::io::Error> {
        let file = |kind: &'static str, text: &'static str| get(async move || ([(CONTENT_TYPE, kind)], text));
        let files = Router::new()
            .route("/", file("text/html", include_str!("web/index.html")))
            .route("/app.js", file("text/javascript", include_str!("web/app.js")))
            .route("/style.css", file("text/css", include_str!("web/style.css")));
        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        let address = format!("http://{}", listener.local_addr()?);
        tokio::spawn(async move { axum::serve(listener, files).await });
        Ok(Self(address))
    }

    /// The page, told where its ToolJet is and which namespace to live in.
    fn address(&self, mock: &MockServer, namespace: &str) -> String {
        format!("{}/?api={}&namespace={namespace}", self.0, mock.base_url())
    }
}
