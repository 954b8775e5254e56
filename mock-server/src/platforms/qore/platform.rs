//! The platform as one whose customers declare applications.

use std::sync::Arc;

use serde_json::Value;
use tercet_spec::{Diagnostic, Document};

use super::application::{self, App};
use super::front_end;
use crate::action::ActionTable;
use crate::application::{Applications, Declared};

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
}

impl Declared for Arc<App> {
    fn title(&self) -> &str {
        &self.name
    }

    fn overlays(&self) -> Result<Vec<Document>, Vec<Diagnostic>> {
        let front_end = Document::parse("the front-end", front_end::FRONT_END)?;
        Ok(vec![application::overlay(self), front_end])
    }

    fn actions(&self) -> Arc<dyn ActionTable> {
        front_end::table(Arc::clone(self))
    }
}
