//! Data sources one by one and in lists.

use serde_json::Value;

use super::{config, owned, resolve, role, system, view};
use crate::action::ActionContext as Context;
use crate::generated::lowcoder as g;
use crate::outcome::Outcome;
use crate::platforms::lowcoder::access::{Role, user_name};
use crate::platforms::lowcoder::applications;
use crate::platforms::lowcoder::paging::Page;
use crate::platforms::lowcoder::refusal::{invalid_parameter, not_authorized, refused};
use crate::platforms::reading::{text, value};
use crate::state::Record;

/// A data source for its owners; those of the system are everybody's (facts: lowcoder 10.8 D2, 6).
pub(in crate::platforms::lowcoder) fn get_datasource(
    context: &mut Context<'_>,
    input: g::GetDatasourceInput,
) -> Result<Value, Outcome> {
    match system(&input.id) {
        Some(view) => Ok(view),
        None => Ok(view(&owned(context, &input.id)?)),
    }
}

/// A data source for whoever may use it; for others there is none.
pub(in crate::platforms::lowcoder) fn get_datasource_info(
    context: &mut Context<'_>,
    input: g::GetDatasourceInfoInput,
) -> Result<Value, Outcome> {
    let key = input.datasource_id.unwrap_or_default();
    if key.trim().is_empty() {
        return Err(invalid_parameter("There has to be a `datasourceId`."));
    }
    if let Some(view) = system(&key) {
        return Ok(view);
    }
    if let Some(datasource) = resolve(context, &key)?
        && role(context, &datasource)?.is_some()
    {
        return Ok(view(&datasource));
    }
    Err(refused("datasource-not-found", "There is no such data source."))
}

/// What a list may ask for: a part of the name in whatever case, and one kind.
struct Wanted {
    name: String,
    kind: Option<String>,
    page: Page,
}

impl Wanted {
    fn new(name: Option<String>, kind: Option<String>, page: Page) -> Self {
        let kind = kind.filter(|kind| !kind.is_empty());
        Self { name: name.unwrap_or_default().to_lowercase(), kind, page }
    }

    fn meets(&self, datasource: &Record) -> bool {
        text(datasource, "datasourceStatus") == "NORMAL"
            && text(datasource, "name").to_lowercase().contains(&self.name)
            && self.kind.as_ref().is_none_or(|kind| kind == text(datasource, "type"))
    }
}

/// A page of an organisation's data sources that the caller may use.
fn usable(context: &Context<'_>, org: &Value, wanted: &Wanted) -> Result<Value, Outcome> {
    let mut found = Vec::new();
    for datasource in context.all("datasources", &[("organizationId", org)])? {
        if wanted.meets(&datasource)
            && let Some(role) = role(context, &datasource)?
        {
            found.push((datasource, role == Role::Owner));
        }
    }
    wanted.page.answer(&found, |(datasource, edit)| item(context, datasource, *edit))
}

/// The members of `DatasourceView`.
fn item(context: &Context<'_>, datasource: &Record, edit: bool) -> Result<Value, Outcome> {
    let mut item = view(datasource);
    item["edit"] = edit.into();
    item["creatorName"] = user_name(context, &value(datasource, "createdBy"))?;
    Ok(item)
}

/// Data sources of an organisation; who is not in it sees none (facts: lowcoder 10.8 D5).
pub(in crate::platforms::lowcoder) fn list_datasources_by_org(
    context: &mut Context<'_>,
    input: g::ListDatasourcesByOrgInput,
) -> Result<Value, Outcome> {
    if input.org_id.trim().is_empty() {
        return Err(invalid_parameter("`orgId` is blank."));
    }
    let wanted = Wanted::new(input.name, input.r#type, Page::new(input.page_num, input.page_size));
    usable(context, &Value::from(input.org_id), &wanted)
}

/// Data sources of an application's organisation, for who may view the application.
pub(in crate::platforms::lowcoder) fn list_datasources_by_app(
    context: &mut Context<'_>,
    input: g::ListDatasourcesByAppInput,
) -> Result<Value, Outcome> {
    let application = applications::resolve(context, &input.app_id)?;
    applications::role(context, &application)?.ok_or_else(not_authorized)?;
    let wanted = Wanted::new(input.name, input.r#type, Page::new(input.page_num, input.page_size));
    usable(context, &value(&application, "orgId"), &wanted)
}

/// Data sources of plug-ins in an application's organisation, for who may view the application, whoever may use them:
/// without any settings (facts: lowcoder 4.3, X22).
pub(in crate::platforms::lowcoder) fn list_node_service_plugins(
    context: &mut Context<'_>,
    input: g::ListNodeServicePluginsInput,
) -> Result<Value, Outcome> {
    let application = applications::resolve(context, &input.app_id)?;
    applications::require(context, &application, Role::Viewer)?;
    let wanted = Wanted::new(input.name, input.r#type, Page::new(input.page_num, input.page_size));
    let mut found = context.all("datasources", &[("organizationId", &value(&application, "orgId"))])?;
    found.retain(|datasource| wanted.meets(datasource) && config::is_plugin(text(datasource, "type")));
    wanted.page.answer(&found, |datasource| {
        let edit = role(context, datasource)? == Some(Role::Owner);
        let mut item = item(context, datasource, edit)?;
        item["datasourceConfig"] = Value::Null;
        Ok(item)
    })
}
