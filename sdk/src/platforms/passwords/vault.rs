//! The vault: plain values here, cipher text there.

use std::fmt;

use tracing::debug;

use super::encryption::{Encryptable, Keyring, VaultError};
use super::objects::Contents;
use super::{Client, errors, types};
use crate::{Error, Response, Secret};

/// An account with end-to-end encryption, unlocked: shows plain values, and stores cipher text.
///
/// What it lists and shows is decrypted; what it creates and updates is encrypted, with the hash of a password beside it.
/// Whatever has more to say is a call of the client: [`Vault::open`] takes any call that brings passwords, folders or tags,
/// and [`Vault::seal`] encrypts any body. Objects without end-to-end encryption, such as those that are shared, are shown as
/// they are; an update through the vault encrypts them, which the server refuses while they are shared.
///
/// Cheap to clone. Its keys live in the client, and are wiped when the last clone of that is dropped, or [`Client::lock`]ed.
#[derive(Clone)]
pub struct Vault {
    pub(super) client: Client,
}

/// Why a call through the vault gave nothing.
#[derive(Debug)]
pub enum VaultCallError<E> {
    /// The call failed.
    Call(Error<E>),
    /// Nothing was encrypted, or decrypted.
    Vault(VaultError),
}

impl<E> VaultCallError<E> {
    /// The declared refusal, if it is one.
    pub fn declared(&self) -> Option<&E> {
        match self {
            Self::Call(error) => error.declared(),
            Self::Vault(_) => None,
        }
    }

    /// What went wrong with the call, if that is what did.
    pub fn call(&self) -> Option<&Error<E>> {
        match self {
            Self::Call(error) => Some(error),
            Self::Vault(_) => None,
        }
    }
}

impl<E> fmt::Display for VaultCallError<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Call(error) => error.fmt(f),
            Self::Vault(error) => error.fmt(f),
        }
    }
}

impl<E: fmt::Debug> std::error::Error for VaultCallError<E> {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Call(error) => error.source(),
            Self::Vault(_) => None,
        }
    }
}

impl<E> From<Error<E>> for VaultCallError<E> {
    fn from(error: Error<E>) -> Self {
        Self::Call(error)
    }
}

impl<E> From<VaultError> for VaultCallError<E> {
    fn from(error: VaultError) -> Self {
        Self::Vault(error)
    }
}

impl fmt::Debug for Vault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Vault").finish_non_exhaustive()
    }
}

/// What can be done with each kind of object.
macro_rules! kind {
    ($what:literal: $list:ident $ListError:ident, $find:ident $FindError:ident $Find:ident,
        $show:ident $ShowError:ident $Show:ident,
        $update:ident $UpdateError:ident $Update:ident, $Object:ident) => {
        #[doc = concat!("Lists ", $what, "s as [`Client::", stringify!($list), "`] does, and opens each of them.")]
        ///
        /// One that cannot be opened does not hide the others: it says in its place why, and which it is
        /// ([`VaultError::Object`]). Whoever wants all or nothing collects: `collect::<Result<Vec<_>, _>>()`.
        ///
        /// # Errors
        /// When the call fails, or there is no keyring to open anything with.
        pub async fn $list(
            &self,
        ) -> Result<Response<Vec<Result<types::$Object, VaultError>>>, VaultCallError<errors::$ListError>>
        {
            self.open(self.client.$list()).await
        }

        #[doc = concat!("Searches ", $what, "s as [`Client::", stringify!($find), "`] does, and opens what is found, ")]
        /// each for itself. What is encrypted cannot be searched for.
        ///
        /// # Errors
        /// When the call fails, or there is no keyring to open anything with.
        pub async fn $find(
            &self,
            criteria: impl Into<types::$Find>,
        ) -> Result<Response<Vec<Result<types::$Object, VaultError>>>, VaultCallError<errors::$FindError>>
        {
            self.open(self.client.$find().body(criteria)).await
        }

        #[doc = concat!("Shows a ", $what, ", opened.")]
        ///
        /// # Errors
        /// When the call fails, or it cannot be opened.
        pub async fn $show(
            &self,
            id: impl Into<String>,
        ) -> Result<Response<types::$Object>, VaultCallError<errors::$ShowError>> {
            self.open(self.client.$show(types::$Show::new(id))).await
        }

        #[doc = concat!("Replaces a ", $what, " as [`Client::", stringify!($update), "`] does: what is left out is lost. ")]
        #[doc = concat!("`types::", stringify!($Update), "::from(&shown)` leaves nothing out.")]
        ///
        /// # Errors
        /// When it says that it is encrypted already, or the call fails.
        pub async fn $update(
            &self,
            plain: types::$Update,
        ) -> Result<Response<types::Stored>, VaultCallError<errors::$UpdateError>> {
            Ok(self.client.$update(self.seal(plain).await?).await?)
        }
    };
}

