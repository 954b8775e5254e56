//! How a connection to a port that speaks HTTPS begins.

use std::io;
use std::time::Duration;

use tokio::net::TcpStream;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::server::TlsStream;

/// RFC 8446, 5.1: a handshake begins with a record of this type.
const HANDSHAKE: u8 = 22;

/// How a client begins.
pub(crate) enum Hello {
    /// With a handshake, to go on with HTTP/1.1.
    Http1(TlsStream<TcpStream>),
    /// With a handshake, to go on with HTTP/2 (RFC 7301).
    Http2(TlsStream<TcpStream>),
    /// With a letter, as methods do: it takes this for plain HTTP.
    Unencrypted(TcpStream),
}

/// Looks at the first byte and, where it is one of TLS, shakes hands.
pub(crate) async fn hello(
    acceptor: &TlsAcceptor,
    stream: TcpStream,
    patience: Duration,
) -> io::Result<Hello> {
    let begun = tokio::time::timeout(patience, async {
        let mut first = [0];
        if stream.peek(&mut first).await? > 0 && first[0] != HANDSHAKE && first[0].is_ascii_alphabetic() {
            return Ok(Hello::Unencrypted(stream));
        }
        let stream = acceptor.accept(stream).await?;
        let is_http2 = stream.get_ref().1.alpn_protocol() == Some(b"h2");
        Ok(if is_http2 { Hello::Http2(stream) } else { Hello::Http1(stream) })
    });
    begun.await.unwrap_or_else(|_| Err(io::ErrorKind::TimedOut.into()))
}
