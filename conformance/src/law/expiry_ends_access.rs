//! A credential that expires opens the door until it does, and not afterwards.

use std::time::Duration;

use futures::future::BoxFuture;
use serde_json::Value;
use tercet_spec::Contract;
use tercet_spec::contract::{AssignKind, Schema, SchemaId, SecurityScheme};
use tercet_spec::language::{self, Source, Subject, Test, ValueExpr, Word};

use super::lens::{creators, expected, missing};
use super::{Case, Law};
use crate::reading::{Reading, Use};
use crate::session::{Session, Wishes};
use crate::{Clause, Exchange, Finding, Purpose, Secret, Stop, Verdict};

/// See [`Law::about`].
pub(super) struct ExpiryEndsAccess;

/// A credential that expires.
struct Expiring<'r> {
    scheme: &'r SecurityScheme,
    issue: Issue<'r>,
    /// From when it is issued; `None` where only the credential itself says.
    life: Option<Duration>,
}

/// How it is issued.
enum Issue<'r> {
    /// As the field `token` of a record.
    Created { creator: &'r Use, token: &'r str },
    /// To who signs in, by that operation.
    SignedIn { operation: usize },
}

impl Law for ExpiryEndsAccess {
    fn name(&self) -> &'static str {
        "expiry_ends_access"
    }

    fn about(&self) -> &'static str {
        "a credential that is issued for a time is accepted until its end and refused afterwards"
    }

    fn clause(&self) -> &'static str {
        "`x-credential`: a test against `$now` on a field with `x-assign: { after: … }`, or a `jwt` that `sign-in` obtains"
    }

    fn cases(&self, reading: &Reading) -> Result<Vec<Case>, String> {
        let contract = reading.contract();
        let mut cases = Vec::new();
        for scheme in &contract.schemes {
            let (Some(one), Some(operation)) = (expiring(reading, scheme), opened(reading, &scheme.name))
            else {
                continue;
            };
            let pointer = scheme.credential.as_ref().map_or(&scheme.pointer, |own| &own.pointer);
            let (issuer, uses) = match one.issue {
                Issue::Created { creator, .. } => (creator.operation, vec![creator.index]),
                Issue::SignedIn { operation } => (operation, Vec::new()),
            };
            let says = match one.life {
                Some(life) => format!("expires after {} s", life.as_secs()),
                None => "expires when its `exp` says (RFC 7519, 4.1.4)".to_owned(),
            };
            let name = |index: usize| &contract.operations[index].id;
            cases.push(Case {
                title: format!("`{}`: `{}`, then `{}`", scheme.name, name(issuer), name(operation)),
                clause: Clause::at(contract, pointer, says),
                operations: vec![issuer, operation],
                uses,
                detail: scheme.name.clone(),
            });
        }
        if cases.is_empty() {
            Err("a credential with an end, an operation that issues it, and a safe one that takes it alone"
                .to_owned())
        } else {
            Ok(cases)
        }
    }

    fn run<'a>(&'a self, session: &'a mut Session, case: &'a Case) -> BoxFuture<'a, Result<Verdict, Stop>> {
        Box::pin(async move {
            let reading = session.reading();
            let contract = reading.contract();
            let Some(one) = contract.scheme(&case.detail).and_then(|scheme| expiring(&reading, scheme))
            else {
                return missing("the credential");
            };
            let operation = case.operations[1];
            let outcome = one.scheme.credential.as_ref().and_then(|own| own.refused.as_deref());
            let outcome = outcome.unwrap_or("unauthenticated");
            let Some(refusal) = expected(contract, &contract.operations[operation], outcome) else {
                return missing(format!("a response that speaks `{outcome}`"));
            };
            let (token, life) = issued(session, &one).await?;
            session.borrow(&one.scheme.name, token);
            let half = life / 2;
            let fresh = self.look(session, operation).await?;
            let mut passed = Duration::ZERO;
            let judged = async {
                session.let_pass(half).await?;
                passed += half;
                let before = self.look(session, operation).await?;
                let rest = life - half + Duration::from_secs(1);
                session.let_pass(rest).await?;
                passed += rest;
                let after = self.look(session, operation).await?;
                Ok((before, after))
            }
            .await;
            session.be_usual();
            // Whatever happened, the clock goes on from where it was.
            if !passed.is_zero() {
                session.turn_back(half).await?;
            }
            if passed > half {
                session.turn_back(passed - half).await?;
            }
            let (before, after): (std::sync::Arc<Exchange>, std::sync::Arc<Exchange>) = judged?;
            if refusal.met_by(&fresh) {
                return Err(Stop::Blocked(format!("the new credential is refused: {}", fresh.summary())));
            }
            let message = if refusal.met_by(&before) {
                format!("after half of its time the credential is refused: {}", before.summary())
            } else if !refusal.met_by(&after) {
                let (due, seen) = (refusal.words(), after.summary());
                format!("a second after its end the credential is still accepted: {due} is due, but {seen}")
            } else {
                return Ok(Verdict::Pass);
            };
            let finding = Finding::new(self.name(), case.clause.clone(), message);
            let finding = finding.of(&contract.operations[operation]);
            Ok(Verdict::fail(finding.shown_by(&before).shown_by(&after)))
        })
    }
}

impl ExpiryEndsAccess {
    async fn look(&self, session: &mut Session, operation: usize) -> Result<std::sync::Arc<Exchange>, Stop> {
        let inputs = session.prepare(operation, &[], &Wishes::minimal())?;
        session.ask(operation, &inputs, Purpose::Look).await
    }
}

