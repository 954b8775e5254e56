//! Resources: their names, fields and switches, and, once all are known, what refers to others.

use indexmap::IndexMap;
use serde_json::{Map, Value};
use tercet_spec::Pointer;

use super::super::app::{Grant, Pages, Permission, Resource, Sort, Table};
use super::super::condition::Allowed;
use super::super::raw::{
    RawAction, RawKey, RawPermission, RawPermissions, RawResource, RawSort, RawTable, RawWho,
};
use super::super::{App, Kind, OWN_FIELDS, Template};
use super::meaning::Scope;
use super::{Reading, TAKEN};

/// What is read once all resources and their fields are known.
pub(super) struct Later {
    pub(super) records: Vec<Map<String, Value>>,
    pub(super) actions: IndexMap<String, RawAction>,
    pub(super) permissions: RawPermissions,
    pub(super) tables: IndexMap<String, RawTable>,
}

/// Records on a page where nobody says how many: Laravel's default.
const PER_PAGE: u32 = 15;

/// `due_date` as people write it: `Due date`.
pub(super) fn spoken(name: &str) -> String {
    let words = name.replace(['_', '-'], " ");
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// Whether it can be a part of a path and of an expression.
pub(super) fn is_name(name: &str, dashes: bool) -> bool {
    let mut letters = name.chars();
    letters.next().is_some_and(|first| first.is_ascii_alphabetic())
        && letters.all(|one| one.is_ascii_alphanumeric() || one == '_' || (dashes && one == '-'))
}

impl Reading<'_> {
    /// A resource with its fields; its tables, permissions, actions and records follow with [`finish`](Self::finish).
    pub(super) fn resource(&mut self, name: &str, raw: RawResource, at: &Pointer) -> Resource {
        if !is_name(name, true) {
            let help = "it stands in paths: letters, digits, `_` and `-`, a letter first";
            self.problem(at, format!("`{name}` cannot be the name of a resource"), help);
        }
        if TAKEN.contains(&name) {
            self.problem(
                at,
                format!("the name `{name}` is taken"),
                "the server keeps something else under it",
            );
        }
        let mut fields = IndexMap::new();
        for (field, raw) in raw.fields {
            let at = at.child("fields").child(&field);
            self.field_name(&field, &at);
            if OWN_FIELDS.contains(&field.as_str()) {
                self.problem(&at, format!("every record has `{field}` already"), "leave it out");
            }
            let read = self.field(&field, raw, &at);
            fields.insert(field, read);
        }
        let label = raw.label.unwrap_or_else(|| spoken(name));
        let singular = raw.singular.unwrap_or_else(|| label.clone());
        let own = format!("{singular} #{{id}}");
        let search = raw.search.unwrap_or_else(|| {
            let texts = fields.values().filter(|field| {
                matches!(
                    field.kind,
                    Kind::Text | Kind::Textarea | Kind::Email | Kind::Url | Kind::Sequence(_)
                )
            });
            texts.map(|field| field.name.clone()).collect()
        });
        let pages = Pages {
            table: raw.pages.table,
            detail: raw.pages.detail,
            create: raw.pages.create,
            edit: raw.pages.edit,
        };
        Resource {
            name: name.to_owned(),
            title: self.template(raw.title.as_deref().unwrap_or(&own), false, &at.child("title")),
            description: raw.description.map(|text| self.template(&text, false, &at.child("description"))),
            search,
            uuid: raw.key == RawKey::Uuid,
            fields,
            tables: IndexMap::new(),
            pages,
            view: Permission::Everybody,
            create: Permission::Everybody,
            update: Permission::Everybody,
            delete: Permission::Everybody,
            actions: IndexMap::new(),
            records: Vec::new(),
            label,
            singular,
        }
    }

    pub(super) fn field_name(&mut self, name: &str, at: &Pointer) {
        if !is_name(name, false) {
            let help = "letters, digits and `_`, a letter first";
            self.problem(at, format!("`{name}` cannot be the name of a field"), help);
        }
    }

    pub(super) fn template(&mut self, text: &str, sequence: bool, at: &Pointer) -> Template {
        Template::read(text, sequence).unwrap_or_else(|said| {
            self.wrong(at, said, "`{field}` and `{relation.field}` are filled in");
            Template(Vec::new())
        })
    }

    /// Tables, permissions and actions of a resource.
    pub(super) fn finish(&mut self, app: &mut App, name: &str, later: Later, at: &Pointer) {
        let Some(resource) = app.resources.get(name) else { return };
        let tables = self.tables(app, resource, later.tables, &at.child("tables"));
        let permissions = at.child("permissions");
        let allowed = Allowed { record: true, ..Allowed::default() };
        let scope = Scope { app, resource, form: &resource.fields, allowed };
        let mut permission =
            |raw: Option<RawPermission>, key: &str| self.permission(&scope, raw, &permissions.child(key));
        let view = permission(later.permissions.view, "view");
        let create = permission(later.permissions.create, "create");
        let update = permission(later.permissions.update, "update");
        let delete = permission(later.permissions.delete, "delete");
        let actions = self.actions(app, resource, later.actions, &at.child("actions"));
        let Some(resource) = app.resources.get_mut(name) else { return };
        (resource.tables, resource.actions) = (tables, actions);
        (resource.view, resource.create, resource.update, resource.delete) = (view, create, update, delete);
    }

    fn tables(
        &mut self,
        app: &App,
        resource: &Resource,
        raw: IndexMap<String, RawTable>,
        at: &Pointer,
    ) -> IndexMap<String, Table> {
        let mut raw = raw;
        let own = raw.shift_remove(&resource.name).unwrap_or_default();
        let mut tables = IndexMap::new();
        for (name, raw) in std::iter::once((resource.name.clone(), own)).chain(raw) {
            let at = at.child(&name);
            if name != resource.name && !is_name(&name, true) {
                let help = "it stands in paths: letters, digits, `_` and `-`, a letter first";
                self.problem(&at, format!("`{name}` cannot be the name of a table"), help);
            }
            let table = self.table(app, resource, &name, raw, &at);
            tables.insert(name, table);
        }
        tables
    }

    fn table(&mut self, app: &App, resource: &Resource, name: &str, raw: RawTable, at: &Pointer) -> Table {
        let shown = |name: &String| resource.fields.get(name).is_some_and(|field| !field.hidden.table);
        let chosen = raw.columns.is_some();
        let columns =
            raw.columns.unwrap_or_else(|| resource.fields.keys().filter(|one| shown(one)).cloned().collect());
        for (index, column) in columns.iter().enumerate() {
            let at = at.child("columns").index(index);
            match resource.fields.get(column) {
                None => self.unknown(&at, "field", column, resource.fields.keys().map(String::as_str)),
                Some(field) if field.hidden.table => {
                    self.wrong(&at, format!("`{column}` is hidden in tables"), "leave one of both out");
                }
                Some(field) if matches!(field.kind, Kind::Password) && chosen => self.secret(column, &at),
                Some(_) => {}
            }
        }
        let scope = Scope { app, resource, form: &resource.fields, allowed: Allowed::default() };
        let filter = self.condition(&scope, raw.filter.as_ref(), &at.child("where"));
        let mut tabs = IndexMap::new();
        for (label, tab) in &raw.tabs {
            let at = at.child("tabs").child(label).child("where");
            let filter = self.condition(&scope, tab.filter.as_ref(), &at);
            tabs.insert(label.clone(), filter);
        }
        Table {
            name: name.to_owned(),
            label: raw.label.unwrap_or_else(|| resource.label.clone()),
            filter,
            columns,
            sort: raw.sort.map(|sort| self.sort(resource, sort, &at.child("sort"))),
            per_page: raw.per_page.unwrap_or(PER_PAGE),
            tabs,
        }
    }

    pub(super) fn sort(&mut self, resource: &Resource, raw: RawSort, at: &Pointer) -> Sort {
        match resource.fields.get(&raw.by) {
            Some(field) if matches!(field.kind, Kind::Password) => self.secret(&raw.by, &at.child("by")),
            None if !OWN_FIELDS.contains(&raw.by.as_str()) => {
                let known = resource.fields.keys().map(String::as_str).chain(OWN_FIELDS);
                self.unknown(&at.child("by"), "field", &raw.by, known);
            }
            _ => {}
        }
        raw.into()
    }

    pub(super) fn permission(
        &mut self,
        scope: &Scope<'_>,
        raw: Option<RawPermission>,
        at: &Pointer,
    ) -> Permission {
        let grants = match raw {
            None | Some(RawPermission::Word(RawWho::Everybody)) => return Permission::Everybody,
            Some(RawPermission::Word(RawWho::Nobody)) => return Permission::Grants(Vec::new()),
            Some(RawPermission::Grants(grants)) => grants,
        };
        let mut read = Vec::new();
        for (index, grant) in grants.into_iter().enumerate() {
            let at = at.index(index);
            for (index, role) in grant.roles.iter().flatten().enumerate() {
                self.role(scope.app, role, &at.child("roles").index(index));
            }
            let filter = self.condition(scope, grant.filter.as_ref(), &at.child("where"));
            read.push(Grant { roles: grant.roles, filter });
        }
        Permission::Grants(read)
    }

    fn role(&mut self, app: &App, role: &str, at: &Pointer) {
        let accounts = app.resources.get(&app.accounts.resource);
        let field = app.accounts.roles.as_ref().and_then(|name| accounts?.fields.get(name));
        let Some(field) = field else {
            let help = "name the select field that holds roles: `accounts: { resource: users, roles: role }`";
            return self.wrong(at, format!("nobody can have the role `{role}`"), help);
        };
        let Kind::Select { options, .. } = &field.kind else { return };
        if !options.iter().any(|(value, _)| value.as_str() == Some(role)) {
            self.unknown(at, "role", role, options.iter().filter_map(|(value, _)| value.as_str()));
        }
    }
}
