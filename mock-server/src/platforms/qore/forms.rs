//! The forms, and options that depend on what a form holds.

use serde_json::{Map, Value, json};

use super::actions::Answer;
use super::application::{App, Field, Kind, Resource};
use super::eyes::{Eyes, Fields, is_empty};
use super::{metadata, options, place, prefer, refusal, represent};
use crate::action::ActionContext as Context;
use crate::generated::qore as g;
use crate::outcome::Outcome;
use crate::platforms::reading::member;

/// The only thing that a form can be asked to do.
const RELOAD: &str = "reloadRelatedOptions";

pub(super) fn show_create_form(
    app: &App,
    context: &mut Context<'_>,
    input: g::ShowCreateFormInput,
) -> Answer {
    let g::ShowCreateFormInput { resource, prefer, form: asked } = input;
    let resource = place::resource(app, &resource)?;
    let me = place::account(context);
    let eyes = place::eyes(app, context, me.as_ref());
    if !resource.pages.create || !eyes.may_at_all(&resource.create) {
        return Err(refusal::forbidden());
    }
    let fields: Vec<&Field> = written(resource).filter(|field| !field.hidden.create).collect();
    let own = fields.iter().filter_map(|field| Some((field.name.clone(), default(&eyes, resource, field)?)));
    let form = Form { fields: &fields, own: own.collect(), is_new: true };
    form.answer(&eyes, &asked, prefer::minimal(prefer.as_deref()))
}

pub(super) fn show_edit_form(app: &App, context: &mut Context<'_>, input: g::ShowEditFormInput) -> Answer {
    let g::ShowEditFormInput { resource, id, prefer, form: asked } = input;
    let resource = place::resource(app, &resource)?;
    let me = place::account(context);
    let eyes = place::eyes(app, context, me.as_ref());
    if !resource.pages.edit {
        return Err(refusal::forbidden());
    }
    let record = place::record(context, resource, &id)?;
    let may = |permission| eyes.may(permission, resource, record.fields());
    if !may(&resource.view) || !may(&resource.update) {
        return Err(refusal::forbidden());
    }
    let fields: Vec<&Field> = written(resource).filter(|field| !field.hidden.edit).collect();
    let origin = context.origin();
    let own = represent::some(&eyes, origin, resource, record.fields(), |_| true);
    let form = Form { fields: &fields, own, is_new: false };
    form.answer(&eyes, &asked, prefer::minimal(prefer.as_deref()))
}

/// The fields that somebody can fill in.
fn written(resource: &Resource) -> impl Iterator<Item = &Field> {
    resource.fields.values().filter(|field| field.is_written())
}

/// What a form for a new record begins with.
fn default(eyes: &Eyes<'_>, resource: &Resource, field: &Field) -> Option<Value> {
    if matches!(field.kind, Kind::Password) {
        return None;
    }
    let given = field.default.as_ref().and_then(|given| eyes.given(given, resource, &Map::new()));
    given.or_else(|| matches!(field.kind, Kind::Checkbox).then_some(Value::Bool(false)))
}

/// A form, and what it holds before anybody has filled something in.
struct Form<'a> {
    fields: &'a [&'a Field],
    own: Fields,
    is_new: bool,
}

impl Form<'_> {
    /// The form, or what it was asked for.
    fn answer(&self, eyes: &Eyes<'_>, asked: &Value, minimal: bool) -> Answer {
        let sent = match asked.get("state").filter(|state| !is_empty(state)) {
            // An empty list is how PHP writes an empty map.
            None | Some(Value::Null | Value::Array(_)) => None,
            Some(Value::Object(state)) => Some(state),
            Some(_) => return Err(wrong("state", "The state field must be an array.")),
        };
        let mut state = self.own.clone();
        state.extend(sent.into_iter().flatten().map(|(name, value)| (name.clone(), value.clone())));
        let eyes = Eyes { form_state: Some(&state), ..*eyes };
        let field = self.field(member(asked, "field"))?;
        let Some(action) = asked.get("action").and_then(|action| member(action, "name")) else {
            let told = self.fields.iter().map(|field| self.told(&eyes, field, sent, minimal));
            return Ok(json!({ "fields": told.collect::<Vec<_>>() }));
        };
        if action != RELOAD {
            return Err(wrong("action.name", "The selected action.name is invalid."));
        }
        let field = field.ok_or_else(|| wrong("field", "The field field is required."))?;
        let options = options::of(&eyes, field).ok_or_else(unknown_field)?;
        Ok(json!({ field.name.as_str(): { "relatedOptions": options } }))
    }

    /// The field of that name.
    fn field(&self, name: Option<&str>) -> Result<Option<&Field>, Outcome> {
        let Some(name) = name.filter(|name| !name.is_empty()) else { return Ok(None) };
        let found = self.fields.iter().find(|field| field.name == name);
        found.copied().map(Some).ok_or_else(unknown_field)
    }

    /// A field of the form; without metadata its name, what it begins with and its options.
    fn told(&self, eyes: &Eyes<'_>, field: &Field, sent: Option<&Fields>, minimal: bool) -> Value {
        let mut about = metadata::field(field);
        if minimal {
            about.retain(|name, _| name == "name");
        } else {
            about.insert("rules".to_owned(), metadata::rules(field));
        }
        let own = self.own.get(&field.name);
        // Not even what the client says itself is told of passwords.
        let is_told = !matches!(field.kind, Kind::Password);
        let value = sent.and_then(|sent| sent.get(&field.name)).filter(|_| is_told);
        if self.is_new {
            about.extend(own.map(|default| ("default".to_owned(), default.clone())));
            about.extend(value.map(|value| ("value".to_owned(), value.clone())));
        } else if let Some(value) = value.or(own) {
            about.insert("value".to_owned(), value.clone());
        }
        about.extend(options::of(eyes, field).map(|options| ("options".to_owned(), options.into())));
        Value::Object(about)
    }
}

fn unknown_field() -> Outcome {
    wrong("field", "The selected field is invalid.")
}

fn wrong(field: &str, sentence: &str) -> Outcome {
    refusal::invalid([(field.to_owned(), sentence.to_owned())])
}
