//! The applications of bundles, and their order (facts: lowcoder 10.10 B3, B4, X30).

use serde_json::{Value, json};

use super::{require_state, resolve, usable};
use crate::action::ActionContext as Context;
use crate::generated::lowcoder as g;
use crate::outcome::Outcome;
use crate::platforms::lowcoder::access::{Resource, Role, require_role};
use crate::platforms::lowcoder::applications;
use crate::platforms::lowcoder::paging::Page;
use crate::platforms::lowcoder::refusal::{invalid_parameter, no_resource};
use crate::platforms::reading::{elements, id, text, value};
use crate::state::Record;

/// The applications of a bundle in their order; whoever is signed in may ask. Deleted ones are left out.
pub(in crate::platforms::lowcoder) fn list_bundle_contents(
    context: &mut Context<'_>,
    input: g::ListBundleContentsInput,
) -> Result<Value, Outcome> {
    let bundle = resolve(context, &input.bundle_id)?;
    let mut found = Vec::new();
    for element in in_order(context, &bundle)? {
        let application = context.get("applications", &value(&element, "application"))?;
        if let Some(application) = application.filter(|one| text(one, "applicationStatus") != "DELETED") {
            found.push((application, value(&element, "position")));
        }
    }
    Page::new(input.page_num, input.page_size).answer(&found, |(application, position)| {
        Ok(json!({ "application": applications::entity(application), "position": position }))
    })
}

/// What is in a bundle, by position.
fn in_order(context: &Context<'_>, bundle: &Record) -> Result<Vec<Record>, Outcome> {
    let mut elements = context.all("bundle_elements", &[("bundle", &id(bundle))])?;
    elements.sort_by_key(position);
    Ok(elements)
}

fn position(element: &Record) -> i64 {
    element.get("position").and_then(Value::as_i64).unwrap_or_default()
}

/// An application in a bundle; `None` where it is not in it.
fn element(context: &Context<'_>, bundle: &Record, application: &Record) -> Result<Option<Record>, Outcome> {
    context.find("bundle_elements", &[("bundle", &id(bundle)), ("application", &id(application))])
}

/// An application that the caller owns: 5005, 5001.
fn own_application(context: &Context<'_>, key: &str) -> Result<Record, Outcome> {
    let application = applications::resolve(context, key)?;
    require_role(context, Resource::Application, &application, Role::Owner)?;
    Ok(application)
}

/// A bundle to put something into.
fn target(context: &Context<'_>, key: &str) -> Result<Record, Outcome> {
    let bundle = resolve(context, key)?;
    require_state(&bundle, "NORMAL")?;
    Ok(bundle)
}

/// Puts an application behind all others of a bundle.
fn append(context: &mut Context<'_>, bundle: &Record, application: &Record) -> Result<(), Outcome> {
    if let Some(before) = element(context, bundle, application)? {
        context.delete(&[before])?;
    }
    let next = in_order(context, bundle)?.last().map_or(0, |last| position(last).saturating_add(1));
    let entry = json!({ "bundle": id(bundle), "application": id(application), "position": next });
    context.insert("bundle_elements", entry).map(|_| ())
}

pub(in crate::platforms::lowcoder) fn add_app_to_bundle(
    context: &mut Context<'_>,
    input: g::AddAppToBundleInput,
) -> Result<Value, Outcome> {
    let application = own_application(context, &input.id)?;
    let bundle = target(context, &input.to_bundle_id)?;
    append(context, &bundle, &application)?;
    Ok(Value::Null)
}

/// Takes an application from one bundle into another; 5005 where it is not in the first.
pub(in crate::platforms::lowcoder) fn move_app_between_bundles(
    context: &mut Context<'_>,
    input: g::MoveAppBetweenBundlesInput,
) -> Result<Value, Outcome> {
    let application = own_application(context, &input.id)?;
    let from = resolve(context, &input.from_bundle_id)?;
    let to = target(context, &input.to_bundle_id)?;
    let before = element(context, &from, &application)?
        .ok_or_else(|| no_resource("The application is not in that bundle."))?;
    context.delete(&[before])?;
    append(context, &to, &application)?;
    Ok(Value::Null)
}

/// Orders a bundle: what is named comes first, in that order, and what is not named follows as it stood. An application
/// that is not in it is refused (5005), as is one named twice (5002).
pub(in crate::platforms::lowcoder) fn reorder_bundle(
    context: &mut Context<'_>,
    input: g::ReorderBundleInput,
) -> Result<Value, Outcome> {
    let bundle = usable(context, &input.bundle_id, Role::Owner, "NORMAL")?;
    let mut rest = in_order(context, &bundle)?;
    let mut named: Vec<Record> = Vec::new();
    for key in elements(&input.element_ids) {
        let application = applications::resolve(context, key.as_str().unwrap_or_default())?;
        let is_it = |element: &Record| value(element, "application") == id(&application);
        if named.iter().any(is_it) {
            return Err(invalid_parameter("An application is named twice."));
        }
        let place = rest.iter().position(is_it);
        named.push(rest.remove(place.ok_or_else(|| no_resource("The bundle has no such application."))?));
    }
    for (place, element) in named.iter().chain(&rest).enumerate() {
        context.update(element, json!({ "position": place }))?;
    }
    Ok(Value::Null)
}
