//! Connections: accepting them, serving each, and ending them in good order.

use std::convert::Infallible;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::response::IntoResponse;
use futures::future::Either;
use http::{HeaderValue, header};
use http_body_util as body;
use hyper::body::Incoming;
use hyper::server::conn::{http1, http2};
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::graceful::{GracefulShutdown, Watcher};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio_rustls::TlsAcceptor;
use tower::Service;

use crate::control;
use crate::exchange;
use crate::problem::Problem;
use crate::shared::Shared;
use crate::tls::{Hello, hello};

/// How long a client may take to send the head of a request, and a keep-alive connection may idle.
const HEAD_TIME: Duration = Duration::from_secs(60);
/// How long open requests may take once the server is told to stop.
const LAST_WORDS: Duration = Duration::from_secs(3);

/// Who sent a request.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Peer(pub(crate) SocketAddr);

/// Marks a request that came over TLS.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Encrypted;

/// What answers requests.
pub(crate) struct House {
    pub(crate) control: Router,
    pub(crate) shared: Arc<Shared>,
    /// There where the port speaks HTTPS.
    pub(crate) tls: Option<TlsAcceptor>,
}

/// Accepts and serves until `stop` changes or its sender is gone.
pub(crate) async fn run(listener: TcpListener, house: House, mut stop: watch::Receiver<bool>) {
    let house = Arc::new(house);
    let graceful = GracefulShutdown::new();
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, peer)) => {
                    let watcher = graceful.watcher();
                    connections.spawn(connection(stream, peer, Arc::clone(&house), watcher, stop.clone()));
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

async fn connection(
    stream: TcpStream,
    peer: SocketAddr,
    house: Arc<House>,
    watcher: Watcher,
    mut stop: watch::Receiver<bool>,
) {
    // Answers are small and somebody waits for each.
    if let Err(error) = stream.set_nodelay(true) {
        tracing::debug!(%error, "no TCP_NODELAY");
    }
    let Some(tls) = house.tls.clone() else {
        let service = service_fn(move |request| answer(&house, peer, request));
        return ended(peer, watcher.watch(http1().serve_connection(TokioIo::new(stream), service)).await);
    };
    // Nobody waits for a handshake once the server is told to stop.
    let begun = tokio::select! {
        begun = hello(&tls, stream, HEAD_TIME) => begun,
        _ = stop.changed() => return,
    };
    match begun {
        Ok(Hello::Http1(stream)) => {
            let service = service_fn(move |request| answer(&house, peer, encrypted(request)));
            ended(peer, watcher.watch(http1().serve_connection(TokioIo::new(stream), service)).await);
        }
        Ok(Hello::Http2(stream)) => {
            let service = service_fn(move |request| answer(&house, peer, encrypted(as_http1(request))));
            let builder = http2::Builder::new(TokioExecutor::new());
            ended(peer, watcher.watch(builder.serve_connection(TokioIo::new(stream), service)).await);
        }
        Ok(Hello::Unencrypted(stream)) => {
            tracing::warn!(
                "{peer} speaks plain HTTP to a port that speaks HTTPS: write `https://` instead of `http://`"
            );
            let service = service_fn(async |_| Ok::<_, Infallible>(not_encrypted()));
            ended(peer, watcher.watch(http1().serve_connection(TokioIo::new(stream), service)).await);
        }
        Err(error) => {
            // A client that does not trust the certificate says so and leaves: its user wonders why.
            tracing::warn!("{peer} ended the TLS handshake: {error}");
        }
    }
}

fn http1() -> http1::Builder {
    let mut builder = http1::Builder::new();
    builder.timer(TokioTimer::new()).header_read_timeout(HEAD_TIME).half_close(true);
    builder
}

fn ended(peer: SocketAddr, served: hyper::Result<()>) {
    let Err(error) = served else { return };
    if error.is_parse() {
        // No request has come of it, so that nothing else tells why the client was refused.
        tracing::warn!(
            "{peer} sent what is no HTTP request and was answered without a body: {error}; a header's name, for one, ends at its colon, without a blank before it"
        );
    } else {
        // A head that never came, a client that left.
        tracing::debug!(%peer, %error, "a connection ended early");
    }
}

/// Answers a request: the control interface's by its router, all others by the platform.
fn answer(
    house: &House,
    peer: SocketAddr,
    mut request: hyper::Request<Incoming>,
) -> impl Future<Output = Result<exchange::Response, Infallible>> + use<> {
    if control::is_below(request.uri().path(), house.shared.control) {
        request.extensions_mut().insert(Peer(peer));
        // A router is always ready.
        let answered = house.control.clone().call(request.map(Body::new));
        return Either::Left(async { answered.await.map(|response| response.map(body::Either::Right)) });
    }
    // The platform's requests have routes of their own, and nothing that a router would add.
    let shared = Arc::clone(&house.shared);
    Either::Right(async { Ok(exchange::handle(shared, request).await) })
}

fn encrypted(mut request: hyper::Request<Incoming>) -> hyper::Request<Incoming> {
    request.extensions_mut().insert(Encrypted);
    request
}

/// What HTTP/2 writes differently: the host is a pseudo-header (RFC 9113, 8.3.1), cookies may come in pieces (8.2.3).
fn as_http1(mut request: hyper::Request<Incoming>) -> hyper::Request<Incoming> {
    if !request.headers().contains_key(header::HOST)
        && let Some(authority) = request.uri().authority()
        && let Ok(host) = HeaderValue::from_str(authority.as_str())
    {
        request.headers_mut().insert(header::HOST, host);
    }
    let pieces: Vec<_> =
        request.headers().get_all(header::COOKIE).iter().map(HeaderValue::as_bytes).collect();
    if pieces.len() > 1
        && let Ok(whole) = HeaderValue::from_bytes(&pieces.join(&b"; "[..]))
    {
        request.headers_mut().insert(header::COOKIE, whole);
    }
    request
}

fn not_encrypted() -> http::Response<Body> {
    let why = "this port speaks HTTPS: write `https://` instead of `http://`";
    let mut response = Problem::bad_request(why).into_response();
    response.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
    response
}
