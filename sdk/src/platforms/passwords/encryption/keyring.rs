//! The keyring: an open keychain, and everything that takes one.

use std::fmt;
use std::sync::Arc;

use super::challenge::{Challenge, NewChallenge};
use super::error::VaultError;
use super::hash::HashLength;
use super::key::{open_under, random, seal_under};
use super::keychain::Keychain;
use super::object::{self, Encryptable};
use super::passphrase::Passphrase;
use crate::Secret;

/// The open keychain of an account with end-to-end encryption: shows plain values, and stores cipher text.
///
/// It never changes; what changes the keychain gives another keyring, so that nothing is encrypted with a key that the server
/// has not stored. Cloning it is cheap. Its keys and its passphrase are wiped with the last clone, and nothing shows them.
#[derive(Clone)]
pub struct Keyring {
    open: Arc<Open>,
    hash: HashLength,
}

struct Open {
    keychain: Keychain,
    passphrase: Passphrase,
}

/// A keyring under a new passphrase, and what the server has to be told first.
#[derive(Debug)]
pub struct NewKeyring {
    /// For `account/challenge/set`, the first step.
    pub challenge: NewChallenge,
    /// For `keychain/set`, with the id `CSEv1r1`: the second step. Until it is done, what was stored cannot be opened with
    /// the new passphrase, so repeat it until it succeeds.
    pub keychain: String,
    /// To be used after both.
    pub keyring: Keyring,
}

/// A keyring with a new key in use, and what the server has to be told first.
#[derive(Debug)]
pub struct Rotation {
    /// For `keychain/set`, with the id `CSEv1r1`.
    pub keychain: String,
    /// To be used after that: what it encrypts is lost if the server does not have the keychain.
    pub keyring: Keyring,
}

impl Keyring {
    /// What the server calls the keychain that clients keep.
    pub const ID: &'static str = "CSEv1r1";

    /// The keyring of an account that gets end-to-end encryption.
    ///
    /// # Errors
    /// When there is no memory or no randomness.
    pub async fn create(passphrase: Passphrase) -> Result<NewKeyring, VaultError> {
        aside(move || NewKeyring::under(Keychain::create()?, passphrase, None, HashLength::WHOLE)).await
    }

    /// The keyring of a keychain as the server has it.
    ///
    /// # Errors
    /// When the keychain was sealed under another passphrase, or is none.
    pub async fn unlock(keychain: impl Into<String>, passphrase: Passphrase) -> Result<Self, VaultError> {
        let keychain = keychain.into();
        aside(move || Ok(Self::of(Keychain::open(&keychain, &passphrase)?, passphrase, HashLength::WHOLE)))
            .await
    }

    fn of(keychain: Keychain, passphrase: Passphrase, hash: HashLength) -> Self {
        Self { open: Arc::new(Open { keychain, passphrase }), hash }
    }

    pub(in super::super) fn passphrase(&self) -> &Passphrase {
        &self.open.passphrase
    }

    /// The same keyring with another length of hashes: the server's setting `user.password.security.hash`, 40 unless set.
    ///
    /// # Errors
    /// When it is more than 40.
    pub fn with_hash_length(self, length: u8) -> Result<Self, VaultError> {
        Ok(Self { hash: HashLength::new(length)?, ..self })
    }

    /// The same keyring with the length of hashes that another one has.
    pub(in super::super) fn with_hash_length_of(self, other: &Self) -> Self {
        Self { hash: other.hash, ..self }
    }

    /// Encrypts an object with the key in use, and gives a password the hash of what it was.
    ///
    /// # Errors
    /// When it is encrypted already, or the keychain has no key in use.
    pub fn seal<T: Encryptable>(&self, mut plain: T) -> Result<T, VaultError> {
        object::seal(&self.open.keychain, self.hash, &mut plain)?;
        Ok(plain)
    }

    pub(in super::super) fn open_in_place(&self, sealed: &mut dyn Encryptable) -> Result<(), VaultError> {
        object::open(&self.open.keychain, sealed)
    }

    /// Whether it takes a key that is not here.
    pub(in super::super) fn lacks(&self, object: &mut dyn Encryptable) -> bool {
        object::lacks(&self.open.keychain, object)
    }

