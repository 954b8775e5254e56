//! The collection: folders by tag, and for each operation a request.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};
use tercet_spec::contract::{Contract, Location, Operation, Parameter, SignIn};
use tercet_spec::language::{Source, ValueExpr};
use tercet_spec::{Diagnostic, Document, Severity, lower};

use super::body::{self, Body};
use super::nouns::{Naming, Noun, Slot, namings};
use super::order::{Link, Stage, deletions, folder, folders, makers, stage};
use super::script::{self, Kept};
use super::variables::{self, Variable};
use super::view::captures;
use super::{auth, parameters, sample};

/// The format.
const FORMAT: &str = "https://schema.getpostman.com/json/collection/v2.1.0/collection.json";

/// A document as a Postman collection, format 2.1, as JSON. Run from the first request to the last it makes records, uses them and removes
/// them, each request with the ids that those before it were answered.
///
/// # Errors
/// The document cannot be used; everything that is wrong with it.
pub fn postman_collection(document: &Document) -> Result<String, Vec<Diagnostic>> {
    let (contract, diagnostics) = lower(document);
    let mut errors: Vec<_> = diagnostics.into_iter().filter(|one| one.severity == Severity::Error).collect();
    errors.extend(variables::faults(&contract));
    if !errors.is_empty() {
        return Err(errors);
    }
    let writer = Writer::new(&contract);
    // A `Value` is always JSON.
    Ok(serde_json::to_string_pretty(&writer.collection()).unwrap_or_default() + "\n")
}

/// What all requests of a collection have to know.
struct Writer<'c> {
    contract: &'c Contract,
    bodies: Vec<Option<Body<'c>>>,
    links: Vec<Link<'c>>,
    /// Which operation makes a record of each noun.
    makers: BTreeMap<Noun, usize>,
    /// The nouns with a variable, and what it holds at first.
    nouns: BTreeMap<Noun, Variable>,
}

impl<'c> Writer<'c> {
    fn new(contract: &'c Contract) -> Self {
        let bodies: Vec<_> = contract.operations.iter().map(|one| body::of(contract, one)).collect();
        let mut all: Vec<(&Operation, Vec<Naming>)> =
            contract.operations.iter().map(|one| (one, namings(contract, one))).collect();
        for ((_, namings), body) in all.iter_mut().zip(&bodies) {
            let there = |path: &[String]| body.as_ref().is_some_and(|body| body::has(&body.value, path));
            namings.retain(|one| !matches!(&one.slot, Slot::Body(path) if !there(path)));
        }
        let in_paths = all.iter().flat_map(|(_, namings)| namings).map(|one| one.noun.clone());
        let credentials: Vec<Noun> = contract.schemes.iter().filter_map(variables::credential_noun).collect();
        let wanted: Vec<Noun> = in_paths.chain(credentials).collect::<BTreeSet<_>>().into_iter().collect();
        let known: BTreeMap<String, Noun> = wanted.iter().map(|one| (one.variable(), one.clone())).collect();
        for ((operation, namings), body) in all.iter_mut().zip(&bodies) {
            if let Some(body) = body {
                body::called(&body.value, &known, namings);
            }
            namings
                .extend(auth::nouns(contract, operation).map(|noun| Naming { slot: Slot::Credential, noun }));
        }
        let shown: Vec<_> = all.iter().map(|(one, _)| captures(contract, one, &all, &wanted)).collect();
        let links: Vec<Link<'c>> = all
            .into_iter()
            .zip(shown)
            .map(|((operation, namings), captures)| Link { operation, namings, captures })
            .collect();
        let makers = makers(&links);
        let mut writer = Self { contract, bodies, links, makers, nouns: BTreeMap::new() };
        writer.nouns = writer.first_values();
        writer
    }

