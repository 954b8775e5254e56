//! Actions on records: deleting, and those that the application declares.

use serde_json::json;

use super::cast::cast;
use super::delete::delete;
use super::form::{Form, Purpose};
use super::sent::Sent;
use super::{method, save};
use crate::action::ActionContext as Context;
use crate::generated::qore as g;
use crate::outcome::Outcome;
use crate::platforms::qore::actions::Answer;
use crate::platforms::qore::application::{Action, App, DELETE, Given, Kind, Resource};
use crate::platforms::qore::eyes::{Eyes, Fields};
use crate::platforms::qore::{logs, place, refusal};
use crate::state::Record;

pub(in super::super) fn run_action(app: &App, context: &mut Context<'_>, input: g::RunActionInput) -> Answer {
    method::post(&input.method, &input.fields, &[&input.resource, "actions", &input.action, &input.id])?;
    let resource = place::resource(app, &input.resource)?;
    let action = resource.actions.get(&input.action).filter(|_| input.action != DELETE);
    if action.is_none() && input.action != DELETE {
        return Err(refusal::unknown("action", &input.action));
    }
    let record = place::record(context, resource, &input.id)?;
    let me = place::account(context);
    let eyes = place::eyes(app, context, me.as_ref());
    let permission = action.map_or(&resource.delete, |action| &action.allowed);
    let may = |permission| eyes.may(permission, resource, record.fields());
    let fitting = action.is_none_or(|action| eyes.holds(&action.when, resource, record.fields()));
    if !may(&resource.view) || !may(permission) || !fitting {
        return Err(refusal::forbidden());
    }
    let before = context.state().clone();
    let message = match action {
        None => {
            logs::note_action(context, resource, &record, DELETE)?;
            delete(app, context, resource, &record)?;
            format!("{} deleted.", resource.singular)
        }
        Some(action) => {
            let sent = Sent::read(context, input.fields, &action.form);
            let on = On { app, resource, record: &record, me: me.as_ref() };
            on.run(context, action, &sent)?;
            action.message.clone()
        }
    };
    save::settle(app, context, &before)?;
    Ok(json!({ "message": message }))
}

/// What an action is run on.
struct On<'a> {
    app: &'a App,
    resource: &'a Resource,
    record: &'a Record,
    me: Option<&'a Record>,
}

impl<'a> On<'a> {
    fn run(&self, context: &mut Context<'_>, action: &'a Action, sent: &Sent<'a>) -> Result<(), Outcome> {
        let Self { app, resource, record, me } = *self;
        let fields = action.form.values().collect();
        let form = Form { app, resource, fields, purpose: Purpose::Fresh, record: None, me };
        let form = form.fill(context, sent)?;
        logs::note_action(context, resource, record, &action.name)?;
        let values = self.values(context, resource, &action.set, &form)?;
        // What an action makes is made of the record as it was.
        let made = match &action.create {
            None => None,
            Some((name, set)) => {
                let other = place::resource(app, name)?;
                Some((other, self.values(context, other, set, &form)?))
            }
        };
        save::change(context, record, values)?;
        if let Some((other, values)) = made {
            save::insert(app, context, me, other, values)?;
        }
        if action.delete {
            delete(app, context, resource, record)?;
        }
        Ok(())
    }

    /// Values as fields of a resource store them; what an expression does not find is left out.
    fn values(
        &self,
        context: &Context<'_>,
        of: &Resource,
        set: &[(String, Given)],
        form: &Fields,
    ) -> Result<Fields, Outcome> {
        let Self { app, resource, record, me } = *self;
        let eyes = Eyes { form: Some(form), ..place::eyes(app, context, me) };
        let (mut values, mut wrong) = (Fields::new(), Vec::new());
        for (name, given) in set {
            let (Some(field), Some(value)) =
                (of.fields.get(name), eyes.given(given, resource, record.fields()))
            else {
                continue;
            };
            // A form has hashed it already.
            let done = matches!(field.kind, Kind::Password).then(|| value.clone());
            match done.map_or_else(|| cast(app, context, field, &value), Ok) {
                Ok(value) => drop(values.insert(name.clone(), value)),
                Err(broken) => wrong.extend(broken),
            }
        }
        if wrong.is_empty() { Ok(values) } else { Err(refusal::invalid(wrong)) }
    }
}
