//! The keychain of end-to-end encryption: a text that only the client understands (facts: passwords 7).

use serde_json::{Map, Value, json};

use super::faults::unavailable;
use super::reading::{caller, text};
use super::session;
use crate::action::ActionContext;
use crate::outcome::Outcome;

/// The type that clients use.
const CLIENT: &str = "CSEv1r1";
/// The server's own, which nobody can write.
const SERVER: &str = "SSEv2r1";

/// The caller's keychains by type. An empty map is an empty array (facts: passwords 1.3).
pub(super) fn all(context: &ActionContext<'_>) -> Result<Value, Outcome> {
    let found = context.all("keychains", &[("user", &user(context)?)])?;
    let chains: Map<String, Value> =
        found.iter().map(|chain| (text(chain, "type").to_owned(), text(chain, "data").into())).collect();
    Ok(or_empty_array(chains))
}

/// PHP does not tell an empty map from an empty list.
pub(super) fn or_empty_array(members: Map<String, Value>) -> Value {
    if members.is_empty() { json!([]) } else { members.into() }
}

/// Stores the keychain of that type.
pub(super) fn set(context: &mut ActionContext<'_>, kind: &str, data: &str) -> Result<Value, Outcome> {
    let user = user(context)?;
    match kind {
        CLIENT if !session::is_encrypted(context, user.as_str().unwrap_or_default())? => {
            return Err(Outcome::new("encryption-off", "Encryption not enabled"));
        }
        CLIENT => {}
        SERVER => return Err(Outcome::new("keychain-not-found", "Keychain not found")),
        _ => return Err(unavailable()),
    }
    match context.find("keychains", &[("user", &user), ("type", &Value::from(kind))])? {
        Some(chain) => context.update(&chain, json!({ "data": data }))?,
        None => context.insert("keychains", json!({ "user": user, "type": kind, "data": data }))?,
    };
    Ok(json!({ "id": kind }))
}

fn user(context: &ActionContext<'_>) -> Result<Value, Outcome> {
    Ok(text(caller(context)?, "id").into())
}
