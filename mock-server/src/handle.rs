//! A running server, in the hands of a test or of the program.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use serde_json::Value;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;

use tercet_spec::{Contract, Document};

use crate::builder::{Builder, StartError};
use crate::credentials::{self, PresentableCredential};
use crate::entropy::Clock;
use crate::journal::{Entry, Filter};
use crate::persist::{self, StateFileError};
use crate::server::{self, House};
use crate::shared::Shared;

/// A running mock server. It stops when it is dropped; [`stop`](Self::stop) lets open requests finish.
pub struct MockServer {
    address: SocketAddr,
    shared: Arc<Shared>,
    stop: watch::Sender<bool>,
    serving: JoinHandle<()>,
    saving: Option<(PathBuf, JoinHandle<()>)>,
}

impl MockServer {
    /// Reads a document (YAML or JSON; `name` is what messages call it) to serve it.
    ///
    /// # Errors
    /// The faults of its text.
    pub fn from_document(name: impl Into<String>, text: impl Into<String>) -> Result<Builder, StartError> {
        Document::parse(name, text).map(Builder::new).map_err(StartError::Document)
    }

    pub(crate) fn start(
        listener: TcpListener,
        address: SocketAddr,
        house: House,
        state_file: Option<PathBuf>,
    ) -> Self {
        let (stop, stopped) = watch::channel(false);
        let shared = Arc::clone(&house.shared);
        let serving = tokio::spawn(server::run(listener, house, stopped));
        let saving = state_file.map(|path| {
            let world = Arc::clone(&shared.worlds.common);
            (path.clone(), tokio::spawn(persist::keep_saved(path, world)))
        });
        Self { address, shared, stop, serving, saving }
    }

    /// Where it listens: `http://127.0.0.1:PORT`, `https` where it speaks TLS, without a slash at the end and without the document's base path.
    #[must_use]
    pub fn url(&self) -> String {
        let ip = self.address.ip();
        // All interfaces are no address that one could connect to.
        let ip = match ip {
            std::net::IpAddr::V4(ip) if ip.is_unspecified() => std::net::Ipv4Addr::LOCALHOST.into(),
            std::net::IpAddr::V6(ip) if ip.is_unspecified() => std::net::Ipv6Addr::LOCALHOST.into(),
            ip => ip,
        };
        let scheme = if self.shared.certificate.is_some() { "https" } else { "http" };
        format!("{scheme}://{}", SocketAddr::new(ip, self.address.port()))
    }

    /// Where it speaks TLS: what a client must trust to accept its certificate, as PEM.
    #[must_use]
    pub fn certificate_pem(&self) -> Option<&str> {
        self.shared.certificate.as_deref()
    }

    /// [`url`](Self::url) with the base path that the document's `servers` give.
    #[must_use]
    pub fn base_url(&self) -> String {
        format!("{}{}", self.url(), self.contract().base_path)
    }

    /// Where the control interface is: [`url`](Self::url) and `/_mock`, or another path where the document has that itself.
    #[must_use]
    pub fn control_url(&self) -> String {
        format!("{}{}", self.url(), self.shared.control)
    }

    /// The port it listens on.
    #[must_use]
    pub fn port(&self) -> u16 {
        self.address.port()
    }

    /// The contract it serves.
    #[must_use]
    pub fn contract(&self) -> &Contract {
        &self.shared.pipeline.contract
    }

    /// What can be presented to sign in, in the present state; the most capable first.
    #[must_use]
    pub fn credentials(&self) -> Vec<PresentableCredential> {
        credentials::list(&self.shared.pipeline, &self.shared.worlds.common.state())
    }

    /// The state as JSON: `{"collections": {NAME: [RECORD, …]}, …}`.
    #[must_use]
    pub fn state(&self) -> Value {
        self.shared.worlds.common.state().to_json()
    }

    /// Replaces the state.
    ///
    /// # Errors
    /// Everything wrong with the new one, a sentence each; the old one stays.
    pub fn replace_state(&self, state: &Value) -> Result<(), Vec<String>> {
        let state = self.shared.pipeline.engine.restore(state)?;
        self.shared.worlds.common.replace(state);
        Ok(())
    }

    /// Returns to the document's seeds, and forgets namespaces and journal. The clock goes on.
    pub fn reset(&self) {
        self.shared.worlds.common.replace(self.shared.pipeline.engine.initial_state());
        self.shared.worlds.remove_all();
        self.shared.journal.clear();
    }

    /// The last exchanges, oldest first, with why requests were refused. Secrets are masked.
    #[must_use]
    pub fn journal(&self) -> Vec<Entry> {
        self.shared.entries(&Filter::default())
    }

    /// The clock.
    #[must_use]
    pub fn clock(&self) -> &Clock {
        self.shared.pipeline.engine.clock()
    }

    /// Moves the clock forward; durations beyond the calendar move it to its end.
    pub fn advance(&self, duration: Duration) {
        self.clock().advance(i64::try_from(duration.as_millis()).unwrap_or(i64::MAX));
    }

    /// Stops: no new connections, open requests are answered, the state is saved.
    ///
    /// # Errors
    /// The state could not be saved.
    pub async fn stop(mut self) -> Result<(), StateFileError> {
        self.stop.send_replace(true);
        // A serving task that panicked has stopped serving, too.
        let _ = (&mut self.serving).await;
        let Some((path, task)) = self.saving.take() else { return Ok(()) };
        task.abort();
        // A save that is under way is finished before ours begins.
        let _ = task.await;
        persist::save(&path, &self.shared.worlds.common.state())
    }
}

impl Drop for MockServer {
    fn drop(&mut self) {
        self.serving.abort();
        if let Some((_, task)) = &self.saving {
            task.abort();
        }
    }
}
