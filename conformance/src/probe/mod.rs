//! Probes: what is sent to each operation so that the checks have something to judge.

mod accept;
mod body;
mod body_limit;
mod deny;
mod method;
mod refuse;
pub(crate) mod subject;
mod unknown;

use futures::future::BoxFuture;

use crate::Stop;
use crate::reading::Reading;
use crate::session::Session;

/// Something to send to an operation.
pub trait Probe: Sync {
    /// Its name.
    fn name(&self) -> &'static str;
    /// What it sends, in one sentence.
    fn about(&self) -> &'static str;
    /// The checks that judge what it provokes, besides those that judge everything. A run that wants none of them leaves it out.
    fn serves(&self) -> &'static [&'static str];
    /// Whether there is something to send to that operation.
    fn applies(&self, reading: &Reading, operation: usize) -> bool;
    /// Whether what it sends must be accepted, and so creates or changes something where the operation does.
    fn succeeds(&self) -> bool;
    /// Sends it.
    fn run<'a>(&'a self, session: &'a mut Session, operation: usize) -> BoxFuture<'a, Result<(), Stop>>;
}

/// Every probe, in the order in which they are sent.
pub const PROBES: &[&dyn Probe] = &[
    &accept::Accept,
    &refuse::Refuse,
    &body::UnreadableBody,
    &body_limit::PaddedBody,
    &unknown::UnknownRecord,
    &deny::Deny,
    &method::Head,
    &method::UndeclaredMethod,
];
