//! Deleting records, with what their referrers say follows.

use crate::action::ActionContext;
use crate::outcome::Outcome;
use crate::platforms::qore::application::{App, Kind, OnDelete, Resource};
use crate::platforms::qore::{place, refusal};
use crate::platforms::reading::id;
use crate::state::Record;

/// Deletes a record.
///
/// # Errors
/// `invalid` where another record refers to it that does not let it go.
pub(super) fn delete(
    app: &App,
    context: &mut ActionContext<'_>,
    me: Option<&Record>,
    resource: &Resource,
    record: &Record,
) -> Result<(), Outcome> {
    let record = context.current(record)?;
    match context.delete(std::slice::from_ref(&record)) {
        Err(refused) if refused.name == "conflict" => {
            let title = place::eyes(app, context, me).title(resource, record.fields());
            let holder =
                holder(app, context, resource, &record).map_or("other records", |one| one.label.as_str());
            let said = format!("{title} cannot be deleted: {holder} still refer to it.");
            Err(refusal::invalid([("id".to_owned(), said)]))
        }
        done => done,
    }
}

/// The resource with a record that refers to this one and holds it back; `None` where one holds back what would follow it.
fn holder<'a>(
    app: &'a App,
    context: &ActionContext<'_>,
    resource: &Resource,
    record: &Record,
) -> Option<&'a Resource> {
    let key = id(record);
    let holds = |other: &Resource| {
        other.fields.values().any(|field| match &field.kind {
            Kind::BelongsTo { resource: to, on_delete: OnDelete::Restrict, .. } if *to == resource.name => {
                context.find(&other.name, &[(&field.name, &key)]).is_ok_and(|found| found.is_some())
            }
            _ => false,
        })
    };
    app.resources.values().find(|other| holds(other))
}
