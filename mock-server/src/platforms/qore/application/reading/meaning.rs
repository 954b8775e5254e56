//! What paths and expressions lead to, and whether a field can hold it.

use indexmap::IndexMap;
use serde_json::Value;
use tercet_spec::Pointer;

use super::super::condition::{Allowed, Given};
use super::super::{App, Field, Kind, OWN_FIELDS, Resource};
use super::Reading;

/// What stands around an expression.
#[derive(Clone, Copy)]
pub(super) struct Scope<'a> {
    pub(super) app: &'a App,
    /// Whose record `$record` is.
    pub(super) resource: &'a Resource,
    /// The fields that `$state` and `$form` speak of.
    pub(super) form: &'a IndexMap<String, Field>,
    pub(super) allowed: Allowed,
}

/// What a path leads to.
#[derive(Clone, Copy, Debug)]
pub(super) struct Held<'a> {
    pub(super) what: What<'a>,
    /// Whether it can be several.
    pub(super) many: bool,
}

/// What kind of value.
#[derive(Clone, Copy, Debug)]
pub(super) enum What<'a> {
    Text,
    Number,
    Truth,
    Day,
    Time,
    Chosen(&'a [(Value, String)]),
    /// The key of a record of that resource.
    Record(&'a Resource),
    Password,
    File,
}

/// What a field holds; `None` where it refers to a resource that is not there.
pub(super) fn held<'a>(app: &'a App, field: &'a Field) -> Option<Held<'a>> {
    let many = match &field.kind {
        Kind::Select { multiple, .. } => *multiple,
        Kind::BelongsToMany { .. } | Kind::HasMany { .. } => true,
        _ => false,
    };
    let what = match &field.kind {
        Kind::Text | Kind::Textarea | Kind::Email | Kind::Url | Kind::Sequence(_) => What::Text,
        Kind::Password => What::Password,
        Kind::Number(_) => What::Number,
        Kind::Checkbox => What::Truth,
        Kind::Date => What::Day,
        Kind::Datetime => What::Time,
        Kind::Select { options, .. } => What::Chosen(options),
        Kind::BelongsTo { resource, .. }
        | Kind::BelongsToMany { resource, .. }
        | Kind::HasMany { resource, .. } => What::Record(app.resources.get(resource)?),
        Kind::File => What::File,
    };
    Some(Held { what, many })
}

impl What<'_> {
    /// As sentences say it.
    pub(super) fn said(self) -> String {
        match self {
            Self::Text => "a text".to_owned(),
            Self::Number => "a number".to_owned(),
            Self::Truth => "true or false".to_owned(),
            Self::Day => "a day".to_owned(),
            Self::Time => "a time".to_owned(),
            Self::Chosen(_) => "an option".to_owned(),
            Self::Record(resource) => format!("a record of `{}`", resource.name),
            Self::Password => "a password".to_owned(),
            Self::File => "a file".to_owned(),
        }
    }
}

impl Held<'_> {
    /// As sentences say it.
    pub(super) fn said(self) -> String {
        if self.many { format!("a list, each {}", self.what.said()) } else { self.what.said() }
    }

    /// Whether a field that holds `target` can be set to it.
    pub(super) fn becomes(self, target: Held<'_>) -> bool {
        use What::{Chosen, Day, File, Number, Password, Record, Text, Time, Truth};
        let texts = |options: &[(Value, String)]| options.iter().any(|(value, _)| value.is_string());
        let fits = match (target.what, self.what) {
            (Text, Text | Day | Time)
            | (Number, Number | Text | Chosen(_))
            | (Truth, Truth | Number | Text | Chosen(_)) => true,
            (Day | Time, Day | Time | Text)
            | (Chosen(_), Text | Number | Chosen(_))
            | (Password, Password)
            | (File, File) => true,
            (Text, Chosen(options)) => texts(options),
            (Text, Record(resource)) => resource.uuid,
            (Number, Record(resource)) => !resource.uuid,
            (Record(wanted), Record(resource)) => wanted.name == resource.name,
            (Record(_), Text | Chosen(_)) => true,
            (Record(wanted), Number) => !wanted.uuid,
            _ => false,
        };
        fits && self.many == target.many
    }

    /// Whether both can ever be the same.
    pub(super) fn meets(self, other: Held<'_>) -> bool {
        use What::{Day, File, Number, Record, Time, Truth};
        match (self.what, other.what) {
            (Record(one), Record(other)) => one.name == other.name,
            (Truth, other) | (other, Truth) => matches!(other, Truth),
            (File, other) | (other, File) => matches!(other, File),
            (Day | Time, other) | (other, Day | Time) => !matches!(other, Number | Record(_)),
            _ => true,
        }
    }
}

