//! Making, changing, deleting and trying data sources.

use serde_json::{Value, json};

use super::config::{needs_nothing, readable, valid, with_secrets_of};
use super::{resolve, view};
use crate::action::ActionContext as Context;
use crate::generated::lowcoder as g;
use crate::outcome::Outcome;
use crate::platforms::lowcoder::access::{Resource, Role, require_developer, require_member, require_role};
use crate::platforms::lowcoder::applications::uses_datasource;
use crate::platforms::lowcoder::refusal::{invalid_parameter, nothing_or, refused};
use crate::platforms::lowcoder::{ids, permissions};
use crate::platforms::reading::{caller, id, member, text, value};
use crate::state::Record;

/// What every body of a data source has to say: name, kind and organisation (5501), and settings that can be read (500).
struct Asked<'b> {
    name: &'b str,
    kind: &'b str,
    org: &'b str,
    config: &'b Value,
}

impl<'b> Asked<'b> {
    fn of(body: &'b Value) -> Result<Self, Outcome> {
        let given = |field: &str| {
            let text = member(body, field).filter(|text| !text.trim().is_empty());
            text.ok_or_else(|| {
                refused("invalid-datasource-configuration", format!("There has to be a `{field}`."))
            })
        };
        let asked = Self {
            name: given("name")?,
            kind: given("type")?,
            org: given("organizationId")?,
            config: body.get("datasourceConfig").unwrap_or(&Value::Null),
        };
        readable(asked.kind, asked.config)?;
        Ok(asked)
    }
}

/// Makes a data source that the caller owns (facts: lowcoder 10.8 D1).
pub(in crate::platforms::lowcoder) fn create_datasource(
    context: &mut Context<'_>,
    input: g::CreateDatasourceInput,
) -> Result<Value, Outcome> {
    let body = &input.body;
    let asked = Asked::of(body)?;
    require_member(context, &Value::from(asked.org))?;
    require_developer(context)?;
    if !body["id"].is_null() {
        return Err(invalid_parameter("A new data source has no id yet."));
    }
    valid(asked.kind, asked.config)?;
    let user = id(caller(context)?);
    let gid = ids::gid_or_new(context, member(body, "gid"));
    let fields = json!({
        "gid": gid, "name": asked.name, "type": asked.kind, "organizationId": asked.org,
        "datasourceStatus": member(body, "status").unwrap_or("NORMAL"), "datasourceConfig": asked.config,
        "createdBy": user, "createTime": ids::now(context),
    });
    let made = context.insert("datasources", fields);
    let datasource = made.map_err(|outcome| match outcome.name.as_ref() {
        "conflict" => refused("duplicate-database-name", "Another data source has that gid."),
        _ => outcome,
    })?;
    permissions::give_user(context, Resource::Datasource, &datasource, &user, Role::Owner)?;
    Ok(view(&datasource))
}

/// What is answered for a data source that is not there (facts: lowcoder 12 Q2).
fn none(context: &Context<'_>) -> Outcome {
    nothing_or(context, refused("datasource-not-found", "There is no such data source."))
}

/// Gives a data source another name and other settings; kind and organisation stay (facts: lowcoder 10.8 D3).
pub(in crate::platforms::lowcoder) fn update_datasource(
    context: &mut Context<'_>,
    input: g::UpdateDatasourceInput,
) -> Result<Value, Outcome> {
    let asked = Asked::of(&input.body)?;
    let datasource = resolve(context, &input.id)?.ok_or_else(|| none(context))?;
    require_role(context, Resource::Datasource, &datasource, Role::Owner)?;
    if asked.kind != text(&datasource, "type") {
        return Err(refused("invalid-datasource-config-type", "A data source stays of its kind."));
    }
    let before = value(&datasource, "datasourceConfig");
    let config = match asked.config {
        Value::Null => before,
        config => with_secrets_of(&before, config),
    };
    valid(asked.kind, &config)?;
    let changes = json!({ "name": asked.name, "datasourceConfig": config });
    let datasource = context.set(&datasource, changes)?;
    Ok(view(&datasource))
}

/// Deletes a data source that no application uses, deleted ones aside (facts: lowcoder 10.8 D4).
pub(in crate::platforms::lowcoder) fn delete_datasource(
    context: &mut Context<'_>,
    input: g::DeleteDatasourceInput,
) -> Result<Value, Outcome> {
    let datasource = resolve(context, &input.id)?.ok_or_else(|| none(context))?;
    require_role(context, Resource::Datasource, &datasource, Role::Owner)?;
    let key = text(&datasource, "id");
    let applications = context.all("applications", &[("orgId", &value(&datasource, "organizationId"))])?;
    let in_use = |application: &Record| {
        text(application, "applicationStatus") != "DELETED" && uses_datasource(application, key)
    };
    if applications.iter().any(in_use) {
        return Err(refused("datasource-has-remaining-queries", "Applications still use the data source."));
    }
    context.update(&datasource, json!({ "datasourceStatus": "DELETED" }))?;
    Ok(true.into())
}

/// Whether a connection works; only what needs no other system can (facts: lowcoder X21).
pub(in crate::platforms::lowcoder) fn test_datasource(
    _: &mut Context<'_>,
    input: g::TestDatasourceInput,
) -> Result<Value, Outcome> {
    let asked = Asked::of(&input.body)?;
    valid(asked.kind, asked.config)?;
    if needs_nothing(asked.kind) {
        return Ok(json!({ "code": 1, "message": "", "data": true, "success": true }));
    }
    let reason = format!("A mock connects to nothing: `{}` cannot be tried.", asked.kind);
    Ok(json!({ "code": 500, "message": reason, "success": false }))
}
