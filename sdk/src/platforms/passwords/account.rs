//! An account: with an app token, and with a passphrase where it has end-to-end encryption.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use super::encryption::{Challenge, Keyring, NewChallenge, NewKeyring, Passphrase, VaultError};
use super::session::{self, Door, Routes};
use super::vault::Vault;
use super::{Client, errors, types};
use crate::generated::passwords::operations;
use crate::runtime::Session;
use crate::{Builder, Error, Secret, SignInError};

/// The calls that make a session.
const ROUTES: Routes = Routes {
    request: operations::REQUEST_SESSION,
    open: operations::OPEN_SESSION,
    keep_alive: operations::KEEP_SESSION_ALIVE,
    close: operations::CLOSE_SESSION,
    settings: operations::GET_SETTINGS,
};

/// The scheme of the document that says where a session's id goes.
const SESSION: &str = "session";

/// How often storing a keychain is tried once there is no way back, and the first pause in between.
const TRIES: (u32, Duration) = (4, Duration::from_millis(200));

impl Builder<Client> {
    /// The account's login name and an app token of it. The account's password works too where it has no second factor.
    pub fn app_token(self, user: impl Into<String>, token: impl Into<Secret>) -> Self {
        let (user, token) = (user.into(), token.into());
        if user.contains(':') {
            return self.refuse("a login name with a colon cannot be sent with HTTP Basic (RFC 7617, 2)");
        }
        let both = Secret::from(format!("{user}:{}", token.expose()));
        let with = self.credential_for("basic", both);
        if with.has_session() { with } else { with.session_alongside(SESSION, ROUTES.door(None), []) }
    }

    /// The passphrase of an account with end-to-end encryption. The session is opened with it when the first call needs
    /// one, kept alive, opened again when it is over, once for all calls that wait for it, and closed with the last clone
    /// of the client. A passphrase that was refused is not sent again: five refusals cost the app token.
    pub fn passphrase(self, passphrase: impl Into<Secret>) -> Self {
        let secret = passphrase.into();
        match Passphrase::new(secret.clone()) {
            Ok(passphrase) => self.session_alongside(SESSION, ROUTES.door(Some(passphrase)), [secret]),
            Err(why) => self.refuse(why.to_string()),
        }
    }
}

/// Why an account's encryption was not changed, or only by half.
#[derive(Debug)]
#[non_exhaustive]
pub enum AccountError {
    /// Nothing was encrypted, or decrypted; nothing was changed.
    Vault(VaultError),
    /// The account could not be asked what it has.
    Request(Error<errors::RequestSessionError>),
    /// The challenge in force could not be got.
    GetChallenge(Error<errors::GetChallengeError>),
    /// The challenge was not set. If no answer came, nobody knows whether it was.
    SetChallenge(Error<errors::SetChallengeError>),
    /// The keychain was not stored; nothing was changed.
    SetKeychain(Error<errors::SetKeychainError>),
    /// The challenge is set, and the keychain that goes with it is not stored.
    Unfinished(Box<Unfinished>),
}

/// What is left to be done of a change whose first half is done. Until it is, the keychain that the server has does not open
/// with the new passphrase, or there is none.
pub struct Unfinished {
    client: Client,
    made: Made,
    why: Error<errors::SetKeychainError>,
}

/// A keychain to be stored, and what it becomes.
struct Made {
    sealed: String,
    keyring: Keyring,
}

impl Unfinished {
    /// Stores the keychain.
    ///
    /// # Errors
    /// When it is not stored this time either.
    pub async fn finish(self) -> Result<Vault, AccountError> {
        self.client.finish(self.made).await
    }

    /// Why it was not stored.
    pub fn why(&self) -> &Error<errors::SetKeychainError> {
        &self.why
    }
}

impl fmt::Debug for Unfinished {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Unfinished").field("why", &self.why).finish_non_exhaustive()
    }
}

