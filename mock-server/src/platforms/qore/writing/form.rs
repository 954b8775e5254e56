//! A form that was filled in: what each field becomes, or what is wrong with all of them.

use serde_json::Value;

use super::cast::{Wrong, cast};
use super::password;
use super::sent::Sent;
use crate::action::ActionContext;
use crate::inputs::Upload;
use crate::outcome::Outcome;
use crate::platforms::qore::application::{App, Field, Kind, Resource, Rule};
use crate::platforms::qore::eyes::{Eyes, Fields, is_empty};
use crate::platforms::qore::rules::{self, Asked, Look, Measure};
use crate::platforms::qore::{dates, files, refusal};
use crate::state::Record;

/// What a form is for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Purpose {
    /// A new record, or what an action asks for: what is left out is the field's default.
    Fresh,
    /// A record as a whole: what is left out stays, but for checkboxes.
    Edit,
    /// One field: what is left out is emptied.
    Inline,
}

/// A form.
pub(super) struct Form<'a> {
    pub(super) app: &'a App,
    pub(super) resource: &'a Resource,
    /// The fields that it shows.
    pub(super) fields: Vec<&'a Field>,
    pub(super) purpose: Purpose,
    /// The record that it changes.
    pub(super) record: Option<&'a Record>,
    pub(super) me: Option<&'a Record>,
}

/// What a form says of one field.
struct Entry<'a> {
    field: &'a Field,
    /// What was sent, or stands for it; `None` for nothing.
    raw: Option<Value>,
    upload: Option<&'a Upload>,
    /// As it would be stored.
    value: Value,
}

impl<'a> Form<'a> {
    /// The values that fields get: of those that stay as they are, none. Passwords are hashed and files are kept.
    ///
    /// # Errors
    /// `invalid`, with everything that is wrong.
    pub(super) fn fill(&self, context: &mut ActionContext<'_>, sent: &Sent<'a>) -> Result<Fields, Outcome> {
        let (entries, wrong) = self.read(context, sent);
        if !wrong.is_empty() {
            return Err(refusal::invalid(wrong));
        }
        let mut values = Fields::new();
        for Entry { field, raw, upload, value } in entries {
            if let Some(upload) = upload {
                let kept = files::keep(context, &field.name, upload)?;
                values.insert(field.name.clone(), kept);
            } else if raw.is_some() {
                let value = match (&field.kind, value.as_str()) {
                    (Kind::Password, Some(plain)) => password::hashed(context, plain)?,
                    _ => value,
                };
                values.insert(field.name.clone(), value);
            }
        }
        Ok(values)
    }

    /// Casts all that was sent and asks all rules.
    fn read(&self, context: &ActionContext<'_>, sent: &Sent<'a>) -> (Vec<Entry<'a>>, Wrong) {
        let mut data = self.record.map(|record| record.fields().clone()).unwrap_or_default();
        data.extend(sent.fields.clone());
        let mut casts = Vec::new();
        for field in &self.fields {
            let mut entry = self.entry(context, field, sent);
            let broken = match &entry.raw {
                Some(raw) => cast(self.app, context, field, raw),
                None => Ok(Value::Null),
            };
            let broken = match broken {
                Ok(value) => {
                    entry.value = value;
                    Vec::new()
                }
                Err(broken) => broken,
            };
            if entry.raw.is_some() {
                data.insert(field.name.clone(), entry.value.clone());
            }
            casts.push((entry, broken));
        }
        let own = self.record.and_then(|record| record.get("id"));
        let now = dates::civil(context.now());
        let look = Look { context: Some(context), resource: self.resource, data: &data, own, now };
        let mut wrong = Wrong::new();
        let mut entries = Vec::new();
        for (entry, broken) in casts {
            if broken.is_empty() {
                self.ask(&look, &entry, &mut wrong);
            }
            wrong.extend(broken);
            entries.push(entry);
        }
        (entries, wrong)
    }

