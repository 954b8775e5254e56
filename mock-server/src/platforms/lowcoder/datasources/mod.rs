//! Data sources (facts: lowcoder 10.8, X20 to X22): connections that applications use. Owners manage them, viewers may use
//! them. A deleted one stays, with that state, and can still be read by its id.

mod change;
mod config;
mod listing;
mod roles;

use serde_json::{Value, json};

pub(super) use self::change::{create_datasource, delete_datasource, test_datasource, update_datasource};
pub(super) use self::listing::{
    get_datasource, get_datasource_info, list_datasources_by_app, list_datasources_by_org,
    list_node_service_plugins,
};
pub(super) use self::roles::{
    grant_datasource_permissions, list_datasource_permissions, revoke_datasource_permission,
    update_datasource_permission,
};
use super::access::{Resource, Role, require_role, role_on};
use super::ids;
use super::refusal::not_authorized;
use crate::action::ActionContext as Context;
use crate::outcome::Outcome;
use crate::platforms::reading::value;
use crate::state::Record;

/// The data sources that are there without anybody having made them: id, name, kind (facts: lowcoder 6).
const SYSTEM: [(&str, &str, &str); 3] = [
    ("#QUICK_REST_API", "REST Query", "restApi"),
    ("#QUICK_GRAPHQL", "Graphql Query", "graphql"),
    ("#JS_CODE", "JavaScript Query", "js"),
];

/// Whether the caller may use a data source in queries; everybody may use those of the system. `None` for an unknown one,
/// which is no obstacle to who writes a query with it into an application, and hides it in the library (facts: lowcoder
/// 10.6 P4, 10.9 L5).
pub(super) fn may_use(context: &Context<'_>, datasource_id: &str) -> Result<Option<bool>, Outcome> {
    if SYSTEM.iter().any(|(id, ..)| *id == datasource_id) {
        return Ok(Some(true));
    }
    match resolve(context, datasource_id)? {
        Some(datasource) => Ok(Some(role(context, &datasource)?.is_some())),
        None => Ok(None),
    }
}

/// The data source that an id or a gid names, deleted or not.
fn resolve(context: &Context<'_>, id: &str) -> Result<Option<Record>, Outcome> {
    ids::resolve(context, "datasources", id)
}

fn role(context: &Context<'_>, datasource: &Record) -> Result<Option<Role>, Outcome> {
    role_on(context, Resource::Datasource, datasource)
}

/// A data source that the caller owns; 5001 for others, and for an unknown one as well (facts: lowcoder 10.8 D2).
fn owned(context: &Context<'_>, id: &str) -> Result<Record, Outcome> {
    let datasource = resolve(context, id)?.ok_or_else(not_authorized)?;
    require_role(context, Resource::Datasource, &datasource, Role::Owner)?;
    Ok(datasource)
}

/// The members of `Datasource`, without secrets.
fn view(datasource: &Record) -> Value {
    let mut view = Value::Object(datasource.fields().clone());
    view["creationSource"] = 0.into();
    view["pluginDefinition"] = Value::Null;
    view["datasourceConfig"] = config::shown(&value(datasource, "datasourceConfig"));
    view
}

/// A data source of the system, as it is told; `None` where the id is not that of one.
fn system(id: &str) -> Option<Value> {
    let (id, name, kind) = SYSTEM.iter().find(|(own, ..)| *own == id)?;
    Some(json!({
        "id": id, "createdBy": null, "gid": null, "name": name, "type": kind, "organizationId": null,
        "creationSource": 0, "datasourceStatus": "NORMAL", "pluginDefinition": null, "createTime": 0,
        "datasourceConfig": null,
    }))
}
