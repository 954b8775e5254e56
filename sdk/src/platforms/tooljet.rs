//! ToolJet: administration of users, workspaces and applications from outside.
//!
//! The credential is the instance's `EXTERNAL_API_ACCESS_TOKEN`, as it stands in its `.env` file.
//!
//! ```no_run
//! use tercet_sdk::tooljet::{Client, types::{CreateUser, RequestedStatus, WorkspaceRef}};
//!
//! # async fn run() -> Result<(), Box<dyn std::error::Error>> {
//! let client = Client::builder("https://tools.example.com").credential("the access token").build()?;
//!
//! let place = WorkspaceRef::new().name("team-space").role("builder");
//! let user = client
//!     .create_user(CreateUser::new("Alice Johnson", "alice@example.com", [place]).status(RequestedStatus::Active))
//!     .await?;
//! println!("{} is {}", user.name, user.status);
//!
//! match client.get_user("john@example.com").await {
//!     Ok(john) => println!("{}", john.id),
//!     Err(error) if error.is_not_found() => println!("nobody of that name"),
//!     Err(error) => return Err(error.into()),
//! }
//! # Ok(())
//! # }
//! ```

#[doc(inline)]
pub use crate::generated::tooljet::{Client, calls, errors, types};

use serde_json::{Map, Value};

impl From<types::ExportDocument> for types::ImportDocument {
    /// An exported document as one to import, with everything in it that this crate does not know. Give it a name with
    /// [`app_name`](types::ImportDocument::app_name) where the old one is taken.
    fn from(exported: types::ExportDocument) -> Self {
        let types::ExportDocument { app, tooljet_database, tooljet_version, extra } = exported;
        let apps = app.into_iter().map(|types::ExportedApp { definition, extra }| types::ImportedApp {
            definition: definition_members(&definition),
            extra,
        });
        Self { app: Some(apps.collect()), tooljet_database, tooljet_version, app_name: None, extra }
    }
}

/// The members of a definition, which importing takes as a whole, also from other releases.
fn definition_members(definition: &types::AppDefinition) -> Map<String, Value> {
    // A struct of texts, numbers, lists and JSON always has a JSON form, and that form is an object.
    match serde_json::to_value(definition) {
        Ok(Value::Object(members)) => members,
        Ok(_) | Err(_) => unreachable!("a struct is written as an object"),
    }
}
