//! Finding out about a deployment's application: which questions to ask next, and what the answers amount to.

mod guess;
mod observe;
mod shapes;

use std::collections::VecDeque;
use std::sync::Arc;

use indexmap::IndexMap;
use serde_json::{Map, Value, json};
use tercet_spec::Contract;
use tercet_spec::contract::Flavour;

use super::application::{App, Kind, Resource};
use super::document::{Manner, concrete};
use crate::application::{Discovering, Found, Question};
use observe::Observed;

/// Records whose details are looked at, of each resource.
const SAMPLES: usize = 2;

/// An application that is being found out about.
pub(super) struct Discovery {
    /// What a file says of it.
    declared: Option<Arc<App>>,
    /// The resources that are asked about; all that are found where it is empty.
    wanted: Vec<String>,
    base: Arc<Contract>,
    queue: VecDeque<Topic>,
    asked: Option<Topic>,
    manner: Manner,
    observed: Observed,
    /// What was found out about each resource.
    resources: IndexMap<String, Resource>,
    /// Actions of resources, as routes name them.
    actions: IndexMap<String, Vec<String>>,
    notes: Vec<String>,
}

/// What a question is about.
#[derive(Clone, Debug, PartialEq)]
enum Topic {
    Me(usize),
    Routes,
    Form(String),
    Table(String, String),
    Detail(String, Value),
    Logs(String, Value),
    Options(String, String),
    Search,
}

impl Discovery {
    pub(super) fn new(declared: Option<Arc<App>>, wanted: Vec<String>, base: Arc<Contract>) -> Self {
        let manner = Manner { declared: declared.is_some(), callers: vec![None, None], ..Manner::default() };
        Self {
            declared,
            wanted,
            base,
            queue: [Topic::Me(0), Topic::Me(1), Topic::Routes, Topic::Search].into(),
            asked: None,
            manner,
            observed: Observed::default(),
            resources: IndexMap::new(),
            actions: IndexMap::new(),
            notes: Vec::new(),
        }
    }

    fn hear_routes(&mut self, body: Option<&Value>) {
        let routes = body.map(shapes::routes).unwrap_or_default();
        let mut names: Vec<String> = match (&self.declared, self.wanted.is_empty()) {
            (_, false) => self.wanted.clone(),
            (Some(app), true) => app.resources.keys().cloned().collect(),
            (None, true) => routes.keys().cloned().collect(),
        };
        names.dedup();
        if let Some(app) = &self.declared {
            let unknown: Vec<&String> =
                names.iter().filter(|name| !app.resources.contains_key(*name)).collect();
            self.notes.extend(
                unknown
                    .iter()
                    .map(|name| format!("the application's file has no resource `{name}`: it is left out")),
            );
            names.retain(|name| app.resources.contains_key(name));
        }
        for name in names {
            let found = routes.get(&name);
            let tables = found.map(|one| one.tables.clone()).unwrap_or_default();
            self.actions.insert(name.clone(), found.map(|one| one.actions.clone()).unwrap_or_default());
            let resource = match self.declared.as_ref().and_then(|app| app.resources.get(&name)) {
                Some(declared) => declared.clone(),
                None => {
                    self.queue.push_back(Topic::Form(name.clone()));
                    guess::resource(&name, &tables)
                }
            };
            self.queue.extend(resource.tables.keys().map(|table| Topic::Table(name.clone(), table.clone())));
            self.resources.insert(name, resource);
        }
        if self.declared.is_some() {
            // Whether its answers keep the schema.
            self.queue.extend(self.resources.keys().next().cloned().map(Topic::Form));
        }
    }

