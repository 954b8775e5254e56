//! Obtaining credentials where a document says how (`sign-in`), and renewing them before they expire.

use std::time::{Duration, Instant};

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Map, Value};
use tercet_spec::contract::{Credential, Register, SignIn};
use tercet_spec::language::{Expression, Source, TextPart, ValueExpr};

use super::state::Session;
use crate::reading::walk;
use crate::run::Trouble;
use crate::wire::name_of;
use crate::{Account, Body, Exchange, Inputs, Purpose, Received, Secret, Stop};

/// A token is renewed when this share of its life has gone.
const SHARE: f64 = 0.8;

/// When what a sign-in gave must be renewed.
#[derive(Debug)]
pub(super) struct Due {
    identity: usize,
    scheme: String,
    at: Instant,
}

impl Session {
    /// Makes the accounts that are to be made, and signs in with all.
    ///
    /// # Errors
    /// What the deployment said to it, and what to do.
    pub async fn sign_in(&mut self) -> Result<(), Trouble> {
        for identity in 0..self.target.identities.len() {
            for scheme in self.accounts_of(identity) {
                self.enter(identity, &scheme, true).await?;
            }
        }
        Ok(())
    }

    /// Signs in again where a token is about to expire.
    pub(super) async fn renew(&mut self) -> Result<(), String> {
        let now = Instant::now();
        while let Some(at) = self.due.iter().position(|due| due.at <= now) {
            let Due { identity, scheme, .. } = self.due.swap_remove(at);
            self.enter(identity, &scheme, false).await.map_err(|trouble| trouble.what)?;
        }
        Ok(())
    }

    /// Whether what is presented for a scheme was obtained by signing in.
    #[must_use]
    pub fn signs_in(&self, scheme: &str) -> bool {
        self.target.identities.iter().any(|one| one.accounts.iter().any(|(own, _)| own == scheme))
    }

    /// The schemes that an identity signs in for; those that need the credential of another come last.
    fn accounts_of(&self, identity: usize) -> Vec<String> {
        let accounts = self.target.identities[identity].accounts.iter();
        let mut schemes: Vec<String> = accounts.map(|(scheme, _)| scheme.clone()).collect();
        schemes
            .sort_by_key(|scheme| self.rule(identity, scheme).is_some_and(|(rule, _)| rule.with.is_some()));
        schemes
    }

    async fn enter(&mut self, identity: usize, scheme: &str, first: bool) -> Result<(), Trouble> {
        let Some((rule, account)) = self.rule(identity, scheme) else { return Ok(()) };
        let known = Known::new(&account);
        self.masks.add("PASSWORD", account.password.expose());
        if let Some(register) = rule.register.as_ref().filter(|_| first && account.fresh) {
            self.register(register, &known).await?;
        }
        let token = self.obtain(identity, scheme, &rule, &known).await?;
        if let Some(life) = life(&token) {
            self.due.push(Due {
                identity,
                scheme: scheme.to_owned(),
                at: Instant::now() + life.mul_f64(SHARE),
            });
        }
        let credentials = &mut self.target.identities[identity].credentials;
        credentials.retain(|(own, _)| own != scheme);
        credentials.push((scheme.to_owned(), Secret::new(token)));
        Ok(())
    }

    /// Signs in, and gives what is to be presented.
    async fn obtain(
        &mut self,
        identity: usize,
        scheme: &str,
        rule: &SignIn,
        known: &Known,
    ) -> Result<String, Trouble> {
        // A renewal may come while the run speaks as somebody else.
        let before = self.borrowed.clone();
        if let Some(with) = &rule.with {
            let Some(secret) = self.target.identities[identity].credential(with).cloned() else {
                return Err(Trouble::new(
                    format!(
                        "`{}`, which gives credentials for `{scheme}`, is sent with one for `{with}`",
                        rule.operation
                    ),
                    format!("give that, too: `--credential {with}=VALUE`, or `--sign-in USER:PASSWORD`"),
                ));
            };
            self.borrow(with, secret);
        }
        let answered = self.call(&rule.operation, rule.body.as_ref(), known).await;
        self.borrowed = before;
        let exchange = answered?;
        let contract = self.reading.contract();
        let own = contract.scheme(scheme).and_then(|one| name_of(contract, one));
        let given = known.answered(&exchange, own.as_deref()).value(&rule.value);
        let Some(token) = given.as_ref().and_then(Value::as_str).filter(|text| !text.is_empty()) else {
            return Err(Trouble::new(
                format!("signing in by `{}` gave no credential: {}", rule.operation, exchange.summary()),
                "the document's `sign-in` says where in the answer it stands; does this deployment answer so?",
            ));
        };
        let name = match identity {
            0 => scheme.to_owned(),
            other => format!("{scheme}_{}", other + 1),
        };
        self.masks.add(&crate::secret::variable(&name), token);
        Ok(token.to_owned())
    }

