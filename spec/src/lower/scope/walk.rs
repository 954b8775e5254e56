//! Goes through every expression of a contract, with what is in scope there.

use std::collections::HashMap;

use serde_json::Value;

use super::shape::{Missing, Shape, walk};
use crate::contract::{Location, Operation, Step, Verb};
use crate::language::{CollectionName, Expression, Predicate, Selection, Source, ValueExpr};
use crate::lower::nouns::verb_values;
use crate::lower::structure::closest;
use crate::{Contract, Diagnostic, Pointer};

/// Reports expressions and fields that point at nothing.
pub(in crate::lower) fn check(contract: &Contract) -> Vec<Diagnostic> {
    let mut walk = Walk {
        contract,
        operation: None,
        bound: HashMap::new(),
        elsewhere: HashMap::new(),
        in_answer: false,
        via: None,
        credential: Presented::Anything,
        in_details: false,
        diagnostics: Vec::new(),
    };
    walk.whole_document();
    let mut bound = Vec::new();
    for operation in &contract.operations {
        walk.operation = Some(operation);
        operation.effect.iter().for_each(|step| walk.step(step));
        bound.push(std::mem::take(&mut walk.bound));
    }
    // Responses are shared: what some operation binds is left out of the answers of others.
    walk.elsewhere = bound.iter().flatten().map(|(name, shape)| (name.clone(), *shape)).collect();
    for (operation, bound) in contract.operations.iter().zip(bound) {
        walk.operation = Some(operation);
        walk.bound = bound;
        operation.responses.iter().for_each(|response| walk.response(response));
    }
    walk.operation = None;
    walk.bound.clear();
    contract.conduct.responses.values().for_each(|one| walk.headers(&one.response));
    walk.diagnostics
}

pub(super) struct Walk<'c> {
    pub(super) contract: &'c Contract,
    operation: Option<&'c Operation>,
    bound: HashMap<String, Shape>,
    /// What the steps of all operations bind.
    elsewhere: HashMap<String, Shape>,
    /// Whether this is a header of a response: it is left out where nothing has bound its names.
    pub(super) in_answer: bool,
    /// Where the operation refers to the step that is looked at, if that stands in `x-steps`.
    via: Option<Pointer>,
    pub(super) credential: Presented,
    /// Whether this is what `x-conduct.details` says of one fault.
    pub(super) in_details: bool,
    diagnostics: Vec<Diagnostic>,
}

/// What `$credential` is.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Presented {
    /// Nothing is known of it.
    Anything,
    /// A text.
    Text,
    /// `user` and `password`.
    Basic,
}

/// What `$record` and `$item` are where an expression stands.
#[derive(Clone, Copy)]
pub(super) struct Here {
    pub(super) record: Shape,
    pub(super) item: Shape,
}

pub(super) const NOWHERE: Here = Here { record: Shape::Any, item: Shape::Any };

impl<'c> Walk<'c> {
    fn step(&mut self, step: &Step) {
        let at = step.pointer.parent().unwrap_or_default();
        self.via.clone_from(&step.via);
        if let Some(when) = &step.when {
            self.predicate(when, Shape::Any, NOWHERE, &at);
        }
        let own = self.verb(&step.verb, &at);
        if let Verb::Call { does: Some(does), .. } = &step.verb {
            self.verb(does, &at);
        }
        if let Some(name) = &step.bind {
            let shape = if matches!(step.verb, Verb::Call { .. } | Verb::List(_)) { Shape::Any } else { own };
            self.bound.insert(name.clone(), shape);
        }
        self.via = None;
    }

    /// Goes through what a verb computes with. Gives the shape of its collection's records.
    fn verb(&mut self, verb: &Verb, at: &Pointer) -> Shape {
        let own = verb.collection().and_then(|name| self.contract.collections.get(name));
        let own = own.map_or(Shape::Any, |collection| Shape::Schema(collection.schema));
        let mut here = Here { record: own, ..NOWHERE };
        if let Verb::Create { each: Some(each), .. } = verb {
            here.item = self.element(each);
        }
        if let Verb::Require(filter) = verb {
            self.predicate(filter, Shape::Any, here, at);
            return own;
        }
        if let Some(selection) = verb.selection() {
            self.selection(selection, here, at);
        }
        let mut values = Vec::new();
        verb_values(verb, &mut |value| values.push(value.clone()));
        values.iter().for_each(|value| self.value(value, here, at));
        own
    }

