//! `create_application`.

use serde_json::json;

use crate::action::ActionContext;
use crate::outcome::Outcome;
use crate::platforms::baserow::records::key;
use crate::platforms::baserow::{ordering, sight, tables};

/// Makes an application, the last of the workspace that an earlier step found.
///
/// # Errors
/// `ERROR_APPLICATION_TYPE_DOES_NOT_EXIST`.
pub(in crate::platforms::baserow) fn create_application(
    context: &mut ActionContext<'_>,
    kind: &str,
    name: &str,
    init_with_data: bool,
) -> Result<(), Outcome> {
    if !["database", "builder", "dashboard"].contains(&kind) {
        let sentence = format!("there is no type of application `{kind}`");
        return Err(Outcome::new("ERROR_APPLICATION_TYPE_DOES_NOT_EXIST", sentence));
    }
    let workspace = sight::bound(context, "workspace")?;
    let order = ordering::next(context, "applications", ("workspace", key(&workspace)))?;
    let fields = json!({ "workspace": key(&workspace), "name": name, "type": kind, "order": order });
    let application = context.insert("applications", fields)?;
    if kind == "database" && init_with_data {
        tables::create(context, &application, "Table", None)?;
    }
    context.produce(application);
    Ok(())
}
