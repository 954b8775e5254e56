//! The application: what a file declares, read and resolved.

mod app;
mod condition;
mod overlay;
mod raw;
mod reading;
mod schema;
mod template;

use std::sync::{Arc, LazyLock};

use serde_json::Value;
use tercet_spec::Diagnostic;

pub(crate) use app::*;
pub(crate) use condition::{Condition, Given, Test};
pub(crate) use overlay::overlay;
pub(crate) use reading::read;
pub(crate) use template::{Part, Template};

/// The file of the application that ships.
const SHIPPED: (&str, &str) = (
    "spec/platforms/qore/applications/time-registration.yaml",
    include_str!(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../spec/platforms/qore/applications/time-registration.yaml"
    )),
);

/// The application that ships.
pub(super) fn shipped() -> Arc<App> {
    static APP: LazyLock<Arc<App>> = LazyLock::new(|| match read(SHIPPED.0, SHIPPED.1) {
        Ok(app) => Arc::new(app),
        // A test reads the file; without it there would be an application without resources.
        Err(problems) => {
            debug_assert!(problems.is_empty(), "{}", said(&problems));
            Arc::default()
        }
    });
    Arc::clone(&APP)
}

fn said(problems: &[Diagnostic]) -> String {
    problems.iter().map(Diagnostic::render).collect()
}

/// The JSON Schema (2020-12) of an application's file, for editors.
pub(super) fn schema() -> Value {
    schema::strict()
}
