//! The order of events of an import.

use serde_json::{Map, Value, json};

use super::environments::Environments;
use super::ids::Ids;
use super::{fill, name, release, shape, versions};
use crate::action::ActionContext;
use crate::generated::tooljet::ImportAppInput;
use crate::outcome::Outcome;
use crate::platforms::tooljet::change_role::can_act;
use crate::platforms::tooljet::groups::{self, ADMIN};
use crate::platforms::tooljet::records::{id, member};
use crate::state::Record;

/// What becomes fields of the app's record; everything else of `appV2` is content.
const SCALARS: [&str; 6] =
    ["isPublic", "isMaintenanceOn", "icon", "workflowApiToken", "workflowEnabled", "creationMode"];

/// What the server decides, or keeps as records of its own.
const DECIDED: [&str; 11] = [
    "type",
    "id",
    "name",
    "slug",
    "organizationId",
    "currentVersionId",
    "userId",
    "createdAt",
    "updatedAt",
    "editingVersion",
    "appEnvironments",
];

pub(in super::super) fn import_app(
    context: &mut ActionContext<'_>,
    mut input: ImportAppInput,
) -> Result<Record, Outcome> {
    let written_by = member(&input.document, "tooljet_version").unwrap_or_default().to_owned();
    release::refuse_newer(&written_by, &input.release)?;
    let asked = member(&input.document, "appName").filter(|name| !name.is_empty()).map(str::to_owned);
    let (mut app, mut extras) = match first_definition(&mut input.document) {
        Some(definition) => split(definition)?,
        None if asked.is_some() => (Map::new(), Map::new()),
        None => return Err(Outcome::new("nothing-to-import", "either app or appName is required")),
    };
    refuse_other_types(&app)?;

    let workspace = Value::from(input.workspace);
    let environments = Environments::of(context, &workspace, &app)?;
    let mut ids = Ids::of(context, &app);
    shape::check(&app, &ids)?;
    versions::refuse_duplicates(&app)?;
    let name = name::choose(context, &workspace, asked, &app, &extras)?;
    let owner = owner(context, &workspace)?;

    let app_id = ids.fresh_of(app.get("id"), context);
    // From here on the document speaks of the new ids, the workspace's environments and the workspace.
    let mut versions = versions::take(&mut app);
    let current = environments.current(&versions);
    ids.alias(app.get("organizationId"), &workspace);
    environments.alias_into(&mut ids);
    for one in [&mut app, &mut extras] {
        ids.rename_members(one);
    }
    versions.iter_mut().for_each(|version| ids.rename(version));
    for (version, current) in versions.iter_mut().zip(current) {
        version["currentEnvironmentId"] = current;
    }
    versions::complete(context, &mut versions, &app_id);
    fill::complete(context, &mut app, &versions)?;

    let mut fields = json!({
        "id": app_id,
        "type": "front-end",
        "name": name,
        "slug": app_id,
        "organizationId": workspace,
        "currentVersionId": null,
        "userId": owner,
        "tooljet_version": written_by,
    });
    fields["tables"] = input.document.get_mut("tooljet_database").map(Value::take).unwrap_or_else(|| json!([]));
    for scalar in SCALARS {
        if let Some(value) = app.shift_remove(scalar) {
            fields[scalar] = value;
        }
    }
    app.retain(|name, _| !DECIDED.contains(&name.as_str()));
    fields["content"] = Value::Object(app);
    fields["extras"] = Value::Object(extras);
    let app = context.insert("apps", fields)?;
    for version in versions {
        context.insert("app_versions", version)?;
    }
    Ok(app)
}

/// The definition of the first app; later ones are not read.
fn first_definition(document: &mut Value) -> Option<Value> {
    let first = document.get_mut("app")?.as_array_mut()?.first_mut()?;
    Some(first.get_mut("definition").map(Value::take).unwrap_or_default())
}

/// `appV2` and what stands beside it.
fn split(definition: Value) -> Result<(Map<String, Value>, Map<String, Value>), Outcome> {
    let Value::Object(mut extras) = definition else {
        return Err(shape::unreadable("`definition` must be an object"));
    };
    match extras.shift_remove("appV2") {
        Some(Value::Object(app)) => Ok((app, extras)),
        Some(_) => Err(shape::unreadable("`definition.appV2` must be an object")),
        None => Err(shape::unreadable("`definition.appV2` is missing")),
    }
}

/// Modules and workflows have imports of their own.
fn refuse_other_types(app: &Map<String, Value>) -> Result<(), Outcome> {
    match app.get("type").and_then(Value::as_str) {
        None | Some("front-end") => Ok(()),
        Some(other) => {
            let sentence = format!("The document holds an app of the type {other}, not a front-end app");
            Err(Outcome::new("not-an-app", sentence))
        }
    }
}

/// The first admin who can act, else the first admin.
fn owner(context: &ActionContext<'_>, workspace: &Value) -> Result<Value, Outcome> {
    let admin = groups::role(context, workspace, ADMIN)?;
    let admins = context.all("memberships", &[("workspace", workspace), ("role", &id(&admin))])?;
    let acting = admins.iter().find(|membership| can_act(context, membership));
    let owner = acting.or(admins.first()).and_then(|membership| membership.get("user"));
    owner.cloned().ok_or_else(|| shape::unreadable("the workspace has no admin who could own the app"))
}