impl fmt::Display for AccountError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Vault(error) => error.fmt(f),
            Self::Request(error) => error.fmt(f),
            Self::GetChallenge(error) => error.fmt(f),
            Self::SetChallenge(error) => error.fmt(f),
            Self::SetKeychain(error) => error.fmt(f),
            Self::Unfinished(left) => write!(
                f,
                "the challenge is set, and the keychain is not stored: {}\nhint: call `finish` until it is, or nothing opens",
                left.why
            ),
        }
    }
}

impl std::error::Error for AccountError {}

impl From<VaultError> for AccountError {
    fn from(error: VaultError) -> Self {
        Self::Vault(error)
    }
}

impl From<types::Challenge> for Challenge {
    fn from(challenge: types::Challenge) -> Self {
        Self { kind: challenge.type_.as_str().to_owned(), salts: challenge.salts }
    }
}

impl From<NewChallenge> for types::SetChallenge {
    fn from(challenge: NewChallenge) -> Self {
        let data: Vec<serde_json::Value> = challenge.data.into_iter().map(Into::into).collect();
        let body = Self::new(challenge.secret, data);
        match challenge.old_secret {
            Some(secret) => body.old_secret(crate::Maybe::Value(secret)),
            None => body,
        }
    }
}

impl Client {
    /// The account's vault. Opens a session with the passphrase where there is none.
    ///
    /// # Errors
    /// When the client has no passphrase, it was refused, the keychain does not open, or the account has no end-to-end
    /// encryption.
    pub async fn vault(&self) -> Result<Vault, VaultError> {
        self.keyring().await?;
        Ok(Vault { client: self.clone() })
    }

    /// Takes a passphrase, in place of the one that the client has, and opens the vault with it.
    ///
    /// # Errors
    /// As [`Client::vault`].
    pub async fn unlock(&self, passphrase: Passphrase) -> Result<Vault, VaultError> {
        let (session, door) = self.door()?;
        door.take(Some(passphrase));
        session.restart();
        self.vault().await
    }

    /// Closes the session, and forgets the passphrase and the keys.
    ///
    /// # Errors
    /// When the server did not confirm that the session is closed. It is forgotten all the same.
    pub async fn lock(&self) -> Result<(), SignInError> {
        let Ok((session, door)) = self.door() else { return Ok(()) };
        let closed = door.close().await;
        door.take(None);
        session.restart();
        closed
    }

    /// Closes the session now rather than when the last clone of the client is dropped. The next call opens another.
    ///
    /// # Errors
    /// When the server did not confirm it. It is forgotten all the same.
    pub async fn close(&self) -> Result<(), SignInError> {
        let Ok((session, door)) = self.door() else { return Ok(()) };
        let closed = door.close().await;
        session.forget();
        closed
    }

    /// Gives the account end-to-end encryption. What is there already stays as it is until it is updated. Where it was
    /// begun with this passphrase and not finished, it is finished.
    ///
    /// Once begun it goes on even if nobody waits for it.
    ///
    /// # Errors
    /// When the account has end-to-end encryption already, or a call fails.
    pub async fn set_up_encryption(&self, passphrase: Passphrase) -> Result<Vault, AccountError> {
        let client = self.clone();
        undisturbed(async move {
            let begun = client.is_begun(&passphrase).await?;
            let NewKeyring { challenge, keychain, keyring } = Keyring::create(passphrase).await?;
            if !begun {
                client.set_challenge(challenge).await.map_err(AccountError::SetChallenge)?;
            }
            client.finish(Made { sealed: keychain, keyring }).await
        })
        .await
    }

