//! CSEv1r1's objects: which of their texts are encrypted, and how they say so.

use zeroize::Zeroize as _;

use super::error::VaultError;
use super::hash::HashLength;
use super::keychain::Keychain;

/// How an object is encrypted by clients: its `cseType` and `cseKey`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Encryption {
    /// `none`: it is not.
    #[default]
    Plain,
    /// `CSEv1r1`, with the key of that id.
    CseV1r1(String),
    /// In a way that is not known here.
    Other(String),
}

impl Encryption {
    /// What `cseType` and `cseKey` say; an empty type is no encryption.
    #[must_use]
    pub fn of(cse_type: &str, cse_key: &str) -> Self {
        match cse_type {
            "" | "none" => Self::Plain,
            "CSEv1r1" => Self::CseV1r1(cse_key.to_owned()),
            other => Self::Other(other.to_owned()),
        }
    }

    /// The value of `cseType`.
    #[must_use]
    pub fn cse_type(&self) -> &str {
        match self {
            Self::Plain => "none",
            Self::CseV1r1(_) => "CSEv1r1",
            Self::Other(other) => other,
        }
    }

    /// The value of `cseKey`, empty without encryption.
    #[must_use]
    pub fn cse_key(&self) -> &str {
        match self {
            Self::CseV1r1(key) => key,
            Self::Plain | Self::Other(_) => "",
        }
    }
}

/// A password, a folder or a tag, whichever type it has: what a [`Keyring`](super::Keyring) needs to know of it.
pub trait Encryptable {
    /// The texts that are encrypted, where they are there, with their names on the wire: `url`, `label`, `notes`,
    /// `password`, `username` and `customFields` of a password; `label` of a folder; `label` and `color` of a tag.
    fn texts(&mut self) -> Vec<(&'static str, &mut String)>;

    /// How it says that it is encrypted.
    fn encryption(&self) -> Encryption;

    /// Says how it is encrypted.
    fn set_encryption(&mut self, encryption: &Encryption);

    /// The plain password whose hash goes with it; only passwords have one.
    fn plain_password(&self) -> Option<&str> {
        None
    }

    /// Takes the hash of the plain password.
    fn set_hash(&mut self, hash: String) {
        let _ = hash;
    }

    /// The objects that came inside it: its revisions, its folder, its tags. Each says for itself how it is encrypted.
    fn parts(&mut self) -> Vec<&mut dyn Encryptable> {
        Vec::new()
    }
}

/// Encrypts with the key in use.
pub(super) fn seal(
    keychain: &Keychain,
    hash: HashLength,
    object: &mut (impl Encryptable + ?Sized),
) -> Result<(), VaultError> {
    if object.encryption() != Encryption::Plain {
        return Err(VaultError::AlreadyEncrypted);
    }
    let (id, key) = keychain.current()?;
    if let Some(hash) = object.plain_password().map(|password| hash.of(password)) {
        object.set_hash(hash);
    }
    change(object, |text| key.seal_text(text))?;
    object.set_encryption(&Encryption::CseV1r1(id.to_owned()));
    Ok(())
}

/// Decrypts with the key that it names, and what came inside it too.
pub(super) fn open(keychain: &Keychain, object: &mut dyn Encryptable) -> Result<(), VaultError> {
    match object.encryption() {
        Encryption::Plain => {}
        Encryption::Other(other) => return Err(VaultError::UnknownEncryption(other)),
        Encryption::CseV1r1(id) => {
            let key = keychain.key(&id)?;
            change(object, |text| key.open_text(text).map(|mut text| std::mem::take(&mut *text)))?;
            object.set_encryption(&Encryption::Plain);
        }
    }
    object.parts().into_iter().try_for_each(|part| open(keychain, part))
}

/// Whether it, or what came inside it, is encrypted with a key that the keychain does not have.
pub(super) fn lacks(keychain: &Keychain, object: &mut dyn Encryptable) -> bool {
    let unknown = matches!(object.encryption(), Encryption::CseV1r1(id) if keychain.key(&id).is_err());
    unknown || object.parts().into_iter().any(|part| lacks(keychain, part))
}

/// Puts another text in the place of each; empty ones stay.
fn change(
    object: &mut (impl Encryptable + ?Sized),
    make: impl Fn(&str) -> Result<String, VaultError>,
) -> Result<(), VaultError> {
    for (field, text) in object.texts() {
        if !text.is_empty() {
            let made = make(text).map_err(|why| VaultError::Field { field, why: Box::new(why) })?;
            text.zeroize();
            *text = made;
        }
    }
    Ok(())
}
