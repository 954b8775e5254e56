//! The deployment that is judged: where it is, what opens it, and how gently it must be treated.

use std::time::Duration;

use tercet_mock_server::PresentableCredential;
use tercet_spec::Contract;
use tercet_spec::contract::SecurityScheme;
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
    /// Whose certificates are good.
    pub trust: Trust,
}

/// Whose certificates are good, besides those that the system trusts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Trust {
    /// Certificates as PEM: authorities, or a server's own.
    pub authorities: String,
    /// Everybody's: whoever stands in between can read what is sent, credentials included.
    pub anybody: bool,
}

/// Somebody who may call: one credential for each security scheme.
#[derive(Clone, Debug, Default)]
pub struct Identity {
    /// Security scheme and value.
    pub credentials: Vec<(String, Secret)>,
    /// Security scheme and account, for schemes whose credential is obtained by signing in.
    pub accounts: Vec<(String, Account)>,
}

/// Somebody who can sign in.
#[derive(Clone, Debug)]
pub struct Account {
    /// The name to sign in with, often an e-mail address.
    pub user: String,
    /// The password.
    pub password: Secret,
    /// The run makes it before it signs in.
    pub fresh: bool,
}

impl Account {
    /// An account that a run makes for itself: the run's name is in its own, which is none of the run's marks.
    #[must_use]
    pub fn fresh(run: &str, number: usize, password: Secret) -> Self {
        Self { user: format!("cx-{run}-account-{number}@example.com"), password, fresh: true }
    }
}

impl Identity {
    /// Everybody who can call a throw-away server: two identities, the credentials that it offers dealt out between them, and
    /// for each scheme that is left over an account to be made.
    #[must_use]
    pub fn offered(contract: &Contract, credentials: &[PresentableCredential], run: &str) -> Vec<Self> {
        let mut all = Self::dealt(credentials);
        Self::register(contract, &mut all, run);
        all.retain(|one| !one.is_nobody());
        all
    }

    /// Two identities that a server which stands in takes: something for each scheme that does not say whose credentials are whose.
    #[must_use]
    pub fn anybody(contract: &Contract) -> Vec<Self> {
        let made_up = |word: &str| {
            let open = contract.schemes.iter().filter(|scheme| scheme.credential.is_none());
            // A name and a password are what HTTP's own `basic` reads; elsewhere it is a token like any other.
            let credential = |scheme: &SecurityScheme| {
                (scheme.name.clone(), Secret::new(format!("reference-{word}:made-up-{word}")))
            };
            Self { credentials: open.map(credential).collect(), accounts: Vec::new() }
        };
        vec![made_up("first"), made_up("second")]
    }

    /// Two identities with what a server offers: of every scheme the first, and the first of somebody else, or, where there is
    /// nobody else, the second.
    pub(crate) fn dealt(credentials: &[PresentableCredential]) -> Vec<Self> {
        let mut all = vec![Self::default(), Self::default()];
        for (at, one) in credentials.iter().enumerate() {
            let same = |other: &&PresentableCredential| other.scheme == one.scheme;
            if credentials[..at].iter().any(|other| same(&other)) {
                continue;
            }
            let mut others = credentials[at + 1..].iter().filter(same).peekable();
            let next = others.peek().copied();
            let second = others.find(|other| other.user.is_none() || other.user != one.user).or(next);
            for (identity, one) in all.iter_mut().zip([Some(one), second]) {
                let secret = one.map(|one| (one.scheme.clone(), Secret::new(one.value.as_str())));
                identity.credentials.extend(secret);
            }
        }
        all
    }

    /// Gives each identity an account, to be made, for the schemes that it has nothing for.
    pub fn register(contract: &Contract, identities: &mut [Self], run: &str) {
        for (at, identity) in identities.iter_mut().enumerate() {
            let password = Secret::new(format!("Cx-{}", uuid::Uuid::new_v4().simple()));
            let account = Account::fresh(run, at + 1, password);
            for scheme in contract.schemes.iter().filter(|scheme| registers(contract, scheme)) {
                let has_account = identity.accounts.iter().any(|(own, _)| *own == scheme.name);
                if identity.credential(&scheme.name).is_none() && !has_account {
                    identity.accounts.push((scheme.name.clone(), account.clone()));
                }
            }
        }
    }

