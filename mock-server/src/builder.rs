//! Making a server: from a document, with settings, to an address.

use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use serde_json::Value;
use tercet_spec::contract::Setting;
use tercet_spec::{Contract, Diagnostic, Document, PlatformError, Severity};

use crate::action::{ActionTable, NoActions};
use crate::application::Application;
use crate::engine::{Engine, EngineOptions};
use crate::entropy::Clock;
use crate::handle::MockServer;
use crate::journal::Journal;
use crate::mask::Secrets;
use crate::persist::{self, StateFileError};
use crate::pipeline::Pipeline;
use crate::server::House;
use crate::shared::Shared;
use crate::tls::{self, Tls, TlsError};
use crate::worlds::Worlds;
use crate::{control, decode, opening_words};

/// Makes a mock server. By default: a free port of the loopback interface, the system's clock, the document's settings,
/// and always the same ids and tokens.
#[derive(Clone)]
pub struct Builder {
    source: Source,
    application: Option<Application>,
    /// Names and texts.
    overlays: Vec<(String, String)>,
    actions: Arc<dyn ActionTable>,
    address: IpAddr,
    port: u16,
    seed: u64,
    clock: Clock,
    settings: Vec<(String, String)>,
    state_file: Option<PathBuf>,
    journal: (usize, usize),
    namespaces: usize,
    patience: Duration,
    open_control: bool,
    tls: Option<tls::Source>,
}

/// Where the document comes from.
#[derive(Clone)]
enum Source {
    Document(Document),
    Shipped(String),
}

/// Why a server did not start. `Debug` says what `Display` does: an `unwrap` in a test shows sentences, not the whole document.
#[derive(thiserror::Error)]
pub enum StartError {
    /// No platform, or no edition of it, has that name.
    #[error("{0}")]
    Platform(PlatformError),
    /// The application is one of another platform.
    #[error("the application is one of `{0}`, not of `{1}`")]
    Application(&'static str, &'static str),
    /// The document cannot be served. Each diagnostic has its place.
    #[error("{}", summary(.0))]
    Document(Vec<Diagnostic>),
    /// A setting cannot be what it was set to.
    #[error("{0}")]
    Setting(String),
    /// The state file cannot be used.
    #[error(transparent)]
    StateFile(#[from] StateFileError),
    /// TLS cannot be spoken.
    #[error(transparent)]
    Tls(#[from] TlsError),
    /// The address cannot be listened on.
    #[error("cannot listen on {address}: {source}{}", listen_hint(*.address, .source))]
    Listen {
        /// The address.
        address: SocketAddr,
        /// What the system says.
        source: std::io::Error,
    },
}

impl std::fmt::Debug for StartError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        std::fmt::Display::fmt(self, f)
    }
}

fn summary(diagnostics: &[Diagnostic]) -> String {
    let lines: Vec<_> = diagnostics.iter().map(ToString::to_string).collect();
    format!("the document cannot be served:\n  {}", lines.join("\n  "))
}

fn listen_hint(address: SocketAddr, error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::AddrInUse => {
            format!(
                "\nhint: another program listens on port {}: end it, or choose another port",
                address.port()
            )
        }
        std::io::ErrorKind::PermissionDenied => {
            "\nhint: ports below 1024 are the administrator's: choose a higher one".to_owned()
        }
        std::io::ErrorKind::AddrNotAvailable => {
            format!("\nhint: this machine has no address {}", address.ip())
        }
        _ => String::new(),
    }
}

impl Builder {
    /// A server for a document.
    #[must_use]
    pub fn new(document: Document) -> Self {
        Self::of(Source::Document(document))
    }

    /// A server for a platform that ships, with its named actions: `NAME` or `NAME@EDITION`. That there is none of that
    /// name is said by [`start`](Self::start).
    #[must_use]
    pub fn shipped(name: impl Into<String>) -> Self {
        let name = name.into();
        let platform = name.split('@').next().unwrap_or_default();
        let (actions, application) = (crate::generated::actions(platform), Application::shipped(platform));
        let builder = Self::of(Source::Shipped(name)).actions(actions);
        application.into_iter().fold(builder, Self::application)
    }

    fn of(source: Source) -> Self {
        Self {
            source,
            application: None,
            overlays: Vec::new(),
            actions: Arc::new(NoActions),
            address: Ipv4Addr::LOCALHOST.into(),
            port: 0,
            seed: 0,
            clock: Clock::system(),
            settings: Vec::new(),
            state_file: None,
            journal: (1_000, 8 * 1024 * 1024),
            namespaces: 1_000,
            patience: Duration::from_secs(30),
            open_control: false,
            tls: None,
        }
    }

