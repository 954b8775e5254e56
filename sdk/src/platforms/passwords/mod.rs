//! Nextcloud Passwords: passwords, folders and tags, shared and versioned, with end-to-end encryption.
//!
//! Of an account with end-to-end encryption the server has nothing but cipher text. A [`Vault`] is its open keychain: it
//! seals objects of any type that is [`Encryptable`] before they are sent, and opens them when they come back.
//!
//! ```
//! use tercet_sdk::passwords::{Encryptable, Encryption, Passphrase, Vault};
//!
//! #[derive(Default)]
//! struct Folder {
//!     label: String,
//!     encryption: Encryption,
//! }
//!
//! impl Encryptable for Folder {
//!     fn texts(&mut self) -> Vec<(&'static str, &mut String)> {
//!         vec![("label", &mut self.label)]
//!     }
//!     fn encryption(&self) -> Encryption {
//!         self.encryption.clone()
//!     }
//!     fn set_encryption(&mut self, encryption: &Encryption) {
//!         self.encryption = encryption.clone();
//!     }
//! }
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let vault = Vault::create(Passphrase::new("correct horse battery staple")?).await?.vault;
//!
//! let sealed = vault.seal(Folder { label: "Work".into(), ..Folder::default() })?;
//! assert_eq!(sealed.encryption.cse_type(), "CSEv1r1");
//! assert_ne!(sealed.label, "Work");
//!
//! assert_eq!(vault.open(sealed)?.label, "Work");
//! # Ok(())
//! # }
//! ```

mod encryption;
#[allow(dead_code, reason = "the generated client, which calls it, is not there yet")]
mod session;

pub use encryption::{
    Challenge, Encryptable, Encryption, NewChallenge, NewVault, Passphrase, Rotation, Vault, VaultError,
};
