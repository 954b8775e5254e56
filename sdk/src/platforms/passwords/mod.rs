//! Nextcloud Passwords: passwords, folders and tags, shared and versioned, with end-to-end encryption.

mod encryption;
#[allow(dead_code, reason = "the generated client, which calls it, is not there yet")]
mod session;

pub use encryption::{
    Challenge, Encryptable, Encryption, NewChallenge, NewVault, Passphrase, Rotation, Vault, VaultError,
};
