//! The reference server, clients of it, and what it was asked.

use std::time::Duration;

use tercet_mock_server::{MockServer, passwords};
use tercet_sdk::Builder;
use tercet_sdk::passwords::Client;

pub(crate) const CAROLS: &str = "correct horse battery staple";

pub(crate) async fn server() -> MockServer {
    passwords().seed(7).start().await.unwrap()
}

/// The app token that the sample data has for a user.
pub(crate) fn token(user: &str) -> String {
    format!("{user}-demo-token-").chars().chain(('a'..='z').cycle()).take(72).collect()
}

pub(crate) fn builder(server: &MockServer, user: &str) -> Builder<Client> {
    Client::builder(server.base_url())
        .app_token(user, token(user))
        .pauses(Duration::from_millis(1), Duration::from_millis(50))
}

pub(crate) fn client(server: &MockServer, user: &str) -> Client {
    builder(server, user).build().unwrap()
}

/// Carol's, whose account has end-to-end encryption.
pub(crate) fn carol(server: &MockServer) -> Client {
    builder(server, "carol").passphrase(CAROLS).build().unwrap()
}

/// The operations that were called, the oldest first.
pub(crate) fn calls(server: &MockServer) -> Vec<String> {
    let mut entries = server.journal();
    entries.sort_by_key(|entry| entry.number);
    entries.into_iter().filter_map(|entry| entry.operation).collect()
}

/// How often an operation was called.
pub(crate) fn count(server: &MockServer, operation: &str) -> usize {
    calls(server).iter().filter(|one| *one == operation).count()
}