    /// The nouns that some answer shows, each with a value to begin with.
    fn first_values(&self) -> BTreeMap<Noun, Variable> {
        let mut nouns = BTreeMap::new();
        for capture in self.links.iter().flat_map(|one| &one.captures) {
            let noun = &capture.noun;
            let value = self.uses(noun).next().map(|one| {
                let made = || sample::parameter(self.contract, &one.name, one.schema);
                body::shown(&one.example.clone().unwrap_or_else(made))
            });
            let name = self.variable_of(noun);
            let about = format!(
                "`{}` of one of the `{}`, kept by the requests that show it",
                noun.field, noun.collection
            );
            nouns.entry(noun.clone()).or_insert(Variable { name, value: value.unwrap_or_default(), about });
        }
        nouns
    }

    /// The parameters that name a record by that noun.
    fn uses<'s>(&'s self, noun: &'s Noun) -> impl Iterator<Item = &'s Parameter> {
        self.links.iter().flat_map(move |link| {
            let own = link.namings.iter().filter(move |one| one.noun == *noun);
            own.filter_map(move |one| match &one.slot {
                Slot::Parameter(location, name) => link
                    .operation
                    .parameters
                    .iter()
                    .find(|one| one.location == *location && one.name == *name),
                Slot::Body(_) | Slot::Credential => None,
            })
        })
    }

    /// A noun's variable; that of a credential is its scheme's.
    fn variable_of(&self, noun: &Noun) -> String {
        let scheme =
            self.contract.schemes.iter().find(|one| variables::credential_noun(one).as_ref() == Some(noun));
        match scheme.map(|one| variables::of_scheme(self.contract, one)) {
            Some(names) if names.len() == 1 => names[0].clone(),
            _ => noun.variable(),
        }
    }

    fn collection(&self) -> Value {
        let contract = self.contract;
        let at = |wanted: &[Stage]| -> Vec<usize> {
            let all = contract.operations.iter().enumerate();
            all.filter(|(_, one)| wanted.contains(&stage(contract, one))).map(|(index, _)| index).collect()
        };
        let mut items = Vec::new();
        let mut first = at(&[Stage::Register, Stage::SignIn]);
        first.sort_by_key(|index| stage(contract, &contract.operations[*index]));
        if !first.is_empty() {
            items.push(self.folder(
                "sign in",
                "An account, and its credential for the requests behind.",
                &first,
            ));
        }
        for (name, members) in folders(&self.links, &at(&[Stage::Use]), &self.makers) {
            items.push(self.folder(&name, &self.about_tag(&name), &members));
        }
        let mut last = deletions(&self.links, at(&[Stage::Delete]), &self.makers);
        last.extend(at(&[Stage::Farewell]));
        if !last.is_empty() {
            items.push(self.by_tag(
                "remove and leave",
                "What ends things, at the end: children before their parents.",
                &last,
            ));
        }
        let mut variables = variables::fixed(contract);
        for one in self.nouns.values() {
            if !variables.iter().any(|known| known.name == one.name) {
                variables.push(one.clone());
            }
        }
        let variables: Vec<Value> = variables
            .iter()
            .map(|one| json!({ "key": one.name, "value": one.value, "type": "string", "description": one.about }))
            .collect();
        json!({
            "info": {
                "name": format!("{} {}", contract.title, contract.version),
                "description": contract.document.root()["info"]["description"].as_str().unwrap_or_default(),
                "schema": FORMAT,
            },
            "item": items,
            "variable": variables,
        })
    }

    fn about_tag(&self, name: &str) -> String {
        let tags = self.contract.document.root()["tags"].as_array().map(Vec::as_slice).unwrap_or_default();
        let own = tags.iter().find(|one| one["name"] == name);
        own.and_then(|one| one["description"].as_str()).unwrap_or_default().to_owned()
    }

    fn folder(&self, name: &str, about: &str, members: &[usize]) -> Value {
        let items: Vec<Value> = members.iter().map(|index| self.request(*index)).collect();
        json!({ "name": name, "description": about, "item": items })
    }

