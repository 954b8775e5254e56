//! Reading an application's file: every problem of it is told, with its place.

mod actions;
mod conditions;
mod fields;
mod meaning;
mod paths;
mod records;
mod resources;
mod rest;
mod shape;
mod start;
mod values;

use indexmap::IndexMap;
use tercet_spec::{Diagnostic, Document, Pointer};

use super::app::{Accounts, App, Resource};
use super::raw::{RawAccounts, RawApplication};

/// The resource whose records sign in where the file does not say.
const USERS: &str = "users";

/// Collections that the document has itself.
pub(super) const TAKEN: [&str; 4] = ["api_tokens", "activity_logs", "sequences", "stored_files"];

/// Reads an application; `name` is what messages call the file.
///
/// # Errors
/// Everything wrong with it.
pub(crate) fn read(name: &str, text: &str) -> Result<App, Vec<Diagnostic>> {
    if text.trim().is_empty() {
        let problem = Diagnostic::error("application", format!("`{name}` is empty"));
        return Err(vec![problem.help(
            "declare a resource, such as `resources: { projects: { fields: { name: { type: text } } } }`",
        )]);
    }
    let document = Document::parse(name, text)?;
    let mut problems = document.faults();
    shape::shape(&document, &mut problems);
    if !problems.is_empty() {
        return Err(problems);
    }
    let raw: RawApplication = match serde_json::from_value(document.root().clone()) {
        Ok(raw) => raw,
        Err(error) => {
            return Err(vec![
                Diagnostic::error("application", error.to_string()).at(&document, &Pointer::root()),
            ]);
        }
    };
    let mut reading = Reading { document: &document, problems };
    let app = reading.app(raw);
    let mut problems = reading.problems;
    if problems.is_empty() {
        return Ok(app);
    }
    problems.sort_by_key(|problem| problem.position().map(|at| (at.line, at.column)));
    Err(problems)
}

/// The nearest of some names, if one is near.
pub(super) fn closest<'n>(name: &str, known: impl Iterator<Item = &'n str>) -> Option<&'n str> {
    let near =
        known.map(|one| (strsim::levenshtein(name, one), one)).min_by_key(|(distance, _)| *distance)?;
    (near.0 <= 2 && near.0 < name.chars().count()).then_some(near.1)
}

/// A list of names as sentences have it: `` `a`, `b` ``.
fn listed<'n>(names: impl Iterator<Item = &'n str>) -> String {
    let names: Vec<String> = names.map(|name| format!("`{name}`")).collect();
    names.join(", ")
}

/// What is said of a name that nothing has, with those that there are.
fn absent<'n>(what: &str, name: &str, known: impl Iterator<Item = &'n str> + Clone) -> Diagnostic {
    let help = match closest(name, known.clone()) {
        Some(near) => format!("did you mean `{near}`?"),
        None if known.clone().next().is_none() => "there is none".to_owned(),
        None => format!("there is: {}", listed(known)),
    };
    Diagnostic::error("application", format!("there is no {what} `{name}`")).help(help)
}

/// A file that is being read.
struct Reading<'d> {
    document: &'d Document,
    problems: Vec<Diagnostic>,
}

impl Reading<'_> {
    fn problem(&mut self, at: &Pointer, message: impl Into<String>, help: impl Into<String>) {
        let problem = Diagnostic::error("application", message).at(self.document, at).help(help);
        self.problems.push(problem);
    }

    /// As [`problem`](Self::problem), at the value rather than at the key.
    fn wrong(&mut self, at: &Pointer, message: impl Into<String>, help: impl Into<String>) {
        let problem = Diagnostic::error("application", message).at_value(self.document, at).help(help);
        self.problems.push(problem);
    }

    /// A name that nothing has, with those that there are.
    fn unknown<'n>(
        &mut self,
        at: &Pointer,
        what: &str,
        name: &str,
        known: impl Iterator<Item = &'n str> + Clone,
    ) {
        let problem = absent(what, name, known).at_value(self.document, at);
        self.problems.push(problem);
    }

    fn app(&mut self, mut raw: RawApplication) -> App {
        let root = Pointer::root();
        let name = raw.application.name.unwrap_or_else(|| "Qore".to_owned());
        let mut resources: IndexMap<String, Resource> = IndexMap::new();
        let at = root.child("resources");
        if raw.resources.is_empty() {
            self.problem(
                &at,
                "there is no resource",
                "declare one, such as `projects: { fields: { name: { type: text } } }`",
            );
        }
        if raw.accounts.is_none()
            && !raw.resources.contains_key(USERS)
            && let Ok(users) = start::users()
        {
            raw.resources.insert(USERS.to_owned(), users);
        }
        let mut rest = Vec::new();
        for (name, mut resource) in raw.resources {
            let later = resources::Later {
                records: std::mem::take(&mut resource.records),
                actions: std::mem::take(&mut resource.actions),
                permissions: std::mem::take(&mut resource.permissions),
                tables: std::mem::take(&mut resource.tables),
            };
            let read = self.resource(&name, resource, &at.child(&name));
            resources.insert(name.clone(), read);
            rest.push((name, later));
        }
        let accounts = self.accounts(raw.accounts, &resources, &root.child("accounts"));
        let mut app = App { name, accounts, tokens: Vec::new(), resources };
        // Whatever names a record needs to know which there are.
        for (name, later) in &mut rest {
            let Some(resource) = app.resources.get(name) else { continue };
            let raw = std::mem::take(&mut later.records);
            let records = self.records(&app, resource, raw, &at.child(name).child("records"));
            if let Some(resource) = app.resources.get_mut(name) {
                resource.records = records;
            }
        }
        self.paths_of(&app);
        for (name, later) in rest {
            self.finish(&mut app, &name, later, &at.child(&name));
        }
        self.at_rest(&app);
        app.tokens = self.tokens(&app, raw.tokens, &root.child("tokens"));
        app
    }

    /// Whose records sign in.
    fn accounts(
        &mut self,
        raw: Option<RawAccounts>,
        resources: &IndexMap<String, Resource>,
        at: &Pointer,
    ) -> Accounts {
        let Some(raw) = raw else {
            let has_email = resources.get(USERS).is_some_and(|users| users.fields.contains_key("email"));
            let login = has_email.then(|| "email".to_owned());
            return Accounts { resource: USERS.to_owned(), login, roles: None };
        };
        let accounts = Accounts { resource: raw.resource, login: raw.login, roles: raw.roles };
        let Some(resource) = resources.get(&accounts.resource) else {
            let at = at.child("resource");
            self.unknown(&at, "resource", &accounts.resource, resources.keys().map(String::as_str));
            return accounts;
        };
        let known = || resource.fields.keys().map(String::as_str);
        match accounts.login.as_deref().map(|name| (name, resource.fields.get(name))) {
            Some((name, None)) => self.unknown(&at.child("login"), "field", name, known()),
            Some((name, Some(field))) if matches!(field.kind, super::Kind::Password) => {
                self.secret(name, &at.child("login"));
            }
            _ => {}
        }
        match accounts.roles.as_deref().map(|name| (name, resource.fields.get(name))) {
            Some((name, None)) => self.unknown(&at.child("roles"), "field", name, known()),
            Some((name, Some(field))) if !matches!(field.kind, super::Kind::Select { .. }) => {
                let help = "roles are the options of a field with `type: select`";
                self.wrong(&at.child("roles"), format!("`{name}` is no select"), help);
            }
            _ => {}
        }
        accounts
    }
}