/// A new credential, and how long it lives. Nothing is issued where so much time cannot pass.
async fn issued(session: &mut Session, one: &Expiring<'_>) -> Result<(Secret, Duration), Stop> {
    if let Some(life) = one.life {
        session.can_let_pass(life).await?;
    }
    match one.issue {
        Issue::Created { creator, token } => {
            let issued = session.create(creator, &Wishes::plain()).await?;
            let reading = session.reading();
            let member = reading.view(creator.operation).and_then(|view| view.member(token));
            let shown = member.and_then(|member| issued.shown().get(member)).and_then(Value::as_str);
            match (shown, one.life) {
                (Some(token), Some(life)) => Ok((Secret::new(token), life)),
                _ => missing("an answer that shows the credential"),
            }
        }
        Issue::SignedIn { .. } => {
            let (token, said) = session.sign_in_anew(&one.scheme.name).await?;
            let Some(life) = one.life.or(said) else {
                return missing("an end: the token has no `exp`, and the document says nothing of it");
            };
            session.can_let_pass(life).await?;
            Ok((token, life))
        }
    }
}

/// How a scheme's credential expires; `None` where it does not, or the document does not say when or who issues it.
fn expiring<'r>(reading: &'r Reading, scheme: &'r SecurityScheme) -> Option<Expiring<'r>> {
    of_record(reading, scheme).or_else(|| of_token(reading, scheme))
}

/// A JSON Web Token that is given to who signs in.
fn of_token<'r>(reading: &'r Reading, scheme: &'r SecurityScheme) -> Option<Expiring<'r>> {
    let contract = reading.contract();
    let credential = scheme.credential.as_ref()?;
    let sign_in = credential.jwt.as_ref().and(credential.sign_in.as_ref())?;
    let operation = contract.operations.iter().position(|one| one.id == sign_in.operation)?;
    // Where the token is a field that the document makes, its claims tell when it ends.
    let made = reading.view(operation).and_then(|view| {
        let collection = contract.schema(reading.collection(&view.collection)?.schema);
        let shown = collection.properties.iter().filter(|(field, _)| view.member(field).is_some());
        shown.filter_map(|(_, id)| end_of(contract, collection, *id)).next()
    });
    Some(Expiring { scheme, issue: Issue::SignedIn { operation }, life: made })
}

/// How long a token lives whose claim `exp` is a time after it was made.
fn end_of(contract: &Contract, record: &Schema, token: SchemaId) -> Option<Duration> {
    let AssignKind::Jwt(ValueExpr::Object(claims)) = &contract.schema(token).assign.as_ref()?.kind else {
        return None;
    };
    let (_, end) = claims.iter().find(|(name, _)| name == "exp")?;
    let ValueExpr::Expression(end) = end else { return None };
    let [field] = end.path.as_slice() else { return None };
    life(contract, record, field).filter(|_| end.source == Source::Record)
}

/// How long after a record is made a field of it says that something ends.
fn life(contract: &Contract, record: &Schema, field: &str) -> Option<Duration> {
    match contract.schema(*record.properties.get(field)?).assign.as_ref()?.kind {
        AssignKind::After(milliseconds) => Some(Duration::from_millis(milliseconds)),
        _ => None,
    }
}

/// A credential that is a field of a record with an end.
fn of_record<'r>(reading: &'r Reading, scheme: &'r SecurityScheme) -> Option<Expiring<'r>> {
    let contract = reading.contract();
    let select = &scheme.credential.as_ref()?.select;
    let collection = reading.collection(select.collection()?)?;
    let mut token = None;
    let mut end = None;
    for clause in &select.filter.clauses {
        let language::Clause::Test(Subject::Field(path), test) = clause else { continue };
        let [field] = path.as_slice() else { continue };
        match test {
            Test::Equal(value) if is(value, &Source::Credential) => token = Some(field.as_str()),
            Test::Words(words) if words.iter().any(is_after_now) => end = Some(field.as_str()),
            _ => {}
        }
    }
    let (token, end) = (token?, end?);
    let life = life(contract, contract.schema(collection.schema), end)?;
    let shows = |one: &&&Use| reading.view(one.operation).is_some_and(|view| view.member(token).is_some());
    let all = creators(reading, &collection.name);
    let creator = all.iter().find(shows)?;
    Some(Expiring { scheme, issue: Issue::Created { creator, token }, life: Some(life) })
}

fn is(value: &ValueExpr, source: &Source) -> bool {
    matches!(value, ValueExpr::Expression(own) if own.source == *source && own.path.is_empty())
}

fn is_after_now(word: &Word) -> bool {
    matches!(word, Word::Minimum(value) | Word::ExclusiveMinimum(value) if is(value, &Source::Now))
}

/// The plainest safe operation that a scheme opens alone.
fn opened(reading: &Reading, scheme: &str) -> Option<usize> {
    let operations = &reading.contract().operations;
    let alone = |index: &usize| {
        let mut ways = operations[*index].security.iter();
        reading.is_safe(*index)
            && ways.len() == 1
            && ways.all(|all| all.len() == 1 && all[0].scheme == scheme)
    };
    let required = |index: &usize| operations[*index].parameters.iter().filter(|one| one.required).count();
    (0..operations.len()).filter(alone).min_by_key(required)
}
