//! Credentials: who is calling.

use std::borrow::Cow;

use base64::Engine as _;
use base64::prelude::{BASE64_STANDARD, BASE64_STANDARD_NO_PAD};
use serde_json::{Value, json};
use tercet_spec::contract::{Credential, Location, SchemeKind, SchemeUse, SecurityScheme};

use crate::effect::Request;
use crate::outcome::Outcome;
use crate::scope::{Bindings, Bound, Want};
use crate::state::{Record, State};

/// Credentials as they were presented. `header` is asked with names in lower case.
pub trait Presented {
    /// A header's value.
    fn header(&self, name: &str) -> Option<&str>;
    /// A query parameter's value, percent-decoded.
    fn query(&self, name: &str) -> Option<&str>;
    /// A cookie's value.
    fn cookie(&self, name: &str) -> Option<&str>;
}

/// Whom the credentials belong to. The default is nobody.
#[derive(Clone, Debug, Default)]
pub struct Callers {
    recognised: Vec<(String, Option<Record>)>,
    caller: Option<Bound<'static>>,
    touches: bool,
}

impl Callers {
    /// Whether the credentials remember that they were used (`x-assign … at: used`), so that
    /// [`Engine::touch`](crate::engine::Engine::touch) must run.
    #[must_use]
    pub fn touches(&self) -> bool {
        self.touches
    }

    /// The names of the security schemes that let the caller in.
    pub fn schemes(&self) -> impl Iterator<Item = &str> {
        self.recognised.iter().map(|(name, _)| name.as_str())
    }

    /// The record that a scheme recognised.
    #[must_use]
    pub fn recognised(&self, scheme: &str) -> Option<&Record> {
        self.recognised.iter().find(|(name, _)| name == scheme).and_then(|(_, record)| record.as_ref())
    }

    pub(crate) fn records(&self) -> impl Iterator<Item = &Record> {
        self.recognised.iter().filter_map(|(_, record)| record.as_ref())
    }

    pub(crate) fn caller(&self) -> Option<&Bound<'static>> {
        self.caller.as_ref()
    }
}

/// Why a scheme did not let a caller in; the further it got, the more it says.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Refusal {
    NotPresented(String),
    Malformed(String),
    NotRecognised(String),
}

/// Tries the alternatives of an operation's `security` in order; an empty one comes last.
pub(crate) fn authenticate(
    request: &Request<'_>,
    state: &State,
    alternatives: &[Vec<SchemeUse>],
    presented: &dyn Presented,
) -> Result<Callers, Outcome> {
    let mut best: Option<Refusal> = None;
    for alternative in alternatives.iter().filter(|one| !one.is_empty()) {
        match all_of(request, state, alternative, presented) {
            Ok(callers) => return Ok(callers),
            Err(refusal) => best = best.max(Some(refusal)),
        }
    }
    match best {
        Some(refusal) if !alternatives.iter().any(Vec::is_empty) => {
            let (Refusal::NotPresented(sentence)
            | Refusal::Malformed(sentence)
            | Refusal::NotRecognised(sentence)) = refusal;
            Err(Outcome::unauthenticated(sentence))
        }
        _ => Ok(Callers::default()),
    }
}

fn all_of(
    request: &Request<'_>,
    state: &State,
    alternative: &[SchemeUse],
    presented: &dyn Presented,
) -> Result<Callers, Refusal> {
    let mut callers = Callers::default();
    for wanted in alternative {
        let Some(scheme) = request.model.contract.scheme(&wanted.scheme) else {
            return Err(Refusal::NotPresented(format!(
                "the security scheme `{}` does not exist",
                wanted.scheme
            )));
        };
        let credential = presented_credential(scheme, presented)?;
        let (record, caller) = match &scheme.credential {
            Some(rule) => recognise(request, state, scheme, rule, credential)?,
            // Nothing says whom it belongs to: that it is there is enough.
            None => (None, None),
        };
        callers.touches |=
            record.as_ref().is_some_and(|one| request.model.collections[one.collection()].touched);
        callers.caller = callers.caller.or(caller);
        callers.recognised.push((wanted.scheme.clone(), record));
    }
    Ok(callers)
}

