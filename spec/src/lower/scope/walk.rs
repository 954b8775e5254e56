//! Goes through every expression of a contract, with what is in scope there.

use std::collections::{HashMap, HashSet};

use serde_json::Value;

use super::roots::{many, result};
use super::shape::{Missing, Shape, walk};
use crate::contract::{Operation, SchemaId, Step, Verb};
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
        rendered: HashMap::new(),
        visited: HashSet::new(),
        fits: HashSet::new(),
        misfits: Vec::new(),
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
        walk.bodies(operation);
    }
    walk.operation = None;
    walk.bound.clear();
    contract.conduct.responses.values().for_each(|one| walk.response(&one.response));
    walk.representations();
    walk.finish()
}

pub(super) struct Walk<'c> {
    pub(super) contract: &'c Contract,
    pub(super) operation: Option<&'c Operation>,
    pub(super) bound: HashMap<String, Shape>,
    /// What the steps of all operations bind.
    pub(super) elsewhere: HashMap<String, Shape>,
    /// Whether this is a header of a response: it is left out where nothing has bound its names.
    pub(super) in_answer: bool,
    /// Where the operation refers to the step that is looked at, if that stands in `x-steps`.
    via: Option<Pointer>,
    pub(super) credential: Presented,
    /// Whether this is what `x-conduct.details` says of one fault.
    pub(super) in_details: bool,
    /// What `$record` can be for each property that is rendered.
    pub(super) rendered: HashMap<SchemaId, Vec<Shape>>,
    pub(super) visited: HashSet<(SchemaId, Shape, Shape)>,
    /// Expressions that mean something in one operation at least: what operations share may mean nothing in some.
    fits: HashSet<(Pointer, String)>,
    misfits: Vec<((Pointer, String), Diagnostic)>,
    pub(super) diagnostics: Vec<Diagnostic>,
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
        self.written(&step.verb, own, &step.pointer);
        if let Verb::Call { does: Some(does), .. } = &step.verb {
            let own = self.verb(does, &at);
            let place = step.pointer.child("does");
            let verbs = ["create", "update", "replace"].map(|verb| place.child(verb));
            verbs.iter().for_each(|at| self.written(does, own, at));
        }
        if let Some(name) = &step.bind {
            self.bound.insert(name.clone(), result(&step.verb, own));
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

    /// Reports fields that a verb, which stands at `at`, sets and its collection's records do not have.
    fn written(&mut self, verb: &Verb, own: Shape, at: &Pointer) {
        let (Verb::Create { set: Some(set), .. } | Verb::Update(_, Some(set)) | Verb::Replace(_, Some(set))) =
            verb
        else {
            return;
        };
        let at = at.child("set");
        if self.contract.document.get(&at).is_some() {
            let collection = verb.collection().map_or_else(String::new, |name| format!(" of `{name}`"));
            let mut found = Vec::new();
            unknown_members(self.contract, own, set, &at, &mut found);
            for (place, Missing { name, candidates }) in found {
                let message = format!("the records{collection} have no field `{name}`");
                self.place("unknown-field", message, &place, meant(&name, &candidates));
            }
        }
    }

    /// What the elements of a list look like, where it is an expression.
    fn element(&self, list: &ValueExpr) -> Shape {
        match self.shape_of(list, NOWHERE) {
            Shape::Schema(id) => self.contract.schema(id).items.map_or(Shape::Any, Shape::Schema),
            Shape::List(id) => Shape::Schema(id),
            _ => Shape::Any,
        }
    }

    /// What a value looks like.
    pub(super) fn shape_of(&self, value: &ValueExpr, here: Here) -> Shape {
        match value {
            ValueExpr::Expression(expression) => match self.roots(expression, here).as_deref() {
                Ok([root]) => walk(self.contract, *root, &expression.path).unwrap_or(Shape::Any),
                _ => Shape::Any,
            },
            ValueExpr::Select(selection, None) => many(self.collection_shape(&selection.from)),
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
            let text = path.join(".");
            let message = format!("the records tested here have no field `{name}`");
            self.report("unknown-field", message, &text, at, meant(&name, &candidates));
        }
    }

    pub(super) fn expression(&mut self, expression: &Expression, here: Here, at: &Pointer) {
        let text = expression.to_string();
        let roots = match self.roots(expression, here) {
            Ok(roots) => roots,
            Err((message, help)) => return self.report("unknown-expression", message, &text, at, help),
        };
        let mut missing: Option<Missing> = None;
        for root in roots {
            match (walk(self.contract, root, &expression.path), &mut missing) {
                (Ok(_), _) => {
                    self.fits.insert((at.clone(), text));
                    return;
                }
                (Err(one), Some(all)) => all.candidates.extend(one.candidates),
                (Err(one), all) => *all = Some(one),
            }
        }
        let Some(Missing { name, candidates }) = missing else { return };
        let message = format!("`{text}` points at nothing: there is no `{name}`");
        let help = meant(&name, &candidates);
        if !matches!(expression.source, Source::Result | Source::Caller) {
            return self.report("unknown-expression", message, &text, at, help);
        }
        let before = self.diagnostics.len();
        self.report("unknown-expression", message, &text, at, help);
        let found = self.diagnostics.drain(before..).map(|one| ((at.clone(), text.clone()), one));
        self.misfits.extend(found);
    }

    /// Everything that was found.
    fn finish(self) -> Vec<Diagnostic> {
        let Self { fits, misfits, mut diagnostics, .. } = self;
        diagnostics.extend(misfits.into_iter().filter(|(key, _)| !fits.contains(key)).map(|(_, one)| one));
        diagnostics
    }

    /// Places a diagnostic at the text that `needle` stands in, somewhere under `at`.
    fn report(&mut self, code: &'static str, message: String, needle: &str, at: &Pointer, help: String) {
        let document = &self.contract.document;
        let place =
            document.get(at).and_then(|value| locate(value, at, needle)).unwrap_or_else(|| at.clone());
        let is_key = document.get(&place).is_some_and(|value| place != *at && !mentions(value, needle));
        let diagnostic = Diagnostic::error(code, message).help(help);
        let diagnostic =
            if is_key { diagnostic.at(document, &place) } else { diagnostic.at_value(document, &place) };
        self.push(diagnostic);
    }

    /// Places a diagnostic at the key of what stands at `at`.
    fn place(&mut self, code: &'static str, message: String, at: &Pointer, help: String) {
        self.push(Diagnostic::error(code, message).at(&self.contract.document, at).help(help));
    }

    fn push(&mut self, mut diagnostic: Diagnostic) {
        let document = &self.contract.document;
        if let (Some(via), Some(operation)) = (&self.via, self.operation) {
            diagnostic = diagnostic.label(document, via, format!("`{}` uses it here", operation.id));
        }
        self.diagnostics.push(diagnostic);
    }
}