    /// Another edition of a shipped platform. A document of one's own has none.
    #[must_use]
    pub fn edition(mut self, edition: &str) -> Self {
        if let Source::Shipped(name) = &mut self.source {
            let bare = name.split('@').next().unwrap_or_default();
            *name = format!("{bare}@{edition}");
        }
        self
    }

    /// Changes the document by an OpenAPI Overlay (1.0), after those that were given before; `name` is what messages call it.
    /// What is wrong with it is said by [`start`](Self::start).
    #[must_use]
    pub fn overlay(mut self, name: impl Into<String>, text: impl Into<String>) -> Self {
        self.overlays.push((name.into(), text.into()));
        self
    }

    /// Serves this application of the platform instead of the one that ships.
    #[must_use]
    pub fn application(mut self, application: Application) -> Self {
        self.actions = application.actions();
        self.application = Some(application);
        self
    }

    /// The named actions that the document calls.
    #[must_use]
    pub fn actions(mut self, actions: Arc<dyn ActionTable>) -> Self {
        self.actions = actions;
        self
    }

    /// The named actions of a platform that ships, for a document of one's own that is made from the platform's.
    #[must_use]
    pub fn actions_of(self, platform: &str) -> Self {
        self.actions(crate::generated::actions(platform))
    }

    /// The address to listen on; 127.0.0.1 unless said otherwise.
    #[must_use]
    pub fn address(mut self, address: IpAddr) -> Self {
        self.address = address;
        self
    }

    /// The port; 0, the default, takes a free one.
    #[must_use]
    pub fn port(mut self, port: u16) -> Self {
        self.port = port;
        self
    }

    /// What ids and tokens are drawn from: the same seed and the same requests give the same answers.
    #[must_use]
    pub fn seed(mut self, seed: u64) -> Self {
        self.seed = seed;
        self
    }

    /// The clock; the system's unless said otherwise.
    #[must_use]
    pub fn clock(mut self, clock: Clock) -> Self {
        self.clock = clock;
        self
    }

    /// Sets a setting of the document. The text is read as its schema says; the last one counts.
    #[must_use]
    pub fn set(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.settings.push((name.into(), value.into()));
        self
    }

    /// Begins with the state in this file, if it exists, and keeps it there: soon after changes, and when the server stops.
    #[must_use]
    pub fn state_file(mut self, path: impl Into<PathBuf>) -> Self {
        self.state_file = Some(path.into());
        self
    }

    /// How many exchanges the journal keeps (1,000 unless said otherwise; 0 = none), and in how many bytes (8 MiB).
    #[must_use]
    pub fn journal(mut self, entries: usize, bytes: usize) -> Self {
        self.journal = (entries, bytes);
        self
    }

    /// How many namespaces there can be; 1,000 unless said otherwise.
    #[must_use]
    pub fn namespaces(mut self, most: usize) -> Self {
        self.namespaces = most;
        self
    }

    /// How long a body may pause while it arrives; 30 seconds unless said otherwise.
    #[must_use]
    pub fn patience(mut self, patience: Duration) -> Self {
        self.patience = patience;
        self
    }

    /// Lets other machines use the control interface, too, where the address can be reached from them.
    #[must_use]
    pub fn open_control(mut self) -> Self {
        self.open_control = true;
        self
    }

    /// Speaks HTTPS, with a certificate that is made at the start for `localhost`, 127.0.0.1, ::1 and the address; see
    /// [`MockServer::certificate_pem`].
    #[must_use]
    pub fn tls(mut self) -> Self {
        self.tls.get_or_insert_with(|| tls::Source::Made(Vec::new()));
        self
    }

    /// Speaks HTTPS, with a certificate that is made for this name, or IP address, too.
    #[must_use]
    pub fn tls_name(mut self, name: impl Into<String>) -> Self {
        match &mut self.tls {
            Some(tls::Source::Made(names)) => names.push(name.into()),
            other => *other = Some(tls::Source::Made(vec![name.into()])),
        }
        self
    }

    /// Speaks HTTPS, with a certificate and key of one's own: PEM files, the server's certificate first, those that signed it behind.
    #[must_use]
    pub fn tls_files(mut self, certificate: impl Into<PathBuf>, key: impl Into<PathBuf>) -> Self {
        self.tls = Some(tls::Source::Files { certificate: certificate.into(), key: key.into() });
        self
    }

    /// The settings that the document declares, for whoever reads them from elsewhere.
    ///
    /// # Errors
    /// The document cannot be served.
    pub fn declared_settings(&self) -> Result<Vec<Setting>, StartError> {
        Ok(self.contract()?.0.settings)
    }

