//! Asking the references what the deployment was asked, and saying what it answered otherwise.

use std::collections::HashSet;

use indexmap::IndexMap;
use serde_json::Value;
use tercet_mock_server::Builder;

use super::compare::Comparison;
use super::correspondence::Correspondence;
use super::twin::Twin;
use crate::reading::{Does, Reading};
use crate::wire::Question;
use crate::{Body, Clause, Exchange, Finding, Identity, Inputs, Received, Secret, Stop, Verdict};

/// What results of the oracle are called.
pub const NAME: &str = "agrees_with_the_reference";
/// What it asserts.
pub const ABOUT: &str =
    "a deployment answers what the reference server answers to the same requests, but for what is generated";
/// Where that comes from.
pub const CLAUSE: &str = "the document as a whole: the reference server is generated from it";

/// Findings about one operation at most: more of them mostly say the same.
const FINDINGS: usize = 1;

/// Larger bodies than this, of blanks mostly, are not sent twice more.
const LARGEST: usize = 2 << 20;

/// Two reference servers that are asked whatever the deployment is asked.
#[derive(Debug)]
pub struct Oracle {
    twins: [Twin; 2],
    names: Correspondence,
    /// Texts of records that the references began with.
    seeds: HashSet<String>,
    /// Whether the deployment began with other records than the references.
    strangers: bool,
    /// Whether the run has looked around: what differs before shows what was there.
    begun: bool,
    /// Collections in which the deployment did something else than the references.
    parted: HashSet<String>,
    score: IndexMap<String, Tally>,
}

#[derive(Debug, Default)]
struct Tally {
    agreed: usize,
    /// Requests that were too large to be sent twice more.
    heavy: usize,
    findings: Vec<Finding>,
}

impl Oracle {
    /// Starts the references of a document, which speak TLS if the deployment does (`secure`).
    ///
    /// # Errors
    /// Why they cannot be started, in a sentence.
    pub async fn start(builder: &Builder, reading: &Reading, secure: bool) -> Result<Self, String> {
        let twins = [
            Twin::start(builder, reading, 0, secure).await?,
            Twin::start(builder, reading, 1, secure).await?,
        ];
        let mut seeds = HashSet::new();
        texts(&twins[0].state()["collections"], &mut seeds);
        Ok(Self {
            twins,
            names: Correspondence::default(),
            seeds,
            strangers: false,
            begun: false,
            parted: HashSet::new(),
            score: IndexMap::new(),
        })
    }

    /// Says whose credentials those of the deployment's callers stand for: the references', in their order.
    ///
    /// # Errors
    /// The scheme of which the references offer too few, or that there are accounts which they do not know.
    pub(crate) fn introduce(&mut self, identities: &[Identity]) -> Result<(), String> {
        let ours = [self.twins[0].callers(), self.twins[1].callers()];
        for (at, identity) in identities.iter().enumerate() {
            if identity.accounts.iter().any(|(_, account)| !account.fresh) {
                return Err("the reference servers do not know the accounts of the deployment".to_owned());
            }
            for (scheme, secret) in &identity.credentials {
                let [one, other] = ours.each_ref().map(|callers| callers.get(at)?.credential(scheme));
                let (Some(one), Some(other)) = (one, other) else {
                    return Err(format!("the reference server offers too few credentials for `{scheme}`"));
                };
                let (one, other) = (Value::from(one.expose()), Value::from(other.expose()));
                self.know(secret, [&one, &other]);
            }
        }
        Ok(())
    }

    fn know(&mut self, secret: &Secret, ours: [&Value; 2]) {
        let theirs = Value::from(secret.expose());
        // Callers may share a credential, and the second is a stranger to what it opens there.
        drop(self.names.learn("credential", &theirs, ours));
    }

    /// The run has looked around and begins.
    pub(crate) fn begin(&mut self) {
        self.begun = true;
    }

    /// Lets time pass at the references, or turns it back.
    pub(crate) fn let_pass(&self, milliseconds: i64) {
        self.twins.iter().for_each(|twin| twin.let_pass(milliseconds));
    }

