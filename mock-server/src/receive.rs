//! Receiving a body with a limit that holds while it arrives, and a patience that ends.

use std::time::Duration;

use bytes::{Bytes, BytesMut};
use http_body_util::BodyExt;
use hyper::body::{Body as _, Incoming};

/// A body, or why there is none.
#[derive(Clone, Debug)]
pub(crate) enum Received {
    /// There was none.
    Nothing,
    /// All of it.
    Whole(Bytes),
    /// It is larger than the limit; the rest of it was not kept.
    TooLarge {
        /// The limit in bytes.
        limit: u64,
        /// The outcome that `x-conduct` names.
        outcome: String,
    },
    /// It broke off or was too slow.
    Broken(String),
}

/// How large a body may be, and what a larger one ends in.
pub(crate) struct Limit {
    pub(crate) bytes: u64,
    pub(crate) outcome: String,
}

/// What a refused body may still send before its connection is cut, so that its sender gets to read the answer.
const LINGER_BYTES: u64 = 256 * 1024 * 1024;
const LINGER_TIME: Duration = Duration::from_secs(10);

/// Receives a body. `patience` is how long may pass between two chunks; `expects` says that the client waits for
/// `100 Continue` and sends nothing when it is refused.
pub(crate) async fn receive(
    mut body: Incoming,
    limit: Option<Limit>,
    patience: Duration,
    expects: bool,
) -> Received {
    if body.is_end_stream() {
        return Received::Nothing;
    }
    let most = limit.as_ref().map_or(u64::MAX, |limit| limit.bytes);
    let announced = body.size_hint().exact();
    if announced.is_some_and(|length| length > most) {
        if !expects {
            linger(body);
        }
        return too_large(limit);
    }
    let mut first = Bytes::new();
    let mut whole = BytesMut::new();
    loop {
        let frame = match tokio::time::timeout(patience, body.frame()).await {
            Err(_) => return Received::Broken(format!("nothing came for {} s", patience.as_secs())),
            Ok(Some(Err(error))) => return Received::Broken(error.to_string()),
            Ok(Some(Ok(frame))) => frame,
            Ok(None) => break,
        };
        let Ok(data) = frame.into_data() else { continue };
        let length = (first.len() + whole.len() + data.len()) as u64;
        if length > most {
            drop((first, whole));
            linger(body);
            return too_large(limit);
        }
        // A body in one piece is not copied.
        if first.is_empty() && whole.is_empty() {
            first = data;
            continue;
        }
        if whole.is_empty() {
            let expected = announced.and_then(|length| usize::try_from(length).ok()).unwrap_or(0);
            whole.reserve(expected.max(first.len() + data.len()));
            whole.extend_from_slice(&std::mem::take(&mut first));
        }
        whole.extend_from_slice(&data);
    }
    if whole.is_empty() { Received::Whole(first) } else { Received::Whole(whole.freeze()) }
}

fn too_large(limit: Option<Limit>) -> Received {
    let limit = limit.unwrap_or(Limit { bytes: u64::MAX, outcome: String::new() });
    Received::TooLarge { limit: limit.bytes, outcome: limit.outcome }
}

/// Reads on and throws away, beside the answer: a client that is still sending would else meet a closed connection
/// instead of the reason (RFC 9112, 9.6).
pub(crate) fn linger(mut body: Incoming) {
    tokio::spawn(async move {
        let drain = async {
            let mut drained = 0;
            while let Some(Ok(frame)) = body.frame().await {
                drained += frame.data_ref().map_or(0, |data| data.len() as u64);
                if drained > LINGER_BYTES {
                    break;
                }
            }
        };
        // Who is slower than that has had time enough: the connection is cut when the body is dropped.
        let _ = tokio::time::timeout(LINGER_TIME, drain).await;
    });
}
