//! End-to-end encryption: what the server never sees, and what it sees instead.

mod challenge;
mod encoding;
mod error;
mod hash;
mod key;
mod keychain;
mod keyring;
mod object;
mod passphrase;
#[cfg(test)]
mod tests;

pub use challenge::{Challenge, NewChallenge};
pub use error::VaultError;
pub use keyring::{Keyring, NewKeyring, Rotation};
pub use object::{Encryptable, Encryption};
pub use passphrase::Passphrase;

use keyring::aside;
