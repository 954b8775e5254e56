//! Updating records: the whole form, or one field.

use serde_json::Value;

use super::form::{Form, Purpose};
use super::sent::Sent;
use super::{method, save};
use crate::action::ActionContext as Context;
use crate::generated::qore as g;
use crate::outcome::Outcome;
use crate::platforms::qore::actions::Answer;
use crate::platforms::qore::application::{App, Field, Resource};
use crate::platforms::qore::{place, refusal};
use crate::state::Record;

pub(in super::super) fn update_record(
    app: &App,
    context: &mut Context<'_>,
    input: g::UpdateRecordInput,
) -> Answer {
    method::readable(context)?;
    whole(app, context, input)
}

/// Updates all that a record's form shows.
fn whole(app: &App, context: &mut Context<'_>, input: g::UpdateRecordInput) -> Answer {
    let target = Target::find(app, context, &input.resource, &input.id)?;
    let fields =
        target.resource.fields.values().filter(|field| field.is_written() && !field.hidden.edit).collect();
    target.update(app, context, fields, Purpose::Edit, input.fields)
}

pub(in super::super) fn update_record_by_form(
    app: &App,
    context: &mut Context<'_>,
    input: g::UpdateRecordByFormInput,
) -> Answer {
    let g::UpdateRecordByFormInput { resource, id, fields, .. } = input;
    match method::meant(input.method.as_deref(), &fields).as_str() {
        "PUT" => whole(app, context, g::UpdateRecordInput { resource, id, fields }),
        other => Err(method::wrong(other, &[&resource, &id], "GET, HEAD, PUT")),
    }
}

pub(in super::super) fn update_field(
    app: &App,
    context: &mut Context<'_>,
    input: g::UpdateFieldInput,
) -> Answer {
    method::readable(context)?;
    single(app, context, input)
}

/// Updates one field.
fn single(app: &App, context: &mut Context<'_>, input: g::UpdateFieldInput) -> Answer {
    let resource = place::resource(app, &input.resource)?;
    let field = resource.fields.get(&input.field).ok_or_else(|| refusal::unknown("field", &input.field))?;
    let target = Target::find(app, context, &input.resource, &input.id)?;
    if !field.inline || !field.is_written() {
        return Err(refusal::forbidden());
    }
    target.update(app, context, vec![field], Purpose::Inline, input.fields)
}

pub(in super::super) fn update_field_by_form(
    app: &App,
    context: &mut Context<'_>,
    input: g::UpdateFieldByFormInput,
) -> Answer {
    let g::UpdateFieldByFormInput { resource, id, field, fields, .. } = input;
    match method::meant(input.method.as_deref(), &fields).as_str() {
        "PUT" => single(app, context, g::UpdateFieldInput { resource, id, field, fields }),
        other => Err(method::wrong(other, &[&resource, &id, "inline", &field], "PUT")),
    }
}

/// The record that an update is about.
struct Target<'a> {
    resource: &'a Resource,
    record: Record,
    me: Option<Record>,
}

impl<'a> Target<'a> {
    /// Finds the record and asks whether the caller may.
    fn find(app: &'a App, context: &Context<'_>, resource: &str, id: &str) -> Result<Self, Outcome> {
        let resource = place::resource(app, resource)?;
        if !resource.pages.edit {
            return Err(refusal::forbidden());
        }
        let record = place::record(context, resource, id)?;
        let me = place::account(context);
        let eyes = place::eyes(app, context, me.as_ref());
        let may = |permission| eyes.may(permission, resource, record.fields());
        if !may(&resource.view) || !may(&resource.update) {
            return Err(refusal::forbidden());
        }
        Ok(Self { resource, record, me })
    }

    fn update(
        &self,
        app: &App,
        context: &mut Context<'_>,
        fields: Vec<&Field>,
        purpose: Purpose,
        body: Value,
    ) -> Answer {
        let Self { resource, record, me } = self;
        let sent = Sent::read(context, body, &resource.fields);
        let before = context.state().clone();
        let form = Form { app, resource, fields, purpose, record: Some(record), me: me.as_ref() };
        let values = form.fill(context, &sent)?;
        save::change(context, record, values)?;
        save::settle(app, context, &before)?;
        save::told(app, context, resource, record)
    }
}
