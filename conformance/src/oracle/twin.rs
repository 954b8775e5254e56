//! One of the two reference servers.

use serde_json::Value;
use tercet_mock_server::entropy::Clock;
use tercet_mock_server::{Builder, MockServer};
use url::Url;

use super::correspondence::SPAN;
use crate::reading::Reading;
use crate::wire::{Question, Wire, draft};
use crate::{Identity, Limits, Received, Stop, Target, base_url};

/// How many exchanges a reference keeps in its journal: nobody reads them.
const JOURNAL: (usize, usize) = (1, 1 << 10);

/// A reference server.
pub(super) struct Twin {
    server: MockServer,
    base: Url,
    wire: Wire,
}

impl std::fmt::Debug for Twin {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Twin").field("base", &self.base).finish_non_exhaustive()
    }
}

impl Twin {
    /// Starts one. The second (`number` 1) has another seed and another clock than the first, and counts from elsewhere.
    ///
    /// # Errors
    /// Why it cannot be started, in a sentence.
    pub(super) async fn start(
        builder: &Builder,
        reading: &Reading,
        number: u64,
        secure: bool,
    ) -> Result<Self, String> {
        let clock = Clock::system();
        // A day and odd hours: no time of one is a time of the other.
        clock.advance(i64::try_from(number).unwrap_or(0) * 99_123_456);
        let builder = builder.clone().clock(clock).seed(number + 1).journal(JOURNAL.0, JOURNAL.1);
        // It speaks as the deployment does: some tell who comes without TLS to go away.
        let builder = if secure { builder.tls() } else { builder };
        let server = builder.start().await.map_err(|error| error.to_string())?;
        let mut state = server.state();
        if let Some(Value::Object(sequences)) = state.get_mut("sequences").filter(|_| number > 0) {
            for (at, collection) in (1..).zip(reading.contract().collections.keys()) {
                let begins = sequences.get(collection).and_then(Value::as_u64).unwrap_or(0);
                sequences.insert(collection.clone(), (at * SPAN * number + begins).into());
            }
            server.replace_state(&state).map_err(|problems| problems.join("; "))?;
        }
        let base = base_url(reading.contract(), &server.url()).map_err(|trouble| trouble.to_string())?;
        let target = Target {
            base: base.clone(),
            identities: Vec::new(),
            limits: Limits::default(),
            consent: crate::Consent::ThrowAway,
            trust: crate::Trust {
                authorities: server.certificate_pem().unwrap_or_default().to_owned(),
                anybody: false,
            },
        };
        Ok(Self { server, base, wire: Wire::new(&target)? })
    }

    /// Who can call it, as a run is dealt the callers of a deployment of the same document.
    pub(super) fn callers(&self) -> Vec<Identity> {
        Identity::dealt(&self.server.credentials())
    }

    /// The state it is in.
    pub(super) fn state(&self) -> Value {
        self.server.state()
    }

    /// Asks it; nothing where there was no answer.
    ///
    /// # Errors
    /// [`Stop`] when the request cannot be written.
    pub(super) async fn ask(&self, question: &Question<'_>) -> Result<Option<Received>, Stop> {
        let sent = draft(&self.base, question)?;
        Ok(self.wire.send(&sent).await.ok())
    }

    /// Moves its clock, forwards or back, by so many milliseconds.
    pub(super) fn let_pass(&self, milliseconds: i64) {
        self.server.clock().advance(milliseconds);
    }
}