    /// Decrypts an object, and the objects that came inside it; they say afterwards that they are plain. Those that were
    /// not encrypted stay as they are.
    ///
    /// # Errors
    /// When the keychain does not have the key, the object was changed, or is encrypted in another way.
    pub fn open<T: Encryptable>(&self, mut sealed: T) -> Result<T, VaultError> {
        object::open(&self.open.keychain, &mut sealed)?;
        Ok(sealed)
    }

    /// The ids of all keys, the oldest first.
    pub fn key_ids(&self) -> impl Iterator<Item = &str> {
        self.open.keychain.ids()
    }

    /// The id of the key in use.
    #[must_use]
    pub fn current_key_id(&self) -> Option<&str> {
        self.open.keychain.current().ok().map(|(id, _)| id)
    }

    /// The keychain sealed anew under the same passphrase, for `keychain/set`.
    ///
    /// # Errors
    /// When there is no memory or no randomness.
    pub async fn keychain(&self) -> Result<String, VaultError> {
        let open = Arc::clone(&self.open);
        aside(move || open.keychain.seal(&open.passphrase)).await
    }

    /// Adds a key, which is in use from then on. The old ones are kept for what they encrypted.
    ///
    /// # Errors
    /// When there is no memory or no randomness.
    pub async fn rotate(&self) -> Result<Rotation, VaultError> {
        let Self { open, hash } = self.clone();
        aside(move || {
            let next = open.keychain.rotated()?;
            let keychain = next.seal(&open.passphrase)?;
            Ok(Rotation { keychain, keyring: Self::of(next, open.passphrase.clone(), hash) })
        })
        .await
    }

    /// The same keys under another passphrase. `challenge` is the one in force (`account/challenge/get`): the server wants
    /// to have it solved before it takes another. Objects stay as they are.
    ///
    /// # Errors
    /// When the challenge in force cannot be solved, or there is no memory or no randomness.
    pub async fn change_passphrase(
        &self,
        challenge: &Challenge,
        passphrase: Passphrase,
    ) -> Result<NewKeyring, VaultError> {
        let (Self { open, hash }, challenge) = (self.clone(), challenge.clone());
        aside(move || {
            let old_secret = challenge.solve_here(&open.passphrase)?;
            NewKeyring::under(open.keychain.clone(), passphrase, Some(old_secret), hash)
        })
        .await
    }

    /// A text in the format of the web interface's encrypted back-ups, under a password of its own, of any length.
    ///
    /// # Errors
    /// When there is no memory or no randomness.
    pub async fn export(text: impl Into<Secret>, password: impl Into<Secret>) -> Result<String, VaultError> {
        let (text, password) = (text.into(), password.into());
        aside(move || seal_under(password.expose(), &random()?, &random()?, text.expose())).await
    }

    /// The text of an encrypted back-up.
    ///
    /// # Errors
    /// When the password is another one, or the text is no back-up.
    pub async fn import(
        export: impl Into<String>,
        password: impl Into<Secret>,
    ) -> Result<Secret, VaultError> {
        let (export, password) = (export.into(), password.into());
        aside(move || {
            open_under(password.expose(), &export).map(|mut text| std::mem::take(&mut *text).into())
        })
        .await
    }
}

impl NewKeyring {
    fn under(
        keychain: Keychain,
        passphrase: Passphrase,
        old_secret: Option<Secret>,
        hash: HashLength,
    ) -> Result<Self, VaultError> {
        let challenge = NewChallenge::create(&passphrase, old_secret)?;
        let sealed = keychain.seal(&passphrase)?;
        Ok(Self { challenge, keychain: sealed, keyring: Keyring::of(keychain, passphrase, hash) })
    }
}

impl fmt::Debug for Keyring {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Keyring").field("keys", &self.key_ids().count()).finish_non_exhaustive()
    }
}

/// Does what takes long on a thread that nobody waits for.
pub(super) async fn aside<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, VaultError> + Send + 'static,
) -> Result<T, VaultError> {
    match tokio::task::spawn_blocking(work).await {
        Ok(done) => done,
        Err(error) => match error.try_into_panic() {
            Ok(panic) => std::panic::resume_unwind(panic),
            Err(_) => Err(VaultError::Interrupted),
        },
    }
}