    /// Asks the references what the deployment was asked, and compares the answers.
    pub(crate) async fn follow(&mut self, reading: &Reading, question: Question<'_>, exchange: &Exchange) {
        let body = exchange.request.body.as_ref();
        if body.is_some_and(|body| body.len() > LARGEST) {
            let id = &reading.contract().operations[question.operation].id;
            self.score.entry(id.clone()).or_default().heavy += 1;
        }
        let Some((theirs, ours)) = self.all_three(reading, question, exchange).await else {
            // What was done was done at the deployment alone.
            if !reading.is_safe(question.operation) {
                self.parted.extend(touched(reading, question.operation));
            }
            return;
        };
        let differences = self.compare(reading, question, theirs, [&ours[0], &ours[1]]);
        if !self.begun {
            self.strangers |= !differences.is_empty();
            return;
        }
        let touched = touched(reading, question.operation);
        if touched.iter().any(|one| self.parted.contains(one)) {
            return;
        }
        if done(theirs.status) != done(ours[0].status) {
            // The references do not know whoever was there before.
            if self.strangers && self.names_a_stranger(reading, question) {
                return;
            }
            if !reading.is_safe(question.operation) {
                self.parted.extend(touched);
            }
        }
        let operation = &reading.contract().operations[question.operation];
        let tally = self.score.entry(operation.id.clone()).or_default();
        if differences.is_empty() {
            tally.agreed += 1;
        } else if tally.findings.len() < FINDINGS {
            let clause =
                Clause::at(reading.contract(), &operation.pointer, "what the operation does and shows");
            let message = format!("{}: {}", exchange.summary(), differences.join("; "));
            tally.findings.push(Finding::new(NAME, clause, message).of(operation).shown_by(exchange));
        }
    }

    /// The verdict on every operation that was compared.
    pub(crate) fn verdicts(&self) -> impl Iterator<Item = (&str, Verdict)> {
        let compared = |tally: &Tally| match (&tally.findings[..], tally.agreed) {
            ([], 0) => None,
            ([], _) => Some(Verdict::Pass),
            (findings, _) => Some(Verdict::Fail { findings: findings.to_vec() }),
        };
        let left_out = |tally: &Tally| {
            let why = format!(
                "bodies of more than {} MiB are not sent to the references, too: {}",
                LARGEST >> 20,
                tally.heavy
            );
            (tally.heavy > 0).then(|| Verdict::skipped(why))
        };
        self.score.iter().flat_map(move |(operation, tally)| {
            compared(tally).into_iter().chain(left_out(tally)).map(|verdict| (operation.as_str(), verdict))
        })
    }

