//! Gremlins: corruptions of the wire that no edit of a document brings about, each noticed by one check alone.

use axum::http::HeaderValue;
use axum::http::header::{ALLOW, CONTENT_TYPE};
use bytes::Bytes;

use super::gremlin::{Asked, Rule, Told};

/// A corruption: the document that the server behind it keeps, what it does, and who alone notices.
pub(super) struct Gremlin {
    pub(super) noticed_by: &'static str,
    pub(super) does: &'static str,
    pub(super) document: &'static str,
    pub(super) rule: Rule,
}

fn request(
    noticed_by: &'static str,
    does: &'static str,
    document: &'static str,
    asked: fn(&mut Asked),
) -> Gremlin {
    Gremlin { noticed_by, does, document, rule: Rule { asked, ..Rule::NONE } }
}

fn answer(
    noticed_by: &'static str,
    does: &'static str,
    document: &'static str,
    told: fn(&Asked, &mut Told),
) -> Gremlin {
    Gremlin { noticed_by, does, document, rule: Rule { told, ..Rule::NONE } }
}

/// Every gremlin.
pub(super) fn gremlins() -> Vec<Gremlin> {
    vec![
        answer("not_a_server_error", "a torn body makes the server fail", "pantry", |asked, told| {
            if is_torn(asked) {
                told.status = 500;
            }
        }),
        answer("status_code_conformance", "a pass is issued with 202", "library", |asked, told| {
            if asked.path == "/passes" && told.status == 201 {
                told.status = 202;
            }
        }),
        answer("empty_body_conformance", "a held book is told of in words", "library", |asked, told| {
            if asked.path.ends_with("/hold") && told.status == 200 {
                told.body = Bytes::from_static(b"held");
            }
        }),
        request("broken_body_rejection", "a torn body passes as an empty object", "pantry", |asked| {
            if is_torn(asked) {
                asked.body = Bytes::from_static(b"{}");
            }
        }),
        request("wrong_media_type_rejection", "every body passes as JSON", "pantry", |asked| {
            if asked.headers.contains_key(CONTENT_TYPE) {
                asked.headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
            }
        }),
        answer("unsupported_method", "a path hides its methods", "library", |_, told| {
            if told.status == 405 {
                told.status = 404;
                told.headers.remove(ALLOW);
            }
        }),
        answer("allow_header_conformance", "a 405 forgets what is allowed", "library", |_, told| {
            told.headers.remove(ALLOW);
        }),
        answer("head_mirrors_get", "HEAD finds nothing", "library", |asked, told| {
            if asked.method == "HEAD" && told.status == 200 {
                told.status = 404;
            }
        }),
        answer(
            "unknown_record_refusal",
            "there is a copy of every book, known or not",
            "library",
            |asked, told| {
                if asked.path.trim_end_matches('/').ends_with("/copy") && told.status == 404 {
                    told.status = 200;
                    told.body = Bytes::from_static(SOME_COPY);
                }
            },
        ),
        request("missing_required_header", "a missing desk is the main one", "library", |asked| {
            if !asked.headers.contains_key("x-desk") {
                asked.headers.insert("x-desk", HeaderValue::from_static("main"));
            }
        }),
    ]
}

/// A copy that nobody made.
const SOME_COPY: &[u8] = br#"{
    "id": "55555555-5555-4555-8555-555555555555", "book": "66666666-6666-4666-8666-666666666666", "number": 1
}"#;

/// Whether a body is JSON that ends too early.
fn is_torn(asked: &Asked) -> bool {
    serde_json::from_slice::<serde_json::Value>(&asked.body).is_err_and(|error| error.is_eof())
        && !asked.body.is_empty()
}
