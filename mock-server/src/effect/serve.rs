//! `serve`: answers with bytes instead of a representation.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use serde_json::Value;
use tercet_spec::contract::{Escape, Serve};

use super::request::Request;
use super::run::{Done, Failure};
use crate::outcome::Outcome;
use crate::render::json_text;
use crate::scope::{Bindings, Served, Want};
use crate::state::Transaction;

pub(super) fn serve(
    request: &Request<'_>,
    tx: &Transaction,
    bindings: &Bindings,
    serve: &Serve,
) -> Result<Done, Failure> {
    let scope = request.scope(&tx.state, bindings);
    let served = match serve {
        Serve::Document(format) => {
            let asset = request.model.library.document(&request.model.contract, *format);
            Served::Ready(asset.map_err(internal)?)
        }
        Serve::Page(page, path) => {
            let asset = request.model.library.page(&request.model.contract, *page, path);
            Served::Ready(asset.map_err(internal)?)
        }
        Serve::Content { content, base64, media_type } => {
            let escape = request.model.contract.conduct.escape;
            let body = bytes(scope.eval_public(content, Want::One), *base64, escape)?;
            Served::Bytes(body, media_type.as_ref().and_then(|value| scope.eval_text(value)))
        }
    };
    Ok(Done { result: None, page: None, served: Some(served), answers: false })
}

/// A text as it stands, or the bytes it stands for; anything else as JSON.
fn bytes(content: Option<Value>, coded: bool, escape: Escape) -> Result<Bytes, Failure> {
    match content {
        None | Some(Value::Null) => Ok(Bytes::new()),
        Some(Value::String(text)) if coded => STANDARD
            .decode(text)
            .map(Bytes::from)
            .map_err(|error| internal(format!("what should be served is not base64: {error}"))),
        Some(_) if coded => Err(internal("what should be served is not base64: it is no text".to_owned())),
        Some(Value::String(text)) => Ok(text.into()),
        Some(other) => Ok(json_text(&other, escape).into()),
    }
}

fn internal(why: String) -> Failure {
    Failure::Other(Outcome::new("internal", why))
}