    /// The answers of the deployment and of both references, where the references agree on how it ended: what chance decides there is
    /// nobody's to demand.
    async fn all_three<'e>(
        &self,
        reading: &Reading,
        question: Question<'_>,
        exchange: &'e Exchange,
    ) -> Option<(&'e Received, [Received; 2])> {
        if exchange.request.body.as_ref().is_some_and(|body| body.len() > LARGEST) {
            return None;
        }
        let theirs = exchange.answer.as_ref().ok()?;
        let one = self.ask(reading, 0, question).await.ok().flatten()?;
        let other = self.ask(reading, 1, question).await.ok().flatten()?;
        (one.status == other.status).then_some((theirs, [one, other]))
    }

    async fn ask(
        &self,
        reading: &Reading,
        twin: usize,
        question: Question<'_>,
    ) -> Result<Option<Received>, Stop> {
        let inputs = self.inputs(reading, twin, question);
        let identity = question.identity.map(|one| self.identity(twin, one));
        let question = Question { inputs: &inputs, identity: identity.as_ref(), ..question };
        self.twins[twin].ask(&question).await
    }

    /// The inputs with everything generated as this reference has it.
    fn inputs(&self, reading: &Reading, twin: usize, question: Question<'_>) -> Inputs {
        let mut inputs = question.inputs.clone();
        for values in [&mut inputs.path, &mut inputs.query, &mut inputs.header, &mut inputs.cookie] {
            for (name, value) in values.iter_mut() {
                *value = self.names.at(twin, name, None, value);
            }
        }
        if let Some(Body::Value(_, body)) = &mut inputs.body {
            *body = self.names.at(twin, "", None, body);
        }
        // Where the document tells what is named, no name has to be guessed from.
        for naming in reading.namings(question.operation) {
            let collections = &reading.contract().collections;
            let kind = collections.get_index_of(&naming.collection).map(|at| at as u64 + 1);
            if let Some(theirs) = question.inputs.get(&naming.slot) {
                inputs.set(&naming.slot, self.names.at(twin, "", kind, theirs));
            }
        }
        inputs
    }

    /// Who stands for somebody at this reference.
    fn identity(&self, twin: usize, theirs: &Identity) -> Identity {
        let credentials = theirs.credentials.iter().map(|(scheme, secret)| {
            let own = self.names.at(twin, "credential", None, &Value::from(secret.expose()));
            (scheme.clone(), Secret::new(own.as_str().unwrap_or_default()))
        });
        Identity { credentials: credentials.collect(), ..Identity::default() }
    }

    fn compare(
        &mut self,
        reading: &Reading,
        question: Question<'_>,
        theirs: &Received,
        ours: [&Received; 2],
    ) -> Vec<String> {
        if theirs.status != ours[0].status {
            return vec![format!("the reference answers {}", ours[0].status)];
        }
        // How a refusal is worded is the deployment's own.
        if !done(theirs.status) {
            return Vec::new();
        }
        let view = reading.view(question.operation);
        let key = view.and_then(|view| view.member(&reading.collection(&view.collection)?.key));
        let mut comparison = Comparison {
            names: &mut self.names,
            key: key.unwrap_or("id"),
            strangers: self.strangers,
            seeds: &self.seeds,
            differences: Vec::new(),
        };
        if let (Some(one), Some(other)) = (&ours[0].json, &ours[1].json) {
            comparison.value("", "", theirs.json.as_ref(), [one, other]);
        }
        // How many there are in all, and where the next page is, depends on who else is there.
        let counts = self.strangers && view.is_some_and(|view| view.many);
        let operation = &reading.contract().operations[question.operation];
        let declared = operation.responses.iter().filter(|one| one.status.covers(theirs.status));
        for header in declared.flat_map(|response| &response.headers).filter(|_| !counts) {
            let text = |of: &Received| of.header(&header.name).map(Value::from);
            if let (Some(one), Some(other)) = (text(ours[0]), text(ours[1])) {
                let at = format!("header {}", header.name);
                comparison.value(&at, &header.name, text(theirs).as_ref(), [&one, &other]);
            }
        }
        comparison.differences
    }

    /// Whether a request names a record that the references need not have.
    fn names_a_stranger(&self, reading: &Reading, question: Question<'_>) -> bool {
        let collections = &reading.contract().collections;
        reading.namings(question.operation).iter().any(|naming| {
            let kind = collections.get_index_of(&naming.collection).map(|at| at as u64 + 1);
            let value = question.inputs.get(&naming.slot);
            value.is_some_and(|value| self.names.of("", kind, value).is_none())
        })
    }
}

/// Whether a status says that something was done.
fn done(status: u16) -> bool {
    (200..300).contains(&status)
}

/// The collections that an operation has to do with; all of them where the document does not say.
fn touched(reading: &Reading, operation: usize) -> Vec<String> {
    let contract = reading.contract();
    let own: Vec<_> = reading.uses().iter().filter(|one| one.operation == operation).collect();
    if reading.is_opaque(operation) && own.iter().all(|one| matches!(one.does, Does::Find | Does::List)) {
        return contract.collections.keys().cloned().collect();
    }
    let refers = |collection: &str| {
        let references = reading.collection(collection).map(|own| &own.references);
        references.into_iter().flatten().map(|(_, to)| to.to.clone()).collect::<Vec<_>>()
    };
    let mut all: Vec<String> = reading.namings(operation).iter().map(|one| one.collection.clone()).collect();
    for one in own {
        all.extend(refers(&one.collection));
        all.push(one.collection.clone());
    }
    all.sort();
    all.dedup();
    all
}

fn texts(value: &Value, into: &mut HashSet<String>) {
    match value {
        Value::String(text) => drop(into.insert(text.clone())),
        Value::Array(items) => items.iter().for_each(|item| texts(item, into)),
        Value::Object(members) => members.values().for_each(|member| texts(member, into)),
        _ => {}
    }
}
