//! The states of an application: `NORMAL`, then `RECYCLED` and back, or `DELETED` for good; and what its editors switch.

use serde_json::{Value, json};

use super::info::{edited_dsl, single, view};
use super::reach::{editable, in_state, may, named};
use crate::action::ActionContext as Context;
use crate::generated::lowcoder as g;
use crate::outcome::Outcome;
use crate::platforms::lowcoder::access::Role;
use crate::platforms::lowcoder::ids::now;
use crate::state::Record;

/// Moves an application to the recycle bin (facts: lowcoder 10.6 P7).
pub(in crate::platforms::lowcoder) fn recycle_application(
    context: &mut Context<'_>,
    input: g::RecycleApplicationInput,
) -> Result<Value, Outcome> {
    step(context, &input.application_id, ["NORMAL", "RECYCLED"]).map(|_| true.into())
}

/// Takes an application out of the recycle bin (facts: lowcoder 10.6 P8).
pub(in crate::platforms::lowcoder) fn restore_recycled_application(
    context: &mut Context<'_>,
    input: g::RestoreRecycledApplicationInput,
) -> Result<Value, Outcome> {
    step(context, &input.application_id, ["RECYCLED", "NORMAL"]).map(|_| true.into())
}

/// Deletes an application that is in the recycle bin; its record stays (facts: lowcoder 10.6 P10).
pub(in crate::platforms::lowcoder) fn delete_application(
    context: &mut Context<'_>,
    input: g::DeleteApplicationInput,
) -> Result<Value, Outcome> {
    let application = step(context, &input.application_id, ["RECYCLED", "DELETED"])?;
    let info = single(context, &application, None)?;
    Ok(view(info, edited_dsl(&application), None))
}

/// From one status to another, for owners.
///
/// # Errors
/// 5308 for who may not edit it, 5003 in another status, 5001 for editors, in this order.
fn step(context: &mut Context<'_>, id: &str, [from, to]: [&str; 2]) -> Result<Record, Outcome> {
    let application = named(context, id)?;
    editable(context, &application)?;
    in_state(&application, from)?;
    may(context, &application, Role::Owner)?;
    context.update(&application, json!({ "applicationStatus": to, "updatedAt": now(context) }))
}

/// Finishes editing; there is nothing to do at its beginning, which snapshots tell (facts: lowcoder 11 X17).
pub(in crate::platforms::lowcoder) fn update_application_editing_state(
    context: &mut Context<'_>,
    input: g::UpdateApplicationEditingStateInput,
) -> Result<Value, Outcome> {
    let application = named(context, &input.application_id)?;
    in_state(&application, "NORMAL")?;
    may(context, &application, Role::Editor)?;
    if input.body["editingFinished"] == true {
        context.update(&application, json!({ "editingUserId": "", "updatedAt": now(context) }))?;
    }
    Ok(true.into())
}

/// Shows an application to everybody, or no longer (facts: lowcoder 10.6 P11).
pub(in crate::platforms::lowcoder) fn set_application_as_public(
    context: &mut Context<'_>,
    input: g::SetApplicationAsPublicInput,
) -> Result<Value, Outcome> {
    switch(context, &input.application_id, "publicToAll", &input.body)
}

/// Shows an application in the marketplace, or no longer (facts: lowcoder 11 X19).
pub(in crate::platforms::lowcoder) fn set_application_as_public_to_marketplace(
    context: &mut Context<'_>,
    input: g::SetApplicationAsPublicToMarketplaceInput,
) -> Result<Value, Outcome> {
    switch(context, &input.application_id, "publicToMarketplace", &input.body)
}

/// Makes an application an agency's profile, or no longer (facts: lowcoder 11 X19).
pub(in crate::platforms::lowcoder) fn set_application_as_agency_profile(
    context: &mut Context<'_>,
    input: g::SetApplicationAsAgencyProfileInput,
) -> Result<Value, Outcome> {
    switch(context, &input.application_id, "agencyProfile", &input.body)
}

/// Gives a switch the value of the body's member of its name; false where that is missing.
fn switch(context: &mut Context<'_>, id: &str, name: &str, body: &Value) -> Result<Value, Outcome> {
    let application = named(context, id)?;
    may(context, &application, Role::Editor)?;
    in_state(&application, "NORMAL")?;
    let set = body[name].as_bool().unwrap_or_default();
    context.update(&application, json!({ name: set, "updatedAt": now(context) }))?;
    Ok(true.into())
}

/// Puts an application into a folder; `None` is the root. Nothing is checked.
///
/// # Errors
/// `not-found` where the application is gone.
pub(in crate::platforms::lowcoder) fn move_to_folder(
    context: &mut Context<'_>,
    application: &Record,
    folder: Option<&str>,
) -> Result<(), Outcome> {
    context.update(application, json!({ "folderId": folder })).map(|_| ())
}