    /// Starts the server in the current tokio runtime.
    ///
    /// # Errors
    /// See [`StartError`]. Nothing listens then.
    pub async fn start(self) -> Result<MockServer, StartError> {
        let (contract, warnings) = self.contract()?;
        opening_words::say(&contract, &warnings);
        let contract = Arc::new(contract);
        let options = EngineOptions {
            settings: self.typed_settings(&contract)?,
            seed: self.seed,
            clock: self.clock.clone(),
            actions: Arc::clone(&self.actions),
        };
        let engine = Engine::new(contract, options).map_err(StartError::Document)?;
        let state = match &self.state_file {
            Some(path) => {
                persist::check(path)?;
                persist::load(path, &engine)?
            }
            None => None,
        };
        let state = state.unwrap_or_else(|| engine.initial_state());
        let tls = self.tls.as_ref().map(|source| Tls::new(source, self.address)).transpose()?;
        let (acceptor, certificate) = tls.map(|tls| (tls.acceptor, tls.trusted)).unzip();
        let address = SocketAddr::new(self.address, self.port);
        let listener = tokio::net::TcpListener::bind(address).await;
        let listener = listener.map_err(|source| StartError::Listen { address, source })?;
        let bound = listener.local_addr().map_err(|source| StartError::Listen { address, source })?;
        let control = control::base(engine.contract());
        let shared = Arc::new(Shared {
            secrets: Secrets::new(engine.contract(), &engine),
            pipeline: Pipeline::new(engine),
            worlds: Worlds::new(state, self.namespaces),
            journal: Journal::new(self.journal.0, self.journal.1),
            patience: self.patience,
            open_control: self.open_control,
            control,
            certificate,
        });
        let control = control::router(&shared).with_state(Arc::clone(&shared));
        let house = House { control, shared, tls: acceptor };
        Ok(MockServer::start(listener, bound, house, self.state_file))
    }

    /// The contract, and what is to be said about its document besides.
    fn contract(&self) -> Result<(Contract, Vec<Diagnostic>), StartError> {
        let document = match (&self.source, &self.application) {
            (Source::Document(document), None) => document.clone(),
            (Source::Document(document), Some(application)) => {
                application.served(document).map_err(StartError::Document)?
            }
            (Source::Shipped(name), application) => {
                let (platform, document) = tercet_spec::shipped(name).map_err(|error| match error {
                    PlatformError::Faults(faults) => StartError::Document(faults),
                    error => StartError::Platform(error),
                })?;
                match application {
                    Some(application) if application.platform() != platform.name => {
                        return Err(StartError::Application(application.platform(), platform.name));
                    }
                    Some(application) => application.served(&document).map_err(StartError::Document)?,
                    // `spec`'s tests have lowered all of them without a diagnostic.
                    None if self.overlays.is_empty() => {
                        return Ok((tercet_spec::lower_proven(&document), Vec::new()));
                    }
                    None => document,
                }
            }
        };
        let (document, mut said) = self.overlaid(&document).map_err(StartError::Document)?;
        let (contract, diagnostics) = tercet_spec::lower(&document);
        said.extend(diagnostics);
        if said.iter().all(|one| one.severity != Severity::Error) {
            return Ok((contract, said));
        }
        said.retain(|one| one.severity == Severity::Error);
        // What an application's own document is refused for has no place in a file that its author has.
        Err(StartError::Document(match &self.application {
            Some(_) => Application::placed(said, &document),
            None => said,
        }))
    }

    fn overlaid(&self, document: &Document) -> Result<(Document, Vec<Diagnostic>), Vec<Diagnostic>> {
        let (mut overlays, mut faults) = (Vec::new(), Vec::new());
        for (name, text) in &self.overlays {
            match Document::parse(name.as_str(), text.as_str()) {
                Ok(overlay) => overlays.push(overlay),
                Err(found) => faults.extend(found),
            }
        }
        faults.extend(overlays.iter().flat_map(Document::faults));
        if faults.is_empty() { tercet_spec::apply_overlays(document, &overlays) } else { Err(faults) }
    }

    fn typed_settings(&self, contract: &Contract) -> Result<BTreeMap<String, Value>, StartError> {
        let mut typed = BTreeMap::new();
        for (name, text) in &self.settings {
            let Some(setting) = contract.settings.iter().find(|setting| setting.name == *name) else {
                let known: Vec<_> = contract.settings.iter().map(|one| format!("`{}`", one.name)).collect();
                let known = if known.is_empty() { "it has none".to_owned() } else { known.join(", ") };
                return Err(StartError::Setting(format!(
                    "the document has no setting `{name}`\nhint: its settings are: {known}"
                )));
            };
            let value = match setting.schema {
                Some(schema) => decode::scalar(contract, Some(schema), text),
                // Without a schema the default says what it is.
                None if setting.default.is_string() || setting.default.is_null() => text.as_str().into(),
                None => serde_json::from_str(text).unwrap_or_else(|_| text.as_str().into()),
            };
            typed.insert(name.clone(), value);
        }
        Ok(typed)
    }
}