    /// Signs in once more, as the first identity that can. Gives what is to be presented, and how long it lives where it says so itself; the run
    /// goes on with what it had.
    pub(crate) async fn sign_in_anew(&mut self, scheme: &str) -> Result<(Secret, Option<Duration>), Stop> {
        let identities = 0..self.target.identities.len();
        let known = identities.into_iter().find_map(|one| Some((one, self.rule(one, scheme)?)));
        let Some((identity, (rule, account))) = known else {
            return Err(Stop::Missing(format!("an account to sign in with for `{scheme}`")));
        };
        let obtained = self.obtain(identity, scheme, &rule, &Known::new(&account)).await;
        let token = obtained.map_err(|trouble| Stop::Blocked(trouble.what))?;
        Ok((Secret::new(token.as_str()), life(&token)))
    }

    fn rule(&self, identity: usize, scheme: &str) -> Option<(SignIn, Account)> {
        let credential: &Credential = self.reading.contract().scheme(scheme)?.credential.as_ref()?;
        let accounts = &self.target.identities[identity].accounts;
        let (_, account) = accounts.iter().find(|(own, _)| own == scheme)?;
        Some((credential.sign_in.clone()?, account.clone()))
    }

    async fn register(&mut self, rule: &Register, known: &Known) -> Result<(), Trouble> {
        self.call(&rule.operation, rule.body.as_ref(), known).await.map(drop).map_err(|trouble| Trouble {
            what: format!("no account could be made: {}", trouble.what),
            hint: Some("give one that exists with `--sign-in USER:PASSWORD`".to_owned()),
        })
    }

    /// Calls an operation that takes nothing but a body, and demands that it succeeds.
    async fn call(
        &mut self,
        id: &str,
        body: Option<&ValueExpr>,
        known: &Known,
    ) -> Result<std::sync::Arc<Exchange>, Trouble> {
        let contract = self.reading();
        let operations = &contract.contract().operations;
        let Some(operation) = operations.iter().position(|one| one.id == id) else {
            return Err(Trouble { what: format!("the document has no operation `{id}`"), hint: None });
        };
        let media = operations[operation].body.as_ref().and_then(|body| body.content.first());
        let media = media.map_or("application/json", |media| media.name.as_str());
        let body = body.and_then(|value| known.value(value));
        let inputs =
            Inputs { body: body.map(|value| Body::Value(media.to_owned(), value)), ..Inputs::default() };
        let exchange = self.exchange(operation, None, &inputs, Purpose::Look).await.map_err(|stop| {
            let (Stop::Blocked(why) | Stop::Missing(why) | Stop::Broken(why)) = stop;
            Trouble { what: format!("`{id}`, which signing in needs, was not called: {why}"), hint: None }
        })?;
        if exchange.succeeded() {
            return Ok(exchange);
        }
        let said = exchange.answer.as_ref().map(|answer| String::from_utf8_lossy(&answer.body).into_owned());
        let said: String = said.unwrap_or_default().chars().take(300).collect();
        Err(Trouble::new(
            format!("signing in by `{id}`: {} {}", exchange.summary(), self.masks.mask(said.trim())),
            "check user and password given with `--sign-in`; is the deployment reached at the right address?",
        ))
    }
}

/// What the values of a `sign-in` can speak of.
struct Known(Map<String, Value>);

impl Known {
    fn new(account: &Account) -> Self {
        let mut names = Map::new();
        names.insert("user".to_owned(), account.user.as_str().into());
        names.insert("password".to_owned(), account.password.expose().into());
        Self(names)
    }

