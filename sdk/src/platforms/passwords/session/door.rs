//! The way into an account: what is asked, what is answered, and what is remembered of it.

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use futures::FutureExt as _;
use reqwest::StatusCode;
use tracing::debug;

use super::super::encryption::{Challenge, Keyring, Passphrase, VaultError};
use super::alive::Alive;
use super::http::HEADER;
use super::wire::{Opened, Preferences, Wire};
use crate::runtime::{Received, Session, SignIn, Signing, Tokens, Transport};
use crate::{Secret, SignInError};

/// How often a passphrase that has never been right is sent without hearing whether it is. Five wrong ones in a row cost
/// the app token (facts: passwords 2026.7.0), and those that other clients sent count too.
const UNANSWERED: u32 = 2;

/// Makes what carries the session's calls.
type Connect = dyn Fn(&Arc<Transport>) -> Arc<dyn Wire> + Send + Sync;

/// How an account is entered. [`Session`] sees to it that this happens once for any number of calls, and never again after
/// a refusal.
pub(in super::super) struct Door {
    connect: Box<Connect>,
    inside: Arc<Inside>,
}

#[derive(Default)]
struct Inside(Mutex<State>);

#[derive(Default)]
struct State {
    passphrase: Option<Passphrase>,
    /// Whether the server has accepted it.
    proven: bool,
    unanswered: u32,
    alive: Option<Alive>,
    held: Held,
}

/// What there is of the keychain.
#[derive(Default)]
enum Held {
    /// Nobody has looked.
    #[default]
    Unknown,
    /// The account has no end-to-end encryption.
    Plain,
    /// It was sealed like this, and cannot be opened for that reason, or can.
    Sealed(String, Result<Keyring, VaultError>),
    /// There should be one, and is none.
    Missing,
}

impl fmt::Debug for Door {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Door").finish_non_exhaustive()
    }
}

impl Door {
    pub(super) fn new(
        passphrase: Option<Passphrase>,
        connect: impl Fn(&Arc<Transport>) -> Arc<dyn Wire> + Send + Sync + 'static,
    ) -> Self {
        let inside = Inside(Mutex::new(State { passphrase, ..State::default() }));
        Self { connect: Box::new(connect), inside: Arc::new(inside) }
    }

    /// Takes another passphrase, or none; the session has to be restarted. The one that is open is closed.
    pub(in super::super) fn take(&self, passphrase: Option<Passphrase>) {
        let before = std::mem::replace(&mut *self.inside.state(), State { passphrase, ..State::default() });
        drop(before);
    }

    /// Takes over a keyring whose challenge and keychain the server has stored, and keeps the session alive in which it was.
    pub(in super::super) async fn adopt(&self, session: &Arc<Session>, sealed: String, keyring: Keyring) {
        {
            let mut state = self.inside.state();
            state.passphrase = Some(keyring.passphrase().clone());
            (state.proven, state.unanswered) = (true, 0);
            state.held = Held::Sealed(sealed, Ok(keyring));
            if state.alive.is_some() {
                return;
            }
        }
        let id = match session.grant().await {
            Ok(grant) if !grant.access().is_empty() => Secret::from(grant.access()),
            // The next call opens one.
            _ => return,
        };
        let wire = (self.connect)(session.transport());
        let preferences = preferences(&*wire, &id).await;
        let alive = Alive::new(wire, id, preferences.lifetime);
        let mut state = self.inside.state();
        if state.alive.is_some() {
            alive.forget();
        } else {
            state.alive = Some(alive);
        }
    }

    /// Whether this is the passphrase that it enters with.
    pub(in super::super) fn knows(&self, passphrase: &Passphrase) -> bool {
        self.inside.state().passphrase.as_ref() == Some(passphrase)
    }

    /// Opens the keychain that the server has now, where it is another one than the one that is open.
    pub(in super::super) async fn replace(&self, sealed: String) -> Result<Keyring, VaultError> {
        let (known, passphrase) = {
            let state = self.inside.state();
            match (&state.held, &state.passphrase) {
                (Held::Sealed(known, keyring), _) if *known == sealed => return keyring.clone(),
                (Held::Sealed(_, Ok(known)), Some(passphrase)) => (known.clone(), passphrase.clone()),
                _ => return Err(VaultError::PassphraseMissing),
            }
        };
        let keyring = Keyring::unlock(sealed.as_str(), passphrase.clone()).await?.with_hash_length_of(&known);
        let mut state = self.inside.state();
        if state.passphrase.as_ref() == Some(&passphrase) {
            state.held = Held::Sealed(sealed, Ok(keyring.clone()));
        }
        Ok(keyring)
    }

    /// Ends the session; the next call opens another.
    pub(in super::super) async fn close(&self) -> Result<(), SignInError> {
        let alive = self.inside.state().alive.take();
        match alive {
            Some(alive) => alive.close().await,
            None => Ok(()),
        }
    }

    fn keyring(&self) -> Result<Keyring, VaultError> {
        let state = self.inside.state();
        match &state.held {
            Held::Sealed(_, keyring) => keyring.clone(),
            Held::Missing => Err(VaultError::KeychainMissing),
            Held::Plain => Err(VaultError::NotEncrypted),
            Held::Unknown => Err(VaultError::PassphraseMissing),
        }
    }
}

