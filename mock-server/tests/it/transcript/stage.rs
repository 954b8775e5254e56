//! What is particular to a platform's transcripts.

use tercet_mock_server::entropy::{Clock, Timestamp};
use tercet_mock_server::{Builder, MockServer};

use super::Transcript;
use super::expect::Variables;

/// When all transcripts begin.
pub(crate) const NOW: &str = "2026-01-01T00:00:00.000Z";

/// What is particular to a platform's transcripts.
pub(crate) struct Stage {
    /// The platform, which is also the folder of its transcripts.
    pub(crate) platform: &'static str,
    /// What the documentation's curls begin with; it is taken off their URLs.
    pub(crate) host: &'static str,
    /// Headers of a request that has none of that name; an empty one in the request presents nothing. One whose value has a variable is
    /// left out for as long as no answer has given it.
    pub(crate) presents: &'static [(&'static str, &'static str)],
    /// Headers, in lower case, that requests present as the newest answer with that header had them: sessions.
    pub(crate) carries: &'static [&'static str],
    /// Texts that `<NAME>` stands for from the beginning, beside `<now>` and `<origin>`.
    pub(crate) texts: fn() -> Vec<(&'static str, String)>,
    /// How the platform writes JSON.
    pub(crate) written: fn(&serde_json::Value) -> String,
}

impl Stage {
    /// A platform without anything particular.
    pub(crate) const fn of(platform: &'static str) -> Self {
        let written: fn(&serde_json::Value) -> String = |value| value.to_string();
        Self { platform, host: "", presents: &[], carries: &[], texts: Vec::new, written }
    }

    /// A server whose time stands still, as a transcript's head wants it, and its clock.
    pub(crate) async fn start(&self, transcript: &Transcript) -> (MockServer, Clock) {
        let clock = Clock::manual(Timestamp::parse(NOW).unwrap());
        let mut builder = Builder::shipped(self.platform).clock(clock.clone()).seed(7);
        if let Some(edition) = &transcript.edition {
            builder = builder.edition(edition);
        }
        for (name, value) in &transcript.settings {
            builder = builder.set(name, value);
        }
        (builder.start().await.unwrap(), clock)
    }

    /// Where its transcripts are.
    pub(super) fn folder(&self) -> String {
        format!("{}/tests/it/{}/transcripts", env!("CARGO_MANIFEST_DIR"), self.platform)
    }

    /// What stands in `<>` when a transcript begins.
    pub(super) fn variables(&self, transcript: &Transcript, server: &MockServer) -> Variables {
        let mut variables: Variables = transcript.variables.iter().cloned().collect();
        variables.insert("now".to_owned(), NOW.to_owned());
        variables.insert("origin".to_owned(), origin(server));
        variables.extend((self.texts)().into_iter().map(|(name, text)| (name.to_owned(), text)));
        variables
    }
}

/// Scheme, host and port of a server.
pub(super) fn origin(server: &MockServer) -> String {
    server.url().to_string().trim_end_matches('/').to_owned()
}