    /// What the elements of a list look like, where it is an expression.
    fn element(&self, list: &ValueExpr) -> Shape {
        let ValueExpr::Expression(expression) = list else { return Shape::Any };
        let root = self.root(expression, NOWHERE).unwrap_or(Shape::Any);
        match walk(self.contract, root, &expression.path) {
            Ok(Shape::Schema(id)) => self.contract.schema(id).items.map_or(Shape::Any, Shape::Schema),
            _ => Shape::Any,
        }
    }

    pub(super) fn collection_shape(&self, name: &CollectionName) -> Shape {
        let CollectionName::Named(name) = name else { return Shape::Any };
        self.contract.collections.get(name).map_or(Shape::Any, |collection| Shape::Schema(collection.schema))
    }

    pub(super) fn selection(&mut self, selection: &Selection, here: Here, at: &Pointer) {
        if let CollectionName::Named(name) = &selection.from
            && !name.is_empty()
            // Asked of the document: a collection that could not be lowered has been reported itself.
            && self.contract.document.root()["x-collections"].get(name).is_none()
        {
            let near = closest(name, self.contract.collections.keys().map(String::as_str));
            let help = near.map_or_else(
                || format!("add `{name}` to `x-collections`"),
                |near| format!("did you mean `{near}`?"),
            );
            self.report("unknown-collection", format!("there is no collection `{name}`"), name, at, help);
        }
        let tested = self.collection_shape(&selection.from);
        // Inside `where`, `$record` stays what it was outside: the record that is being rendered.
        self.predicate(&selection.filter, tested, here, at);
        for sort in &selection.sort {
            if let ValueExpr::Literal(Value::String(field)) = &sort.by {
                let path: Vec<String> = field.split('.').map(str::to_owned).collect();
                self.field(&path, tested, at);
            }
        }
        selection.values(&mut |value| self.value(value, here, at));
    }

    pub(super) fn predicate(&mut self, filter: &Predicate, tested: Shape, here: Here, at: &Pointer) {
        let mut fields = Vec::new();
        filter.fields(&mut |path, _| fields.push(path.to_vec()));
        fields.iter().for_each(|path| self.field(path, tested, at));
        for clause in &filter.clauses {
            if let crate::language::Clause::Test(crate::language::Subject::Expression(expression), _) = clause
            {
                self.expression(expression, here, at);
            }
        }
        filter.values(&mut |value| self.value(value, here, at));
    }

    pub(super) fn value(&mut self, value: &ValueExpr, here: Here, at: &Pointer) {
        match value {
            ValueExpr::Literal(_) => {}
            ValueExpr::Expression(expression) => self.expression(expression, here, at),
            ValueExpr::Text(parts) => parts.iter().for_each(|part| {
                if let crate::language::TextPart::Expression(expression) = part {
                    self.expression(expression, here, at);
                }
            }),
            ValueExpr::First(values)
            | ValueExpr::Split(values)
            | ValueExpr::Concat(values)
            | ValueExpr::List(values) => {
                values.iter().for_each(|value| self.value(value, here, at));
            }
            ValueExpr::PercentEncode(value)
            | ValueExpr::Checksum(value, _)
            | ValueExpr::Epoch(value, _)
            | ValueExpr::HttpDate(value)
            | ValueExpr::After(value, _) => self.value(value, here, at),
            ValueExpr::Count(selection) => self.selection(selection, here, at),
            ValueExpr::Select(selection, pick) => {
                self.selection(selection, here, at);
                if let Some(pick) = pick {
                    let item = self.collection_shape(&selection.from);
                    self.value(pick, Here { item, ..here }, at);
                }
            }
            ValueExpr::Object(members) => members.iter().for_each(|(_, value)| self.value(value, here, at)),
        }
    }