/// The keyring of the account, after opening a session where there is none.
pub(in super::super) async fn keyring(session: &Arc<Session>) -> Result<Keyring, VaultError> {
    session.grant().await.map_err(VaultError::SignIn)?;
    session.signer::<Door>().ok_or(VaultError::PassphraseMissing)?.keyring()
}

impl SignIn for Door {
    fn sign_in(&self, transport: &Arc<Transport>) -> Option<Signing> {
        let passphrase = self.inside.state().passphrase.clone()?;
        let (inside, wire) = (Arc::clone(&self.inside), (self.connect)(transport));
        Some(async move { inside.enter(wire, passphrase).await }.boxed())
    }

    /// A session is kept alive, not exchanged.
    fn refresh(&self, _: &Arc<Transport>, _: &Tokens) -> Option<Signing> {
        None
    }

    fn is_stale(&self, answer: &Received) -> bool {
        answer.status == StatusCode::PRECONDITION_FAILED
    }

    /// Without end-to-end encryption nothing has to be opened.
    fn is_optional(&self) -> bool {
        true
    }

    fn brought(&self, answer: &Received) -> Option<Secret> {
        answer.header(HEADER).filter(|id| !id.is_empty()).map(Into::into)
    }
}

impl Inside {
    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Asks what it takes, and gives it.
    async fn enter(&self, wire: Arc<dyn Wire>, passphrase: Passphrase) -> Result<Tokens, SignInError> {
        let asked = wire.request().await?;
        if asked.value.token.is_some_and(|factors| !factors.is_empty()) {
            return Err(SignInError::lasting(
                "the account asks for a second factor, which is not known here",
            ));
        }
        let Some(challenge) = asked.value.challenge else {
            self.state().held = Held::Plain;
            return Ok(tokens(asked.id.unwrap_or_else(|| "".into())));
        };
        let answer = self.open(&*wire, asked.id.as_ref(), &challenge, &passphrase).await?;
        let id = answer.id.or(asked.id).ok_or_else(SignInError::without_token)?;
        let preferences = preferences(&*wire, &id).await;
        let alive = Alive::new(wire, id.clone(), preferences.lifetime);
        let held = self.keychain(answer.value, &passphrase, preferences).await;
        let mut state = self.state();
        // Another passphrase may have been given meanwhile; then this session is nobody's, and is closed.
        if state.passphrase.as_ref() == Some(&passphrase) {
            state.held = held;
            if let Some(before) = state.alive.replace(alive) {
                before.forget();
            }
        }
        Ok(tokens(id))
    }

    /// Sends what solves the challenge, once, and remembers what became of it.
    async fn open(
        &self,
        wire: &dyn Wire,
        id: Option<&Secret>,
        challenge: &Challenge,
        passphrase: &Passphrase,
    ) -> Result<super::wire::Answer<Opened>, SignInError> {
        let solution = challenge.solve(passphrase).await.map_err(|why| match why {
            VaultError::NoMemory | VaultError::NoRandomness | VaultError::Interrupted => {
                SignInError::passing(why.to_string())
            }
            why => SignInError::lasting(why.to_string()),
        })?;
        if self.state().unanswered >= UNANSWERED {
            return Err(SignInError::lasting(format!(
                "the passphrase was sent {UNANSWERED} times, and nobody said whether it is right; five wrong ones cost the app \
                 token\nhint: give it again when the server can be reached"
            )));
        }
        let result = wire.open(id, &solution).await.and_then(|answer| match answer.value.success {
            true => Ok(answer),
            false => Err(SignInError::lasting("the server did not open the session, and does not say why")),
        });
        let mut state = self.state();
        if state.passphrase.as_ref() == Some(passphrase) {
            match &result {
                Ok(_) => (state.proven, state.unanswered) = (true, 0),
                Err(error) if error.is_unanswered() && !state.proven => state.unanswered += 1,
                Err(_) => {}
            }
        }
        result
    }

    /// Opens the keychain, unless it is the one that is open.
    async fn keychain(&self, opened: Opened, passphrase: &Passphrase, preferences: Preferences) -> Held {
        let mut keys = opened.keys;
        let Some(sealed) = keys.remove(Keyring::ID) else { return Held::Missing };
        let known = match &self.state().held {
            Held::Sealed(known, Ok(keyring)) if *known == sealed => Some(keyring.clone()),
            _ => None,
        };
        let keyring = match known {
            Some(keyring) => Ok(keyring),
            None => Keyring::unlock(sealed.as_str(), passphrase.clone()).await,
        };
        let keyring = match preferences.hash_length {
            Some(length) => keyring.and_then(|keyring| keyring.with_hash_length(length)),
            None => keyring,
        };
        Held::Sealed(sealed, keyring)
    }
}

async fn preferences(wire: &dyn Wire, id: &Secret) -> Preferences {
    match wire.preferences(id).await {
        Ok(answer) => answer.value,
        Err(error) => {
            debug!(%error, "the settings could not be read; those of a new account are taken");
            Preferences::default()
        }
    }
}

fn tokens(id: Secret) -> Tokens {
    Tokens { access: Some(id), refresh: None }
}
