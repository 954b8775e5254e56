//! What a test needs to sign in: the credentials that the present state would accept.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use tercet_spec::Contract;
use tercet_spec::contract::{Credential, Location, SchemeKind, SecurityScheme};
use tercet_spec::language::{Clause, Expression, Source, Subject, Test, ValueExpr, Word};

use crate::engine::Presented;
use crate::inputs::Inputs;
use crate::jwt;
use crate::pipeline::Pipeline;
use crate::state::State;

/// A credential that can be presented.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PresentableCredential {
    /// The security scheme's name in the document.
    pub scheme: String,
    /// Whose it is: an e-mail address or a name, where the state knows one.
    pub user: Option<String>,
    /// What the scheme needs: the key or token without its prefix, `USER:PASSWORD` for basic.
    pub value: String,
    /// The header to send, complete; none where the scheme reads the query or a cookie.
    pub header: Option<CredentialHeader>,
}

/// A header to send.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CredentialHeader {
    /// Its name.
    pub name: String,
    /// Its value, complete.
    pub value: String,
}

impl std::fmt::Debug for PresentableCredential {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("PresentableCredential")
            .field("scheme", &self.scheme)
            .field("user", &self.user)
            .finish_non_exhaustive()
    }
}

impl std::fmt::Debug for CredentialHeader {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("CredentialHeader").field("name", &self.name).finish_non_exhaustive()
    }
}

/// Every credential that some operation accepts; those that more operations accept come first.
pub(crate) fn list(pipeline: &Pipeline, state: &State) -> Vec<PresentableCredential> {
    let json = state.to_json();
    let mut found = Vec::new();
    for scheme in &pipeline.contract.schemes {
        let Some(credential) = &scheme.credential else { continue };
        let Some(records) = credential.select.collection().and_then(|name| records(&json, name)) else {
            continue;
        };
        for record in records {
            let Some(value) = value(pipeline, credential, record) else { continue };
            let sent = Sent::new(scheme, credential, &value);
            let accepted = accepted(pipeline, state, scheme, &sent);
            if accepted > 0 {
                let user = match scheme.kind {
                    SchemeKind::Basic => value.split_once(':').map(|(user, _)| user.to_owned()),
                    _ => user(&pipeline.contract, credential, record, &json),
                };
                let header = sent.as_header();
                found.push((
                    accepted,
                    PresentableCredential { scheme: scheme.name.clone(), user, value, header },
                ));
            }
        }
    }
    found.sort_by_key(|(accepted, _)| std::cmp::Reverse(*accepted));
    found.into_iter().map(|(_, credential)| credential).collect()
}

fn records<'j>(state: &'j Value, collection: &str) -> Option<&'j Vec<Value>> {
    state.get("collections")?.get(collection)?.as_array()
}

/// What would have to be presented for this record to be found.
fn value(pipeline: &Pipeline, credential: &Credential, record: &Value) -> Option<String> {
    if let Some(secret) = &credential.jwt {
        // Where the record holds the token itself, no other is as good.
        if let (Some(token), ..) = presentable(credential, record) {
            return Some(token.to_owned());
        }
        let secret = match secret {
            ValueExpr::Literal(secret) => secret,
            ValueExpr::Expression(Expression { source: Source::Setting(name), path }) if path.is_empty() => {
                pipeline.engine.setting(name)?
            }
            _ => return None,
        };
        // Without `exp`: what a test is given stays valid however far it moves the clock.
        return jwt::sign(claims(credential, record)?, secret.as_str()?.as_bytes()).ok();
    }
    let (whole, user, password) = presentable(credential, record);
    whole.map(str::to_owned).or_else(|| Some(format!("{}:{}", user?, password?)))
}

/// What a record holds of a credential: the whole, or user and password.
fn presentable<'r>(
    credential: &Credential,
    record: &'r Value,
) -> (Option<&'r str>, Option<&'r str>, Option<&'r str>) {
    let (mut whole, mut user, mut password) = (None, None, None);
    for clause in &credential.select.filter.clauses {
        let Clause::Test(Subject::Field(path), test) = clause else { continue };
        let Some(ValueExpr::Expression(expression)) = equal(test) else { continue };
        let Expression { source: Source::Credential, path: part } = expression else { continue };
        let text = path.iter().try_fold(record, |value, name| value.get(name)).and_then(Value::as_str);
        match part.first().map(String::as_str) {
            None => whole = text,
            Some("user") => user = text,
            Some("password") => password = text,
            Some(_) => {}
        }
    }
    (whole, user, password)
}

/// What a test wants a field to be, letter case aside.
fn equal(test: &Test) -> Option<&ValueExpr> {
    match test {
        Test::Equal(value) => Some(value),
        Test::Words(words) => words.iter().find_map(|word| match word {
            Word::EqualsIgnoreCase(value) => Some(value),
            _ => None,
        }),
    }
}

