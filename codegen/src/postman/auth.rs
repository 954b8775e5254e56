//! Who calls, in Postman's words.

use serde_json::{Value, json};
use tercet_spec::contract::{Contract, Location, Operation, SchemeKind, SecurityScheme};

use super::nouns::Noun;
use super::variables;

/// How a request authenticates: one scheme as Postman's `auth`, further ones as headers.
pub(super) struct Auth {
    /// `auth`
    pub(super) auth: Value,
    /// Headers, and the variable without which each is left out.
    pub(super) headers: Vec<(String, String, String)>,
    /// Query parameters.
    pub(super) query: Vec<(String, String)>,
}

/// What an operation's first alternative asks for; anonymous callers only where nothing else is possible.
pub(super) fn of(contract: &Contract, operation: &Operation) -> Auth {
    let mut auth = Auth { auth: json!({ "type": "noauth" }), headers: Vec::new(), query: Vec::new() };
    let Some(alternative) = operation.security.iter().find(|one| !one.is_empty()) else { return auth };
    let mut schemes: Vec<_> = alternative.iter().filter_map(|one| contract.scheme(&one.scheme)).collect();
    // The scheme that Postman knows by itself first.
    schemes.sort_by_key(|one| matches!(one.kind, SchemeKind::ApiKey(..)));
    for (position, scheme) in schemes.into_iter().enumerate() {
        let names = variables::of_scheme(contract, scheme);
        match &scheme.kind {
            SchemeKind::ApiKey(Location::Cookie, name) => {
                auth.headers.push((
                    "Cookie".to_owned(),
                    format!("{name}={{{{{}}}}}", names[0]),
                    names[0].clone(),
                ));
            }
            SchemeKind::ApiKey(location, name) if position > 0 => {
                let value = written(scheme, &names[0]);
                match location {
                    Location::Query => auth.query.push((name.clone(), value)),
                    _ => auth.headers.push((name.clone(), value, names[0].clone())),
                }
            }
            SchemeKind::MutualTls => {}
            _ => auth.auth = native(scheme, &names),
        }
    }
    auth
}

/// The fields of records that the credentials of an operation are.
pub(super) fn nouns(contract: &Contract, operation: &Operation) -> impl Iterator<Item = Noun> {
    let alternative = operation.security.iter().find(|one| !one.is_empty());
    let schemes = alternative.into_iter().flatten().filter_map(|one| contract.scheme(&one.scheme));
    schemes.filter_map(variables::credential_noun)
}

/// A scheme as Postman's `auth`.
fn native(scheme: &SecurityScheme, names: &[String]) -> Value {
    let text = |key: &str, value: String| json!({ "key": key, "value": value, "type": "string" });
    match &scheme.kind {
        SchemeKind::Basic => json!({
            "type": "basic",
            "basic": [
                text("username", format!("{{{{{}}}}}", names[0])),
                text("password", format!("{{{{{}}}}}", names[1])),
            ],
        }),
        SchemeKind::ApiKey(location, name) => json!({
            "type": "apikey",
            "apikey": [
                text("key", name.clone()),
                text("value", written(scheme, &names[0])),
                text("in", if *location == Location::Query { "query" } else { "header" }.to_owned()),
            ],
        }),
        SchemeKind::Http(word) => json!({
            "type": "apikey",
            "apikey": [
                text("key", "Authorization".to_owned()),
                text("value", format!("{word} {{{{{}}}}}", names[0])),
                text("in", "header".to_owned()),
            ],
        }),
        _ => json!({ "type": "bearer", "bearer": [text("token", format!("{{{{{}}}}}", names[0]))] }),
    }
}

/// The whole value of a credential, with what stands before it.
fn written(scheme: &SecurityScheme, variable: &str) -> String {
    let prefix =
        scheme.credential.as_ref().and_then(|one| one.prefix.as_ref()).map_or("", |one| one.text.as_str());
    format!("{prefix}{{{{{variable}}}}}")
}
