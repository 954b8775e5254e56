//! Nextcloud Passwords: passwords, folders and tags, shared and versioned, with end-to-end encryption.
//!
//! ```no_run
//! use tercet_sdk::passwords::{Client, types::{CreatePassword, UpdatePassword}};
//!
//! # async fn run() -> Result<(), Box<dyn std::error::Error>> {
//! let client = Client::builder("https://cloud.example.com").app_token("alice", "an app token").build()?;
//!
//! let bank = CreatePassword::new("correct horse").label("Bank").url("https://bank.example.com");
//! let made = client.create_password(bank).await?;
//!
//! for password in client.list_passwords().details("model+tags").await?.iter() {
//!     println!("{}: {}", password.id, password.label.as_deref().unwrap_or_default());
//! }
//!
//! // An update replaces everything: what is left out is lost.
//! let shown = client.show_password(tercet_sdk::passwords::types::ShowPassword::new(&*made.id)).await?;
//! client.update_password(UpdatePassword::from(&*shown).notes("The one in town.")).await?;
//! # Ok(())
//! # }
//! ```
//!
//! # Sessions
//!
//! The client sends the session's id that the last answer brought, with every call. An account without end-to-end encryption
//! needs no more than its app token. With it, a session is opened with the passphrase when the first call needs one, kept
//! alive, opened again after a 412, once for all calls that wait for it, and closed with the last clone of the client.
//! A passphrase that was refused is not sent again: five refusals in a row cost the app token.
//!
//! # End-to-end encryption
//!
//! Of such an account the server has nothing but cipher text. A [`Vault`] shows plain values, and stores cipher text:
//!
//! ```no_run
//! use tercet_sdk::passwords::{Client, Passphrase, types::CreatePassword};
//!
//! # async fn run() -> Result<(), Box<dyn std::error::Error>> {
//! let client = Client::builder("https://cloud.example.com")
//!     .app_token("carol", "an app token")
//!     .passphrase("correct horse battery staple")
//!     .build()?;
//! let vault = client.vault().await?;
//!
//! vault.create_password(CreatePassword::new("a secret").label("Bank")).await?;
//! for password in vault.list_passwords().await?.into_inner() {
//!     match password {
//!         Ok(password) => println!("{}", password.label.as_deref().unwrap_or_default()),
//!         // One that does not open does not hide the others.
//!         Err(why) => eprintln!("{why}"),
//!     }
//! }
//! // Any call that brings objects can be opened.
//! let with_tags = vault.open(client.list_passwords().details("model+tags")).await?;
//! println!("{} passwords", with_tags.len());
//!
//! vault.rotate().await?;
//! vault.change_passphrase(Passphrase::new("battery staple correct horse")?).await?;
//! # Ok(())
//! # }
//! ```
//!
//! [`Client::set_up_encryption`] gives an account end-to-end encryption, [`Client::unlock`] takes a passphrase later on,
//! [`Client::lock`] forgets it. The [`Keyring`] below it needs no server: it seals and opens anything that is
//! [`Encryptable`], back-ups too.
//!
//! ```
//! use tercet_sdk::passwords::{Keyring, Passphrase, types::CreateFolder};
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let keyring = Keyring::create(Passphrase::new("correct horse battery staple")?).await?.keyring;
//!
//! let sealed = keyring.seal(CreateFolder::new().label("Work"))?;
//! assert_eq!(sealed.cse_type.as_deref(), Some("CSEv1r1"));
//! assert_ne!(sealed.label.as_deref(), Some("Work"));
//!
//! assert_eq!(keyring.open(sealed)?.label.as_deref(), Some("Work"));
//! # Ok(())
//! # }
//! ```

mod account;
mod encryption;
mod objects;
mod session;
mod vault;

#[doc(inline)]
pub use crate::generated::passwords::{Client, calls, errors, types};
pub use account::{AccountError, Unfinished};
pub use encryption::{
    Challenge, Encryptable, Encryption, Keyring, NewChallenge, NewKeyring, Passphrase, Rotation, VaultError,
};
pub use objects::Contents;
pub use vault::{Vault, VaultCallError};
