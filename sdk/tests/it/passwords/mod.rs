//! Nextcloud Passwords: end-to-end encryption, held to what others computed, and the client against servers.

mod account;
mod keyring;
mod nonsense;
mod objects;
mod server;
mod support;
mod vault;
