//! Lists of applications: of the current organisation, of the recycle bin, of what everybody may see.

use serde_json::{Value, json};

use super::dsl::setting;
use super::info::{info, sized};
use super::publishing::{live_dsl, newest};
use super::reach::role;
use crate::action::ActionContext as Context;
use crate::generated::lowcoder as g;
use crate::outcome::Outcome;
use crate::platforms::lowcoder::access::{Role, current_org, user, user_name};
use crate::platforms::lowcoder::paging::Page;
use crate::platforms::reading::{id, number, on, text, value};
use crate::state::Record;

/// The types that there are (facts: lowcoder 8); a filter with another number filters nothing.
const TYPES: [i64; 7] = [1, 2, 3, 4, 6, 7, 8];

/// Which applications a list is to have; `None` filters nothing.
#[derive(Default)]
struct Filter<'a> {
    kind: Option<i64>,
    status: Option<&'a str>,
    name: Option<&'a str>,
    category: Option<&'a str>,
}

/// The applications of the current organisation that the caller may view, deleted ones too (facts: lowcoder 10.6 P6).
pub(in crate::platforms::lowcoder) fn list_applications(
    context: &mut Context<'_>,
    input: g::ListApplicationsInput,
) -> Result<Value, Outcome> {
    let filter = Filter {
        kind: input.application_type,
        status: input.application_status.as_deref(),
        name: input.name.as_deref(),
        category: input.category.as_deref(),
    };
    let found = viewable(context, &filter)?;
    Page::new(input.page_num, input.page_size).answer(&found, |(application, role)| {
        if input.with_container_size {
            return sized(context, application, Some(*role));
        }
        info(context, application, Some(*role))
    })
}

/// The recycle bin, as far as the caller may view it (facts: lowcoder 10.6 P9).
pub(in crate::platforms::lowcoder) fn list_recycled_applications(
    context: &mut Context<'_>,
    input: g::ListRecycledApplicationsInput,
) -> Result<Value, Outcome> {
    let (name, category) = (input.name.as_deref(), input.category.as_deref());
    let found = viewable(context, &Filter { status: Some("RECYCLED"), name, category, kind: None })?;
    found.iter().map(|(application, role)| info(context, application, Some(*role))).collect()
}

/// Applications of the current organisation, with the caller's role on each.
fn viewable(context: &Context<'_>, filter: &Filter<'_>) -> Result<Vec<(Record, Role)>, Outcome> {
    let org = current_org(context)?;
    let mut found = Vec::new();
    for application in context.all("applications", &[("orgId", &id(&org))])? {
        let passes = of_kind(&application, filter.kind)
            && filter.status.is_none_or(|status| text(&application, "applicationStatus") == status)
            && filter.name.is_none_or(|part| contains(text(&application, "name"), part))
            && match filter.category {
                Some(part) => contains(setting(&live_dsl(context, &application)?, "category"), part),
                None => true,
            };
        if passes && let Some(role) = role(context, &application)? {
            found.push((application, role));
        }
    }
    Ok(found)
}

fn of_kind(application: &Record, kind: Option<i64>) -> bool {
    let kind = kind.filter(|kind| TYPES.contains(kind));
    kind.is_none_or(|kind| u64::try_from(kind) == Ok(number(application, "applicationType")))
}

/// Whether a text has a part, in whatever case.
pub(super) fn contains(text: &str, part: &str) -> bool {
    text.to_lowercase().contains(&part.to_lowercase())
}

/// What the marketplace shows: nothing for anonymous callers in private mode (facts: lowcoder 11 X19).
pub(in crate::platforms::lowcoder) fn list_marketplace_applications(
    context: &mut Context<'_>,
    input: g::ListMarketplaceApplicationsInput,
) -> Result<Value, Outcome> {
    if user(context).is_none() && on(context, "LOWCODER_MARKETPLACE_PRIVATE_MODE") {
        return Ok(json!([]));
    }
    let mut items = Vec::new();
    for application in public(context, "publicToMarketplace", input.application_type)? {
        let mut item = item(context, &application)?;
        // Only what was published says more than its name.
        let version = newest(context, &application)?.map_or(Value::Null, |version| value(&version, "dsl"));
        let settings = &version["settings"];
        item["title"] = if settings["title"].is_string() {
            settings["title"].clone()
        } else {
            value(&application, "name")
        };
        for (name, setting) in [("description", "description"), ("category", "category"), ("image", "icon")] {
            if settings[setting].is_string() {
                item[name] = settings[setting].clone();
            }
        }
        items.push(item);
    }
    Ok(Value::Array(items))
}

/// The applications that are profiles of agencies (facts: lowcoder 11 X19).
pub(in crate::platforms::lowcoder) fn list_agency_profile_applications(
    context: &mut Context<'_>,
    input: g::ListAgencyProfileApplicationsInput,
) -> Result<Value, Outcome> {
    current_org(context)?;
    let found = public(context, "agencyProfile", input.application_type)?;
    found.iter().map(|application| item(context, application)).collect()
}

/// What is public in that way, and public at all, of all organisations. The status does not count.
fn public(context: &Context<'_>, because: &str, kind: Option<i64>) -> Result<Vec<Record>, Outcome> {
    let yes = Value::Bool(true);
    let mut found = context.all("applications", &[("publicToAll", &yes), (because, &yes)])?;
    found.retain(|application| of_kind(application, kind));
    Ok(found)
}

fn item(context: &Context<'_>, application: &Record) -> Result<Value, Outcome> {
    let org = context.get("organizations", &value(application, "orgId"))?;
    let creator = value(application, "createdBy");
    Ok(json!({
        "id": id(application), "name": value(application, "name"), "orgId": value(application, "orgId"),
        "orgName": org.map_or(Value::Null, |org| value(&org, "name")), "creatorEmail": user_name(context, &creator)?,
        "createAt": value(application, "createAt"), "createBy": creator,
        "applicationType": value(application, "applicationType"),
        "applicationStatus": value(application, "applicationStatus"),
    }))
}
