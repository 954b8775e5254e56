//! The one lowering: a document in, a contract and every diagnostic out.

mod conduct;
mod cycles;
mod effect;
mod examples;
mod keywords;
mod leading;
mod merge;
mod nouns;
mod operation;
mod outcomes;
mod pattern;
mod reference;
mod refusals;
mod rights;
mod routes;
mod rules;
mod schema_rules;
mod schemas;
mod scope;
mod security;
mod seeds;
mod serve;
mod shapes;
mod sign_in;
mod steps;
mod structure;
mod unset;
mod unused;
mod version;

use std::collections::HashMap;
use std::sync::Arc;

use serde_json::Value;

use self::schemas::SchemaTable;
use crate::contract::compiled::Compiled;
use crate::contract::{Conduct, Envelope, Schemas, Step, Validators};
use crate::language::Reader;
use crate::{Contract, Diagnostic, Document, Pointer};

pub(crate) use cycles::{ENDLESS, is_endless};
pub(crate) use pattern::check as check_pattern;
pub(crate) use reference::follow;
pub(crate) use shapes::TYPES;
pub(crate) use structure::closest;
pub(crate) use version::is_31;

/// Lowers a document of OpenAPI 3.0 or 3.1, with or without the vocabulary.
///
/// Never stops at the first problem: the diagnostics are all that there are, in the order of the text. A contract made
/// from a document with errors is incomplete where they are, and must not be served.
#[must_use]
pub fn lower(document: &Document) -> (Contract, Vec<Diagnostic>) {
    let mut diagnostics = document.faults();
    let wrong_version = version::check(document);
    if !wrong_version.is_empty() {
        diagnostics.extend(wrong_version);
        return (Lowering::new(document).finish().0, in_order(diagnostics));
    }
    let (faults, schemas) = structure::check(document);
    diagnostics.extend(faults);
    diagnostics.extend(cycles::check(document, schemas));
    let (mut contract, found) = contract(document);
    diagnostics.extend(found);
    diagnostics.extend(routes::check(&contract));
    diagnostics.extend(sign_in::check(&contract));
    diagnostics.extend(scope::check(&contract));
    diagnostics.extend(outcomes::check(&contract));
    diagnostics.extend(rights::check(&contract));
    diagnostics.extend(refusals::check(&contract));
    diagnostics.extend(unset::check(&contract));
    let (found, unfit) = examples::check(&contract);
    diagnostics.extend(found);
    examples::leave_out(&mut contract, &unfit);
    diagnostics.extend(seeds::check(&contract));
    diagnostics.extend(unused::check(document));
    (contract, in_order(diagnostics))
}

/// Lowers a document of which a test has shown that [`lower`] finds nothing wrong with it, as one does of every document
/// and edition that ships. The same contract; but what is only looked at to be told is not looked at.
#[must_use]
pub fn lower_proven(document: &Document) -> Contract {
    contract(document).0
}

fn contract(document: &Document) -> (Contract, Vec<Diagnostic>) {
    let mut lowering = Lowering::new(document);
    lowering.run();
    lowering.finish()
}

/// In the order of the text, each once: two passes may meet the same fault.
fn in_order(mut diagnostics: Vec<Diagnostic>) -> Vec<Diagnostic> {
    diagnostics.sort_by_cached_key(|one| (one.position(), std::cmp::Reverse(one.severity)));
    let mut seen = std::collections::HashSet::new();
    diagnostics.retain(|one| seen.insert((one.position(), one.code, one.message.clone())));
    diagnostics
}

/// The work in progress.
struct Lowering<'d> {
    document: &'d Document,
    reader: Reader<'d>,
    table: SchemaTable,
    contract: Contract,
    /// What `x-steps` has, by name; nothing while it is being lowered.
    steps: HashMap<String, Option<Vec<Step>>>,
    diagnostics: Vec<Diagnostic>,
}

impl<'d> Lowering<'d> {
    fn new(document: &'d Document) -> Self {
        let info = &document.root()["info"];
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let contract = Contract {
            title: text(&info["title"]),
            version: text(&info["version"]),
            base_path: operation::base_path(document),
            document: document.clone(),
            collections: indexmap::IndexMap::new(),
            settings: Vec::new(),
            conduct: Conduct::default(),
            schemes: Vec::new(),
            operations: Vec::new(),
            schemas: Schemas::default(),
            validators: Validators { inner: Arc::new(Compiled::new(document, Vec::new())) },
        };
        Self {
            document,
            reader: Reader::new(document),
            table: SchemaTable::default(),
            contract,
            steps: HashMap::new(),
            diagnostics: Vec::new(),
        }
    }

    fn run(&mut self) {
        self.component_schemas();
        self.settings();
        self.collections();
        self.conduct();
        self.security_schemes();
        self.shared_steps();
        self.envelope();
        self.operations();
        nouns::index(&mut self.contract, &self.table.all);
    }

    /// `x-envelope`, which only those who make clients read.
    fn envelope(&mut self) {
        let at = Pointer::root().child("x-envelope");
        if self.has(&at) {
            self.keyword::<Envelope>(&at);
        }
    }

    fn component_schemas(&mut self) {
        let at = Pointer::root().child("components").child("schemas");
        for name in keys(self.document, &at) {
            let id = self.schema(&at.child(&name));
            self.contract.schemas.by_name.insert(name, id);
        }
    }

    fn finish(self) -> (Contract, Vec<Diagnostic>) {
        let mut contract = self.contract;
        contract.schemas.all = self.table.all;
        let pointers = contract.schemas.all.iter().map(|schema| schema.pointer.clone()).collect();
        contract.validators = Validators { inner: Arc::new(Compiled::new(self.document, pointers)) };
        let mut diagnostics = self.diagnostics;
        diagnostics.extend(self.reader.into_diagnostics());
        (contract, diagnostics)
    }

    fn get(&self, at: &Pointer) -> &'d Value {
        self.document.get(at).unwrap_or(&Value::Null)
    }

    fn has(&self, at: &Pointer) -> bool {
        self.document.get(at).is_some()
    }

    fn error(
        &mut self,
        code: &'static str,
        at: &Pointer,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.diagnostics.push(Diagnostic::error(code, message).at(self.document, at).help(help));
    }
}

/// The keys of the mapping at `at`: names that the author chose, such as headers' and schemas'.
fn keys(document: &Document, at: &Pointer) -> Vec<String> {
    match document.get(at) {
        Some(Value::Object(map)) => map.keys().cloned().collect(),
        _ => Vec::new(),
    }
}

/// As [`keys`], without extensions, which may stand among paths and status codes.
fn keys_but_extensions(document: &Document, at: &Pointer) -> Vec<String> {
    let mut keys = keys(document, at);
    keys.retain(|key| !key.starts_with("x-"));
    keys
}
