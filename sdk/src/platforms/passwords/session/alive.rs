//! Keeping a session alive, and closing it when nobody wants it any more.

use std::sync::Arc;
use std::time::Duration;

use tokio::runtime::Handle;
use tokio::task::AbortHandle;
use tracing::debug;

use super::wire::Wire;
use crate::{Secret, SignInError};

/// How long a session lasts unless a setting says otherwise.
const LIFETIME: Duration = Duration::from_secs(600);

/// An opened session. It is kept alive until it is closed or dropped; one that is dropped is closed if there is a runtime
/// left to do it.
pub(super) struct Alive {
    wire: Arc<dyn Wire>,
    id: Secret,
    beat: AbortHandle,
    closed: bool,
}

impl Alive {
    pub(super) fn new(wire: Arc<dyn Wire>, id: Secret, lifetime: Option<Duration>) -> Self {
        let every = (lifetime.unwrap_or(LIFETIME) / 2).max(Duration::from_secs(1));
        let beat = tokio::spawn(beat(Arc::clone(&wire), id.clone(), every)).abort_handle();
        Self { wire, id, beat, closed: false }
    }

    /// The server has forgotten it: there is nothing to close.
    pub(super) fn forget(mut self) {
        self.closed = true;
    }

    pub(super) async fn close(mut self) -> Result<(), SignInError> {
        self.closed = true;
        self.beat.abort();
        self.wire.close(&self.id).await.map(|_| ())
    }
}

impl Drop for Alive {
    fn drop(&mut self) {
        self.beat.abort();
        if self.closed {
            return;
        }
        // Nobody is there to be told; the server drops it after its lifetime at the latest.
        let closing = self.wire.close(&self.id);
        if let Ok(runtime) = Handle::try_current() {
            runtime.spawn(async {
                if let Err(error) = closing.await {
                    debug!(%error, "the session was not closed");
                }
            });
        }
    }
}

async fn beat(wire: Arc<dyn Wire>, id: Secret, every: Duration) {
    loop {
        tokio::time::sleep(every).await;
        match wire.keep_alive(&id).await {
            Ok(answer) if answer.id.as_ref().is_none_or(|now| *now == id) => {}
            Ok(_) => {
                debug!("the session was over before it was kept alive");
                return;
            }
            Err(error) if error.is_refused() => {
                debug!(%error, "the session cannot be kept alive");
                return;
            }
            Err(error) => debug!(%error, "the session was not kept alive this time"),
        }
    }
}