    fn hear_form(&mut self, name: &str, status: u16, body: Option<&Value>) {
        if self.manner.declared {
            return;
        }
        let fields = body.filter(|_| status < 300).and_then(shapes::fields);
        let known: Vec<String> = self.resources.keys().cloned().collect();
        let Some(resource) = self.resources.get_mut(name) else { return };
        let Some(fields) = fields else {
            self.notes
                .push(format!("`{name}`: its form is not told (status {status}): its records are only read"));
            self.manner.reading_only.insert(name.to_owned());
            return;
        };
        for about in fields {
            match guess::field(&about, &known) {
                guess::Guess::Field(field) => drop(resource.fields.insert(field.name.clone(), *field)),
                guess::Guess::Unknown { name: field, component, required } => {
                    let fate = if required {
                        self.manner.reading_only.insert(name.to_owned());
                        "it is required, so the records are only read"
                    } else {
                        "it is left out"
                    };
                    self.notes
                        .push(format!("`{name}`: what `{field}` ({component}) takes is not known: {fate}"));
                }
            }
        }
        if let Some(file) = resource
            .fields
            .values()
            .find(|field| matches!(field.kind, Kind::File) && field.has_rule("required"))
        {
            self.notes.push(format!(
                "`{name}`: `{}` must be a file, which is not sent: the records are only read",
                file.name
            ));
            self.manner.reading_only.insert(name.to_owned());
        }
        let choosing = resource.fields.values().find(|field| super::options::chooses(field));
        let topic = choosing.map(|field| Topic::Options(name.to_owned(), field.name.clone()));
        let asked = |one: &Topic| matches!(one, Topic::Options(..));
        if !self.queue.iter().any(asked) {
            self.queue.extend(topic);
        }
    }

    fn hear_table(&mut self, name: &str, table: &str, status: u16, body: Option<&Value>) {
        let Some(body) = body.filter(|_| status < 300) else {
            self.notes.push(format!("`{name}`: its table `{table}` cannot be read (status {status})"));
            if !self.manner.declared
                && let Some(resource) = self.resources.get_mut(name)
            {
                resource.tables.shift_remove(table);
            }
            return;
        };
        let Some(resource) = self.resources.get_mut(name) else { return };
        if !self.manner.declared {
            guess::columns(resource, table, body);
            if !self.manner.tells_which(resource, table) {
                self.notes.push(format!(
                    "`{name}`: which records its table `{table}` picks is not told: what it lists is not judged"
                ));
            }
        }
        let Some((way, rows)) = shapes::rows(body) else { return };
        if self.manner.rows.is_none() || !rows.is_empty() {
            self.manner.rows = Some(way.clone());
        }
        observe::counts(&mut self.manner, name, table, &way, body, rows.len());
        observe::keys(&mut self.manner, resource, &rows);
        let samples: Vec<Value> =
            rows.iter().take(SAMPLES).filter_map(|row| row.get("id")).cloned().collect();
        self.observed
            .rows
            .entry(name.to_owned())
            .or_default()
            .extend(rows.iter().take(SAMPLES).map(|row| (*row).clone()));
        if let Some(first) = samples.first() {
            self.queue.push_back(Topic::Logs(name.to_owned(), first.clone()));
        }
        for id in samples {
            let topic = Topic::Detail(name.to_owned(), id);
            if !self.queue.contains(&topic) {
                self.queue.push_back(topic);
            }
        }
    }

    fn hear_detail(&mut self, name: &str, id: &Value, body: Option<&Value>) {
        let Some(resource) = self.resources.get(name) else { return };
        let Some(body) = body else { return };
        let Some((way, record)) = shapes::record(body, id, resource) else { return };
        self.manner.record.get_or_insert(way);
        observe::values(&mut self.manner, resource, record);
        let rows = self.observed.rows.get(name).map(Vec::as_slice).unwrap_or_default();
        observe::rows(&mut self.manner, resource, record, rows);
    }

    /// Whether an answer keeps the schema that the document has for it.
    fn note_whether_kept(&mut self, operation: &str, body: Option<&Value>) {
        let schema = self.base.operation(operation).and_then(|operation| {
            let success = operation.responses.iter().find(|one| one.status.covers(200))?;
            success.content.first()?.schema
        });
        let kept = match (schema, body) {
            (Some(schema), Some(body)) => self.base.validators.is_valid(schema, Flavour::Response, body),
            _ => false,
        };
        if !kept {
            self.observed.broken.insert(operation.to_owned());
        }
        if !self.observed.broken.contains(operation) {
            self.manner.kept.insert(operation.to_owned());
        } else {
            self.manner.kept.shift_remove(operation);
        }
    }

