//! End-to-end encryption: what the server never sees, and what it sees instead.

mod challenge;
mod encoding;
mod error;
mod hash;
mod key;
mod keychain;
mod object;
mod passphrase;
#[cfg(test)]
mod tests;
mod vault;

pub use challenge::{Challenge, NewChallenge};
pub use error::VaultError;
pub use object::{Encryptable, Encryption};
pub use passphrase::Passphrase;
pub use vault::{NewVault, Rotation, Vault};

use vault::aside;