    /// A folder with a folder for each run of requests of one tag.
    fn by_tag(&self, name: &str, about: &str, members: &[usize]) -> Value {
        let mut runs: Vec<(String, Vec<usize>)> = Vec::new();
        for index in members {
            let tag = folder(&self.contract.operations[*index]);
            match runs.last_mut() {
                Some((known, run)) if *known == tag => run.push(*index),
                _ => runs.push((tag, vec![*index])),
            }
        }
        let items: Vec<Value> = runs.iter().map(|(tag, run)| self.folder(tag, "", run)).collect();
        json!({ "name": name, "description": about, "item": items })
    }

    fn request(&self, index: usize) -> Value {
        let operation = &self.contract.operations[index];
        let link = &self.links[index];
        let auth = auth::of(self.contract, operation);
        let variable = |parameter: &Parameter| self.of_parameter(link, parameter);
        let parts = parameters::of(self.contract, operation, &auth, &variable);
        let mut headers = parts.headers;
        let mut request = Map::new();
        request.insert("method".to_owned(), json!(operation.method));
        request.insert("auth".to_owned(), auth.auth);
        if let Some((body, media)) = self.body(index) {
            headers.extend(media.map(|media| json!({ "key": "Content-Type", "value": media })));
            request.insert("body".to_owned(), body);
        }
        request.insert("header".to_owned(), headers.into());
        request.insert("url".to_owned(), parts.url);
        let about = operation.description.as_deref().or(operation.summary.as_deref()).unwrap_or_default();
        request.insert("description".to_owned(), json!(about));
        let request = Value::Object(request);
        let said = parts
            .optional
            .iter()
            .filter(|(name, _)| self.answers_with(operation, name))
            .cloned()
            .collect::<Vec<_>>();
        let must = self.must_succeed(link);
        let must = must.as_ref().map(|one| (one.name.as_str(), one.value.as_str()));
        let signs_in = stage(self.contract, operation) == Stage::SignIn;
        let test = script::test(self.contract, operation, &self.kept(index), &said, signs_in, must);
        let events: Vec<Value> = script::before(&parts.optional).into_iter().chain([test]).collect();
        let name = operation.summary.as_deref().map(str::trim).filter(|text| !text.is_empty());
        json!({
            "name": name.unwrap_or(&operation.id),
            "event": events,
            "response": super::replies::examples(operation, &request),
            "request": request,
        })
    }

    /// Whether some answer carries a header of that name.
    fn answers_with(&self, operation: &Operation, header: &str) -> bool {
        operation
            .responses
            .iter()
            .flat_map(|one| &one.headers)
            .any(|one| one.name.eq_ignore_ascii_case(header))
    }

    /// The variable of a parameter that names a record which a request made, or showed and no example names.
    fn of_parameter(&self, link: &Link<'_>, parameter: &Parameter) -> Option<String> {
        let slot = Slot::Parameter(parameter.location, parameter.name.clone());
        let noun = &link.namings.iter().find(|one| one.slot == slot)?.noun;
        let variable = self.nouns.get(noun)?;
        // Where the document's examples name several records, each is meant as it stands.
        let examples = self.uses(noun).filter_map(|one| one.example.as_ref());
        let several = parameter.example.is_some()
            && examples.collect::<Vec<_>>().windows(2).any(|two| two[0] != two[1]);
        let chained = self.makers.contains_key(noun) || !several;
        chained.then(|| variable.name.clone())
    }

    fn body(&self, index: usize) -> Option<(Value, Option<String>)> {
        let operation = &self.contract.operations[index];
        let body = self.bodies[index].as_ref()?;
        if let Some(value) = self.sign_in_body(operation) {
            let body = Body { media: body.media, value };
            return Some(body::postman(self.contract, &body, &[]));
        }
        let filled: Vec<(Vec<String>, String)> = self.links[index]
            .namings
            .iter()
            .filter(|one| self.makers.contains_key(&one.noun) && self.makers.get(&one.noun) != Some(&index))
            .filter_map(|one| match &one.slot {
                Slot::Body(path) => Some((path.clone(), self.nouns.get(&one.noun)?.name.clone())),
                Slot::Parameter(..) | Slot::Credential => None,
            })
            .collect();
        Some(body::postman(self.contract, body, &filled))
    }

