//! Reading an application's file: every problem of it is told, with its place.

mod actions;
mod fields;
mod paths;
mod records;
mod resources;
mod start;

use indexmap::IndexMap;
use serde_json::Value;
use tercet_spec::contract::type_violations;
use tercet_spec::{Diagnostic, Document, Pointer};

use super::app::{Accounts, App, Resource};
use super::raw::{RawAccounts, RawApplication};

/// The resource whose records sign in where the file does not say.
const USERS: &str = "users";

/// Collections that the document has itself.
const TAKEN: [&str; 4] = ["api_tokens", "activity_logs", "sequences", "stored_files"];

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
    shape(&document, &mut problems);
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

/// What the file's JSON Schema says against it.
fn shape(document: &Document, problems: &mut Vec<Diagnostic>) {
    for violation in type_violations::<RawApplication>(document.root()) {
        let mut place = violation.instance.clone();
        let mut help = "`spec/platforms/qore/application.schema.json` has all that can be said".to_owned();
        if violation.rule == "additionalProperties"
            && let Some(name) = violation.limit.get(0).and_then(Value::as_str)
        {
            place = place.child(name);
            if let Some(near) = closest(name, KEYS.iter().copied()) {
                help = format!("did you mean `{near}`?");
            }
        }
        let keys: Vec<String> = violation.instance.tokens().collect();
        // An element is spoken of by its list.
        let subject = keys.iter().rev().find(|key| key.parse::<usize>().is_err());
        let subject = subject.map_or(String::new(), |name| format!("`{name}` "));
        let mut message = violation.message;
        if let Some(words) = words(&place) {
            let given = document.get(&place).map(Value::to_string).unwrap_or_default();
            let near = closest(given.trim_matches('"'), words.iter().map(String::as_str)).map(str::to_owned);
            message = format!("cannot be {given}");
            help = near.map_or_else(
                || format!("it is one of {}", listed(words.iter().map(String::as_str))),
                |near| format!("did you mean `{near}`?"),
            );
        }
        let problem = Diagnostic::error("application", format!("{subject}{message}")).help(help);
        let at_key = violation.rule == "additionalProperties";
        problems.push(if at_key { problem.at(document, &place) } else { problem.at_value(document, &place) });
    }
}

/// The words that may stand at a place, where there are only some.
fn words(at: &Pointer) -> Option<Vec<String>> {
    let keys: Vec<String> = at.tokens().collect();
    let (last, above) = (keys.last()?, keys.len().checked_sub(2).and_then(|index| keys.get(index)));
    let definition = match last.as_str() {
        "type" => "RawKind",
        "key" => "RawKey",
        "on-delete" => "RawOnDelete",
        "direction" => "RawDirection",
        _ if above.is_some_and(|above| above == "hidden") => "RawPlace",
        _ => return None,
    };
    let schema = super::schema();
    let words = schema.pointer(&format!("/$defs/{definition}/oneOf"))?.as_array()?;
    Some(words.iter().filter_map(|one| Some(one.get("const")?.as_str()?.to_owned())).collect())
}

/// The keys of the file, for those that are misspelt.
const KEYS: [&str; 48] = [
    "application",
    "name",
    "accounts",
    "resource",
    "login",
    "roles",
    "tokens",
    "device_name",
    "user",
    "token",
    "expires_at",
    "resources",
    "label",
    "singular",
    "title",
    "description",
    "search",
    "key",
    "fields",
    "tables",
    "pages",
    "permissions",
    "actions",
    "records",
    "type",
    "rules",
    "default",
    "hidden",
    "inline",
    "readonly",
    "sortable",
    "searchable",
    "precision",
    "options",
    "multiple",
    "on-delete",
    "choices",
    "by",
    "format",
    "where",
    "group-by",
    "ungrouped",
    "sort",
    "direction",
    "columns",
    "per-page",
    "tabs",
    "allowed",
];

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
        let help = match closest(name, known.clone()) {
            Some(near) => format!("did you mean `{near}`?"),
            None if known.clone().next().is_none() => "there is none".to_owned(),
            None => format!("there is: {}", listed(known)),
        };
        self.wrong(at, format!("there is no {what} `{name}`"), help);
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
        self.paths_of(&app);
        for (name, later) in rest {
            self.finish(&mut app, &name, later, &at.child(&name));
        }
        self.referred(&app);
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
        if let Some(login) = accounts.login.as_deref().filter(|login| !resource.fields.contains_key(*login)) {
            self.unknown(&at.child("login"), "field", login, known());
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