    async fn is_begun(&self, passphrase: &Passphrase) -> Result<bool, AccountError> {
        let (_, door) = self.door()?;
        match self.keyring().await {
            Err(VaultError::KeychainMissing) if door.knows(passphrase) => Ok(true),
            Err(VaultError::NotEncrypted | VaultError::PassphraseMissing) => {
                let asked = self.request_session().await.map_err(AccountError::Request)?;
                match asked.challenge {
                    None => Ok(false),
                    Some(_) => Err(VaultError::AlreadySetUp.into()),
                }
            }
            Err(error @ VaultError::SignIn(_)) => Err(error.into()),
            Ok(_) | Err(_) => Err(VaultError::AlreadySetUp.into()),
        }
    }

    pub(super) async fn keyring(&self) -> Result<Keyring, VaultError> {
        session::keyring(self.door()?.0).await
    }

    pub(super) fn door(&self) -> Result<(&Arc<Session>, &Door), VaultError> {
        let session = self.transport.session().ok_or(VaultError::NoSession)?;
        Ok((session, session.signer().ok_or(VaultError::NoSession)?))
    }

    /// Stores the keychain of a challenge that is set already: there is no way back, so it is tried again.
    async fn finish(&self, made: Made) -> Result<Vault, AccountError> {
        let mut pause = TRIES.1;
        for tries in 1.. {
            match self.store(&made).await {
                Ok(vault) => return Ok(vault),
                Err(why) if tries < TRIES.0 && why.declared().is_none() => {}
                Err(why) => {
                    let client = self.clone();
                    return Err(AccountError::Unfinished(Box::new(Unfinished { client, made, why })));
                }
            }
            tokio::time::sleep(pause).await;
            pause *= 2;
        }
        Err(VaultError::Interrupted.into())
    }

    async fn store(&self, made: &Made) -> Result<Vault, Error<errors::SetKeychainError>> {
        self.set_keychain(types::SetKeychain::new(Keyring::ID, made.sealed.as_str())).await?;
        if let Ok((session, door)) = self.door() {
            door.adopt(session, made.sealed.clone(), made.keyring.clone()).await;
        }
        Ok(Vault { client: self.clone() })
    }
}

impl Vault {
    /// Adds a key, which is in use from then on, here and in all clones. What older keys encrypted stays as it is.
    ///
    /// Once begun it goes on even if nobody waits for it.
    ///
    /// # Errors
    /// When the new keychain is not stored; then the key in use is the one that was.
    pub async fn rotate(&self) -> Result<(), AccountError> {
        let client = self.client.clone();
        undisturbed(async move {
            let rotation = client.keyring().await?.rotate().await?;
            let made = Made { sealed: rotation.keychain, keyring: rotation.keyring };
            client.store(&made).await.map_err(AccountError::SetKeychain).map(|_| ())
        })
        .await
    }

    /// Puts the account under another passphrase. Keys and objects stay as they are.
    ///
    /// Once begun it goes on even if nobody waits for it.
    ///
    /// # Errors
    /// When the new challenge is not set, or the keychain that goes with it is not stored.
    pub async fn change_passphrase(&self, passphrase: Passphrase) -> Result<(), AccountError> {
        let client = self.client.clone();
        undisturbed(async move {
            let keyring = client.keyring().await?;
            let in_force = client.get_challenge().await.map_err(AccountError::GetChallenge)?.into_inner();
            let NewKeyring { challenge, keychain, keyring } =
                keyring.change_passphrase(&in_force.into(), passphrase).await?;
            client.set_challenge(challenge).await.map_err(AccountError::SetChallenge)?;
            client.finish(Made { sealed: keychain, keyring }).await.map(|_| ())
        })
        .await
    }
}

/// Does what must not stop half way on a task of its own.
async fn undisturbed<T: Send + 'static>(
    work: impl Future<Output = Result<T, AccountError>> + Send + 'static,
) -> Result<T, AccountError> {
    match tokio::spawn(work).await {
        Ok(done) => done,
        Err(error) => match error.try_into_panic() {
            Ok(panic) => std::panic::resume_unwind(panic),
            Err(_) => Err(VaultError::Interrupted.into()),
        },
    }
}
