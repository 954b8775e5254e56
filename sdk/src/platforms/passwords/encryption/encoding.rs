//! How encrypted bytes travel: written as hex, read as hex or as unpadded URL-safe base64.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::error::VaultError;

pub(super) fn write(bytes: &[u8]) -> String {
    base16ct::lower::encode_string(bytes)
}

/// Base64 of anything that was encrypted is never hex by chance: it has 54 characters at least.
pub(super) fn read(text: &str) -> Result<Vec<u8>, VaultError> {
    base16ct::mixed::decode_vec(text)
        .or_else(|_| URL_SAFE_NO_PAD.decode(text))
        .map_err(|_| VaultError::Encoding)
}
