//! PWDv1r1: proving to the server that the passphrase is known, without saying it.

use std::fmt;

use blake2::Blake2bMac512;
use blake2::digest::{KeyInit as _, Mac as _};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::aside;
use super::encoding;
use super::error::VaultError;
use super::key::{Key, SALT, random};
use super::passphrase::Passphrase;
use crate::Secret;

/// What the server calls it.
const KIND: &str = "PWDv1r1";
/// Bytes of the salt that is mixed with the passphrase, at least.
const MIXED: usize = 256;
/// Bytes of the salt that is the key of the mixing.
const MIXING: usize = 64;

/// What the server wants to have solved before it opens a session. Read from `session/request` or `account/challenge/get`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Challenge {
    /// Three salts as hex.
    pub salts: Vec<String>,
    /// `PWDv1r1`
    #[serde(rename = "type")]
    pub kind: String,
}

/// A new challenge for `account/challenge/set`, which is its body when it is written as JSON.
#[derive(Clone, Serialize)]
pub struct NewChallenge {
    /// What solves it.
    pub secret: Secret,
    /// The three salts as hex.
    pub data: Vec<String>,
    /// What solves the one that it takes the place of.
    #[serde(rename = "oldSecret", skip_serializing_if = "Option::is_none")]
    pub old_secret: Option<Secret>,
}

impl fmt::Debug for NewChallenge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("NewChallenge").finish_non_exhaustive()
    }
}

impl Challenge {
    /// What solves it: 64 hexadecimal digits. Worked out on a thread of its own, for it takes a while.
    ///
    /// # Errors
    /// When it is of another type, or its salts are not what they should be.
    pub async fn solve(&self, passphrase: &Passphrase) -> Result<Secret, VaultError> {
        let (challenge, passphrase) = (self.clone(), passphrase.clone());
        aside(move || challenge.solve_here(&passphrase)).await
    }

    pub(super) fn solve_here(&self, passphrase: &Passphrase) -> Result<Secret, VaultError> {
        if self.kind != KIND {
            return Err(VaultError::UnknownChallenge(self.kind.clone()));
        }
        let [mixed, mixing, salt] =
            <&[String; 3]>::try_from(&self.salts[..]).map_err(|_| VaultError::SaltCount(self.salts.len()))?;
        let mixed = encoding::read(mixed)?;
        if mixed.len() < MIXED {
            return Err(VaultError::SaltLength { index: 0, found: mixed.len() });
        }
        solution(passphrase, &mixed, &exactly(1, mixing)?, &exactly(2, salt)?)
    }
}

fn exactly<const N: usize>(index: usize, salt: &str) -> Result<[u8; N], VaultError> {
    let bytes = encoding::read(salt)?;
    bytes[..].try_into().map_err(|_| VaultError::SaltLength { index, found: bytes.len() })
}

impl NewChallenge {
    pub(super) fn create(passphrase: &Passphrase, old_secret: Option<Secret>) -> Result<Self, VaultError> {
        let (mixed, mixing, salt) = (random::<MIXED>()?, random::<MIXING>()?, random::<SALT>()?);
        let secret = solution(passphrase, &mixed, &mixing, &salt)?;
        let data = vec![encoding::write(&mixed), encoding::write(&mixing), encoding::write(&salt)];
        Ok(Self { secret, data, old_secret })
    }
}

fn solution(
    passphrase: &Passphrase,
    mixed: &[u8],
    mixing: &[u8; MIXING],
    salt: &[u8; SALT],
) -> Result<Secret, VaultError> {
    let mut hash = Blake2bMac512::new_from_slice(mixing)
        .map_err(|_| VaultError::SaltLength { index: 1, found: mixing.len() })?;
    hash.update(passphrase.expose().as_bytes());
    hash.update(mixed);
    let mut generic = Zeroizing::new([0; 64]);
    generic.copy_from_slice(&hash.finalize().into_bytes());
    Ok(Key::derive(&generic[..], salt)?.to_hex().as_str().into())
}