/// What a request presents for a scheme: text, or `{user, password}` for `basic`.
fn presented_credential(scheme: &SecurityScheme, presented: &dyn Presented) -> Result<Value, Refusal> {
    let name = &scheme.name;
    let missing =
        |what: String| Refusal::NotPresented(format!("{what} is missing (security scheme `{name}`)"));
    match &scheme.kind {
        SchemeKind::ApiKey(location, key) => {
            let (found, what) = match location {
                Location::Header => (presented.header(&key.to_ascii_lowercase()), "header"),
                Location::Query => (presented.query(key), "query parameter"),
                Location::Cookie => (presented.cookie(key), "cookie"),
                Location::Path => (None, "path parameter"),
            };
            found.map(Value::from).ok_or_else(|| missing(format!("the {what} `{key}`")))
        }
        SchemeKind::Basic => {
            let coded = authorization(presented, "Basic")
                .ok_or_else(|| missing("`Authorization: Basic …`".to_owned()))?;
            let sentence = "the Basic credential is not `user:password` in base64";
            basic(coded).ok_or_else(|| Refusal::Malformed(sentence.to_owned()))
        }
        SchemeKind::Bearer | SchemeKind::OAuth2 | SchemeKind::OpenIdConnect => {
            authorization(presented, "Bearer")
                .map(Value::from)
                .ok_or_else(|| missing("`Authorization: Bearer …`".to_owned()))
        }
        SchemeKind::Http(word) => authorization(presented, word)
            .map(Value::from)
            .ok_or_else(|| missing(format!("`Authorization: {word} …`"))),
        // A plain-text server sees no certificates: the connection counts as the right one.
        SchemeKind::MutualTls => Ok(Value::Null),
    }
}

/// What follows the scheme's word in `Authorization` (RFC 9110, 11.4: the word has no case).
fn authorization<'p>(presented: &'p dyn Presented, word: &str) -> Option<&'p str> {
    let (own, rest) = presented.header("authorization")?.split_once(' ')?;
    own.eq_ignore_ascii_case(word).then(|| rest.trim()).filter(|rest| !rest.is_empty())
}

fn basic(coded: &str) -> Option<Value> {
    let bytes = BASE64_STANDARD.decode(coded).or_else(|_| BASE64_STANDARD_NO_PAD.decode(coded)).ok()?;
    let text = String::from_utf8(bytes).ok()?;
    let (user, password) = text.split_once(':')?;
    Some(json!({ "user": user, "password": password }))
}

type Recognised = (Option<Record>, Option<Bound<'static>>);

fn recognise(
    request: &Request<'_>,
    state: &State,
    scheme: &SecurityScheme,
    rule: &Credential,
    credential: Value,
) -> Result<Recognised, Refusal> {
    let credential = match (&rule.prefix, credential) {
        (Some(prefix), Value::String(text)) => match text.strip_prefix(prefix.as_str()) {
            Some(rest) => Cow::Owned(Value::from(rest)),
            None => {
                let sentence = format!("the credential does not begin with `{prefix}`");
                return Err(Refusal::Malformed(sentence));
            }
        },
        (_, credential) => Cow::Owned(credential),
    };
    let nothing = Bindings::default();
    let scope = request.scope(state, &nothing);
    let scope = crate::scope::Scope { credential: Some(&credential), ..scope };
    let Some(record) = scope.first(&rule.select) else {
        let sentence = format!("the credential is not recognised (security scheme `{}`)", scheme.name);
        return Err(Refusal::NotRecognised(sentence));
    };
    let own = Bound::Record(record.clone());
    let caller = match &rule.caller {
        None => Some(own.clone()),
        Some(value) => {
            scope.with_record(&own).eval(value, Want::One).map(|caller| as_record(state, caller).into_owned())
        }
    };
    Ok((Some(record), caller))
}

/// A caller that is named by a reference is the record referred to.
fn as_record<'a>(state: &State, caller: Bound<'a>) -> Bound<'a> {
    match &caller {
        Bound::Key(collection, key) => match state.find(*collection, key) {
            Some(record) => Bound::Record(record.clone()),
            None => caller,
        },
        _ => caller,
    }
}
