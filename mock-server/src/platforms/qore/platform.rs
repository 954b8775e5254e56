//! The platform as one whose customers declare applications.

use std::sync::Arc;

use serde_json::Value;
use tercet_spec::{Contract, Diagnostic, Document};

use super::application::{self, App};
use super::discovery::Discovery;
use super::document::{Manner, concrete};
use super::front_end;
use crate::action::ActionTable;
use crate::application::{Applications, Declared, Discovering};

/// Qore.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Platform;

impl Applications for Platform {
    fn platform(&self) -> &'static str {
        "qore"
    }

    fn read(&self, name: &str, text: &str) -> Result<Arc<dyn Declared>, Vec<Diagnostic>> {
        Ok(Arc::new(Arc::new(application::read(name, text)?)))
    }

    fn shipped(&self) -> Arc<dyn Declared> {
        Arc::new(application::shipped())
    }

    fn schema(&self) -> Value {
        application::schema()
    }

    fn discovery(&self, base: &Arc<Contract>, wanted: Vec<String>) -> Box<dyn Discovering> {
        Box::new(Discovery::new(None, wanted, Arc::clone(base)))
    }
}

impl Declared for Arc<App> {
    fn title(&self) -> &str {
        &self.name
    }

    fn overlays(&self) -> Result<Vec<Document>, Vec<Diagnostic>> {
        let front_end = Document::parse("the front-end", front_end::FRONT_END)?;
        Ok(vec![application::overlay(self), front_end])
    }

    fn document(&self, base: &Document) -> Value {
        concrete(self, &Manner::documented(), base.root())
    }

    fn discovery(&self, base: &Arc<Contract>, wanted: Vec<String>) -> Box<dyn Discovering> {
        Box::new(Discovery::new(Some(Arc::clone(self)), wanted, Arc::clone(base)))
    }

    fn actions(&self) -> Arc<dyn ActionTable> {
        front_end::table(Arc::clone(self))
    }
}