    /// With what was answered. `$response.cookie` is the cookie of that name, `$response.cookie.NAME` any.
    fn answered(&self, exchange: &Exchange, own: Option<&str>) -> Self {
        let mut names = self.0.clone();
        let mut response = Map::new();
        response.extend(exchange.json().map(|body| ("body".to_owned(), body.clone())));
        let cookies = exchange.answer.as_ref().map(cookies).unwrap_or_default();
        if let Some(value) = own.and_then(|name| cookies.get(name)) {
            response.insert(OWN_COOKIE.to_owned(), value.clone());
        }
        response.insert("cookie".to_owned(), Value::Object(cookies));
        names.insert("response".to_owned(), Value::Object(response));
        Self(names)
    }

    fn value(&self, value: &ValueExpr) -> Option<Value> {
        match value {
            ValueExpr::Literal(value) => Some(value.clone()),
            ValueExpr::Expression(expression) => self.expression(expression),
            ValueExpr::Text(parts) => self.text(parts).map(Value::String),
            ValueExpr::First(values) => values.iter().find_map(|value| self.value(value)),
            ValueExpr::List(values) => Some(values.iter().filter_map(|value| self.value(value)).collect()),
            ValueExpr::Object(members) => {
                let members = members.iter();
                Some(members.filter_map(|(name, value)| Some((name.clone(), self.value(value)?))).collect())
            }
            // The lowering refuses what needs records: there are none here.
            ValueExpr::Split(_)
            | ValueExpr::Concat(_)
            | ValueExpr::PercentEncode(_)
            | ValueExpr::Checksum(..)
            | ValueExpr::Epoch(..)
            | ValueExpr::HttpDate(_)
            | ValueExpr::After(..)
            | ValueExpr::Count(_)
            | ValueExpr::Select(..) => None,
        }
    }

    fn text(&self, parts: &[TextPart]) -> Option<String> {
        let mut text = String::new();
        for part in parts {
            match part {
                TextPart::Literal(literal) => text.push_str(literal),
                TextPart::Expression(expression) => match self.expression(expression)? {
                    Value::String(value) => text.push_str(&value),
                    other => text.push_str(&other.to_string()),
                },
            }
        }
        Some(text)
    }

    fn expression(&self, expression: &Expression) -> Option<Value> {
        let Source::Bound(name) = &expression.source else { return None };
        if name == "response" && expression.path == ["cookie"] {
            return self.0.get(name)?.get(OWN_COOKIE).cloned();
        }
        walk(self.0.get(name)?, &expression.path).cloned()
    }
}

/// Where the cookie is kept that the scheme is named by: no member of an answer has this name.
const OWN_COOKIE: &str = "cookie of the scheme";

/// The cookies that an answer sets, as they are sent back (RFC 6265, 5.2). One that it takes away is not among them.
fn cookies(answer: &Received) -> Map<String, Value> {
    let lines = answer.headers.iter().filter(|(name, _)| name.eq_ignore_ascii_case("set-cookie"));
    let pairs = lines.filter_map(|(_, line)| line.split(';').next()?.split_once('='));
    let pairs =
        pairs.map(|(name, value)| (name.trim().to_owned(), Value::from(value.trim().trim_matches('"'))));
    pairs.filter(|(_, value)| value != "").collect()
}

/// How long a JSON Web Token lives from now on, if the text is one and says so. Its signature is not looked at: this is only about when
/// to ask for another. Clocks may differ, so the token's own times are compared with each other where it has both.
fn life(token: &str) -> Option<Duration> {
    let claims = token.split('.').nth(1)?;
    let claims: Value = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(claims).ok()?).ok()?;
    let expires = claims.get("exp")?.as_f64()?;
    let begins = claims.get("iat").and_then(Value::as_f64).or_else(|| {
        let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).ok()?;
        Some(now.as_secs_f64())
    })?;
    Duration::try_from_secs_f64(expires - begins).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_life_of_a_token_is_between_its_own_times() {
        let token = format!("x.{}.y", URL_SAFE_NO_PAD.encode(r#"{"iat":1000,"exp":1600}"#));
        assert_eq!(life(&token), Some(Duration::from_secs(600)));
    }

    #[test]
    fn what_is_no_token_lives_for_ever() {
        assert_eq!(life("a-plain-key"), None);
        assert_eq!(life("a.b.c"), None);
    }
}
