//! The projection: our document rewritten into one that progenitor accepts, and what was rewritten away kept in a table.

mod body;
mod envelope;
mod kind;
mod meta;
mod naming;
mod notes;
mod operation;
mod paging;
mod parameter;
mod reach;
mod reply;
mod roots;
mod schemas;
mod security;
mod tally;
mod union;
mod written;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};
use tercet_spec::contract::Envelope;
use tercet_spec::{Diagnostic, Document, Pointer, Severity};

pub use meta::{
    BodyForm, BodyMeta, OpenEnum, OperationMeta, PagingMeta, ParameterForm, ParameterMeta, Repeat, ReplyForm,
    ReplyMeta, SchemeMeta, SchemePlace, Turn, UnionMeta, UnionVariant, Wrapping,
};
pub(crate) use naming::{pascal, snake};
pub(crate) use reply::PLACEHOLDER;
pub use schemas::{Carried, StandIn};

/// A document for progenitor, and everything it cannot say.
#[derive(Clone, Debug)]
pub struct Projection {
    /// OpenAPI 3.0 as progenitor accepts it.
    pub document: Value,
    /// The operations in the document's order.
    pub operations: Vec<OperationMeta>,
    /// The security schemes.
    pub schemes: Vec<SchemeMeta>,
    /// String types that accept unknown values; the projection has a plain string component of the same name.
    pub enums: Vec<OpenEnum>,
    /// Unions whose branches a property tells apart; the projection has a plain string component of the same name.
    pub unions: Vec<UnionMeta>,
    /// Components that stand for "absent, null or a value", and of what.
    pub maybes: BTreeMap<String, Carried>,
    /// Components that stand for "a map, or an empty array", and of what.
    pub dicts: BTreeMap<String, Carried>,
    /// Components whose struct keeps members that the document does not name.
    pub extras: BTreeSet<String>,
    /// Components that requests are made of.
    pub inputs: BTreeSet<String>,
    /// The stand-ins that occur.
    pub stand_ins: BTreeSet<StandIn>,
    /// The envelope that answers come in.
    pub envelope: Option<Envelope>,
    /// What was conceded, each at its place in the document that was projected.
    pub diagnostics: Vec<Diagnostic>,
}

impl Projection {
    /// Whether a client can be made of it.
    #[must_use]
    pub fn is_usable(&self) -> bool {
        self.diagnostics.iter().all(|one| one.severity != Severity::Error)
    }
}

/// The methods of a path item that progenitor's transport has a function for.
const METHODS: [&str; 6] = ["get", "head", "post", "put", "patch", "delete"];
const OTHER_METHODS: [&str; 2] = ["options", "trace"];

/// Rewrites a document into one that progenitor accepts. Never fails: what cannot be kept is a diagnostic.
#[must_use]
pub fn project(document: &Document) -> Projection {
    let mut notes = notes::Notes::new(document);
    let places = places(&mut notes);
    let reach = reach::Reach::of(document, &roots::of(&mut notes, &places));
    let mut schemas = schemas::Schemas::new(reach);
    reserve(&mut notes, &mut schemas);
    let mut builder = operation::Builder::new(schemas);
    for place in &places {
        builder.add(&mut notes, place);
    }
    let operation::Builder { mut schemas, operations, paths, .. } = builder;
    schemas.finish(&mut notes);
    schemas.tally.say(&mut notes);
    let info = document.root().get("info");
    let text = |key: &str| {
        info.and_then(|info| info.get(key)).and_then(Value::as_str).unwrap_or_default().to_owned()
    };
    let projected = json!({
        "openapi": "3.0.3",
        "info": { "title": text("title"), "version": text("version") },
        "paths": paths,
        "components": { "schemas": Map::from_iter(schemas.out) },
    });
    let schemes = security::schemes(&mut notes);
    say_undeclared(&mut notes, &operations, &schemes);
    Projection {
        document: projected,
        operations,
        schemes,
        enums: schemas.enums,
        unions: schemas.unions,
        maybes: schemas.maybes,
        dicts: schemas.dicts,
        extras: schemas.extras,
        inputs: schemas.inputs,
        stand_ins: schemas.stand_ins,
        envelope: Envelope::of(document),
        diagnostics: notes.diagnostics,
    }
}

