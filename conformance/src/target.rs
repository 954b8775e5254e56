//! The deployment that is judged: where it is, what opens it, and how gently it must be treated.

use std::time::Duration;

use url::Url;

use crate::Secret;

/// A deployment, and how a run may treat it.
#[derive(Clone, Debug)]
pub struct Target {
    /// Scheme, authority and, where the deployment is mounted below one, a path; no query, no slash at the end.
    pub base: Url,
    /// Who may call: the first is used unless a law needs a stranger.
    pub identities: Vec<Identity>,
    /// What a run may do.
    pub limits: Limits,
    /// Which irreversible operations may be called.
    pub consent: Consent,
}

/// Somebody who may call: one credential for each security scheme.
#[derive(Clone, Debug, Default)]
pub struct Identity {
    /// Security scheme and value.
    pub credentials: Vec<(String, Secret)>,
}

impl Identity {
    /// The credential for that security scheme.
    #[must_use]
    pub fn credential(&self, scheme: &str) -> Option<&Secret> {
        self.credentials.iter().find(|(name, _)| name == scheme).map(|(_, value)| value)
    }
}

/// What a run may do.
#[derive(Clone, Debug)]
pub struct Limits {
    /// Requests a second; `None` = as fast as answers come.
    pub rate: Option<f64>,
    /// Requests in all, cleaning up not counted.
    pub requests: usize,
    /// Records to create.
    pub creations: usize,
    /// For one answer.
    pub timeout: Duration,
    /// Only GET, HEAD and OPTIONS.
    pub read_only: bool,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            rate: None,
            requests: 20_000,
            creations: 2_000,
            timeout: Duration::from_secs(30),
            read_only: false,
        }
    }
}

/// Which irreversible operations may be called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Consent {
    /// All of them: the deployment is a throw-away one on this machine.
    ThrowAway,
    /// These operations.
    Named(Vec<String>),
}

impl Consent {
    /// Whether an operation whose effect cannot be taken back may be called.
    #[must_use]
    pub fn covers(&self, operation: &str) -> bool {
        match self {
            Self::ThrowAway => true,
            Self::Named(names) => names.iter().any(|name| name == operation),
        }
    }
}

impl Target {
    /// Whether the deployment is on this machine.
    #[must_use]
    pub fn is_loopback(&self) -> bool {
        match self.base.host() {
            Some(url::Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
            Some(url::Host::Ipv4(address)) => address.is_loopback(),
            Some(url::Host::Ipv6(address)) => address.is_loopback(),
            None => false,
        }
    }
}
