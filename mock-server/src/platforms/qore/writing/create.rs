//! Creating records.

use super::form::{Form, Purpose};
use super::sent::Sent;
use super::{method, save};
use crate::action::ActionContext as Context;
use crate::generated::qore as g;
use crate::platforms::qore::actions::Answer;
use crate::platforms::qore::application::App;
use crate::platforms::qore::{place, refusal};

pub(in super::super) fn create_record(
    app: &App,
    context: &mut Context<'_>,
    input: g::CreateRecordInput,
) -> Answer {
    method::post(&input.method, &input.fields, &[&input.resource])?;
    let resource = place::resource(app, &input.resource)?;
    let me = place::account(context);
    let me = me.as_ref();
    if !resource.pages.create || !place::eyes(app, context, me).may_at_all(&resource.create) {
        return Err(refusal::forbidden());
    }
    let sent = Sent::read(context, input.fields, &resource.fields);
    let fields =
        resource.fields.values().filter(|field| field.is_written() && !field.hidden.create).collect();
    let before = context.state().clone();
    let form = Form { app, resource, fields, purpose: Purpose::Fresh, record: None, me };
    let mut values = form.fill(context, &sent)?;
    save::complete(app, context, me, resource, &mut values);
    // Conditions are asked of the record as it would be.
    if !place::eyes(app, context, me).may(&resource.create, resource, &values) {
        return Err(refusal::forbidden());
    }
    let record = save::insert(app, context, me, resource, values)?;
    save::settle(app, context, &before)?;
    save::told(app, context, resource, &record)
}
