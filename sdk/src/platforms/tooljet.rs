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

use serde::ser::Error as _;
use serde_json::Value;

impl TryFrom<types::ExportDocument> for types::ImportDocument {
    type Error = serde_json::Error;

    /// An exported document as one to import, with everything in it that this crate does not know. Give it a name with
    /// [`app_name`](types::ImportDocument::app_name) where the old one is taken.
    ///
    /// # Errors
    /// When a definition cannot be written as a JSON object, as which importing takes it, also from other releases. One
    /// that came as JSON can.
    fn try_from(exported: types::ExportDocument) -> Result<Self, Self::Error> {
        let types::ExportDocument { app, tooljet_database, tooljet_version, extra } = exported;
        let apps =
            app.into_iter().map(|types::ExportedApp { definition, extra }| {
                match serde_json::to_value(definition)? {
                    Value::Object(definition) => Ok(types::ImportedApp { definition, extra }),
                    _ => Err(serde_json::Error::custom("a definition is an object")),
                }
            });
        let app = Some(apps.collect::<Result<Vec<_>, _>>()?);
        Ok(Self { app, tooljet_database, tooljet_version, app_name: None, extra })
    }
}
