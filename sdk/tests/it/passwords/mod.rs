//! Nextcloud Passwords: end-to-end encryption, held to what others computed.

mod keyring;
mod objects;
mod support;
mod vault;