    fn application(&self) -> App {
        let mut app = self.declared.as_deref().cloned().unwrap_or_default();
        app.resources.clone_from(&self.resources);
        if self.declared.is_none() {
            "the application that was found".clone_into(&mut app.name);
        } else if let Some(declared) = &self.declared {
            // What is not judged may still be referred to.
            for (name, resource) in &declared.resources {
                app.resources.entry(name.clone()).or_insert_with(|| resource.clone());
            }
        }
        app
    }
}

impl Discovering for Discovery {
    fn question(&mut self) -> Option<Question> {
        let topic = self.queue.pop_front()?;
        let question = topic.question();
        self.asked = Some(topic);
        Some(question)
    }

    fn hear(&mut self, status: u16, body: Option<&Value>) {
        let Some(topic) = self.asked.take() else { return };
        let success = body.filter(|_| (200..300).contains(&status));
        if success.is_some() {
            self.note_whether_kept(topic.operation(), success);
        }
        match &topic {
            Topic::Me(caller) => {
                let me = success.and_then(shapes::me);
                if let (Some(slot), Some(me)) = (self.manner.callers.get_mut(*caller), me) {
                    *slot = Some(me);
                }
            }
            Topic::Routes => self.hear_routes(success),
            Topic::Form(name) => self.hear_form(name, status, body),
            Topic::Table(name, table) => self.hear_table(name, table, status, body),
            Topic::Detail(name, id) => self.hear_detail(name, id, success),
            Topic::Logs(..) | Topic::Options(..) | Topic::Search => {}
        }
    }

    fn conclude(self: Box<Self>) -> Found {
        let mut notes = self.notes.clone();
        if self.manner.rows.is_none() && !self.resources.is_empty() {
            notes.push("no table shows where its rows are: what tables list is not judged".to_owned());
        }
        if self.manner.record.is_none() && !self.resources.is_empty() {
            notes.push("no record shows where its fields are: what records hold is not judged".to_owned());
        }
        if !self.manner.declared {
            let told = self.actions.iter().filter_map(|(name, actions)| {
                let own: Vec<String> = actions
                    .iter()
                    .filter(|one| *one != super::application::DELETE)
                    .map(|one| format!("`{one}`"))
                    .collect();
                (!own.is_empty()).then(|| {
                    format!(
                        "`{name}`: what its actions do ({}) is not told: they are not run",
                        own.join(", ")
                    )
                })
            });
            notes.extend(told);
        }
        let app = self.application();
        let mut manner = self.manner.clone();
        if manner.declared {
            observe::only(&app, &self.resources, &mut manner);
        }
        let told = self.resources.values().map(|resource| {
            let writes = if manner.reading_only.contains(&resource.name) { ", only read" } else { "" };
            (resource.name.clone(), format!("{} fields{writes}", resource.fields.len()))
        });
        let told: Vec<(String, String)> = told.collect();
        Found { document: concrete(&app, &manner, self.base.document.root()), resources: told, notes }
    }
}

impl Topic {
    fn operation(&self) -> &'static str {
        match self {
            Self::Me(_) => "showMe",
            Self::Routes => "listEndpoints",
            Self::Form(_) => "showCreateForm",
            Self::Table(..) => "showTable",
            Self::Detail(..) => "showRecord",
            Self::Logs(..) => "listLogs",
            Self::Options(..) => "listFieldOptions",
            Self::Search => "globalSearch",
        }
    }

    fn question(&self) -> Question {
        let mut path = Map::new();
        let mut query = Map::new();
        match self {
            Self::Me(_) | Self::Routes => {}
            Self::Search => drop(query.insert("query".to_owned(), json!("e"))),
            Self::Form(name) => drop(path.insert("resource_name".to_owned(), json!(name))),
            Self::Table(name, table) => {
                path.insert("resource_name".to_owned(), json!(name));
                path.insert("table_name".to_owned(), json!(table));
            }
            Self::Detail(name, id) | Self::Logs(name, id) => {
                path.insert("resource_name".to_owned(), json!(name));
                path.insert("id".to_owned(), json!(super::eyes::shown(id)));
            }
            Self::Options(name, field) => {
                path.insert("resource_name".to_owned(), json!(name));
                path.insert("field_name".to_owned(), json!(field));
            }
        }
        let caller = if let Self::Me(caller) = self { *caller } else { 0 };
        Question { operation: self.operation(), path, query, caller }
    }
}
