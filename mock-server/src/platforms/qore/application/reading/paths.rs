//! Paths: what templates, conditions, orders and relations name has to be there.

use tercet_spec::Pointer;

use super::super::{App, Field, Kind, OWN_FIELDS, Resource, Template};
use super::Reading;
use crate::platforms::qore::rules;

impl Reading<'_> {
    /// Reports the first part of a path that leads nowhere.
    pub(super) fn path(&mut self, app: &App, resource: &Resource, path: &[String], at: &Pointer) {
        let Some((first, rest)) = path.split_first() else { return };
        if OWN_FIELDS.contains(&first.as_str()) && rest.is_empty() {
            return;
        }
        let Some(field) = resource.fields.get(first) else {
            let what = format!("field in `{}` called", resource.name);
            let known = resource.fields.keys().map(String::as_str).chain(OWN_FIELDS);
            return self.unknown(at, &what, first, known);
        };
        if rest.is_empty() {
            return;
        }
        match field.related() {
            Some(name) => {
                if let Some(other) = app.resources.get(name) {
                    self.path(app, other, rest, at);
                }
            }
            None => {
                let help = "only relations have fields of their own";
                self.wrong(at, format!("`{first}` of `{}` is no relation", resource.name), help);
            }
        }
    }

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
                if !resource.fields.contains_key(name) {
                    let at = at.child("search").index(index);
                    self.unknown(&at, "field", name, resource.fields.keys().map(String::as_str));
                }
            }
            for field in resource.fields.values() {
                self.field_paths(app, resource, field, &at.child("fields").child(&field.name));
            }
        }
    }

    pub(super) fn field_paths(&mut self, app: &App, resource: &Resource, field: &Field, at: &Pointer) {
        if let Kind::Sequence(format) = &field.kind {
            self.template_paths(app, resource, format, &at.child("format"));
        }
        self.rule_paths(app, resource, field, at);
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
        for path in choices.filter.paths() {
            self.path(app, other, path, &at.child("where").child(&path.join(".")));
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

    /// What rules name: fields, `same:name`, and resources, `exists:projects,code`. The fields of an action's form may compare
    /// themselves with one another, which nobody knows here.
    fn rule_paths(&mut self, app: &App, resource: &Resource, field: &Field, at: &Pointer) {
        let at = at.child("rules");
        let own = resource.fields.contains_key(&field.name);
        for rule in &field.rules {
            for name in rules::fields(rule).into_iter().filter(|_| own) {
                self.path(app, resource, &[name.to_owned()], &at);
            }
            let Some((name, field)) = rules::resource(rule) else { continue };
            match app.resources.get(name) {
                Some(other) => {
                    let field = field.map(str::to_owned);
                    field.iter().for_each(|field| self.path(app, other, std::slice::from_ref(field), &at));
                }
                None => self.unknown(&at, "resource", name, app.resources.keys().map(String::as_str)),
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
