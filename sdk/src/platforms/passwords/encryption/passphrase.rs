//! Passphrases, as long as the platform's own clients allow.

use std::fmt;

use super::error::VaultError;
use crate::Secret;

/// What an account's end-to-end encryption hangs on. Nothing shows it, and it is wiped when it is dropped.
#[derive(Clone, PartialEq, Eq)]
pub struct Passphrase(Secret);

impl Passphrase {
    /// Takes 12 to 128 characters, counted in UTF-16 units as the platform's own clients do.
    ///
    /// # Errors
    /// When it is shorter or longer.
    pub fn new(text: impl Into<Secret>) -> Result<Self, VaultError> {
        let text = text.into();
        let units = text.expose().encode_utf16().count();
        if (12..=128).contains(&units) { Ok(Self(text)) } else { Err(VaultError::PassphraseLength(units)) }
    }

    pub(crate) fn expose(&self) -> &str {
        self.0.expose()
    }
}

impl fmt::Debug for Passphrase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Passphrase(..)")
    }
}
