//! Nextcloud Passwords: end-to-end encryption, held to what others computed.

mod objects;
mod support;
mod vault;
