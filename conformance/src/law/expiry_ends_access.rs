//! A credential that expires opens the door until it does, and not afterwards.

use std::time::Duration;

use futures::future::BoxFuture;
use serde_json::Value;
use tercet_spec::contract::{AssignKind, SecurityScheme};
use tercet_spec::language::{self, Source, Subject, Test, ValueExpr, Word};

use super::lens::{creators, expected, missing};
use super::{Case, Law};
use crate::reading::{Reading, Use};
use crate::session::{Session, Wishes};
use crate::{Clause, Exchange, Finding, Purpose, Secret, Stop, Verdict};

/// See [`Law::about`].
pub(super) struct ExpiryEndsAccess;

/// A credential that expires: which fields of its record hold it and its end.
struct Expiring<'r> {
    scheme: &'r SecurityScheme,
    token: &'r str,
    life: Duration,
    creator: &'r Use,
}

impl Law for ExpiryEndsAccess {
    fn name(&self) -> &'static str {
        "expiry_ends_access"
    }

    fn about(&self) -> &'static str {
        "a credential that is issued for a time is accepted until its end and refused afterwards"
    }

    fn clause(&self) -> &'static str {
        "`x-credential`: a test against `$now` on a field with `x-assign: { after: … }`"
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
            let (issuer, user) = (&reading.operation(one.creator).id, &contract.operations[operation].id);
            cases.push(Case {
                title: format!("`{}`: `{issuer}`, then `{user}`", scheme.name),
                clause: Clause::at(contract, pointer, format!("expires after {} s", one.life.as_secs())),
                operations: vec![one.creator.operation, operation],
                uses: vec![one.creator.index],
                detail: scheme.name.clone(),
            });
        }
        if cases.is_empty() {
            Err("a credential with a test against `$now`, an operation that issues it, and a safe one that takes it alone"
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
            let Some(refusal) = expected(contract, &contract.operations[operation], "unauthenticated") else {
                return missing("a response that speaks `unauthenticated`");
            };
            session.can_let_pass(one.life).await?;
            let issued = session.create(one.creator, &Wishes::plain()).await?;
            let member = reading.view(one.creator.operation).and_then(|view| view.member(one.token));
            let Some(token) = member.and_then(|member| issued.shown().get(member)).and_then(Value::as_str)
            else {
                return missing("an answer that shows the credential");
            };
            session.borrow(&one.scheme.name, Secret::new(token));
            let half = one.life / 2;
            let fresh = self.look(session, operation).await?;
            let mut passed = Duration::ZERO;
            let judged = async {
                session.let_pass(half).await?;
                passed += half;
                let before = self.look(session, operation).await?;
                let rest = one.life - half + Duration::from_secs(1);
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

/// How a scheme's credential expires; `None` where it does not, or the document does not say when or who issues it.
fn expiring<'r>(reading: &'r Reading, scheme: &'r SecurityScheme) -> Option<Expiring<'r>> {
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
    let assign = contract.schema(*contract.schema(collection.schema).properties.get(end)?).assign.as_ref()?;
    let AssignKind::After(life) = assign.kind else { return None };
    let shows = |one: &&&Use| reading.view(one.operation).is_some_and(|view| view.member(token).is_some());
    let all = creators(reading, &collection.name);
    let creator = all.iter().find(shows)?;
    Some(Expiring { scheme, token, life: Duration::from_millis(life), creator })
}

fn is(value: &ValueExpr, source: &Source) -> bool {
    matches!(value, ValueExpr::Expression(own) if own.source == *source && own.path.is_empty())
}

fn is_after_now(word: &Word) -> bool {
    matches!(word, Word::Minimum(value) | Word::ExclusiveMinimum(value) if is(value, &Source::Now))
}

/// A safe operation that a scheme opens alone.
fn opened(reading: &Reading, scheme: &str) -> Option<usize> {
    let operations = &reading.contract().operations;
    let alone = |index: &usize| {
        let mut ways = operations[*index].security.iter();
        reading.is_safe(*index)
            && ways.len() == 1
            && ways.all(|all| all.len() == 1 && all[0].scheme == scheme)
    };
    (0..operations.len()).find(alone)
}
