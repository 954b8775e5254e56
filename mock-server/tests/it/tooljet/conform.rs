//! Every answer keeps the document: its status is declared, its media type too, its body fits the schema.

use serde_json::Value;
use tercet_mock_server::MockServer;
use tercet_spec::contract::{Flavour, Response};

/// What is wrong with an answer, if anything is. The journal knows which operation it is of.
pub(crate) fn deviation(server: &MockServer, status: u16, content_type: &str, body: &str) -> Option<String> {
    let contract = server.contract();
    let last = server.journal().pop()?;
    let operation = last.operation.as_deref().and_then(|id| contract.operation(id));
    let own = operation.map(|operation| operation.responses.as_slice()).unwrap_or_default();
    let declared = own.iter().find(|response| response.status.code() == status);
    let declared: Vec<&Response> = match declared {
        Some(response) => vec![response],
        None => {
            let common = contract.conduct.responses.values();
            common.filter(|common| common.status == status).map(|common| &common.response).collect()
        }
    };
    if declared.is_empty() {
        return Some(format!("status {status} is not declared"));
    }
    let media: Vec<_> = declared.iter().flat_map(|response| &response.content).collect();
    if media.is_empty() || last.request.method.as_deref() == Some("HEAD") {
        return (!body.is_empty()).then(|| "no body is declared".to_owned());
    }
    let Some(media) = media.iter().find(|media| media.name == "*/*" || content_type.starts_with(&media.name))
    else {
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