    fn field(&mut self, path: &[String], tested: Shape, at: &Pointer) {
        if let Err(Missing { name, candidates }) = walk(self.contract, tested, path) {
            let help = match closest(&name, candidates.iter().map(String::as_str)) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("expected one of `{}`", candidates.join("`, `")),
            };
            let text = path.join(".");
            self.report(
                "unknown-field",
                format!("the records tested here have no field `{name}`"),
                &text,
                at,
                help,
            );
        }
    }

    pub(super) fn expression(&mut self, expression: &Expression, here: Here, at: &Pointer) {
        let text = expression.to_string();
        match self.root(expression, here) {
            Err((message, help)) => self.report("unknown-expression", message, &text, at, help),
            Ok(root) => {
                if let Err(Missing { name, candidates }) = walk(self.contract, root, &expression.path) {
                    let help = match closest(&name, candidates.iter().map(String::as_str)) {
                        Some(near) => format!("did you mean `{near}`?"),
                        None if candidates.is_empty() => "nothing can be taken from it".to_owned(),
                        None => format!("expected one of `{}`", candidates.join("`, `")),
                    };
                    let message = format!("`{text}` points at nothing: there is no `{name}`");
                    self.report("unknown-expression", message, &text, at, help);
                }
            }
        }
    }

    /// What an expression begins with, or why there is no such thing here.
    fn root(&self, expression: &Expression, here: Here) -> Result<Shape, (String, String)> {
        match &expression.source {
            Source::Path(name) => self.parameter(Location::Path, name),
            Source::Query(name) => self.parameter(Location::Query, name),
            Source::Header(name) => Ok(self.parameter(Location::Header, name).unwrap_or(Shape::Any)),
            Source::Cookie(name) => Ok(self.parameter(Location::Cookie, name).unwrap_or(Shape::Any)),
            Source::Body => self.body(),
            Source::Record => Ok(here.record),
            Source::Item => Ok(here.item),
            Source::Setting(name) => {
                let settings = &self.contract.settings;
                if let Some(setting) = settings.iter().find(|setting| setting.name == *name) {
                    return Ok(setting.schema.map_or(Shape::Any, Shape::Schema));
                }
                Err(unknown(
                    "setting",
                    name,
                    settings.iter().map(|setting| setting.name.as_str()),
                    "`x-settings`",
                ))
            }
            Source::Security(name) => match self.contract.scheme(name) {
                Some(scheme) => Ok(scheme
                    .credential
                    .as_ref()
                    .map_or(Shape::Any, |one| self.collection_shape(&one.select.from))),
                None => {
                    let names = self.contract.schemes.iter().map(|scheme| scheme.name.as_str());
                    Err(unknown("security scheme", name, names, "`components.securitySchemes`"))
                }
            },
            Source::Bound(name) => match self.shape_bound(name) {
                Some(shape) => Ok(*shape),
                None => {
                    let elsewhere = self.elsewhere.keys().filter(|_| self.in_answer);
                    let known = self.bound.keys().chain(elsewhere).map(String::as_str).chain(SOURCES);
                    let near = closest(name, known);
                    let help = near.map_or_else(
                        || format!("bind it in an earlier step with `as: {name}`; a text that begins with `$` is written `$$`"),
                        |near| format!("did you mean `${near}`?"),
                    );
                    Err((format!("no earlier step binds `${name}`"), help))
                }
            },
            Source::Credential => self.presented(expression),
            Source::Fault if self.in_details => fault(expression),
            Source::Fault => Err((
                "there is no `$fault` here".to_owned(),
                "it stands in `each` of `x-conduct.details`; elsewhere take `$outcome.details`".to_owned(),
            )),
            Source::Method
            | Source::Url
            | Source::Origin
            | Source::Caller
            | Source::Result
            | Source::Page
            | Source::Outcome
            | Source::Now => Ok(Shape::Any),
        }
    }

    fn shape_bound(&self, name: &str) -> Option<&Shape> {
        self.bound.get(name).or_else(|| self.elsewhere.get(name).filter(|_| self.in_answer))
    }

    fn parameter(&self, location: Location, name: &str) -> Result<Shape, (String, String)> {
        let Some(operation) = self.operation else { return Ok(Shape::Any) };
        let here: Vec<_> = operation.parameters.iter().filter(|one| one.location == location).collect();
        let is_header = location == Location::Header;
        let same = |other: &str| if is_header { other.eq_ignore_ascii_case(name) } else { other == name };
        match here.iter().find(|one| same(&one.name)) {
            Some(parameter) => Ok(Shape::Schema(parameter.schema)),
            None => {
                let kind = format!("{location:?} parameter").to_lowercase();
                Err(unknown(
                    &kind,
                    name,
                    here.iter().map(|one| one.name.as_str()),
                    "the operation's `parameters`",
                ))
            }
        }
    }

    fn body(&self) -> Result<Shape, (String, String)> {
        let Some(operation) = self.operation else { return Ok(Shape::Any) };
        match &operation.body {
            None => Err((
                format!("`{}` has no request body", operation.id),
                "add `requestBody`, or take the value from elsewhere".to_owned(),
            )),
            Some(body) => match body.content.as_slice() {
                [one, others @ ..] if others.iter().all(|other| other.schema == one.schema) => {
                    Ok(one.schema.map_or(Shape::Any, Shape::Schema))
                }
                _ => Ok(Shape::Any),
            },
        }
    }

    /// What `$credential` is, if a path can be taken from it.
    fn presented(&self, expression: &Expression) -> Result<Shape, (String, String)> {
        let name = expression.path.first();
        match (self.credential, name.map(String::as_str)) {
            (Presented::Text, Some(_)) => Err((
                "nothing can be taken from `$credential`: it is a text".to_owned(),
                "compare it as it is, or say `jwt: { secret: … }` where it is a JSON Web Token".to_owned(),
            )),
            (Presented::Basic, Some(name)) if !["user", "password"].contains(&name) => Err((
                format!("basic credentials have no `{name}`"),
                "expected `$credential.user` or `$credential.password`".to_owned(),
            )),
            _ => Ok(Shape::Any),
        }
    }

    /// Places a diagnostic at the text that `needle` stands in, somewhere under `at`.
    fn report(&mut self, code: &'static str, message: String, needle: &str, at: &Pointer, help: String) {
        let document = &self.contract.document;
        let place =
            document.get(at).and_then(|value| locate(value, at, needle)).unwrap_or_else(|| at.clone());
        let mut diagnostic = Diagnostic::error(code, message).at_value(document, &place).help(help);
        if let (Some(via), Some(operation)) = (&self.via, self.operation) {
            diagnostic = diagnostic.label(document, via, format!("`{}` uses it here", operation.id));
        }
        self.diagnostics.push(diagnostic);
    }
}

