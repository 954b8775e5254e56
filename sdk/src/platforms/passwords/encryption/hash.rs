//! The hash of a plain password, by which the server finds breached and repeated ones.

use sha1::{Digest as _, Sha1};

use super::error::VaultError;

/// How many characters of the hash the server may see: its setting `user.password.security.hash`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct HashLength(u8);

impl HashLength {
    pub(super) const WHOLE: Self = Self(40);

    pub(super) fn new(length: u8) -> Result<Self, VaultError> {
        if length <= Self::WHOLE.0 { Ok(Self(length)) } else { Err(VaultError::HashLength(length)) }
    }

    /// SHA-1 as hex, cut.
    pub(super) fn of(self, password: &str) -> String {
        let mut hash = base16ct::lower::encode_string(&Sha1::digest(password));
        hash.truncate(usize::from(self.0));
        hash
    }
}