/// Members of `value`, which stands at `at`, that what it is written to does not have.
pub(in crate::lower) fn unknown_members(
    contract: &Contract,
    shape: Shape,
    value: &ValueExpr,
    at: &Pointer,
    found: &mut Vec<(Pointer, Missing)>,
) {
    match value {
        ValueExpr::Object(members) => {
            for (name, value) in members {
                let at = at.child(name);
                match walk(contract, shape, std::slice::from_ref(name)) {
                    Err(missing) => found.push((at, missing)),
                    // What is no object at all is another mistake.
                    Ok(Shape::Schema(id))
                        if contract.schema(id).reference.is_none()
                            && !contract.schema(id).properties.is_empty() =>
                    {
                        unknown_members(contract, Shape::Schema(id), value, &at, found);
                    }
                    Ok(_) => {}
                }
            }
        }
        ValueExpr::List(values) => {
            let Shape::Schema(id) = shape else { return };
            let Some(items) = contract.schema(id).items else { return };
            if contract.schema(items).reference.is_some() {
                return;
            }
            for (index, value) in values.iter().enumerate() {
                unknown_members(contract, Shape::Schema(items), value, &at.index(index), found);
            }
        }
        _ => {}
    }
}

/// What to do about a name that is not there.
pub(in crate::lower) fn meant(name: &str, candidates: &[String]) -> String {
    match closest(name, candidates.iter().map(String::as_str)) {
        Some(near) => format!("did you mean `{near}`?"),
        None if candidates.is_empty() => "nothing can be taken from it".to_owned(),
        None => format!("expected one of `{}`", candidates.join("`, `")),
    }
}

/// Whether the text that stands there contains `needle`.
fn mentions(value: &Value, needle: &str) -> bool {
    value.as_str().is_some_and(|text| text.contains(needle))
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
