//! Operations: one at a time, from ours to what progenitor accepts.

use serde_json::{Map, Value, json};
use tercet_spec::Pointer;

use super::meta::{OperationMeta, Repeat};
use super::naming::{Taken, pascal};
use super::notes::Notes;
use super::schemas::Schemas;
use super::written::reference;
use super::{OperationPlace, body, paging, parameter, reply, security};

/// The projection's operations as they grow.
pub(crate) struct Builder {
    pub(crate) schemas: Schemas,
    pub(crate) operations: Vec<OperationMeta>,
    pub(crate) paths: Map<String, Value>,
    methods: Taken,
}

impl Builder {
    pub(crate) fn new(schemas: Schemas) -> Self {
        let mut methods = Taken::default();
        // What the generated client's own methods are called.
        for name in [
            "new",
            "new_with_client",
            "builder",
            "pre",
            "post",
            "exec",
            "api_version",
            "baseurl",
            "client",
            "inner",
        ] {
            methods.take(name);
        }
        Self { schemas, operations: Vec::new(), paths: Map::new(), methods }
    }

    pub(crate) fn add(&mut self, notes: &mut Notes<'_>, place: &OperationPlace) {
        let Some(operation) = notes.document.get(&place.at) else { return };
        let id = identifier(notes, operation, place);
        let bodies = body::media_types(notes, &place.at);
        // Several media types of a request become several methods, which progenitor needs distinct paths for.
        for (index, media_type) in bodies.iter().enumerate() {
            let (id, fragment) = match index {
                0 => (id.clone(), String::new()),
                _ => {
                    let suffix = media_type.as_deref().map(body::suffix).unwrap_or_default();
                    (format!("{id}_{suffix}"), format!("#{suffix}"))
                }
            };
            self.add_one(notes, place, operation, &id, media_type.as_deref(), &fragment);
        }
    }

    fn add_one(
        &mut self,
        notes: &mut Notes<'_>,
        place: &OperationPlace,
        operation: &Value,
        id: &str,
        media_type: Option<&str>,
        fragment: &str,
    ) {
        let name = self.methods.method_name(id);
        if name != super::snake(id) {
            notes.note(
                "method-renamed",
                &place.at,
                format!("the method of `{id}` is called `{name}`, because the plain name is taken"),
                "choose another `operationId`",
            );
        }
        let type_name = pascal(&name);
        let lowered = parameter::lower(notes, &mut self.schemas, place, &type_name);
        let body = media_type
            .and_then(|media_type| body::lower(notes, &mut self.schemas, &place.at, media_type, &type_name));
        let (replies, envelope) = reply::lower(notes, &mut self.schemas, &place.at, &type_name);
        let reply_name = format!("{type_name}Reply");
        let reply_name = self.schemas.taken.type_name(&reply_name);
        self.schemas.out.insert(reply_name.clone(), envelope);
        let mut written = json!({
            "operationId": name,
            "parameters": lowered.written,
            "responses": { "2XX": {
                "description": "",
                "content": { "application/json": { "schema": reference(&reply_name) } },
            } },
        });
        let body = body.map(|(meta, written_body)| {
            written["requestBody"] = written_body;
            meta
        });
        let paging = paging::of(notes, &place.at, &lowered.metas, &replies);
        let text = |key: &str| operation.get(key).and_then(Value::as_str).map(str::to_owned);
        self.path_item(&format!("{}{fragment}", lowered.path))[place.method] = written;
        self.operations.push(OperationMeta {
            id: id.to_owned(),
            name,
            method: place.method.to_uppercase(),
            path: lowered.path,
            summary: text("summary"),
            description: text("description"),
            deprecated: operation.get("deprecated") == Some(&Value::Bool(true)),
            parameters: lowered.metas,
            body,
            replies,
            security: security::alternatives(notes, operation),
            repeat: repeat(place.method, operation),
            paging,
        });
    }

    fn path_item(&mut self, path: &str) -> &mut Value {
        self.paths.entry(path).or_insert_with(|| json!({}))
    }
}

fn identifier(notes: &mut Notes<'_>, operation: &Value, place: &OperationPlace) -> String {
    if let Some(id) = operation.get("operationId").and_then(Value::as_str).filter(|id| !id.is_empty()) {
        return id.to_owned();
    }
    let words = place.path.split('/').filter(|segment| !segment.is_empty()).map(|segment| {
        match segment.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')) {
            Some(parameter) => format!("by_{parameter}"),
            None => segment.to_owned(),
        }
    });
    let made = std::iter::once(place.method.to_owned()).chain(words).collect::<Vec<_>>().join("_");
    notes.note(
        "operation-id-made",
        &place.at,
        format!("without an `operationId` the client's method is called `{}`", super::snake(&made)),
        "give the operation an `operationId` that reads well",
    );
    made
}

/// Safe and idempotent methods are RFC 9110, 9.2.1 and 9.2.2; an effect whose steps only look is safe whatever the method.
fn repeat(method: &str, operation: &Value) -> Repeat {
    let steps = match operation.get("x-effect") {
        Some(Value::Array(steps)) => steps.iter().collect(),
        Some(step) => vec![step],
        None => Vec::new(),
    };
    let looks = |step: &&Value| {
        step.as_object().is_some_and(|step| {
            step.keys().any(|key| matches!(key.as_str(), "find" | "list" | "require"))
                && !step
                    .keys()
                    .any(|key| matches!(key.as_str(), "create" | "update" | "replace" | "delete" | "call"))
        })
    };
    match method {
        "get" | "head" => Repeat::Safe,
        _ if !steps.is_empty() && steps.iter().all(looks) => Repeat::Safe,
        "put" | "delete" => Repeat::Idempotent,
        _ => Repeat::Once,
    }
}

/// What stands at `key` in the object at `at`, references followed.
pub(crate) fn member<'d>(notes: &mut Notes<'d>, at: &Pointer, key: &str) -> Option<(&'d Value, Pointer)> {
    notes.document.get(at)?.get(key)?;
    notes.resolve(&at.child(key))
}
