//! Sending, and the rules that every request must pass first.

use std::sync::Arc;

use serde_json::Value;

use super::own::{MadeUp, Nameable, Owned};
use super::prepare::{Shape, Wishes};
use super::state::Session;
use crate::reading::{Does, Use};
use crate::wire::{Question, draft};
use crate::{Body, Exchange, Inputs, Purpose, Received, Sent, Stop};

/// What an unsafe request is aimed at. There is none for records that were there before.
#[derive(Clone, Copy, Debug)]
pub enum Aim<'a> {
    /// At nothing yet: it creates.
    New,
    /// At a record that this run created.
    Own(&'a Owned),
    /// At nobody.
    Nobody(&'a MadeUp),
    /// At a path whose parameters were all invented; for operations of which the document does not say what they do.
    Invented,
}

/// How often a request that was told to wait is sent again.
const PATIENT: usize = 3;

impl Session {
    /// Sends a safe operation.
    ///
    /// # Errors
    /// [`Stop::Blocked`] when the operation is not safe or the budget is spent, [`Stop::Broken`] when there is no answer.
    pub async fn ask(
        &mut self,
        operation: usize,
        inputs: &Inputs,
        purpose: Purpose,
    ) -> Result<Arc<Exchange>, Stop> {
        if !self.reading.is_safe(operation) {
            let id = &self.reading.contract().operations[operation].id;
            return Err(Stop::Blocked(format!(
                "`{id}` changes something: it is sent only at records of the run"
            )));
        }
        let exchange = self.send(operation, None, inputs, purpose).await?;
        self.remember(&exchange, operation, Aim::New, inputs);
        answered(exchange)
    }

    /// Sends an unsafe operation. Whatever it creates is noted before and after, and removed at the end.
    ///
    /// # Errors
    /// [`Stop::Blocked`] when it might touch what the run did not make, would make what cannot be removed without consent,
    /// or the budget is spent; [`Stop::Broken`] when there is no answer.
    pub async fn write(
        &mut self,
        operation: usize,
        aim: Aim<'_>,
        inputs: &Inputs,
        purpose: Purpose,
    ) -> Result<Arc<Exchange>, Stop> {
        if self.reading.is_safe(operation) {
            return self.ask(operation, inputs, purpose).await;
        }
        self.permit(operation, aim, inputs)?;
        let created = self.created_by(operation);
        let serial = self.announce(operation, created.as_ref(), inputs)?;
        let exchange = self.send(operation, None, inputs, purpose).await?;
        self.settle(serial, operation, created.as_ref(), inputs, &exchange)?;
        self.remember(&exchange, operation, aim, inputs);
        if let (Aim::Own(record), true) = (aim, exchange.succeeded()) {
            self.was_changed(operation, record, inputs)?;
        }
        answered(exchange)
    }

    /// Sends what a story says. An unsafe operation that names what the run did not make needs consent.
    pub(crate) async fn tell(
        &mut self,
        operation: usize,
        inputs: &Inputs,
        purpose: Purpose,
    ) -> Result<Arc<Exchange>, Stop> {
        if self.reading.is_safe(operation) {
            return self.ask(operation, inputs, purpose).await;
        }
        self.permit_told(operation, inputs)?;
        let created = self.created_by(operation);
        let serial = self.announce(operation, created.as_ref(), inputs)?;
        let exchange = self.send(operation, None, inputs, purpose).await?;
        self.settle(serial, operation, created.as_ref(), inputs, &exchange)?;
        answered(exchange)
    }

    /// Sends the path of an operation with another method. Only methods that the document declares nowhere on that path, and
    /// HEAD and OPTIONS; on paths that name a record only with made-up names.
    pub(crate) async fn with_method(
        &mut self,
        operation: usize,
        method: &str,
        inputs: &Inputs,
        purpose: Purpose,
    ) -> Result<Arc<Exchange>, Stop> {
        let safe = matches!(method, "GET" | "HEAD" | "OPTIONS" | "TRACE");
        if !safe && self.target.limits.read_only {
            return Err(Stop::Blocked("`--read-only`".to_owned()));
        }
        if !safe && !self.only_made_up(operation, inputs) {
            return Err(Stop::Blocked("the path names what the run did not make up".to_owned()));
        }
        answered(self.send(operation, Some(method), inputs, purpose).await?)
    }

    /// Sends a safe operation and gives the exchange even when there is no answer.
    pub(crate) async fn send_unanswered(
        &mut self,
        operation: usize,
        inputs: &Inputs,
        purpose: Purpose,
    ) -> Result<Arc<Exchange>, Stop> {
        self.send(operation, None, inputs, purpose).await
    }

    /// Notes that the path parameters of these inputs, and whatever else in them names a record, are made up, apart from
    /// what names a record that is known.
    pub(crate) fn invent(&mut self, operation: usize, inputs: &Inputs) {
        let reading = self.reading();
        let named = reading.namings(operation).iter().filter_map(|naming| inputs.get(&naming.slot));
        for value in inputs.path.values().chain(named) {
            let seen =
                self.seen.values().flatten().any(|one| one.record.names.values().any(|name| name == value));
            let there = self.made.iter().filter(|one| !one.gone);
            let made = there.flat_map(|one| one.names.values()).any(|name| name == value);
            if !seen && !made && !self.nobody.contains(value) {
                self.nobody.push(value.clone());
            }
        }
    }

    /// The find operation, called with the names of `record`.
    ///
    /// # Errors
    /// As [`ask`](Self::ask).
    pub async fn read(&mut self, finder: &Use, record: &dyn Nameable) -> Result<Arc<Exchange>, Stop> {
        let inputs = self.prepare(finder.operation, &[record], &Wishes::minimal())?;
        self.ask(finder.operation, &inputs, Purpose::Look).await
    }

    /// The list operation.
    ///
    /// # Errors
    /// As [`ask`](Self::ask).
    pub async fn list(
        &mut self,
        lister: &Use,
        records: &[&dyn Nameable],
        wishes: &Wishes,
    ) -> Result<Arc<Exchange>, Stop> {
        let inputs = self.prepare(lister.operation, records, wishes)?;
        self.ask(lister.operation, &inputs, Purpose::Look).await
    }

    /// An update or replace operation, called on a record of the run. Also gives what was sent.
    ///
    /// # Errors
    /// As [`write`](Self::write).
    pub async fn update(
        &mut self,
        updater: &Use,
        record: &Owned,
        wishes: &Wishes,
    ) -> Result<(Inputs, Arc<Exchange>), Stop> {
        let inputs = self.prepare(updater.operation, &[record], wishes)?;
        let exchange = self.write(updater.operation, Aim::Own(record), &inputs, Purpose::Look).await?;
        // An action may refuse what schemas allow: it is asked for less then.
        if self.reading.is_said(updater) && !exchange.succeeded() && wishes.shape != Shape::Minimal {
            let less = Wishes { shape: Shape::Minimal, ..wishes.clone() };
            let inputs = self.prepare(updater.operation, &[record], &less)?;
            let exchange = self.write(updater.operation, Aim::Own(record), &inputs, Purpose::Look).await?;
            return Ok((inputs, exchange));
        }
        Ok((inputs, exchange))
    }

    /// The delete operation, called on a record of the run.
    ///
    /// # Errors
    /// As [`write`](Self::write).
    pub async fn delete(&mut self, deleter: &Use, record: &Owned) -> Result<Arc<Exchange>, Stop> {
        let inputs = self.prepare(deleter.operation, &[record], &Wishes::minimal())?;
        let mut exchange = self.write(deleter.operation, Aim::Own(record), &inputs, Purpose::Look).await?;
        for _ in 1..self.reading.calls(deleter) {
            if exchange.succeeded() {
                exchange = self.write(deleter.operation, Aim::Own(record), &inputs, Purpose::Look).await?;
            }
        }
        if exchange.succeeded() {
            self.gone(record.serial)?;
        }
        Ok(exchange)
    }

    /// Sends with credentials that are still good.
    pub(super) async fn send(
        &mut self,
        operation: usize,
        method: Option<&str>,
        inputs: &Inputs,
        purpose: Purpose,
    ) -> Result<Arc<Exchange>, Stop> {
        self.renew().await.map_err(Stop::Broken)?;
        self.exchange(operation, method, inputs, purpose).await
    }

    /// Paces, sends, records; asked to wait, it waits and sends again.
    pub(super) async fn exchange(
        &mut self,
        operation: usize,
        method: Option<&str>,
        inputs: &Inputs,
        purpose: Purpose,
    ) -> Result<Arc<Exchange>, Stop> {
        let inputs = &*self.repeated(operation, inputs);
        let sent = self.draft(operation, method, inputs, &purpose)?;
        let mut asked_to_wait = 0;
        loop {
            if self.interrupt.is_asked() && !self.cleaning {
                return Err(Stop::Blocked("interrupted".to_owned()));
            }
            self.pace.turn(self.cleaning).await?;
            let answer = self.wire.send(&sent).await;
            self.pace.heard(answer.is_ok());
            if let Some(granted) = answer.as_ref().ok().and_then(|answer| self.pace.hold(answer)) {
                asked_to_wait += 1;
                if granted && asked_to_wait <= PATIENT {
                    continue;
                }
                return Err(Stop::Blocked(
                    "the deployment asks to wait longer than is reasonable".to_owned(),
                ));
            }
            let exchange = self.record(operation, purpose, sent, answer, inputs);
            self.consult(operation, method, inputs, &exchange).await;
            return Ok(exchange);
        }
    }

    /// Asks the oracle the same.
    async fn consult(
        &mut self,
        operation: usize,
        method: Option<&str>,
        inputs: &Inputs,
        exchange: &Exchange,
    ) {
        let Some(mut oracle) = self.oracle.take() else { return };
        let reading = self.reading();
        let identity = self.borrowed.as_ref().or_else(|| self.target.identities.get(self.identity));
        let purpose = &exchange.purpose;
        let question =
            Question { contract: reading.contract(), operation, method, inputs, purpose, identity };
        oracle.follow(&reading, question, exchange).await;
        self.oracle = Some(oracle);
    }

    fn draft(
        &self,
        operation: usize,
        method: Option<&str>,
        inputs: &Inputs,
        purpose: &Purpose,
    ) -> Result<Sent, Stop> {
        let contract = self.reading.contract();
        let identity = self.borrowed.as_ref().or_else(|| self.target.identities.get(self.identity));
        draft(&self.target.base, &Question { contract, operation, method, inputs, purpose, identity })
    }

    fn record(
        &mut self,
        operation: usize,
        purpose: Purpose,
        request: Sent,
        answer: Result<Received, crate::Fault>,
        inputs: &Inputs,
    ) -> Arc<Exchange> {
        let exchange = Arc::new(Exchange {
            number: self.exchanges.len() + 1,
            operation: self.reading.contract().operations[operation].id.clone(),
            purpose,
            request,
            answer,
            needs: self.origins(operation, inputs),
        });
        self.exchanges.push(Arc::clone(&exchange));
        if let Some(watch) = &self.watch {
            (watch.0)(&exchange);
        }
        exchange
    }

    /// The exchanges that made the records which these inputs name.
    fn origins(&self, operation: usize, inputs: &Inputs) -> Vec<usize> {
        let mut origins = Vec::new();
        let mut texts = Vec::new();
        leaves(inputs, &mut texts);
        for made in &self.made {
            let Some(origin) = made.origin else {
                continue;
            };
            let named = self.reading.namings(operation).iter().any(|naming| {
                naming.collection == made.collection
                    && inputs.get(&naming.slot) == made.names.get(&naming.field)
                    && made.names.contains_key(&naming.field)
            });
            let mentioned = made.names.values().any(|name| name.is_string() && texts.contains(&name));
            if (named || mentioned) && !origins.contains(&origin) {
                origins.push(origin);
            }
        }
        origins.sort_unstable();
        origins
    }
}

/// The exchange, when it was answered.
fn answered(exchange: Arc<Exchange>) -> Result<Arc<Exchange>, Stop> {
    match &exchange.answer {
        Ok(_) => Ok(exchange),
        Err(fault) => Err(Stop::Broken(format!("`{}`: {fault}", exchange.operation))),
    }
}

/// Every scalar in the inputs.
pub(super) fn leaves<'v>(inputs: &'v Inputs, into: &mut Vec<&'v Value>) {
    for values in [&inputs.path, &inputs.query, &inputs.header, &inputs.cookie] {
        values.values().for_each(|value| inner(value, into));
    }
    if let Some(Body::Value(_, value)) = &inputs.body {
        inner(value, into);
    }
}

fn inner<'v>(value: &'v Value, into: &mut Vec<&'v Value>) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| inner(item, into)),
        Value::Object(members) => members.values().for_each(|member| inner(member, into)),
        scalar => into.push(scalar),
    }
}

/// Whether a use makes records of the collection it names.
pub(super) fn is_create(one: &Use) -> bool {
    one.does == Does::Create
}
