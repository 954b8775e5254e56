//! The front-end of an application, as far as the mock has one: the page on which tokens are made, and uploaded files.

mod files;
mod page;
mod tokens;

use std::sync::{Arc, LazyLock};

use serde_json::{Map, Value};

use super::actions::Qore;
use super::application::App;
use crate::action::{ActionContext, ActionTable};
use crate::extension::Extension;
use crate::generated::qore::ActionAdapter;
use crate::outcome::Outcome;
use crate::state::State;

/// What the mock adds to its own document, as an overlay.
pub(crate) const FRONT_END: &str = include_str!("overlay.yaml");

/// The actions of the front-end, by name.
const ACTIONS: [(&str, Action); 4] = [
    ("front_end_tokens", tokens::show),
    ("front_end_create_token", tokens::create),
    ("front_end_revoke_token", tokens::revoke),
    ("front_end_file", files::show),
];

type Action = fn(&App, &mut ActionContext<'_>, &Map<String, Value>) -> Result<Value, Outcome>;

/// The named actions of an application, those of its front-end included.
pub(crate) fn table(app: Arc<App>) -> Arc<dyn ActionTable> {
    Arc::new(QoreTable(ActionAdapter(Qore(app))))
}

struct QoreTable(ActionAdapter<Qore>);

impl ActionTable for QoreTable {
    fn names(&self) -> &[&str] {
        // The names are those of every application, one without anything included.
        static EMPTY: LazyLock<ActionAdapter<Qore>> = LazyLock::new(|| ActionAdapter(Qore(Arc::default())));
        static NAMES: LazyLock<Vec<&str>> = LazyLock::new(|| {
            let own = ACTIONS.iter().map(|(name, _)| *name);
            EMPTY.names().iter().copied().chain(own).collect()
        });
        &NAMES
    }

    fn call(
        &self,
        name: &str,
        context: &mut ActionContext<'_>,
        input: Map<String, Value>,
    ) -> Result<Value, Outcome> {
        match ACTIONS.iter().find(|(own, _)| *own == name) {
            Some((_, action)) => action(&self.0.0.0, context, &input),
            None => self.0.call(name, context, input),
        }
    }

    fn extension(&self) -> Box<dyn Extension> {
        self.0.extension()
    }

    fn restore_extension(&self, json: &Value) -> Result<Box<dyn Extension>, Vec<String>> {
        self.0.restore_extension(json)
    }

    fn seed(&self, context: &mut ActionContext<'_>) -> Result<(), Outcome> {
        self.0.seed(context)
    }

    fn watches(&self) -> bool {
        self.0.watches()
    }

    fn after(&self, context: &mut ActionContext<'_>, operation: &str, before: &State) -> Result<(), Outcome> {
        self.0.after(context, operation, before)
    }
}