/// The claims that a token for this record needs.
fn claims(credential: &Credential, record: &Value) -> Option<Map<String, Value>> {
    let field = |path: &[String]| path.iter().try_fold(record, |value, name| value.get(name));
    let claim = |expression: &Expression| match (&expression.source, expression.path.as_slice()) {
        (Source::Credential, [name]) => Some(name.clone()),
        _ => None,
    };
    let known = |value: &ValueExpr| match value {
        ValueExpr::Literal(value) => Some(value.clone()),
        ValueExpr::Expression(one) if one.source == Source::Record => field(&one.path).cloned(),
        _ => None,
    };
    let mut claims = Map::new();
    for clause in &credential.select.filter.clauses {
        let Clause::Test(subject, test) = clause else { continue };
        let pair = match (subject, test) {
            (Subject::Field(path), Test::Equal(ValueExpr::Expression(expression))) => {
                claim(expression).zip(field(path).cloned())
            }
            (Subject::Expression(expression), Test::Equal(value)) => claim(expression).zip(known(value)),
            (Subject::Expression(expression), Test::Words(words)) => {
                let start = words.iter().find_map(|word| match word {
                    Word::StartsWith(value) => known(value),
                    _ => None,
                });
                claim(expression).zip(start)
            }
            _ => None,
        };
        claims.extend(pair);
    }
    (!claims.is_empty()).then_some(claims)
}

/// The name that people know a caller by.
fn user(contract: &Contract, credential: &Credential, record: &Value, state: &Value) -> Option<String> {
    let mut holder = record;
    let mut collection = contract.collections.get(credential.select.collection()?)?;
    if let Some(ValueExpr::Expression(Expression { source: Source::Record, path })) = &credential.caller {
        for name in path {
            let (_, reference) = collection.references.iter().find(|(field, _)| field == name)?;
            let key = holder.get(name)?;
            collection = contract.collections.get(&reference.to)?;
            holder =
                records(state, &reference.to)?.iter().find(|one| one.get(&collection.key) == Some(key))?;
        }
    }
    ["email", "username", "login", "user", "name"]
        .iter()
        .find_map(|name| holder.get(*name).and_then(Value::as_str))
        .map(str::to_owned)
}

/// How many operations let it in.
fn accepted(pipeline: &Pipeline, state: &State, scheme: &SecurityScheme, sent: &Sent) -> usize {
    let now = pipeline.engine.clock().now();
    let operations = pipeline.contract.operations.iter().enumerate();
    let named = operations.filter(|(_, operation)| {
        let alternatives = operation.security.iter();
        alternatives.flatten().any(|one| one.scheme == scheme.name)
    });
    named
        .filter(|(index, operation)| {
            let inputs = Inputs { method: operation.method.clone().into(), now, ..Inputs::default() };
            pipeline.engine.authenticate(state, *index, &inputs, sent).is_ok()
        })
        .count()
}

/// A credential where its scheme wants it.
struct Sent {
    location: Location,
    name: String,
    value: String,
}

impl Sent {
    fn new(scheme: &SecurityScheme, credential: &Credential, value: &str) -> Self {
        let prefix = credential.prefix.as_ref().map_or("", |prefix| prefix.text.as_str());
        let (location, name, value) = match &scheme.kind {
            SchemeKind::ApiKey(location, name) => (*location, name.as_str(), format!("{prefix}{value}")),
            SchemeKind::Basic => {
                (Location::Header, "Authorization", format!("Basic {}", STANDARD.encode(value)))
            }
            SchemeKind::Http(name) => (Location::Header, "Authorization", format!("{name} {prefix}{value}")),
            SchemeKind::Bearer | SchemeKind::OAuth2 | SchemeKind::OpenIdConnect | SchemeKind::MutualTls => {
                (Location::Header, "Authorization", format!("Bearer {prefix}{value}"))
            }
        };
        Self { location, name: name.to_owned(), value }
    }

    fn as_header(&self) -> Option<CredentialHeader> {
        match self.location {
            Location::Header => Some(CredentialHeader { name: self.name.clone(), value: self.value.clone() }),
            Location::Cookie => Some(CredentialHeader {
                name: "Cookie".to_owned(),
                value: format!("{}={}", self.name, self.value),
            }),
            Location::Query | Location::Path => None,
        }
    }

    fn at(&self, location: Location, name: &str) -> Option<&str> {
        let same = if location == Location::Header {
            self.name.eq_ignore_ascii_case(name)
        } else {
            self.name == name
        };
        (self.location == location && same).then_some(self.value.as_str())
    }
}

impl Presented for Sent {
    fn header(&self, name: &str) -> Option<&str> {
        self.at(Location::Header, name)
    }

    fn query(&self, name: &str) -> Option<&str> {
        self.at(Location::Query, name)
    }

    fn cookie(&self, name: &str) -> Option<&str> {
        self.at(Location::Cookie, name)
    }
}