/// Creating one of each kind; folders and tags may come without a body as far as the document goes.
macro_rules! create {
    ($what:literal, $create:ident, $CreateError:ident, $Create:ident, |$client:ident, $sealed:ident| $call:expr) => {
        #[doc = concat!("Creates a ", $what, ", of which the server gets cipher text.")]
        ///
        /// # Errors
        /// When it says that it is encrypted already, or the call fails.
        pub async fn $create(
            &self,
            plain: types::$Create,
        ) -> Result<Response<types::Created>, VaultCallError<errors::$CreateError>> {
            let ($client, $sealed) = (&self.client, self.seal(plain).await?);
            Ok($call.await?)
        }
    };
}

impl Vault {
    create!("password", create_password, CreatePasswordError, CreatePassword, |client, sealed| client
        .create_password(sealed));
    create!("folder", create_folder, CreateFolderError, CreateFolder, |client, sealed| client
        .create_folder()
        .body(sealed));
    create!("tag", create_tag, CreateTagError, CreateTag, |client, sealed| client.create_tag().body(sealed));

    kind!("password":
        list_passwords ListPasswordsError, find_passwords FindPasswordsError FindPassword,
        show_password ShowPasswordError ShowPassword,
        update_password UpdatePasswordError UpdatePassword, Password);

    kind!("folder":
        list_folders ListFoldersError, find_folders FindFoldersError FindFolder,
        show_folder ShowFolderError ShowFolder,
        update_folder UpdateFolderError UpdateFolder, Folder);

    kind!("tag":
        list_tags ListTagsError, find_tags FindTagsError FindTag,
        show_tag ShowTagError ShowTag,
        update_tag UpdateTagError UpdateTag, Tag);

    /// Sends a call and opens what it brings, and what came inside that: `client.list_passwords().details("model+tags")`,
    /// say.
    ///
    /// Of a list each object is opened for itself, as with [`Vault::list_passwords`].
    ///
    /// # Errors
    /// When the call fails, or the one object that it brings cannot be opened.
    pub async fn open<C, T, E>(&self, call: C) -> Result<Response<T::Opened>, VaultCallError<E>>
    where
        C: IntoFuture<Output = Result<Response<T>, Error<E>>>,
        T: Contents,
    {
        let mut answer = call.await?;
        let mut keyring = self.keyring().await?;
        if answer.value.objects().into_iter().any(|object| keyring.lacks(object)) {
            keyring = self.newer(keyring).await;
        }
        let Response { value, received, context } = answer;
        Ok(Response { value: value.opened(&keyring)?, received, context })
    }

    /// Encrypts a body with the key in use, and gives a password the hash of what it was.
    ///
    /// # Errors
    /// When it says that it is encrypted already, or no session can be opened.
    pub async fn seal<T: Encryptable>(&self, plain: T) -> Result<T, VaultError> {
        self.keyring().await?.seal(plain)
    }

    /// The keys as they are now. They change when a key is added, here or by another client.
    ///
    /// # Errors
    /// When no session can be opened, or the keychain does not open.
    pub async fn keyring(&self) -> Result<Keyring, VaultError> {
        self.client.keyring().await
    }

    /// Everything that the web interface's encrypted back-ups take: see [`Keyring::export`].
    ///
    /// # Errors
    /// When there is no memory or no randomness.
    pub async fn export(text: impl Into<Secret>, password: impl Into<Secret>) -> Result<String, VaultError> {
        Keyring::export(text, password).await
    }

    /// The text of an encrypted back-up.
    ///
    /// # Errors
    /// When the password is another one, or the text is no back-up.
    pub async fn import(
        export: impl Into<String>,
        password: impl Into<Secret>,
    ) -> Result<Secret, VaultError> {
        Keyring::import(export, password).await
    }

    /// The keys that the server has, where they are others than those that are known; another client may have added one.
    async fn newer(&self, known: Keyring) -> Keyring {
        let sealed = match self.client.get_keychain().await {
            Ok(answer) => answer.into_inner().remove(Keyring::ID),
            Err(error) => {
                debug!(error = error.brief(), "the keychain could not be looked at again");
                None
            }
        };
        match (sealed, self.client.door()) {
            (Some(sealed), Ok((_, door))) => door.replace(sealed).await.unwrap_or_else(|error| {
                debug!(%error, "the newer keychain does not open");
                known
            }),
            _ => known,
        }
    }
}
