//! Actions on records: deleting, and those that the application declares.

use serde_json::{Value, json};

use super::cast::{cast, stored};
use super::delete::delete;
use super::form::{Form, Purpose};
use super::password::hashed;
use super::sent::Sent;
use super::{method, save};
use crate::action::ActionContext as Context;
use crate::generated::qore as g;
use crate::outcome::Outcome;
use crate::platforms::qore::actions::Answer;
use crate::platforms::qore::application::{Action, App, DELETE, Field, Given, Kind, Resource};
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
            delete(app, context, me.as_ref(), resource, &record)?;
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
        let mut values = self.values(context, resource, &action.set, (action, &form))?;
        self.judge(context, resource, Some(record), &mut values, &action.set)?;
        // What an action makes is made of the record as it was.
        let made = match &action.create {
            None => None,
            Some((name, set)) => {
                let other = place::resource(app, name)?;
                let mut values = self.values(context, other, set, (action, &form))?;
                save::complete(app, context, me, other, &mut values);
                self.judge(context, other, None, &mut values, set)?;
                Some((other, values))
            }
        };
        save::change(context, record, values)?;
        if let Some((other, values)) = made {
            save::insert(app, context, me, other, values)?;
        }
        if action.delete {
            delete(app, context, me, resource, record)?;
        }
        Ok(())
    }

    /// Values as fields of a resource hold them; what an expression does not find is left out.
    fn values(
        &self,
        context: &mut Context<'_>,
        of: &Resource,
        set: &[(String, Given)],
        (action, form): (&Action, &Fields),
    ) -> Result<Fields, Outcome> {
        let Self { app, resource, record, me } = *self;
        let eyes = Eyes { form: Some(form), ..place::eyes(app, context, me) };
        let found = |(name, given): &'_ (String, Given)| {
            Some((
                of.fields.get(name)?,
                is_hash(action, given),
                eyes.given(given, resource, record.fields())?,
            ))
        };
        let found: Vec<(&Field, bool, Value)> = set.iter().filter_map(found).collect();
        let (mut values, mut wrong) = (Fields::new(), Vec::new());
        for (field, is_hash, value) in found {
            let held = match (&field.kind, is_hash, value.as_str()) {
                (Kind::Password, true, _) => Ok(value),
                (Kind::Password, false, Some(plain)) => Ok(hashed(context, plain)?),
                // What is hashed is nobody's to read.
                (Kind::Password, false, None) | (_, true, _) => continue,
                _ => cast(app, context, field, &value),
            };
            match held {
                Ok(value) => drop(values.insert(field.name.clone(), value)),
                Err(broken) => wrong.extend(broken),
            }
        }
        if wrong.is_empty() { Ok(values) } else { Err(refusal::invalid(wrong)) }
    }

    /// Holds what is set to the rules of its fields, and leaves it as it is stored.
    fn judge(
        &self,
        context: &Context<'_>,
        of: &Resource,
        record: Option<&Record>,
        values: &mut Fields,
        set: &[(String, Given)],
    ) -> Result<(), Outcome> {
        let Self { app, me, .. } = *self;
        let is_set = |field: &&Field| {
            // What is not there leaves a record's field alone, while a new record has to be right.
            set.iter().any(|(name, _)| *name == field.name)
                && (record.is_none() || values.contains_key(&field.name))
        };
        let fields = of.fields.values().filter(is_set).collect();
        let form = Form { app, resource: of, fields, purpose: Purpose::Fresh, record, me };
        let wrong = form.judge(context, values);
        if !wrong.is_empty() {
            return Err(refusal::invalid(wrong));
        }
        for (name, value) in values.iter_mut() {
            if let Some(field) = of.fields.get(name) {
                *value = stored(field, value.take());
            }
        }
        Ok(())
    }
}

/// Whether a value is a password of the action's form, which has hashed it.
fn is_hash(action: &Action, given: &Given) -> bool {
    let Given::Form(path) = given else { return false };
    let field = path.first().and_then(|name| action.form.get(name));
    field.is_some_and(|field| matches!(field.kind, Kind::Password))
}
