//! The browser's process: started with a fresh profile, ended when it is dropped.

use std::path::Path;
use std::process::Stdio;
use std::sync::Arc;

use serde_json::json;
use tempfile::TempDir;
use tokio::io::{AsyncBufReadExt, BufReader, Lines};
use tokio::process::{Child, ChildStderr, Command};

use super::connection::{BrowserError, Connection};
use super::tab::Tab;

/// Headless, talking to nobody but the page, and awake in tabs that are not in front.
const FLAGS: [&str; 14] = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-background-timer-throttling",
    "--disable-backgrounding-occluded-windows",
    "--disable-renderer-backgrounding",
    "--window-size=1100,900",
    // Any free port; the address is printed.
    "--remote-debugging-port=0",
];

/// A running browser.
#[derive(Debug)]
pub struct Browser {
    connection: Arc<Connection>,
    process: Child,
    // Removed after the process is gone.
    _profile: TempDir,
}

impl Browser {
    /// Starts the program.
    ///
    /// # Errors
    /// It cannot be started, or ends before it listens; with what it printed.
    pub async fn start(program: &Path) -> Result<Self, BrowserError> {
        let failed = |error: std::io::Error| BrowserError::Start(format!("{}: {error}", program.display()));
        let profile = tempfile::tempdir().map_err(failed)?;
        let mut process = Command::new(program)
            .args(FLAGS)
            .arg(format!("--user-data-dir={}", profile.path().display()))
            .arg("about:blank")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .map_err(failed)?;
        let stderr = process
            .stderr
            .take()
            .ok_or_else(|| BrowserError::Start("its output cannot be read".to_owned()))?;
        let mut lines = BufReader::new(stderr).lines();
        let url = address(&mut lines).await?;
        // What it prints from now on is read, so that it never waits for a reader, and is of no interest.
        tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
        let connection = Arc::new(Connection::open(&url).await?);
        Ok(Self { connection, process, _profile: profile })
    }

    /// Opens an address in a tab with a profile of its own: no cookie and no storage is shared with another.
    ///
    /// # Errors
    /// The address cannot be opened.
    pub async fn open(&self, url: &str) -> Result<Tab, BrowserError> {
        let context = self.connection.call(None, "Target.createBrowserContext", json!({})).await?;
        let parameters = json!({ "url": "about:blank", "browserContextId": context["browserContextId"], "newWindow": true });
        let target = self.connection.call(None, "Target.createTarget", parameters).await?;
        let parameters = json!({ "targetId": target["targetId"], "flatten": true });
        let session = self.connection.call(None, "Target.attachToTarget", parameters).await?;
        let session = session["sessionId"].as_str().unwrap_or_default().to_owned();
        Tab::open(Arc::clone(&self.connection), session, url).await
    }

    /// Closes all tabs and ends the process.
    pub async fn close(mut self) {
        // One that is gone already cannot answer.
        let _ = self.connection.call(None, "Browser.close", json!({})).await;
        let _ = self.process.wait().await;
    }
}

/// Reads until the browser says where it listens.
async fn address(lines: &mut Lines<BufReader<ChildStderr>>) -> Result<String, BrowserError> {
    let mut said = Vec::new();
    while let Ok(Some(line)) = lines.next_line().await {
        if let Some((_, url)) = line.split_once("DevTools listening on ") {
            return Ok(url.trim().to_owned());
        }
        said.push(line);
    }
    Err(BrowserError::Start(format!("it ended and said:\n{}", said.join("\n"))))
}
