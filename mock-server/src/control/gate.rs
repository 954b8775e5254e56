//! Who may use the control interface: this machine, and no page of a stranger.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Extension, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http::{HeaderMap, StatusCode, header};

use crate::cors;
use crate::problem::Problem;
use crate::server::Peer;
use crate::shared::Shared;

/// Lets a request pass or refuses it.
pub(crate) async fn gate(
    State(shared): State<Arc<Shared>>,
    Extension(Peer(peer)): Extension<Peer>,
    request: http::Request<Body>,
    next: Next,
) -> Response {
    if !shared.open_control {
        if !peer.ip().to_canonical().is_loopback() {
            return refuse(
                "the control interface answers this machine only; start the server with `--open-control`",
            );
        }
        // A page somewhere on the web can make this machine's browser send requests here. It cannot hide where it is from,
        // nor, with a name of its own that leads to 127.0.0.1, under which name it came.
        if foreign(request.headers(), header::ORIGIN) || foreign(request.headers(), header::HOST) {
            return refuse("the control interface answers pages of this machine only");
        }
    }
    let (parts, body) = request.into_parts();
    // A page that may be answered here resets its world from its own tests; without these headers its browser forbids it.
    if let Some(preflight) = cors::preflight(&parts) {
        return preflight;
    }
    let asked = parts.headers.clone();
    let mut response = next.run(http::Request::from_parts(parts, body)).await;
    cors::allow(&asked, response.headers_mut());
    response
}

fn refuse(why: &str) -> Response {
    Problem::new(StatusCode::FORBIDDEN, why).into_response()
}

/// Whether a header names a host that is not this machine.
fn foreign(headers: &HeaderMap, name: header::HeaderName) -> bool {
    let Some(value) = headers.get(name) else { return false };
    let Ok(value) = value.to_str() else { return true };
    let authority = value.split_once("://").map_or(value, |(_, authority)| authority);
    let Ok(authority) = authority.parse::<http::uri::Authority>() else { return true };
    let host = authority.host().trim_start_matches('[').trim_end_matches(']');
    let local = host.eq_ignore_ascii_case("localhost")
        || host.to_ascii_lowercase().ends_with(".localhost")
        || host.parse::<std::net::IpAddr>().is_ok_and(|ip| ip.to_canonical().is_loopback());
    !local
}

#[cfg(test)]
mod tests {
    use super::foreign;
    use http::{HeaderMap, HeaderValue, header};

    #[test]
    fn only_this_machine_is_at_home() {
        let cases = [
            ("http://localhost:3000", false),
            ("http://127.0.0.1", false),
            ("http://[::1]:8080", false),
            ("127.0.0.1:8080", false),
            ("app.localhost", false),
            ("https://evil.example", true),
            ("https://localhost.evil.example", true),
            ("null", true),
            ("10.0.0.1:80", true),
        ];
        for (value, expected) in cases {
            let mut headers = HeaderMap::new();
            headers.insert(header::ORIGIN, HeaderValue::from_static(value));
            assert_eq!(foreign(&headers, header::ORIGIN), expected, "{value}");
        }
    }
}
