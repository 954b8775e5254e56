//! Actions of the application: what they ask for, and what becomes of the record.

use indexmap::IndexMap;
use serde_json::{Map, Value};
use tercet_spec::Pointer;

use super::super::app::{Action, DELETE, Resource};
use super::super::condition::{Allowed, Given};
use super::super::raw::{RawAction, RawMake};
use super::super::{App, Field};
use super::Reading;
use super::resources::spoken;

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
            if !name.chars().all(|one| one.is_ascii_alphanumeric() || one == '_' || one == '-')
                || name.is_empty()
            {
                let help = "it stands in paths: letters, digits, `_` and `-`";
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
            let read = self.field(&field, raw, &at);
            if read.kind.is_made() {
                self.problem(&at, "nobody can fill this in", "choose another type");
            }
            self.field_paths(app, resource, &read, &at);
            form.insert(field, read);
        }
        let record = Allowed { record: true, ..Allowed::default() };
        let set = self.values(app, resource, resource, &form, &raw.set, &at.child("set"));
        let create = raw.create.map(|make| self.make(app, resource, &form, &make, &at.child("create")));
        let label = raw.label.unwrap_or_else(|| spoken(name));
        Action {
            name: name.to_owned(),
            allowed: self.permission(app, resource, raw.allowed, record, &at.child("allowed")),
            when: self.condition(app, resource, raw.when.as_ref(), record, &at.child("when")),
            form,
            set,
            create: create.flatten(),
            delete: raw.delete,
            message: raw.message.unwrap_or_else(|| format!("{label}: done.")),
            label,
        }
    }

    fn make(
        &mut self,
        app: &App,
        resource: &Resource,
        form: &IndexMap<String, Field>,
        raw: &RawMake,
        at: &Pointer,
    ) -> Option<(String, Vec<(String, Given)>)> {
        let Some(target) = app.resources.get(&raw.resource) else {
            self.unknown(
                &at.child("resource"),
                "resource",
                &raw.resource,
                app.resources.keys().map(String::as_str),
            );
            return None;
        };
        let values = self.values(app, resource, target, form, &raw.set, &at.child("set"));
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

    /// Values for fields of `target`, told by an action on `resource`.
    fn values(
        &mut self,
        app: &App,
        resource: &Resource,
        target: &Resource,
        form: &IndexMap<String, Field>,
        raw: &Map<String, Value>,
        at: &Pointer,
    ) -> Vec<(String, Given)> {
        let mut values = Vec::new();
        for (name, value) in raw {
            let at = at.child(name);
            match target.fields.get(name) {
                None => self.unknown(&at, "field", name, target.fields.keys().map(String::as_str)),
                Some(field) if field.kind.is_made() => {
                    self.problem(&at, "the application sets this field itself", "leave it out");
                }
                Some(_) => {}
            }
            let allowed = Allowed { form: true, record: true, ..Allowed::default() };
            match Given::read(value, allowed) {
                Ok(given) => {
                    match &given {
                        Given::Form(path) if path.first().is_none_or(|field| !form.contains_key(field)) => {
                            let name = path.first().map_or("", String::as_str);
                            self.unknown(
                                &at,
                                "field in the form called",
                                name,
                                form.keys().map(String::as_str),
                            );
                        }
                        Given::Record(path) => self.path(app, resource, path, &at),
                        _ => {}
                    }
                    values.push((name.clone(), given));
                }
                Err(said) => self.wrong(&at, said, "or give the value itself"),
            }
        }
        values
    }
}
