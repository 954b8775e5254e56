//! Actions of the application: what they ask for, and what becomes of the record.

use indexmap::IndexMap;
use serde_json::{Map, Value};
use tercet_spec::Pointer;

use super::super::app::{Action, DELETE, Resource};
use super::super::condition::{Allowed, Given};
use super::super::raw::{RawAction, RawMake};
use super::super::{App, Field, Kind};
use super::Reading;
use super::meaning::{Scope, What, held};
use super::resources::{is_name, spoken};
use super::values::{absent, stored};

impl Reading<'_> {
    pub(super) fn actions(
        &mut self,
        app: &App,
        resource: &Resource,
        raw: IndexMap<String, RawAction>,
        at: &Pointer,
    ) -> IndexMap<String, Action> {
        let mut actions = IndexMap::new();
        for (name, raw) in raw {
            let at = at.child(&name);
            if name == DELETE {
                let help = "say who may with `permissions: { delete: … }`";
                self.problem(&at, format!("every resource has the action `{DELETE}` already"), help);
            }
            if !is_name(&name, true) {
                let help = "it stands in paths: letters, digits, `_` and `-`, a letter first";
                self.problem(&at, format!("`{name}` cannot be the name of an action"), help);
            }
            let action = self.action(app, resource, &name, raw, &at);
            actions.insert(name, action);
        }
        actions
    }

    fn action(&mut self, app: &App, resource: &Resource, name: &str, raw: RawAction, at: &Pointer) -> Action {
        let mut form = IndexMap::new();
        for (field, raw) in raw.form {
            let at = at.child("form").child(&field);
            self.field_name(&field, &at);
            let read = self.field(&field, raw, &at);
            if read.kind.is_made() {
                self.problem(&at, "nobody can fill this in", "choose another type");
            }
            form.insert(field, read);
        }
        for field in form.values() {
            self.field_paths(app, resource, &form, field, &at.child("form").child(&field.name));
        }
        let allowed = Allowed { form: true, record: true, ..Allowed::default() };
        let values = Scope { app, resource, form: &form, allowed };
        let record = Scope { allowed: Allowed { form: false, ..allowed }, ..values };
        let set = self.values(&values, resource, &raw.set, &at.child("set"));
        let create = raw.create.and_then(|make| self.make(&values, &make, &at.child("create")));
        let permission = self.permission(&record, raw.allowed, &at.child("allowed"));
        let when = self.condition(&record, raw.when.as_ref(), &at.child("when"));
        let label = raw.label.unwrap_or_else(|| spoken(name));
        Action {
            name: name.to_owned(),
            allowed: permission,
            when,
            form,
            set,
            create,
            delete: raw.delete,
            message: raw.message.unwrap_or_else(|| format!("{label}: done.")),
            label,
        }
    }

    fn make(
        &mut self,
        scope: &Scope<'_>,
        raw: &RawMake,
        at: &Pointer,
    ) -> Option<(String, Vec<(String, Given)>)> {
        let app = scope.app;
        let Some(target) = app.resources.get(&raw.resource) else {
            self.unknown(
                &at.child("resource"),
                "resource",
                &raw.resource,
                app.resources.keys().map(String::as_str),
            );
            return None;
        };
        let values = self.values(scope, target, &raw.set, &at.child("set"));
        for field in target.fields.values() {
            let given = field.default.is_some() || values.iter().any(|(name, _)| *name == field.name);
            if field.has_rule("required") && !given {
                let help = "give it a value here, or a default there";
                self.problem(
                    &at.child("set"),
                    format!("`{}` of `{}` is required", field.name, target.name),
                    help,
                );
            }
        }
        Some((raw.resource.clone(), values))
    }

    /// Values for fields of `target`, told by an action.
    fn values(
        &mut self,
        scope: &Scope<'_>,
        target: &Resource,
        raw: &Map<String, Value>,
        at: &Pointer,
    ) -> Vec<(String, Given)> {
        let mut values = Vec::new();
        for (name, value) in raw {
            let at = at.child(name);
            let field = target.fields.get(name);
            match field {
                None => {
                    self.unknown(&at, "field", name, target.fields.keys().map(String::as_str));
                }
                Some(field) if field.kind.is_made() => {
                    self.problem(&at, "the application sets this field itself", "leave it out");
                }
                Some(_) => {}
            }
            match Given::read(value, scope.allowed) {
                Ok(given) => {
                    let given = self.value(scope, field, given, &at);
                    values.push((name.clone(), given));
                }
                Err(said) => self.wrong(&at, said, "or give the value itself"),
            }
        }
        values
    }

    /// A value for a field: that the field can hold it, and that it leads somewhere.
    fn value(&mut self, scope: &Scope<'_>, field: Option<&Field>, given: Given, at: &Pointer) -> Given {
        let field = field.filter(|field| !field.kind.is_made());
        let Given::Literal(value) = &given else {
            let target = field.and_then(|field| held(scope.app, field));
            let led = match target {
                // The only way in for a password is that somebody gives it.
                Some(target) if matches!(target.what, What::Password) => self.expression(scope, &given, at),
                _ => self.seen(scope, &given, at),
            };
            if let (Some(field), Some(target), Some(led)) = (field, target, led)
                && !led.becomes(target)
            {
                let message = format!("this is {}, and `{}` is {}", led.said(), field.name, target.said());
                self.wrong(at, message, "give what the field can hold");
            }
            return given;
        };
        let Some(field) = field.filter(|_| !value.is_null()) else { return given };
        if matches!(field.kind, Kind::Password | Kind::File) {
            let message = format!(
                "`{}` is {}",
                field.name,
                if matches!(field.kind, Kind::File) {
                    "a file, which is uploaded"
                } else {
                    "a password, which only its owner knows"
                }
            );
            self.wrong(
                at,
                message,
                format!("ask for it in the action's form: `{}: $form.{}`", field.name, field.name),
            );
            return given;
        }
        match stored(scope.app, field, value) {
            Ok(value) => {
                if let Kind::BelongsTo { resource, .. } | Kind::BelongsToMany { resource, .. } = &field.kind {
                    let keys = value.as_array().map_or_else(|| vec![&value], |keys| keys.iter().collect());
                    for (said, help) in keys.into_iter().filter_map(|key| absent(scope.app, resource, key)) {
                        self.wrong(at, said, help);
                    }
                }
                Given::Literal(value)
            }
            Err((said, help)) => {
                self.wrong(at, said, help);
                given
            }
        }
    }
}