    /// Whether it has nothing to call with.
    #[must_use]
    pub fn is_nobody(&self) -> bool {
        self.credentials.is_empty() && self.accounts.is_empty()
    }

    /// The credential for that security scheme.
    #[must_use]
    pub fn credential(&self, scheme: &str) -> Option<&Secret> {
        self.credentials.iter().find(|(name, _)| name == scheme).map(|(_, value)| value)
    }
}

/// Whether the document says how accounts for a scheme are made, its own or those of the scheme that it signs in as.
#[must_use]
pub fn registers(contract: &Contract, scheme: &SecurityScheme) -> bool {
    let of = |scheme: &SecurityScheme| scheme.credential.as_ref().and_then(|own| own.sign_in.clone());
    let Some(rule) = of(scheme) else { return false };
    let with = rule.with.as_ref().and_then(|with| contract.scheme(with)).and_then(of);
    rule.register.is_some() || with.is_some_and(|rule| rule.register.is_some())
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
    /// Bytes of the largest body that is sent to try a limit of the document.
    pub body: u64,
    /// The server stands in for a deployment and knows nothing but the document: it takes any credential of a scheme that does not say
    /// whose is whose, and refuses with statuses of its own where an operation without an effect declares none.
    pub stand_in: bool,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            rate: None,
            requests: 20_000,
            creations: 2_000,
            timeout: Duration::from_secs(30),
            read_only: false,
            body: 64 << 20,
            stand_in: false,
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

/// Reads a base URL: scheme, host, port, and a path only where the deployment is mounted below one. The base path of the
/// document's `servers` is added to it, and may be there already.
///
/// # Errors
/// What is wrong with it, and what to write instead.
pub fn base_url(contract: &Contract, text: &str) -> Result<Url, crate::run::Trouble> {
    use crate::run::Trouble;
    let example = "expected something like `https://tools.example.com`";
    let with_scheme = format!("`{text}` is not a base URL: {example}");
    let mut url = Url::parse(text).map_err(|error| {
        let hint = if text.contains("://") {
            "check host and port"
        } else {
            "write the scheme, `http://` or `https://`, before the host"
        };
        Trouble::new(format!("`{text}` is not a base URL: {error}"), hint)
    })?;
    if !matches!(url.scheme(), "http" | "https") || url.host().is_none() {
        return Err(Trouble::new(with_scheme, "write the scheme, `http://` or `https://`, before the host"));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(Trouble::new(
            "the base URL carries a user or a password",
            "leave them out and give credentials with `--credential SCHEME=VALUE`",
        ));
    }
    if url.query().is_some() || url.fragment().is_some() {
        return Err(Trouble::new(with_scheme, "leave out everything from `?` or `#` on"));
    }
    let path = url.path().trim_end_matches('/').to_owned();
    let (mount, base_path) = (path.strip_suffix(contract.base_path.as_str()), contract.base_path.as_str());
    let mount = mount.filter(|_| !base_path.is_empty()).unwrap_or(&path).to_owned();
    let is_operation = |one: &tercet_spec::contract::Operation| {
        !mount.is_empty() && format!("{mount}/").starts_with(&format!("{}/", first_segment(&one.path.text)))
    };
    if let Some(operation) = contract.operations.iter().find(|one| is_operation(one)) {
        return Err(Trouble::new(
            format!(
                "the base URL goes into the API: the document's paths begin with `{}` themselves",
                first_segment(&operation.path.text)
            ),
            format!("leave out `{mount}`"),
        ));
    }
    url.set_path(&mount);
    Ok(url)
}

fn first_segment(path: &str) -> &str {
    let end = path[1.min(path.len())..].find('/').map_or(path.len(), |at| at + 1);
    &path[..end]
}
