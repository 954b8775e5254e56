//! Every answer keeps the document: its status is declared, its media type too, its body fits the schema.

use serde_json::Value;
use tercet_mock_server::MockServer;
use tercet_spec::Contract;
use tercet_spec::contract::{Flavour, MediaType, Response};

/// What is wrong with an answer, if anything is. The journal knows which operation it is of, and how that ended.
pub(super) fn deviation(server: &MockServer, status: u16, content_type: &str, body: &str) -> Option<String> {
    let contract = server.contract();
    let last = server.journal().pop()?;
    let operation = last.operation.as_deref().and_then(|id| contract.operation(id));
    let own = operation.map(|operation| operation.responses.as_slice()).unwrap_or_default();
    let own = own.iter().find(|response| response.status.code() == status);
    // What no operation declares is answered by the document as a whole.
    let common = contract.conduct.responses.iter().filter(|(outcome, common)| {
        common.status == status && (operation.is_none() || **outcome == last.outcome)
    });
    let head = last.request.method.as_deref() == Some("HEAD");
    let mut broken = Vec::new();
    for response in own.into_iter().chain(common.map(|(_, common)| &common.response)) {
        match of_response(contract, response, head, content_type, body) {
            None => return None,
            Some(deviation) => broken.push(deviation),
        }
    }
    Some(if broken.is_empty() { format!("status {status} is not declared") } else { broken.join("; or: ") })
}

/// What one declared response does not allow.
fn of_response(
    contract: &Contract,
    response: &Response,
    head: bool,
    content_type: &str,
    body: &str,
) -> Option<String> {
    if response.content.is_empty() || head {
        return (!body.is_empty()).then(|| "no body is declared".to_owned());
    }
    let Some(media) = response.content.iter().find(|media| covers(media, content_type)) else {
        return Some(format!("media type `{content_type}` is not declared"));
    };
    let value: Value = match serde_json::from_str(body) {
        Ok(value) => value,
        Err(_) if !media.name.contains("json") => body.into(),
        Err(error) => return Some(format!("the body is no JSON: {error}")),
    };
    let broken = contract.validators.violations(media.schema?, Flavour::Response, &value);
    let broken: Vec<_> = broken.iter().map(|one| format!("{} {}", one.instance, one.message)).collect();
    (!broken.is_empty()).then(|| broken.join("; "))
}

/// Whether a declared media type, or range of them (OpenAPI 3.0.3, Media Types), has an answer's in it.
fn covers(declared: &MediaType, content_type: &str) -> bool {
    let declared = declared.name.trim_end_matches("*/*");
    content_type.starts_with(declared.strip_suffix('*').unwrap_or(declared))
}
