//! Connections: accepting them, serving each, and ending them in good order.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use futures::future::Either;
use http_body_util as body;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinSet;
use tower::Service;

use crate::exchange;
use crate::shared::Shared;

/// How long a client may take to send the head of a request, and a keep-alive connection may idle.
const HEAD_TIME: Duration = Duration::from_secs(60);
/// How long open requests may take once the server is told to stop.
const LAST_WORDS: Duration = Duration::from_secs(3);

/// Who sent a request.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Peer(pub(crate) SocketAddr);

/// Accepts and serves until `stop` changes or its sender is gone.
pub(crate) async fn run(
    listener: TcpListener,
    control: Router,
    shared: Arc<Shared>,
    mut stop: watch::Receiver<bool>,
) {
    let graceful = GracefulShutdown::new();
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, peer)) => {
                    connections.spawn(connection(stream, peer, control.clone(), Arc::clone(&shared), &graceful));
                }
                Err(error) => {
                    // Too many open files, most likely: those who are connected go on and free some.
                    tracing::warn!(%error, "a connection could not be accepted");
                    tokio::time::sleep(Duration::from_millis(50)).await;
                }
            },
            // Finished connections are forgotten as they finish.
            Some(_) = connections.join_next() => {}
            _ = stop.changed() => break,
        }
    }
    drop(listener);
    // Open requests are answered; what is not done by then is cut with the set.
    let _ = tokio::time::timeout(LAST_WORDS, graceful.shutdown()).await;
}

fn connection(
    stream: TcpStream,
    peer: SocketAddr,
    control: Router,
    shared: Arc<Shared>,
    graceful: &GracefulShutdown,
) -> impl Future<Output = ()> + use<> {
    // Answers are small and somebody waits for each.
    if let Err(error) = stream.set_nodelay(true) {
        tracing::debug!(%error, "no TCP_NODELAY");
    }
    let service = hyper::service::service_fn(move |mut request: hyper::Request<Incoming>| {
        if is_control(request.uri().path()) {
            request.extensions_mut().insert(Peer(peer));
            // A router is always ready.
            let answered = control.clone().call(request.map(Body::new));
            return Either::Left(async { answered.await.map(|response| response.map(body::Either::Right)) });
        }
        // The platform's requests have routes of their own, and nothing that a router would add.
        let shared = Arc::clone(&shared);
        Either::Right(async { Ok(exchange::handle(shared, request).await) })
    });
    let served = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_TIME)
        .half_close(true)
        .serve_connection(TokioIo::new(stream), service);
    let served = graceful.watch(served);
    async move {
        if let Err(error) = served.await {
            // Bytes that are no HTTP, a head that never came, a client that left.
            tracing::debug!(%peer, %error, "a connection ended early");
        }
    }
}

fn is_control(path: &str) -> bool {
    path.strip_prefix("/_mock").is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}
