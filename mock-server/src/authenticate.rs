//! Credentials: who is calling.

use base64::Engine as _;
use base64::prelude::{BASE64_STANDARD, BASE64_STANDARD_NO_PAD};
use serde_json::{Value, json};
use tercet_spec::contract::{Credential, Location, SchemeKind, SchemeUse, SecurityScheme};

use crate::effect::Request;
use crate::jwt;
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

/// How far a scheme got before it did not let a caller in; the further, the more it says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Got {
    NotPresented,
    /// Something else is presented in its place.
    Foreign,
    Malformed,
    NotRecognised,
}

/// Why a scheme did not let a caller in.
struct Refusal {
    got: Got,
    sentence: String,
    /// The outcome that the document has for it.
    outcome: Option<String>,
}

impl Refusal {
    fn not_presented(sentence: String) -> Self {
        Self { got: Got::NotPresented, sentence, outcome: None }
    }

    fn malformed(rule: Option<&Credential>, sentence: String) -> Self {
        let outcome = rule.and_then(|rule| rule.malformed.as_ref().or(rule.refused.as_ref()).cloned());
        Self { got: Got::Malformed, sentence, outcome }
    }

    fn not_recognised(rule: &Credential, sentence: String) -> Self {
        Self { got: Got::NotRecognised, sentence, outcome: rule.refused.clone() }
    }
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
            Err(refusal) if best.as_ref().is_none_or(|best| best.got < refusal.got) => best = Some(refusal),
            Err(_) => {}
        }
    }
    let Some(Refusal { sentence, outcome, .. }) = best else { return Ok(Callers::default()) };
    match outcome {
        Some(name) => Err(Outcome::new(name, sentence)),
        None if alternatives.iter().any(Vec::is_empty) => Ok(Callers::default()),
        None => Err(Outcome::unauthenticated(sentence)),
    }
}

/// The outcome of what is presented for one of the alternatives and not recognised, unless another lets the caller in.
pub(crate) fn refused(
    request: &Request<'_>,
    state: &State,
    alternatives: &[Vec<SchemeUse>],
    presented: &dyn Presented,
) -> Option<Outcome> {
    let mut best: Option<Refusal> = None;
    for alternative in alternatives.iter().filter(|one| !one.is_empty()) {
        let refusal = all_of(request, state, alternative, presented).err()?;
        if refusal.got >= Got::Malformed && best.as_ref().is_none_or(|best| best.got < refusal.got) {
            best = Some(refusal);
        }
    }
    best.map(|refusal| {
        Outcome::new(refusal.outcome.unwrap_or("unauthenticated".to_owned()), refusal.sentence)
    })
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
            return Err(Refusal::not_presented(format!(
                "the security scheme `{}` does not exist",
                wanted.scheme
            )));
        };
        if let Some(other) = stands_back(request, scheme, presented) {
            return Err(Refusal::not_presented(format!(
                "`{}` is not looked at where `{other}` is presented",
                scheme.name
            )));
        }
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

/// The scheme before which this one stands back (`unless`), if something is presented for it, recognised or not.
fn stands_back<'s>(
    request: &Request<'_>,
    scheme: &'s SecurityScheme,
    presented: &dyn Presented,
) -> Option<&'s str> {
    let others = &scheme.credential.as_ref()?.unless;
    let is_there = |name: &&String| {
        let Some(other) = request.model.contract.scheme(name) else { return false };
        match presented_credential(other, presented) {
            Ok(Value::String(text)) => {
                let prefix = other.credential.as_ref().and_then(|rule| rule.prefix.as_ref());
                prefix.is_none_or(|prefix| prefix.strip(&text).is_some() || prefix.is_bare(&text))
            }
            Ok(_) => true,
            Err(refusal) => refusal.got >= Got::Malformed,
        }
    };
    others.iter().find(is_there).map(String::as_str)
}

/// What a request presents for a scheme: text, or `{user, password}` for `basic`.
fn presented_credential(scheme: &SecurityScheme, presented: &dyn Presented) -> Result<Value, Refusal> {
    let name = &scheme.name;
    let missing =
        |what: String| Refusal::not_presented(format!("{what} is missing (security scheme `{name}`)"));
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
            basic(coded).ok_or_else(|| Refusal::malformed(scheme.credential.as_ref(), sentence.to_owned()))
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
    let credential = proper(request, scheme, rule, credential)?;
    let nothing = Bindings::default();
    let scope = request.scope(state, &nothing);
    let claims = match (&rule.jwt, &credential) {
        (Some(secret), Value::String(token)) => {
            let secret = scope.eval_text(secret).unwrap_or_default();
            let claims = jwt::verify(token, secret.as_bytes(), request.inputs.now).map_err(|why| {
                let name = &scheme.name;
                let sentence = format!("the token is not accepted: {why} (security scheme `{name}`)");
                Refusal::not_recognised(rule, sentence)
            })?;
            Some(claims)
        }
        _ => None,
    };
    let scope = crate::scope::Scope { credential: Some(&credential), claims: claims.as_ref(), ..scope };
    let Some(record) = scope.first(&rule.select) else {
        let sentence = format!("the credential is not recognised (security scheme `{}`)", scheme.name);
        let refusal = Refusal::not_recognised(rule, sentence);
        // A token that is signed as it should be was one of ours once.
        let outcome = rule.unknown.clone().filter(|_| claims.is_some()).or_else(|| refusal.outcome.clone());
        return Err(Refusal { outcome, ..refusal });
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

/// The credential without its prefix, if it is written as it should be.
fn proper(
    request: &Request<'_>,
    scheme: &SecurityScheme,
    rule: &Credential,
    credential: Value,
) -> Result<Value, Refusal> {
    let Value::String(text) = credential else { return Ok(credential) };
    let proper = match &rule.prefix {
        None => text.as_str(),
        Some(prefix) => match prefix.strip(&text) {
            Some(rest) => rest,
            None if prefix.is_bare(&text) => {
                let sentence = format!("nothing follows `{}`", prefix.text.trim_end());
                return Err(Refusal::malformed(Some(rule), sentence));
            }
            None => {
                let sentence = format!("the credential does not begin with `{}`", prefix.text);
                return Err(Refusal { got: Got::Foreign, ..Refusal::not_presented(sentence) });
            }
        },
    };
    let regex = rule.pattern.as_ref().and_then(|pattern| request.model.patterns.get(pattern));
    if regex.is_some_and(|regex| regex.find(proper).is_none()) {
        let sentence = format!("the credential is not written as `{}` demands", scheme.name);
        return Err(Refusal::malformed(Some(rule), sentence));
    }
    // Mostly it is all of it, which need not be copied.
    if proper.len() == text.len() { Ok(Value::String(text)) } else { Ok(Value::from(proper)) }
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
