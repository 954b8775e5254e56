//! The DevTools protocol: numbered requests and their answers over one WebSocket.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use futures::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio::sync::{mpsc, oneshot};
use tokio::task::JoinHandle;
use tokio_tungstenite::tungstenite::Message;

/// How long the browser may take for anything. Far more than it ever needs: only a hanging one takes as long.
const PATIENCE: Duration = Duration::from_secs(60);

/// What can go wrong with a browser.
#[derive(Debug, thiserror::Error)]
pub enum BrowserError {
    /// It did not start.
    #[error("the browser did not start: {0}")]
    Start(String),
    /// It ended, or did not answer in time.
    #[error("the browser does not answer to `{0}`")]
    Gone(String),
    /// It refused a request.
    #[error("the browser refuses `{method}`: {why}")]
    Refused {
        /// The method of the protocol.
        method: String,
        /// What the browser says.
        why: String,
    },
    /// A page's JavaScript threw.
    #[error("the page throws: {0}")]
    Page(String),
    /// What should have appeared did not.
    #[error("`{wanted}` did not appear\nhint: the page shows:\n{shown}")]
    Missing {
        /// The selector, and the text.
        wanted: String,
        /// The text of the page.
        shown: String,
    },
}

type Waiting = Arc<Mutex<HashMap<u64, oneshot::Sender<Value>>>>;

/// A connection to a browser. Many may use it at once.
#[derive(Debug)]
pub(super) struct Connection {
    next: AtomicU64,
    waiting: Waiting,
    outgoing: mpsc::UnboundedSender<Message>,
    tasks: [JoinHandle<()>; 2],
}

impl Connection {
    pub(super) async fn open(url: &str) -> Result<Self, BrowserError> {
        let (socket, _) = tokio_tungstenite::connect_async(url)
            .await
            .map_err(|error| BrowserError::Start(error.to_string()))?;
        let (mut sink, mut stream) = socket.split();
        let (outgoing, mut queue) = mpsc::unbounded_channel();
        let waiting = Waiting::default();
        let writer = tokio::spawn(async move {
            while let Some(message) = queue.recv().await {
                if sink.send(message).await.is_err() {
                    break;
                }
            }
        });
        let answered = Arc::clone(&waiting);
        let reader = tokio::spawn(async move {
            while let Some(Ok(message)) = stream.next().await {
                let Ok(answer) = serde_json::from_slice::<Value>(&message.into_data()) else { continue };
                // Events have no number; nobody waits for them.
                let Some(number) = answer["id"].as_u64() else { continue };
                let asker = answered.lock().unwrap_or_else(PoisonError::into_inner).remove(&number);
                // Whoever asked may have stopped waiting.
                let _ = asker.map(|asker| asker.send(answer));
            }
            answered.lock().unwrap_or_else(PoisonError::into_inner).clear();
        });
        Ok(Self { next: AtomicU64::new(1), waiting, outgoing, tasks: [writer, reader] })
    }

    /// Asks, and waits for the result. `session` is the tab; none = the browser itself.
    pub(super) async fn call(
        &self,
        session: Option<&str>,
        method: &str,
        parameters: Value,
    ) -> Result<Value, BrowserError> {
        let number = self.next.fetch_add(1, Ordering::Relaxed);
        let (asker, answer) = oneshot::channel();
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner).insert(number, asker);
        let mut request = json!({ "id": number, "method": method, "params": parameters });
        if let Some(session) = session {
            request["sessionId"] = session.into();
        }
        let gone = || BrowserError::Gone(method.to_owned());
        self.outgoing.send(Message::text(request.to_string())).map_err(|_| gone())?;
        let mut answer = match tokio::time::timeout(PATIENCE, answer).await {
            Ok(Ok(answer)) => answer,
            Ok(Err(_)) | Err(_) => return Err(gone()),
        };
        match answer.get("error") {
            Some(error) => {
                Err(BrowserError::Refused { method: method.to_owned(), why: error["message"].to_string() })
            }
            None => Ok(answer["result"].take()),
        }
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        self.tasks.iter().for_each(JoinHandle::abort);
    }
}
