//! What must not be shown: credentials, secret settings, values that are only ever written.

use std::collections::HashSet;

use serde_json::Value;
use tercet_spec::Contract;
use tercet_spec::contract::{Location, SchemeKind};

use crate::engine::Engine;

/// What stands where a secret stood.
const MASK: &str = "***";

/// Shorter values of secret settings are not looked for in texts: they would mask half of every page.
const SHORTEST: usize = 6;

/// What must not be shown of a contract's requests.
#[derive(Debug)]
pub(crate) struct Secrets {
    headers: HashSet<String>,
    query: HashSet<String>,
    members: HashSet<String>,
    values: Vec<String>,
}

impl Secrets {
    pub(crate) fn new(contract: &Contract, engine: &Engine) -> Self {
        let always = ["authorization", "proxy-authorization", "cookie", "set-cookie"];
        let mut headers: HashSet<_> = always.map(str::to_owned).into();
        let mut query = HashSet::new();
        for scheme in &contract.schemes {
            match &scheme.kind {
                SchemeKind::ApiKey(Location::Header, name) => drop(headers.insert(name.to_lowercase())),
                SchemeKind::ApiKey(Location::Query, name) => drop(query.insert(name.clone())),
                _ => {}
            }
        }
        let mut members = HashSet::new();
        for (_, schema) in contract.schemas.iter() {
            for (name, property) in &schema.properties {
                let property = contract.schema(*property);
                if property.write_only || property.format.as_deref() == Some("password") {
                    members.insert(name.clone());
                }
            }
        }
        let secret = contract.settings.iter().filter(|setting| setting.secret);
        let values = secret.filter_map(|setting| engine.setting(&setting.name)?.as_str().map(str::to_owned));
        Self { headers, query, members, values: values.filter(|text| text.len() >= SHORTEST).collect() }
    }

    /// The value of a header whose name is in lower case.
    pub(crate) fn header(&self, name: &str, value: &str) -> String {
        if self.headers.contains(name) { MASK.to_owned() } else { self.text(value) }
    }

    /// A path with query, with the values of secret parameters masked.
    pub(crate) fn url(&self, url: &str) -> String {
        let Some((path, query)) = url.split_once('?').filter(|_| !self.query.is_empty()) else {
            return self.text(url);
        };
        let pairs = query.split('&').map(|pair| match pair.split_once('=') {
            Some((name, _)) if self.query.contains(&*crate::decode::percent(name)) => {
                format!("{name}={MASK}")
            }
            _ => pair.to_owned(),
        });
        self.text(&format!("{path}?{}", pairs.collect::<Vec<_>>().join("&")))
    }

    /// A body: JSON as JSON, a form with its secret members masked, other text as text, anything else as its size.
    pub(crate) fn body(&self, bytes: &[u8], complete: bool) -> Value {
        if complete && let Ok(mut value) = serde_json::from_slice::<Value>(bytes) {
            self.value(&mut value);
            return value;
        }
        let Ok(text) = std::str::from_utf8(bytes) else {
            return Value::String(format!("{} bytes that are not text", bytes.len()));
        };
        // A part of a document, or something that is no JSON: a secret in it cannot be told from its surroundings.
        if self.members.iter().any(|name| text.contains(name.as_str())) {
            return Value::String(format!("{} bytes that may hold a secret", bytes.len()));
        }
        Value::String(self.text(text))
    }

    fn value(&self, value: &mut Value) {
        match value {
            Value::Object(map) => {
                for (name, member) in map.iter_mut() {
                    if self.members.contains(name) && !member.is_null() {
                        *member = MASK.into();
                    } else {
                        self.value(member);
                    }
                }
            }
            Value::Array(items) => items.iter_mut().for_each(|item| self.value(item)),
            Value::String(text) if self.values.iter().any(|secret| text.contains(secret)) => {
                *text = self.text(text);
            }
            _ => {}
        }
    }

    /// A text with the values of secret settings masked.
    pub(crate) fn text(&self, text: &str) -> String {
        self.values.iter().fold(text.to_owned(), |text, secret| text.replace(secret, MASK))
    }
}