    fn sign_ins(&self) -> impl Iterator<Item = (String, &'c SignIn)> {
        let contract = self.contract;
        contract.schemes.iter().filter_map(move |scheme| {
            let sign_in = scheme.credential.as_ref()?.sign_in.as_ref()?;
            Some((variables::of_scheme(contract, scheme)[0].clone(), sign_in))
        })
    }

    /// The body with which an account is made, or signs in.
    fn sign_in_body(&self, operation: &Operation) -> Option<Value> {
        let bodies = self.sign_ins().flat_map(|(_, one)| {
            let register = one.register.as_ref().map(|register| (&register.operation, &register.body));
            [Some((&one.operation, &one.body)), register].into_iter().flatten()
        });
        let mut own = bodies.filter(|(id, _)| **id == operation.id).filter_map(|(_, body)| body.as_ref());
        own.next().map(filled_in)
    }

    /// What the answers to a request are kept for.
    fn kept(&self, index: usize) -> Vec<Kept> {
        let operation = &self.contract.operations[index];
        let mut kept = Vec::new();
        for (variable, sign_in) in self.sign_ins().filter(|(_, one)| one.operation == operation.id) {
            if let Some(from) = script::credential(sign_in) {
                kept.push(Kept { variable, from, unless_changed: None });
            }
        }
        for capture in &self.links[index].captures {
            let Some(variable) = self.nouns.get(&capture.noun) else { continue };
            let credential = variables::fixed(self.contract).iter().any(|one| one.name == variable.name);
            let makes = capture.creates && self.makers.get(&capture.noun) == Some(&index) && !credential;
            let first = if credential { String::new() } else { variable.value.clone() };
            kept.push(Kept {
                variable: variable.name.clone(),
                from: script::path(&capture.at),
                unless_changed: (!makes).then_some(first),
            });
        }
        kept
    }

    /// A record that an earlier request made can be read: the variable that must have been set for it.
    fn must_succeed(&self, link: &Link<'_>) -> Option<Variable> {
        let [parameter] =
            link.operation.parameters.iter().filter(|one| one.location == Location::Path).collect::<Vec<_>>()
                [..]
        else {
            return None;
        };
        let last = format!("{{{}}}", parameter.name);
        let ends = link.operation.path.text.trim_end_matches('/').ends_with(&last);
        let naming = link
            .namings
            .iter()
            .find(|one| one.slot == Slot::Parameter(Location::Path, parameter.name.clone()))?;
        let shown = link.captures.iter().any(|one| one.noun == naming.noun)
            || link.operation.effect.iter().any(|step| {
                step.verb.seen().collection() == Some(&naming.noun.collection)
                    && step.bind.as_deref() == Some("result")
            });
        let made = self.makers.get(&naming.noun)?;
        let auth = |operation: &Operation| auth::of(self.contract, operation).auth;
        let by_caller = auth(self.links[*made].operation) == auth(link.operation);
        let sure = link.operation.method == "GET" && ends && shown && by_caller;
        sure.then(|| self.nouns.get(&naming.noun).cloned()).flatten()
    }
}

/// A body over `$user` and `$password` with the variables that hold them.
fn filled_in(value: &ValueExpr) -> Value {
    match value {
        ValueExpr::Expression(one) => match &one.source {
            Source::Bound(name) if one.path.is_empty() => json!(format!("{{{{{name}}}}}")),
            _ => Value::Null,
        },
        ValueExpr::List(items) => items.iter().map(filled_in).collect(),
        ValueExpr::Object(members) => {
            members.iter().map(|(name, one)| (name.clone(), filled_in(one))).collect()
        }
        other => other.constant().unwrap_or_default(),
    }
}
