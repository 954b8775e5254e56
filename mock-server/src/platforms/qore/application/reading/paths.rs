//! Paths: what templates, conditions, orders and relations name has to be there.

use indexmap::IndexMap;
use serde_json::Value;
use tercet_spec::Pointer;

use super::super::condition::Allowed;
use super::super::{App, Field, Kind, OWN_FIELDS, Resource, Template};
use super::meaning::{Scope, held};
use super::{Reading, absent};
use crate::platforms::qore::rules;

impl Reading<'_> {
    fn template_paths(&mut self, app: &App, resource: &Resource, template: &Template, at: &Pointer) {
        for path in template.paths() {
            self.path(app, resource, path, at);
        }
    }

    /// Everything that resources and fields name, now that all of them are known.
    pub(super) fn paths_of(&mut self, app: &App) {
        for resource in app.resources.values() {
            let at = Pointer::root().child("resources").child(&resource.name);
            self.template_paths(app, resource, &resource.title, &at.child("title"));
            if let Some(description) = &resource.description {
                self.template_paths(app, resource, description, &at.child("description"));
            }
            for (index, name) in resource.search.iter().enumerate() {
                let at = at.child("search").index(index);
                match resource.fields.get(name) {
                    Some(field) if matches!(field.kind, Kind::Password) => self.secret(name, &at),
                    Some(_) => {}
                    None => self.unknown(&at, "field", name, resource.fields.keys().map(String::as_str)),
                }
            }
            for field in resource.fields.values() {
                let at = at.child("fields").child(&field.name);
                self.field_paths(app, resource, &resource.fields, field, &at);
            }
        }
    }

    /// Everything that a field names; `form` is what it is filled in with.
    pub(super) fn field_paths(
        &mut self,
        app: &App,
        resource: &Resource,
        form: &IndexMap<String, Field>,
        field: &Field,
        at: &Pointer,
    ) {
        if let Kind::Sequence(format) = &field.kind {
            self.template_paths(app, resource, format, &at.child("format"));
        }
        let of_action = !std::ptr::eq(form, &raw const resource.fields);
        self.rule_paths(app, form, of_action, &at.child("rules"));
        self.fitting_default(app, resource, field, at);
        let scope = Scope { app, resource, form, allowed: Allowed::default() };
        self.default_path(&scope, field, &at.child("default"));
        self.choice_paths(&scope, resource, field, at);
    }

    /// What a default that is no value leads to.
    fn default_path(&mut self, scope: &Scope<'_>, field: &Field, at: &Pointer) {
        let Some(given) = &field.default else { return };
        let Some(target) = held(scope.app, field) else { return };
        if let Some(led) = self.seen(scope, given, at)
            && !led.becomes(target)
        {
            let message = format!("this is {}, and `{}` is {}", led.said(), field.name, target.said());
            self.wrong(at, message, "give what the field can hold");
        }
    }

    fn choice_paths(&mut self, scope: &Scope<'_>, resource: &Resource, field: &Field, at: &Pointer) {
        let app = scope.app;
        let Some(name) = field.related() else { return };
        let Some(other) = app.resources.get(name) else {
            if !name.is_empty() {
                self.unknown(
                    &at.child("resource"),
                    "resource",
                    name,
                    app.resources.keys().map(String::as_str),
                );
            }
            return;
        };
        let choices = match &field.kind {
            Kind::HasMany { by, .. } => return self.back(resource, other, by, &at.child("by")),
            Kind::BelongsTo { choices, .. } | Kind::BelongsToMany { choices, .. } => choices,
            _ => return,
        };
        let at = at.child("choices");
        let scope = Scope { allowed: Allowed { state: true, ..Allowed::default() }, ..*scope };
        let filter = at.child("where");
        if let Some(Value::Object(raw)) = self.document.get(&filter) {
            let raw = raw.clone();
            self.tests(&scope, other, &raw, &filter);
        }
        for (template, key) in [(&choices.label, "label"), (&choices.description, "description")] {
            if let Some(template) = template {
                self.template_paths(app, other, template, &at.child(key));
            }
        }
        if let Some(group) = &choices.group_by {
            self.path(app, other, std::slice::from_ref(group), &at.child("group-by"));
        }
        if let Some(sort) = &choices.sort {
            self.path(app, other, std::slice::from_ref(&sort.by), &at.child("sort").child("by"));
        }
    }

    /// What rules name: fields beside their own, `same:name`, and resources, `exists:projects,code`.
    fn rule_paths(&mut self, app: &App, form: &IndexMap<String, Field>, of_action: bool, at: &Pointer) {
        let own: &[&str] = if of_action { &[] } else { &OWN_FIELDS };
        for (index, rule) in self.written_rules(at) {
            for name in rules::fields(&rule) {
                let known = form.keys().map(String::as_str).chain(own.iter().copied());
                if !known.clone().any(|one| one == name) {
                    let what = if of_action { "field in the form called" } else { "field" };
                    let problem = absent(what, name, known);
                    self.at_rule(problem, at, index);
                }
            }
            let Some((name, field)) = rules::resource(&rule) else { continue };
            let Some(other) = app.resources.get(name) else {
                let problem = absent("resource", name, app.resources.keys().map(String::as_str));
                self.at_rule(problem, at, index);
                continue;
            };
            let known = other.fields.keys().map(String::as_str).chain(OWN_FIELDS);
            match field {
                Some(name) if !known.clone().any(|one| one == name) => {
                    let what = format!("field in `{}` called", other.name);
                    self.at_rule(absent(&what, name, known), at, index);
                }
                _ => {}
            }
        }
    }

    /// The field through which another resource refers back.
    fn back(&mut self, resource: &Resource, other: &Resource, by: &str, at: &Pointer) {
        let refers = |field: &Field| matches!(&field.kind, Kind::BelongsTo { resource: to, .. } | Kind::BelongsToMany { resource: to, .. } if *to == resource.name);
        match other.fields.get(by) {
            Some(field) if refers(field) => {}
            Some(_) => {
                let message = format!("`{by}` of `{}` does not refer to `{}`", other.name, resource.name);
                self.wrong(
                    at,
                    message,
                    "name a field with `type: belongs-to` or `belongs-to-many` that does",
                );
            }
            None if by.is_empty() => {}
            None => {
                let known: Vec<&str> = other
                    .fields
                    .values()
                    .filter(|field| refers(field))
                    .map(|field| field.name.as_str())
                    .collect();
                self.unknown(at, &format!("field in `{}` called", other.name), by, known.into_iter());
            }
        }
    }
}