impl Reading<'_> {
    /// What a path leads to; the first part that leads nowhere is told, and so is a password, which nothing can show, compare
    /// or copy.
    pub(super) fn path<'a>(
        &mut self,
        app: &'a App,
        resource: &'a Resource,
        path: &[String],
        at: &Pointer,
    ) -> Option<Held<'a>> {
        let held = self.walk(app, resource, path, at)?;
        self.shown(held, path, at)
    }

    /// What a value leads to where it is no password.
    fn shown<'a>(&mut self, held: Held<'a>, path: &[String], at: &Pointer) -> Option<Held<'a>> {
        if matches!(held.what, What::Password) {
            let name = path.last().map_or("", String::as_str);
            self.secret(name, at);
            return None;
        }
        Some(held)
    }

    /// Tells of a password where none can stand.
    pub(super) fn secret(&mut self, name: &str, at: &Pointer) {
        let message = format!("`{name}` is a password, which nobody sees");
        self.wrong(
            at,
            message,
            "it is not shown, searched, sorted by, compared or copied: name another field",
        );
    }

    /// As [`path`](Self::path), to passwords, too.
    pub(super) fn walk<'a>(
        &mut self,
        app: &'a App,
        resource: &'a Resource,
        path: &[String],
        at: &Pointer,
    ) -> Option<Held<'a>> {
        let (first, rest) = path.split_first()?;
        if OWN_FIELDS.contains(&first.as_str()) && rest.is_empty() {
            let what = if first == "id" { What::Record(resource) } else { What::Time };
            return Some(Held { what, many: false });
        }
        let Some(field) = resource.fields.get(first) else {
            let what = format!("field in `{}` called", resource.name);
            let known = resource.fields.keys().map(String::as_str).chain(OWN_FIELDS);
            self.unknown(at, &what, first, known);
            return None;
        };
        let own = held(app, field);
        if rest.is_empty() {
            return own;
        }
        let Some(name) = field.related() else {
            let help = "only relations have fields of their own";
            self.wrong(at, format!("`{first}` of `{}` is no relation", resource.name), help);
            return None;
        };
        let other = app.resources.get(name)?;
        let led = self.walk(app, other, rest, at)?;
        Some(Held { many: led.many || own.is_some_and(|own| own.many), ..led })
    }

    /// What an expression leads to; `None` for a value, and for what has been told of.
    pub(super) fn expression<'a>(
        &mut self,
        scope: &Scope<'a>,
        given: &Given,
        at: &Pointer,
    ) -> Option<Held<'a>> {
        let accounts = scope.app.resources.get(&scope.app.accounts.resource);
        match given {
            Given::Literal(_) => None,
            Given::Me(path) if path.is_empty() => Some(Held { what: What::Record(accounts?), many: false }),
            Given::Me(path) => self.walk(scope.app, accounts?, path, at),
            Given::Record(path) => self.walk(scope.app, scope.resource, path, at),
            Given::State(path) | Given::Form(path) => self.in_form(scope, path, at),
            Given::Today => Some(Held { what: What::Day, many: false }),
            Given::Now => Some(Held { what: What::Time, many: false }),
        }
    }

    /// What a field of the form holds.
    fn in_form<'a>(&mut self, scope: &Scope<'a>, path: &[String], at: &Pointer) -> Option<Held<'a>> {
        let (name, rest) = path.split_first()?;
        let Some(field) = scope.form.get(name) else {
            let known = scope.form.keys().map(String::as_str);
            self.unknown(at, "field in the form called", name, known);
            return None;
        };
        if rest.is_empty() {
            return held(scope.app, field);
        }
        if !matches!(field.kind, Kind::File) {
            let help = "a form holds the ids of related records, not what they have";
            self.wrong(at, format!("`{name}` of the form has no `{}`", rest.join(".")), help);
        }
        None
    }

    /// As [`expression`](Self::expression), where no password can stand.
    pub(super) fn seen<'a>(&mut self, scope: &Scope<'a>, given: &Given, at: &Pointer) -> Option<Held<'a>> {
        let held = self.expression(scope, given, at)?;
        let path = match given {
            Given::Me(path) | Given::Record(path) | Given::State(path) | Given::Form(path) => path.as_slice(),
            _ => &[],
        };
        self.shown(held, path, at)
    }
}
