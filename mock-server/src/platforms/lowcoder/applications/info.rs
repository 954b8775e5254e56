//! Applications in answers.

use serde_json::{Map, Value, json};

use super::dsl::{container_size, setting};
use super::publishing::{dsl_of, newest};
use crate::action::ActionContext as Context;
use crate::outcome::Outcome;
use crate::platforms::lowcoder::access::{Role, user_name};
use crate::platforms::lowcoder::folders::last_view;
use crate::platforms::reading::{flag, id, number, text, value};
use crate::state::Record;

/// The type of applications that are no modules or layouts.
const APPLICATION: u64 = 1;

/// The version that lists tell of whatever has been published (facts: lowcoder 10.6 P6).
const LISTED_VERSION: &str = "0.0.1";

/// An application as answers about this one have it: who made it is an id. When the caller last looked and the picture are
/// only told in lists.
pub(super) fn single(
    context: &Context<'_>,
    application: &Record,
    role: Option<Role>,
) -> Result<Value, Outcome> {
    let newest = newest(context, application)?;
    let dsl = dsl_of(newest.as_ref(), application);
    let mut info = common(application, &dsl, role);
    // what was published without a tag does not count as such here
    let tagged = newest.filter(|version| !text(version, "tag").is_empty());
    info.extend(members(json!({
        "createBy": value(application, "createdBy"), "editingUserId": value(application, "editingUserId"),
        "lastViewTime": 0, "published": tagged.is_some(),
    })));
    if let Some(version) = tagged {
        info.extend(members(json!({
            "publishedVersion": value(&version, "tag"), "lastPublishedTime": published_at(&version),
        })));
    }
    Ok(Value::Object(info))
}

/// The members of `ApplicationInfoView` as lists have them: who made it is a name. `role` is the caller's.
///
/// # Errors
/// `internal` only.
pub(in crate::platforms::lowcoder) fn info(
    context: &Context<'_>,
    application: &Record,
    role: Option<Role>,
) -> Result<Value, Outcome> {
    let newest = newest(context, application)?;
    let dsl = dsl_of(newest.as_ref(), application);
    listed(context, application, role, newest.as_ref(), &dsl)
}

/// As [`info`], where the newest version and the DSL that counts are at hand.
fn listed(
    context: &Context<'_>,
    application: &Record,
    role: Option<Role>,
    newest: Option<&Record>,
    dsl: &Value,
) -> Result<Value, Outcome> {
    let mut info = common(application, dsl, role);
    let creator = user_name(context, &value(application, "createdBy"))?;
    info.extend(members(json!({
        "createBy": if creator.is_null() { Value::from("") } else { creator }, "editingUserId": null,
        "lastViewTime": last_view(context, text(application, "id"))?, "icon": setting(dsl, "icon"), "published": newest.is_some(),
    })));
    if let Some(version) = newest {
        info.extend(members(json!({
            "publishedVersion": LISTED_VERSION, "lastPublishedTime": published_at(version),
        })));
    }
    Ok(Value::Object(info))
}

/// As [`info`], with the size in which a module is shown.
pub(super) fn sized(
    context: &Context<'_>,
    application: &Record,
    role: Option<Role>,
) -> Result<Value, Outcome> {
    let newest = newest(context, application)?;
    let dsl = dsl_of(newest.as_ref(), application);
    let mut info = listed(context, application, role, newest.as_ref(), &dsl)?;
    if number(application, "applicationType") != APPLICATION {
        let size = container_size(&dsl);
        if !size.is_null() {
            info["containerSize"] = size;
        }
    }
    Ok(info)
}

fn common(application: &Record, dsl: &Value, role: Option<Role>) -> Map<String, Value> {
    members(json!({
        "id": id(application), "gid": value(application, "gid"), "orgId": value(application, "orgId"),
        "name": value(application, "name"), "createAt": value(application, "createAt"),
        "role": role.map_or("", Role::name), "applicationType": value(application, "applicationType"),
        "applicationStatus": value(application, "applicationStatus"), "folderId": value(application, "folderId"),
        "updatedAt": value(application, "updatedAt"), "lastEditedAt": number(application, "lastEditedAt"),
        "publicToAll": flag(application, "publicToAll"),
        "publicToMarketplace": flag(application, "publicToMarketplace"),
        "agencyProfile": flag(application, "agencyProfile"),
        "title": setting(dsl, "title"), "description": setting(dsl, "description"), "category": setting(dsl, "category"),
    }))
}

/// The members of `Application`: times are milliseconds there, but for `lastEditedAt`, which is seconds (facts: lowcoder 2).
pub(in crate::platforms::lowcoder) fn entity(application: &Record) -> Value {
    let mut entity = Value::Object(application.fields().clone());
    let edited = application.get("lastEditedAt").and_then(Value::as_f64);
    entity["lastEditedAt"] = edited.map(|milliseconds| milliseconds / 1000.0).into();
    entity
}

/// When a version was made, in seconds since 1970 with a fraction.
#[allow(clippy::cast_precision_loss, reason = "times of this millennium are far below 2^53 milliseconds")]
fn published_at(version: &Record) -> f64 {
    number(version, "createTime") as f64 / 1000.0
}

/// An answer with the DSL, and, where it is to be shown, with what belongs to it.
pub(super) fn view(mut info: Value, dsl: Value, shown: Option<Shown>) -> Value {
    let Shown { modules, settings, template } = shown.unwrap_or_default();
    info["applicationDSL"] = dsl;
    info["moduleDSL"] = modules;
    info["orgCommonSettings"] = settings;
    info["templateId"] = template;
    info
}

/// What an application needs to be shown; null for what is not told.
#[derive(Default)]
pub(super) struct Shown {
    pub(super) modules: Value,
    pub(super) settings: Value,
    pub(super) template: Value,
}

/// What is being edited; an empty object for an application that began without.
pub(super) fn edited_dsl(application: &Record) -> Value {
    match value(application, "editingApplicationDSL") {
        Value::Null => Value::Object(Map::new()),
        dsl => dsl,
    }
}

fn members(object: Value) -> Map<String, Value> {
    match object {
        Value::Object(members) => members,
        _ => Map::new(),
    }
}
