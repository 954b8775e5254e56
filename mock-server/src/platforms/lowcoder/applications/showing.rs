//! Applications to edit, and to use.

use serde_json::{Map, Value, json};

use super::dsl::{modules, without_tests};
use super::info::{Shown, edited_dsl, single, view};
use super::publishing::live_dsl;
use super::reach::{editable, in_state, named, require, turned_away};
use crate::action::ActionContext as Context;
use crate::generated::lowcoder as g;
use crate::outcome::Outcome;
use crate::platforms::lowcoder::access::{Resource, Role, role_on, user};
use crate::platforms::lowcoder::folders::viewed;
use crate::platforms::lowcoder::ids::now;
use crate::platforms::lowcoder::refusal::unsupported;
use crate::platforms::reading::{flag, on, text, value};
use crate::state::Record;

/// An application to edit (facts: lowcoder 10.6 P2). Looking at it counts as a change of it.
pub(in crate::platforms::lowcoder) fn get_application_data_in_edit_mode(
    context: &mut Context<'_>,
    input: g::GetApplicationDataInEditModeInput,
) -> Result<Value, Outcome> {
    let application = named(context, &input.application_id)?;
    let role = editable(context, &application)?;
    if input.with_deleted != Some(true) {
        in_state(&application, "NORMAL")?;
    }
    let application = context.set(&application, json!({ "updatedAt": now(context) }))?;
    viewed(context, text(&application, "id"))?;
    let dsl = edited_dsl(&application);
    let shown = Shown {
        modules: modules(context, &dsl)?,
        settings: common_settings(context, &application)?,
        template: Value::Null,
    };
    Ok(view(single(context, &application, Some(role))?, dsl, Some(shown)))
}

/// An application to use (facts: lowcoder 10.6 P3).
pub(in crate::platforms::lowcoder) fn get_application_data_in_view_mode(
    context: &mut Context<'_>,
    input: g::GetApplicationDataInViewModeInput,
) -> Result<Value, Outcome> {
    let application = named(context, &input.application_id)?;
    let role = require(context, &application, Role::Viewer)?;
    if input.with_deleted != Some(true) {
        in_state(&application, "NORMAL")?;
    }
    shown(context, &application, role)
}

/// An application of the marketplace to use (facts: lowcoder 11 X19).
pub(in crate::platforms::lowcoder) fn get_marketplace_application_data_in_view_mode(
    context: &mut Context<'_>,
    input: g::GetMarketplaceApplicationDataInViewModeInput,
) -> Result<Value, Outcome> {
    let application = named(context, &input.application_id)?;
    let open = user(context).is_some() || !on(context, "LOWCODER_MARKETPLACE_PRIVATE_MODE");
    shown_because(context, &application, "publicToMarketplace", open)
}

/// An application of an agency to use (facts: lowcoder 11 X19).
pub(in crate::platforms::lowcoder) fn get_agency_profile_application_data_in_view_mode(
    context: &mut Context<'_>,
    input: g::GetAgencyProfileApplicationDataInViewModeInput,
) -> Result<Value, Outcome> {
    let application = named(context, &input.application_id)?;
    shown_because(context, &application, "agencyProfile", true)
}

/// Shows what is public in that way, and public at all. `open` says whether the caller may profit from that.
///
/// # Errors
/// 5600 and 5308 for who has no role and finds it not public; 5003 for who has one.
fn shown_because(
    context: &mut Context<'_>,
    application: &Record,
    because: &str,
    open: bool,
) -> Result<Value, Outcome> {
    let public = flag(application, because) && flag(application, "publicToAll");
    let role = match role_on(context, Resource::Application, application)? {
        Some(role) => role,
        None if public && open => Role::Viewer,
        None => return Err(turned_away(context, application)?),
    };
    in_state(application, "NORMAL")?;
    if !public {
        return Err(unsupported("The application is not public in that way."));
    }
    shown(context, application, role)
}

fn shown(context: &mut Context<'_>, application: &Record, role: Role) -> Result<Value, Outcome> {
    viewed(context, text(application, "id"))?;
    let dsl = live_dsl(context, application)?;
    let shown = Shown {
        modules: modules(context, &dsl)?,
        settings: common_settings(context, application)?,
        template: Value::from(""),
    };
    Ok(view(single(context, application, Some(role))?, without_tests(dsl), Some(shown)))
}

/// The settings of the application's organisation.
fn common_settings(context: &Context<'_>, application: &Record) -> Result<Value, Outcome> {
    let org = context.get("organizations", &value(application, "orgId"))?;
    Ok(match org.map(|org| value(&org, "commonSettings")) {
        None | Some(Value::Null) => Value::Object(Map::new()),
        Some(settings) => settings,
    })
}
