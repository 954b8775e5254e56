//! What can be wrong with what is encrypted, or is to be: never with a word of it.

use std::fmt;

use crate::SignInError;

/// Why something was not encrypted, or not decrypted. It shows key ids, lengths and names, and nothing that is secret.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum VaultError {
    /// The passphrase has that many UTF-16 units, which is how the platform's own clients count.
    PassphraseLength(usize),
    /// The server asks for another kind of challenge.
    UnknownChallenge(String),
    /// A challenge has three salts; this has so many.
    SaltCount(usize),
    /// One of a challenge's salts has a wrong length.
    SaltLength {
        /// Which one, from 0.
        index: usize,
        /// Its length in bytes.
        found: usize,
    },
    /// A text is neither hex nor unpadded URL-safe base64.
    Encoding,
    /// A text is shorter than anything that was encrypted, in bytes.
    TooShort {
        /// What it has at least.
        least: usize,
        /// What this one has.
        found: usize,
    },
    /// The passphrase or the key is another one, or the text was changed.
    Unopened,
    /// What was encrypted is no text.
    NoText,
    /// What was decrypted is no keychain.
    NoKeychain {
        /// What is wrong.
        why: &'static str,
        /// Where in the decrypted text, in bytes from 1; 0 when it is wrong as a whole.
        column: usize,
    },
    /// The keychain has no key of that id.
    UnknownKey(String),
    /// The keychain does not say which of its keys is in use: rotate it.
    NoCurrentKey,
    /// The object says that it is encrypted already.
    AlreadyEncrypted,
    /// The object is encrypted in a way that is not known here.
    UnknownEncryption(String),
    /// A hash has at most 40 characters.
    HashLength(u8),
    /// No session could be opened.
    SignIn(SignInError),
    /// The client keeps no session.
    NoSession,
    /// The account has no end-to-end encryption.
    NotEncrypted,
    /// The account has end-to-end encryption already.
    AlreadySetUp,
    /// The account has end-to-end encryption, and the server no keychain.
    KeychainMissing,
    /// The client has no passphrase.
    PassphraseMissing,
    /// A field of an object, and what is wrong with it.
    Field {
        /// Its name on the wire.
        field: &'static str,
        /// What is wrong.
        why: Box<VaultError>,
    },
    /// One object of an answer, and what is wrong with it.
    Object {
        /// Its id.
        id: String,
        /// What is wrong.
        why: Box<VaultError>,
    },
    /// The 64 MiB that a key from a passphrase takes are not to be had.
    NoMemory,
    /// The operating system gives no random numbers.
    NoRandomness,
    /// The runtime was shut down before the work was done.
    Interrupted,
}

impl fmt::Display for VaultError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::PassphraseLength(found) => {
                write!(f, "a passphrase has 12 to 128 characters, counted in UTF-16 units; this has {found}")
            }
            Self::UnknownChallenge(kind) => write!(
                f,
                "the server asks for a challenge of the type `{kind}`; `PWDv1r1` is what is known here"
            ),
            Self::SaltCount(found) => write!(f, "a challenge has three salts; this has {found}"),
            Self::SaltLength { index, found } => {
                let expected = ["at least 256", "64", "16"].get(*index).copied().unwrap_or("no");
                write!(f, "salt {index} of the challenge has {found} bytes, {expected} were expected")
            }
            Self::Encoding => f.write_str("the text is neither hex nor unpadded URL-safe base64"),
            Self::TooShort { least, found } => {
                write!(f, "the text has {found} bytes, and what was encrypted has at least {least}")
            }
            Self::Unopened => {
                f.write_str("the passphrase or the key is not the right one, or the text was changed")
            }
            Self::NoText => f.write_str("what was encrypted is no UTF-8 text"),
            Self::NoKeychain { why, column: 0 } => write!(f, "what was decrypted is no keychain: {why}"),
            Self::NoKeychain { why, column } => {
                write!(f, "what was decrypted is no keychain: {why} at byte {column}")
            }
            Self::UnknownKey(id) => write!(
                f,
                "the keychain has no key `{id}`\nhint: another client may have added it; open the session again"
            ),
            Self::NoCurrentKey => f.write_str(
                "the keychain does not say which key is in use\nhint: rotate it, and store the new keychain",
            ),
            Self::AlreadyEncrypted => f.write_str("the object is encrypted already"),
            Self::UnknownEncryption(kind) => {
                write!(f, "the object is encrypted as `{kind}`; `CSEv1r1` is what is known here")
            }
            Self::HashLength(found) => write!(f, "a hash has 0 to 40 characters, not {found}"),
            Self::SignIn(why) => write!(f, "no session was opened: {why}"),
            Self::NoSession => {
                f.write_str("the client keeps no session\nhint: build it with `app_token` or `passphrase`")
            }
            Self::AlreadySetUp => f.write_str(
                "the account has end-to-end encryption already\nhint: unlock it, and change its passphrase if need be",
            ),
            Self::NotEncrypted => f.write_str("the account has no end-to-end encryption"),
            Self::KeychainMissing => f.write_str("the server has no keychain of this account"),
            Self::PassphraseMissing => f.write_str(
                "the account's passphrase is not known\nhint: give it when the client is built, or unlock it",
            ),
            Self::Field { field, why } => write!(f, "`{field}`: {why}"),
            Self::Object { id, why } => write!(f, "`{id}`: {why}"),
            Self::NoMemory => f.write_str("64 MiB of memory for the key are not to be had"),
            Self::NoRandomness => f.write_str("the operating system gives no random numbers"),
            Self::Interrupted => f.write_str("the runtime was shut down before the key was there"),
        }
    }
}

impl std::error::Error for VaultError {}
