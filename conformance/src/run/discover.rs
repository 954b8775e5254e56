//! Before judging a deployment whose resources are its own affair: which has it, and how does it answer?

use serde_json::Value;
use tercet_mock_server::{Discovered, Discovery};

use super::preflight::{Trouble, preflight};
use crate::session::Session;
use crate::{Inputs, Purpose, Stop};

/// Asks a deployment about its application, by operations that only read.
///
/// # Errors
/// When nobody answers, or the credential is refused.
pub async fn discover(session: &mut Session, mut discovery: Discovery) -> Result<Discovered, Trouble> {
    session.sign_in().await?;
    preflight(session).await?;
    let reading = session.reading();
    let contract = reading.contract();
    while let Some(question) = discovery.question() {
        let operation = contract.operations.iter().position(|one| one.id == question.operation);
        let known = question.caller < session.target().identities.len().max(1);
        let Some(operation) = operation.filter(|_| known) else {
            discovery.hear(0, None);
            continue;
        };
        let members = |map: serde_json::Map<String, Value>| map.into_iter().collect();
        let inputs =
            Inputs { path: members(question.path), query: members(question.query), ..Inputs::default() };
        if question.caller > 0 {
            // Somebody else who cannot speak is somebody of whom nothing is known.
            if session.speak_as(question.caller).is_err() {
                discovery.hear(0, None);
                continue;
            }
        }
        let answer = session.ask(operation, &inputs, Purpose::Look).await;
        session.be_usual();
        match answer {
            Ok(exchange) => discovery.hear(exchange.status().unwrap_or_default(), exchange.json()),
            Err(Stop::Broken(why)) => return Err(Trouble { what: why, hint: None }),
            Err(Stop::Blocked(why)) if session.is_interrupted() => {
                return Err(Trouble { what: why, hint: None });
            }
            Err(_) => discovery.hear(0, None),
        }
    }
    Ok(discovery.conclude())
}
