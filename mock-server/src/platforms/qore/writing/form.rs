//! A form that was filled in: what each field becomes, or what is wrong with all of them.

use serde_json::Value;

use super::cast::{Wrong, chosen, stored};
use super::password;
use super::sent::Sent;
use crate::action::ActionContext;
use crate::inputs::Upload;
use crate::outcome::Outcome;
use crate::platforms::qore::application::{App, Field, Kind, Resource, Rule};
use crate::platforms::qore::eyes::{Eyes, Fields, is_empty};
use crate::platforms::qore::rules::{self, Asked, Look, Measure};
use crate::platforms::qore::{dates, files, place, refusal};
use crate::platforms::reading::elements;
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
    /// Whether somebody has said something of it.
    is_said: bool,
    /// What that is to the field.
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
        for Entry { field, raw, upload, value, .. } in entries {
            if let Some(upload) = upload {
                let kept = files::keep(context, &field.name, upload)?;
                values.insert(field.name.clone(), kept);
            } else if raw.is_some() {
                let value = match (&field.kind, value.as_str()) {
                    (Kind::Password, Some(plain)) => password::hashed(context, plain)?,
                    (Kind::BelongsToMany { resource, .. }, _) => {
                        self.with_unseen(context, resource, field, value)
                    }
                    _ => value,
                };
                values.insert(field.name.clone(), value);
            }
        }
        Ok(values)
    }

    /// Casts all that was sent and asks all rules.
    fn read(&self, context: &ActionContext<'_>, sent: &Sent<'a>) -> (Vec<Entry<'a>>, Wrong) {
        let mut data = self.known();
        data.extend(sent.fields.clone());
        let eyes = self.eyes(context);
        let (mut casts, mut unread) = (Vec::new(), Vec::new());
        for field in &self.fields {
            let mut entry = self.entry(context, field, sent);
            let may = |other: &Resource, key: &Value| {
                !entry.is_said || self.has(field, key) || eyes.visible(other, key).is_some()
            };
            let cast = match &entry.raw {
                Some(raw) => chosen(self.app, context, field, raw, &may),
                None => Ok(Value::Null),
            };
            let broken = match cast {
                Ok(value) => {
                    entry.value = value;
                    Vec::new()
                }
                Err(broken) => {
                    unread.push(field.name.as_str());
                    broken
                }
            };
            if let Some(raw) = &entry.raw {
                let value = if broken.is_empty() { &entry.value } else { raw };
                data.insert(field.name.clone(), value.clone());
            }
            casts.push((entry, broken));
        }
        let look = self.look(context, &data);
        let mut wrong = Wrong::new();
        let mut entries = Vec::new();
        for (entry, broken) in casts {
            if broken.is_empty() {
                self.ask(&look, &entry, &unread, &mut wrong);
            }
            wrong.extend(broken);
            entries.push(entry);
        }
        (entries, wrong)
    }

    /// What is wrong with values that the application gives to the fields. Passwords and files are beyond it: what they were
    /// is not seen any more.
    pub(super) fn judge(&self, context: &ActionContext<'_>, values: &Fields) -> Wrong {
        let mut data = self.known();
        data.extend(values.clone());
        let look = self.look(context, &data);
        let mut wrong = Wrong::new();
        for field in &self.fields {
            let raw = values.get(&field.name).cloned();
            let value = raw.clone().unwrap_or_default();
            if value.is_null() || !matches!(field.kind, Kind::Password | Kind::File) {
                let entry = Entry { field, is_said: !value.is_null(), raw, upload: None, value };
                self.ask(&look, &entry, &[], &mut wrong);
            }
        }
        wrong
    }

    fn eyes<'e>(&'e self, context: &'e ActionContext<'_>) -> Eyes<'e> {
        place::eyes(self.app, context, self.me)
    }

    fn look<'l>(&'l self, context: &'l ActionContext<'l>, data: &'l Fields) -> Look<'l> {
        let own = self.record.and_then(|record| record.get("id"));
        Look { context: Some(context), resource: self.resource, data, own, now: dates::civil(context.now()) }
    }

    /// What the record holds, for comparisons: of a password, that there is one.
    fn known(&self) -> Fields {
        let mut data = self.record.map(|record| record.fields().clone()).unwrap_or_default();
        for field in self.resource.fields.values().filter(|field| matches!(field.kind, Kind::Password)) {
            if let Some(hash) = data.get_mut(&field.name).filter(|hash| !hash.is_null()) {
                *hash = Value::Bool(true);
            }
        }
        data
    }

    /// Whether the record has that key in a relation already: what was read can be sent back.
    fn has(&self, field: &Field, key: &Value) -> bool {
        match self.record.and_then(|record| record.get(&field.name)) {
            Some(Value::Array(keys)) => keys.contains(key),
            Some(one) => one == key,
            None => false,
        }
    }

    /// The keys that were sent, and those of related records that the caller may not view: he could not say whether they
    /// are to stay.
    fn with_unseen(&self, context: &ActionContext<'_>, resource: &str, field: &Field, value: Value) -> Value {
        let mut value = stored(field, value);
        let own = self.record.and_then(|record| record.get(&field.name));
        let other = self.app.resources.get(resource);
        let (Some(own), Some(other), Value::Array(keys)) = (own, other, &mut value) else { return value };
        let eyes = self.eyes(context);
        let unseen: Vec<&Value> = elements(own)
            .iter()
            .filter(|key| !keys.contains(key) && eyes.visible(other, key).is_none())
            .collect();
        if unseen.is_empty() {
            return value;
        }
        keys.extend(unseen.into_iter().cloned());
        let is_same = keys.len() == elements(own).len() && elements(own).iter().all(|key| keys.contains(key));
        if is_same { own.clone() } else { value }
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
        let is_said = said.is_some_and(|said| !said.is_null());
        Entry { field, raw, upload, is_said, value: Value::Null }
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

    /// Asks a field's rules; none that compares with one of the fields that could not be read, whose own fault that is.
    fn ask(&self, look: &Look<'_>, entry: &Entry<'_>, unread: &[&str], wrong: &mut Wrong) {
        let field = entry.field;
        if let Some(upload) = entry.upload
            && look.context.is_some_and(|context| files::is_too_large(context, upload))
        {
            let said = format!("The {} failed to upload.", rules::attribute(&field.name));
            wrong.push((field.name.clone(), said));
            return;
        }
        // A list without members has a size.
        let is_list = entry.is_said && entry.value.is_array();
        let empty = entry.upload.is_none() && is_empty(&entry.value) && !is_list;
        let present = entry.raw.is_some();
        if (!present && field.has_rule("sometimes")) || self.stays(entry) {
            return;
        }
        let measure = measure(field);
        for rule in implied(&field.kind).iter().chain(&field.rules) {
            let implicit = rules::IMPLICIT.contains(&rule.name.as_str());
            let compares = || rules::fields(rule).iter().any(|name| unread.contains(name));
            if (!implicit && (empty || compares())) || is_settled(field, &rule.name) {
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
    place::eyes(app, context, me).given(field.default.as_ref()?, resource, &Fields::new())
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
