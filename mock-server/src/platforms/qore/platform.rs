//! The platform as one whose customers declare applications.

use std::sync::Arc;

use serde_json::Value;
use tercet_spec::{Diagnostic, Document};

use super::actions::Qore;
use super::application::{self, App};
use crate::action::ActionTable;
use crate::application::{Applications, Declared};
use crate::generated::qore::ActionAdapter;

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
        Ok(vec![application::overlay(self)])
    }

    fn actions(&self) -> Arc<dyn ActionTable> {
        Arc::new(ActionAdapter(Qore(Arc::clone(self))))
    }
}
