//! Keys: from the operating system or a passphrase, and what they seal.

use argon2::{Algorithm, Argon2, Block, Params, Version};
use crypto_secretbox::aead::AeadInPlace as _;
use crypto_secretbox::{KeyInit as _, XSalsa20Poly1305};
use zeroize::{Zeroize as _, Zeroizing};

use super::encoding;
use super::error::VaultError;

/// Bytes of a key.
pub(super) const KEY: usize = 32;
/// Bytes of what makes a key from a passphrase unlike every other.
pub(super) const SALT: usize = 16;
/// Bytes of what makes a sealed text unlike every other.
pub(super) const NONCE: usize = 24;
/// Bytes of what shows that a sealed text is what was sealed.
const TAG: usize = 16;

/// libsodium's `crypto_pwhash` at its interactive limits, which all clients of the platform use.
const MEMORY_KIB: u32 = 64 * 1024;
const PASSES: u32 = 2;
const LANES: u32 = 1;

/// A key, wiped when it is dropped. On the heap, so that moving it leaves no copy behind.
#[derive(Clone)]
pub(super) struct Key(Box<[u8; KEY]>);

impl Drop for Key {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

/// Random bytes, from the operating system.
pub(super) fn random<const N: usize>() -> Result<[u8; N], VaultError> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|_| VaultError::NoRandomness)?;
    Ok(bytes)
}

impl Key {
    pub(super) fn random() -> Result<Self, VaultError> {
        let mut key = Self(Box::new([0; KEY]));
        getrandom::fill(&mut key.0[..]).map_err(|_| VaultError::NoRandomness)?;
        Ok(key)
    }

    /// The key of a secret: Argon2id. It takes 64 MiB and a tenth of a second, so not on a thread that others wait for.
    pub(super) fn derive(secret: &[u8], salt: &[u8; SALT]) -> Result<Self, VaultError> {
        // What the parameters are is known when this is compiled; that they are valid is known to the tests.
        let params = Params::new(MEMORY_KIB, PASSES, LANES, Some(KEY)).map_err(|_| VaultError::NoMemory)?;
        let mut memory: Vec<Block> = Vec::new();
        memory.try_reserve_exact(params.block_count()).map_err(|_| VaultError::NoMemory)?;
        memory.resize(params.block_count(), Block::new());
        let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
        let mut key = Self(Box::new([0; KEY]));
        let done = argon2.hash_password_into_with_memory(secret, salt, &mut key.0[..], &mut memory);
        // The last block is the key in another form.
        memory.iter_mut().for_each(Block::zeroize);
        done.map_err(|_| VaultError::NoMemory)?;
        Ok(key)
    }

    /// A key that is written as 64 hexadecimal digits.
    pub(super) fn from_hex(text: &str) -> Option<Self> {
        let mut key = Self(Box::new([0; KEY]));
        let read = text.len() == 2 * KEY && base16ct::mixed::decode(text, &mut key.0[..]).is_ok();
        read.then_some(key)
    }

    pub(super) fn to_hex(&self) -> Zeroizing<String> {
        Zeroizing::new(base16ct::lower::encode_string(&self.0[..]))
    }

    /// `start`, the nonce, and the sealed text with its tag before it, as hex.
    pub(super) fn seal(&self, start: &[u8], nonce: &[u8; NONCE], text: &str) -> Result<String, VaultError> {
        let head = start.len() + NONCE + TAG;
        let mut bytes = Vec::with_capacity(head + text.len());
        bytes.extend_from_slice(start);
        bytes.extend_from_slice(nonce);
        bytes.extend_from_slice(&[0; TAG]);
        bytes.extend_from_slice(text.as_bytes());
        let cipher = XSalsa20Poly1305::new(self.0.as_ref().into());
        let tag = cipher.encrypt_in_place_detached(nonce.into(), b"", &mut bytes[head..]);
        // It refuses nothing but texts of many gigabytes.
        let Ok(tag) = tag else {
            bytes.zeroize();
            return Err(VaultError::NoMemory);
        };
        bytes[head - TAG..head].copy_from_slice(&tag);
        Ok(encoding::write(&bytes))
    }

    /// The text in a nonce, a tag and a sealed text.
    pub(super) fn open(&self, bytes: &[u8]) -> Result<Zeroizing<String>, VaultError> {
        let short = VaultError::TooShort { least: NONCE + TAG, found: bytes.len() };
        let (nonce, rest) = bytes.split_first_chunk::<NONCE>().ok_or_else(|| short.clone())?;
        let (tag, sealed) = rest.split_first_chunk::<TAG>().ok_or(short)?;
        let mut text = Zeroizing::new(sealed.to_vec());
        XSalsa20Poly1305::new(self.0.as_ref().into())
            .decrypt_in_place_detached(nonce.into(), b"", &mut text, tag.into())
            .map_err(|_| VaultError::Unopened)?;
        String::from_utf8(std::mem::take(&mut *text)).map(Zeroizing::new).map_err(|error| {
            error.into_bytes().zeroize();
            VaultError::NoText
        })
    }

    /// A text of an object.
    pub(super) fn seal_text(&self, text: &str) -> Result<String, VaultError> {
        self.seal(&[], &random()?, text)
    }

    pub(super) fn open_text(&self, sealed: &str) -> Result<Zeroizing<String>, VaultError> {
        self.open(&encoding::read(sealed)?)
    }
}

/// A text sealed under a passphrase: salt, nonce, tag and text as hex.
pub(super) fn seal_under(
    passphrase: &str,
    salt: &[u8; SALT],
    nonce: &[u8; NONCE],
    text: &str,
) -> Result<String, VaultError> {
    Key::derive(passphrase.as_bytes(), salt)?.seal(salt, nonce, text)
}

/// The text that was sealed under a passphrase.
pub(super) fn open_under(passphrase: &str, sealed: &str) -> Result<Zeroizing<String>, VaultError> {
    let bytes = encoding::read(sealed)?;
    let least = SALT + NONCE + TAG;
    let (salt, rest) = bytes
        .split_first_chunk::<SALT>()
        .filter(|_| bytes.len() >= least)
        .ok_or(VaultError::TooShort { least, found: bytes.len() })?;
    Key::derive(passphrase.as_bytes(), salt)?.open(rest)
}
