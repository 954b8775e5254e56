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
use crate::platforms::tooljet::reading::{id, member};
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

/// The definition of an app: `appV2`, and what stands beside it.
#[derive(Default)]
struct Definition {
    app: Map<String, Value>,
    extras: Map<String, Value>,
}

pub(in super::super) fn import_app(
    context: &mut ActionContext<'_>,
    mut input: ImportAppInput,
) -> Result<Record, Outcome> {
    let release = member(&input.document, "tooljet_version").unwrap_or_default().to_owned();
    release::refuse_newer(&release, &input.release)?;
    let asked = member(&input.document, "appName").filter(|name| !name.is_empty()).map(str::to_owned);
    let definition = match first_definition(&mut input.document) {
        Some(definition) => split(definition)?,
        None if asked.is_some() => Definition::default(),
        None => return Err(Outcome::new("nothing-to-import", "either app or appName is required")),
    };
    refuse_other_types(&definition.app)?;
    let ids = Ids::of(context, &definition.app);
    shape::check(&definition.app, &ids)?;
    versions::refuse_duplicates(&definition.app)?;
    let workspace = Value::from(input.workspace);
    let decided = json!({
        "id": ids.fresh_of(definition.app.get("id"), context),
        "name": name::choose(context, &workspace, asked, &definition.app, &definition.extras)?,
        "organizationId": workspace,
        "userId": owner(context, &workspace)?,
        "tooljet_version": release,
        "tables": input.document.get_mut("tooljet_database").map(Value::take).unwrap_or_else(|| json!([])),
    });
    make(context, definition, ids, decided)
}

/// Makes the records, in the words of the workspace: new ids, its own environments. `decided` is what has been decided of
/// the app's record.
fn make(
    context: &mut ActionContext<'_>,
    mut definition: Definition,
    mut ids: Ids,
    decided: Value,
) -> Result<Record, Outcome> {
    let (id, workspace) = (decided["id"].clone(), decided["organizationId"].clone());
    let environments = Environments::of(context, &workspace, &definition.app)?;
    let mut versions = versions::take(&mut definition.app);
    let current = environments.current(&versions);
    ids.alias(definition.app.get("organizationId"), &workspace);
    environments.alias_into(&mut ids);
    ids.rename_members(&mut definition.app);
    ids.rename_members(&mut definition.extras);
    for (version, current) in versions.iter_mut().zip(current) {
        ids.rename(version);
        version["currentEnvironmentId"] = current;
        version["appId"] = id.clone();
    }
    versions::complete(context, &mut versions);
    fill::complete(context, &mut definition.app, &versions)?;
    let app = context.insert("apps", record(definition, decided))?;
    for version in versions {
        context.insert("app_versions", version)?;
    }
    Ok(app)
}

/// The fields of the app's record.
fn record(definition: Definition, mut decided: Value) -> Value {
    let Definition { mut app, extras } = definition;
    decided["type"] = "front-end".into();
    decided["slug"] = decided["id"].clone();
    decided["currentVersionId"] = Value::Null;
    for scalar in SCALARS {
        if let Some(value) = app.shift_remove(scalar) {
            decided[scalar] = value;
        }
    }
    app.retain(|name, _| !DECIDED.contains(&name.as_str()));
    decided["content"] = Value::Object(app);
    decided["extras"] = Value::Object(extras);
    decided
}

/// The definition of the first app; later ones are not read.
fn first_definition(document: &mut Value) -> Option<Value> {
    let first = document.get_mut("app")?.as_array_mut()?.first_mut()?;
    Some(first.get_mut("definition").map(Value::take).unwrap_or_default())
}

fn split(definition: Value) -> Result<Definition, Outcome> {
    let Value::Object(mut extras) = definition else {
        return Err(shape::unreadable("`definition` must be an object"));
    };
    match extras.shift_remove("appV2") {
        Some(Value::Object(app)) => Ok(Definition { app, extras }),
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