/// Where an operation stands, and the path item around it.
pub(crate) struct OperationPlace {
    pub(crate) method: &'static str,
    pub(crate) path: String,
    pub(crate) item: Pointer,
    pub(crate) at: Pointer,
}

fn places(notes: &mut notes::Notes<'_>) -> Vec<OperationPlace> {
    let paths_at = Pointer::root().child("paths");
    let names: Vec<String> = notes
        .document
        .get(&paths_at)
        .and_then(Value::as_object)
        .map(|paths| paths.keys().cloned().collect())
        .unwrap_or_default();
    let mut places = Vec::new();
    for path in names.into_iter().filter(|path| path.starts_with('/')) {
        let Some((item, home)) = notes.resolve(&paths_at.child(&path)) else { continue };
        // What a reference leads to here is not known: OpenAPI has none for operations.
        let is_operation = |one: &Value| one.is_object() && one.get("$ref").is_none();
        for method in METHODS.into_iter().filter(|method| item.get(*method).is_some_and(is_operation)) {
            places.push(OperationPlace {
                method,
                path: path.clone(),
                item: home.clone(),
                at: home.child(method),
            });
        }
        for method in OTHER_METHODS.into_iter().filter(|method| item.get(*method).is_some()) {
            notes.warning(
                "method-not-in-client",
                &home.child(method),
                format!("`{}` is left out of the client", method.to_uppercase()),
                "nothing has to be done; the mock server and the suite do know it",
            );
        }
    }
    places
}

/// Component schemas have the first claim on their names, after the client's own and those that Rust knows everywhere.
fn reserve(notes: &mut notes::Notes<'_>, schemas: &mut schemas::Schemas) {
    for name in naming::PRELUDE.into_iter().chain(["Maybe"]) {
        schemas.taken.take(name);
    }
    for stand_in in StandIn::ALL {
        schemas.taken.take(stand_in.component());
    }
    let names =
        notes.document.get(&Pointer::root().child("components").child("schemas")).and_then(Value::as_object);
    let mut known = BTreeSet::new();
    for name in names.into_iter().flatten().map(|(name, _)| name) {
        let rust = pascal(name);
        let says = if naming::PRELUDE.iter().any(|own| own.eq_ignore_ascii_case(&rust)) {
            format!("Rust knows something else as `{rust}`, so the type of `{name}` gets a number")
        } else if known.insert(rust.to_lowercase()) {
            continue;
        } else {
            format!("another schema has the Rust name of `{name}` already, this one gets a number")
        };
        let at = Pointer::root().child("components").child("schemas").child(name);
        notes.note("type-renamed", &at, says, "give it a name of its own");
    }
}

/// Names of schemes that operations ask for and nobody describes.
fn say_undeclared(notes: &mut notes::Notes<'_>, operations: &[OperationMeta], schemes: &[SchemeMeta]) {
    let used: BTreeSet<&String> = operations.iter().flat_map(|one| one.security.iter().flatten()).collect();
    let at = Pointer::root().child("components").child("securitySchemes");
    for name in used.into_iter().filter(|name| schemes.iter().all(|scheme| scheme.name != **name)) {
        // One that is not described at all is a mistake of the document, and told as that.
        if notes.document.get(&at.child(name)).is_none() {
            continue;
        }
        notes.warning(
            "scheme-not-in-client",
            &at.child(name),
            format!("the client cannot present a credential of the scheme `{name}`"),
            "describe it as `apiKey`, `http` `basic` or `bearer`, `oauth2` or `openIdConnect`",
        );
    }
}
