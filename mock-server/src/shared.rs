//! What all requests of a server share.

use std::borrow::Cow;
use std::sync::Arc;
use std::time::Duration;

use http::HeaderMap;

use crate::exchange::NAMESPACE;
use crate::journal::{Entry, Filter, Journal};
use crate::mask::Secrets;
use crate::pipeline::Pipeline;
use crate::problem::Problem;
use crate::worlds::{World, Worlds};

/// What all requests of a server share.
pub(crate) struct Shared {
    pub(crate) pipeline: Pipeline,
    pub(crate) worlds: Worlds,
    pub(crate) journal: Journal,
    pub(crate) secrets: Secrets,
    /// How long may pass between two chunks of a body.
    pub(crate) patience: Duration,
    /// The control interface answers to other machines, too.
    pub(crate) open_control: bool,
    /// The path below which the control interface is.
    pub(crate) control: &'static str,
    /// Where the port speaks HTTPS: what clients must trust, as PEM.
    pub(crate) certificate: Option<String>,
}

impl Shared {
    /// The world a request is in, and its name where it is not the common one.
    pub(crate) fn world(&self, headers: &HeaderMap) -> Result<(Arc<World>, Option<String>), Problem> {
        let Some(name) = headers.get(NAMESPACE) else {
            return Ok((Arc::clone(&self.worlds.common), None));
        };
        let name = String::from_utf8_lossy(name.as_bytes());
        let world = self.worlds.named(&name, || self.pipeline.engine.initial_state());
        let world = world.map_err(|why| Problem::bad_request(format!("`{NAMESPACE}`: {why}")))?;
        Ok((world, Some(Cow::into_owned(name))))
    }

    /// The journal's entries.
    pub(crate) fn entries(&self, filter: &Filter) -> Vec<Entry> {
        let names = |index: usize| self.pipeline.contract.operations[index].id.clone();
        self.journal.read(filter, &names, &self.secrets)
    }
}