    /// What is said of a field.
    fn entry(&self, context: &ActionContext<'_>, field: &'a Field, sent: &Sent<'a>) -> Entry<'a> {
        let said = sent.fields.get(&field.name);
        let upload = sent.upload(&field.name).filter(|_| matches!(field.kind, Kind::File));
        let raw = match (&field.kind, said) {
            (Kind::File, _) if upload.is_some() => Some(Value::Null),
            (Kind::File, _) if sent.uploads_within(&field.name) => Some(Value::Array(Vec::new())),
            (Kind::File, Some(Value::Object(said))) => Some(self.known_file(field, said)),
            // An empty password is skipped; a new record may have to have one.
            (Kind::Password, None | Some(Value::Null)) => None,
            (Kind::Checkbox, None) => Some(Value::Bool(false)),
            (_, Some(said)) => Some(said.clone()),
            (_, None) => match self.purpose {
                Purpose::Fresh => self.default(context, field),
                Purpose::Edit => None,
                Purpose::Inline => Some(Value::Null),
            },
        };
        Entry { field, raw, upload, value: Value::Null }
    }

    /// The file that a field has, sent back as it was read; anything else is no file.
    fn known_file(&self, field: &Field, said: &Fields) -> Value {
        let own = self.record.and_then(|record| record.get(&field.name));
        match own {
            Some(own) if own.get("path").is_some_and(|path| Some(path) == said.get("path")) => own.clone(),
            _ => Value::from("no file"),
        }
    }

    fn default(&self, context: &ActionContext<'_>, field: &Field) -> Option<Value> {
        default(self.app, context, self.me, self.resource, field)
    }

    /// Asks a field's rules.
    fn ask(&self, look: &Look<'_>, entry: &Entry<'_>, wrong: &mut Wrong) {
        let field = entry.field;
        if let Some(upload) = entry.upload
            && look.context.is_some_and(|context| files::is_too_large(context, upload))
        {
            let said = format!("The {} failed to upload.", rules::attribute(&field.name));
            wrong.push((field.name.clone(), said));
            return;
        }
        let empty = entry.upload.is_none() && is_empty(&entry.value);
        let present = entry.raw.is_some();
        if (!present && field.has_rule("sometimes")) || self.stays(entry) {
            return;
        }
        let measure = measure(field);
        for rule in implied(&field.kind).iter().chain(&field.rules) {
            let implicit = rules::IMPLICIT.contains(&rule.name.as_str());
            if (empty && !implicit) || is_settled(field, &rule.name) {
                continue;
            }
            let asked = Asked {
                look,
                name: &field.name,
                value: &entry.value,
                upload: entry.upload,
                present,
                parameters: &rule.parameters,
                measure,
            };
            if !rules::kept(rule, &asked) {
                wrong.push((field.name.clone(), rules::sentence(rule, &asked)));
                if implicit || field.has_rule("bail") {
                    return;
                }
            }
        }
    }

    /// Whether nothing is asked of a field: a password that was not sent keeps the old one, and so does a file, which a
    /// form cannot send back.
    fn stays(&self, entry: &Entry<'_>) -> bool {
        let Some(own) = self.record.map(|record| record.get(&entry.field.name).unwrap_or(&Value::Null))
        else {
            return false;
        };
        match entry.field.kind {
            Kind::Password => entry.raw.is_none(),
            Kind::File => {
                entry.upload.is_none() && !own.is_null() && (entry.raw.is_none() || entry.value == *own)
            }
            _ => false,
        }
    }
}

/// What a field of a new record has where nothing is said.
pub(super) fn default(
    app: &App,
    context: &ActionContext<'_>,
    me: Option<&Record>,
    resource: &Resource,
    field: &Field,
) -> Option<Value> {
    let state = context.state();
    let eyes = Eyes { app, state, me, now: context.now(), form_state: None, form: None };
    eyes.given(field.default.as_ref()?, resource, &Fields::new())
}

/// What the cast has asked already.
pub(in super::super) fn is_settled(field: &Field, rule: &str) -> bool {
    match &field.kind {
        Kind::File => rule == "file",
        Kind::Number(_) => rule == "numeric",
        Kind::Checkbox => rule == "boolean",
        Kind::Date | Kind::Datetime => ["date", "date_format", "string"].contains(&rule),
        _ => false,
    }
}

/// The rules that follow from a kind and are not asked by the cast.
pub(in super::super) fn implied(kind: &Kind) -> Vec<Rule> {
    let name = match kind {
        Kind::Email => "email",
        Kind::Url => "url",
        _ => return Vec::new(),
    };
    vec![Rule { name: name.to_owned(), parameters: Vec::new() }]
}

/// What sizes of a field are counted in.
pub(in super::super) fn measure(field: &Field) -> Measure {
    match &field.kind {
        Kind::File => Measure::Kilobytes,
        Kind::BelongsToMany { .. } | Kind::Select { multiple: true, .. } => Measure::Items,
        Kind::Number(_) => Measure::Number,
        _ if ["numeric", "integer", "decimal"].iter().any(|rule| field.has_rule(rule)) => Measure::Number,
        _ => Measure::Characters,
    }
}