/// What is known of a fault.
fn fault(expression: &Expression) -> Result<Shape, (String, String)> {
    const MEMBERS: [&str; 3] = ["message", "code", "rule"];
    match expression.path.as_slice() {
        [name] if MEMBERS.contains(&name.as_str()) => Ok(Shape::Any),
        _ => Err((
            format!("`{expression}` is nothing that is known of a fault"),
            "expected `$fault.message`, `$fault.code` or `$fault.rule`".to_owned(),
        )),
    }
}

const SOURCES: [&str; 11] = [
    "request",
    "record",
    "item",
    "caller",
    "security",
    "credential",
    "result",
    "settings",
    "outcome",
    "fault",
    "now",
];

fn unknown<'n>(
    kind: &str,
    name: &str,
    known: impl Iterator<Item = &'n str>,
    place: &str,
) -> (String, String) {
    let help = closest(name, known)
        .map_or_else(|| format!("add it to {place}"), |near| format!("did you mean `{near}`?"));
    (format!("there is no {kind} `{name}`"), help)
}

/// The place under `at` of a text that contains `needle`, or of the member whose key is `needle`.
fn locate(value: &Value, at: &Pointer, needle: &str) -> Option<Pointer> {
    match value {
        Value::String(text) => text.contains(needle).then(|| at.clone()),
        Value::Array(items) => {
            items.iter().enumerate().find_map(|(index, item)| locate(item, &at.index(index), needle))
        }
        Value::Object(map) => {
            if map.contains_key(needle) {
                return Some(at.child(needle));
            }
            map.iter().find_map(|(key, member)| locate(member, &at.child(key), needle))
        }
        _ => None,
    }
}
