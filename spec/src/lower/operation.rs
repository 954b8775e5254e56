//! Operations with their parameters, bodies and responses.

use std::collections::HashMap;

use serde_json::Value;

use super::{Lowering, follow, keys, keys_but_extensions};
use crate::contract::{
    Example, Header, Location, MediaType, Operation, Parameter, PathTemplate, RequestBody, Response, Segment,
    Status, Style,
};
use crate::{Diagnostic, Document, Pointer};

const METHODS: [&str; 8] = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

impl Lowering<'_> {
    pub(super) fn operations(&mut self) {
        let paths = Pointer::root().child("paths");
        let mut ids: HashMap<String, Pointer> = HashMap::new();
        for path in keys_but_extensions(self.document, &paths) {
            let Some(item) = follow(self.document, &paths.child(&path)) else { continue };
            let shared = self.parameters(&item.child("parameters"));
            for method in METHODS {
                let at = item.child(method);
                // What a reference leads to here is not known; the structure check has reported it.
                if !self.get(&at).is_object() || self.has(&at.child("$ref")) {
                    continue;
                }
                let mut operation = self.operation(&path, method, &at, &shared);
                if !self.has(&at.child("operationId")) {
                    operation.id = unused(operation.id, &ids);
                }
                if let Some(first) = ids.insert(operation.id.clone(), at.clone()) {
                    let message = format!("another operation has the `operationId` `{}`", operation.id);
                    let diagnostic = Diagnostic::error("duplicate-operation-id", message)
                        .at(self.document, &at.child("operationId"))
                        .label(self.document, &first.child("operationId"), "this one")
                        .help("rename one of them: clients call operations by this name");
                    self.diagnostics.push(diagnostic);
                }
                self.contract.operations.push(operation);
            }
        }
    }

    fn operation(&mut self, path: &str, method: &str, at: &Pointer, shared: &[Parameter]) -> Operation {
        let value = self.get(at);
        let text = |key: &str| value.get(key).and_then(Value::as_str).map(str::to_owned);
        let own = self.parameters(&at.child("parameters"));
        let overridden = |one: &&Parameter| {
            !own.iter().any(|other| other.name == one.name && other.location == one.location)
        };
        let parameters: Vec<Parameter> = shared.iter().filter(overridden).chain(&own).cloned().collect();
        let path = self.path_template(path, at);
        self.path_parameters(&path, &parameters, at);
        let security = if value.get("security").is_some() {
            self.security(&at.child("security"))
        } else {
            self.security(&Pointer::root().child("security"))
        };
        let effect = self.effect(&at.child("x-effect"));
        self.leading_steps(&effect);
        Operation {
            id: text("operationId").unwrap_or_else(|| synthesised_id(method, &path.text)),
            method: method.to_uppercase(),
            tags: value["tags"]
                .as_array()
                .into_iter()
                .flatten()
                .filter_map(Value::as_str)
                .map(str::to_owned)
                .collect(),
            summary: text("summary"),
            description: text("description"),
            deprecated: value.get("deprecated") == Some(&Value::Bool(true)),
            parameters,
            body: self.request_body(&at.child("requestBody")),
            responses: self.responses(&at.child("responses")),
            security,
            effect,
            path,
            pointer: at.clone(),
        }
    }

    fn path_template(&mut self, text: &str, at: &Pointer) -> PathTemplate {
        let path_at = at.parent().unwrap_or_default();
        let mut segments = Vec::new();
        for raw in text.trim_start_matches('/').split('/') {
            let mut parts = Vec::new();
            let mut rest = raw;
            while let Some((before, after)) = rest.split_once('{') {
                if !before.is_empty() {
                    parts.push(Segment::Literal(before.to_owned()));
                }
                let Some((name, after)) = after.split_once('}') else {
                    self.error(
                        "path-syntax",
                        &path_at,
                        format!("`{raw}` has a `{{` without its `}}`"),
                        "close the parameter's name",
                    );
                    rest = "";
                    break;
                };
                parts.push(Segment::Parameter(name.to_owned()));
                rest = after;
            }
            if !rest.is_empty() || parts.is_empty() {
                parts.push(Segment::Literal(rest.to_owned()));
            }
            segments.push(parts);
        }
        PathTemplate { text: text.to_owned(), segments }
    }

    fn path_parameters(&mut self, path: &PathTemplate, parameters: &[Parameter], at: &Pointer) {
        let in_path =
            |name: &str| parameters.iter().any(|one| one.location == Location::Path && one.name == name);
        // A parameter that could not be read has been reported, and may be the missing one.
        let lists = [at.child("parameters"), at.parent().unwrap_or_default().child("parameters")];
        let all_readable = lists.iter().all(|list| self.parameters_are_readable(list));
        let mut named = Vec::new();
        for segment in path.segments.iter().flatten() {
            let Segment::Parameter(name) = segment else { continue };
            if named.contains(&name) {
                let message = format!("the path names `{{{name}}}` twice");
                self.error("path-syntax", &at.parent().unwrap_or_default(), message, "rename one of them");
            }
            if !in_path(name) && all_readable {
                let message = format!("the path names `{{{name}}}`, but no parameter describes it");
                let help =
                    format!("add `{{ name: {name}, in: path, required: true, schema: … }}` to `parameters`");
                self.error("undeclared-path-parameter", at, message, help);
            }
            named.push(name);
        }
        for parameter in parameters.iter().filter(|one| one.location == Location::Path) {
            if !named.contains(&&parameter.name) {
                let message = format!("the path `{}` does not name `{{{}}}`", path.text, parameter.name);
                self.error(
                    "unused-path-parameter",
                    &parameter.pointer,
                    message,
                    "correct the name here or in the path",
                );
            }
        }
    }

    fn parameters(&mut self, at: &Pointer) -> Vec<Parameter> {
        let count = self.get(at).as_array().map_or(0, Vec::len);
        let mut all: Vec<Parameter> = Vec::new();
        for index in 0..count {
            let Some(place) = follow(self.document, &at.index(index)) else { continue };
            let Some(parameter) = self.parameter(&place) else { continue };
            if all.iter().any(|one| one.name == parameter.name && one.location == parameter.location) {
                let message = format!("the parameter `{}` stands here a second time", parameter.name);
                self.error("duplicate-parameter", &at.index(index), message, "remove one of them");
            }
            all.push(parameter);
        }
        all
    }

    fn parameters_are_readable(&self, at: &Pointer) -> bool {
        let count = self.get(at).as_array().map_or(0, Vec::len);
        (0..count).all(|index| {
            follow(self.document, &at.index(index)).is_some_and(|place| {
                let value = self.get(&place);
                value["name"].is_string() && value["in"].as_str().is_some_and(|name| location(name).is_some())
            })
        })
    }

    fn parameter(&mut self, at: &Pointer) -> Option<Parameter> {
        let value = self.get(at);
        let text = |key: &str| value.get(key).and_then(Value::as_str);
        let location = location(text("in")?)?;
        let name = text("name")?.to_owned();
        let required = value.get("required") == Some(&Value::Bool(true));
        if location == Location::Path && !required {
            let help = "add `required: true` (OpenAPI 3.0.3, \"Parameter Object\")";
            self.error(
                "optional-path-parameter",
                at,
                format!("the path parameter `{name}` is not required"),
                help,
            );
        }
        if !self.has(&at.child("schema")) && !self.has(&at.child("content")) {
            self.error(
                "missing-key",
                at,
                format!("the parameter `{name}` needs `schema` or `content`"),
                "add `schema: { type: string }`, say",
            );
        }
        let style = style(text("style"), location);
        let content = keys(self.document, &at.child("content")).into_iter().next();
        let schema_at = match &content {
            Some(media) => at.child("content").child(media).child("schema"),
            None => at.child("schema"),
        };
        let outcomes = self.outcome_names(&at.child("x-outcome"));
        if outcomes.len() > 1 {
            let message = "a parameter's violation ends in one outcome, not in several";
            self.error("keyword", &at.child("x-outcome"), message, "keep one of them");
        }
        let default = self.contract.conduct.parameters.clone().filter(|_| location != Location::Path);
        let outcome = outcomes.into_iter().next().or(default);
        Some(Parameter {
            required: required || location == Location::Path,
            style,
            explode: value.get("explode").and_then(Value::as_bool).unwrap_or(style == Style::Form),
            schema: self.schema(&schema_at),
            content,
            outcome: outcome.unwrap_or_else(|| "invalid".to_owned()),
            example: value
                .get("example")
                .cloned()
                .or_else(|| self.examples(at).into_iter().next().map(|example| example.raw)),
            name,
            location,
            pointer: at.clone(),
        })
    }

    fn request_body(&mut self, at: &Pointer) -> Option<RequestBody> {
        if !self.has(at) {
            return None;
        }
        let place = follow(self.document, at)?;
        let required = self.get(&place).get("required") == Some(&Value::Bool(true));
        let mut content = self.content(&place.child("content"));
        if self.contract.conduct.forms || self.contract.conduct.merge_parameters {
            forms(&mut content);
        }
        Some(RequestBody { required, content, pointer: place })
    }

    fn content(&mut self, at: &Pointer) -> Vec<MediaType> {
        keys(self.document, at)
            .into_iter()
            .map(|name| {
                let pointer = at.child(&name);
                let schema =
                    self.has(&pointer.child("schema")).then(|| self.schema(&pointer.child("schema")));
                let encoding = self.document.get(&pointer.child("encoding")).cloned();
                MediaType { schema, examples: self.examples(&pointer), encoding, name, pointer }
            })
            .collect()
    }

    fn examples(&mut self, at: &Pointer) -> Vec<Example> {
        let mut all = Vec::new();
        if let Some(raw) = self.document.get(&at.child("example")) {
            let pointer = at.child("example");
            all.push(Example {
                name: String::new(),
                outcomes: Vec::new(),
                raw: raw.clone(),
                template: None,
                pointer,
            });
        }
        for name in keys(self.document, &at.child("examples")) {
            let Some(place) = follow(self.document, &at.child("examples").child(&name)) else { continue };
            let Some(raw) = self.document.get(&place.child("value")).cloned() else { continue };
            let outcomes = self.outcome_names(&place.child("x-outcome"));
            let template = (!outcomes.is_empty()).then(|| self.reader.value(&place.child("value")));
            all.push(Example { name, outcomes, raw, template, pointer: place.child("value") });
        }
        all
    }

    fn responses(&mut self, at: &Pointer) -> Vec<Response> {
        let mut all: Vec<Response> = keys_but_extensions(self.document, at)
            .into_iter()
            .filter_map(|text| Some((status(&text)?, at.child(&text))))
            .map(|(status, place)| self.response(status, &place))
            .collect();
        by_meaning(&mut all);
        all
    }

    /// The response at `at`; its outcomes are those it declares.
    pub(super) fn response(&mut self, status: Status, at: &Pointer) -> Response {
        let place = follow(self.document, at).unwrap_or_else(|| at.clone());
        let mut outcomes = self.outcome_names(&place.child("x-outcome"));
        let content = self.content(&place.child("content"));
        for outcome in content.iter().flat_map(|media| &media.examples).flat_map(|example| &example.outcomes)
        {
            if !outcomes.contains(outcome) {
                outcomes.push(outcome.clone());
            }
        }
        let when = self.has(&place.child("x-when")).then(|| self.reader.predicate(&place.child("x-when")));
        let description = self.get(&place)["description"].as_str().unwrap_or_default().to_owned();
        Response {
            status,
            outcomes,
            when,
            headers: self.headers(&place.child("headers")),
            content,
            description,
            pointer: at.clone(),
        }
    }

    fn headers(&mut self, at: &Pointer) -> Vec<Header> {
        keys(self.document, at)
            .into_iter()
            .filter_map(|name| {
                let pointer = follow(self.document, &at.child(&name))?;
                let required = self.get(&pointer).get("required") == Some(&Value::Bool(true));
                let mut schema = self.schema(&pointer.child("schema"));
                if self.has(&pointer.child("x-value")) {
                    let value = self.reader.value(&pointer.child("x-value"));
                    schema = self.table.twin(schema);
                    self.table.all[schema.0 as usize].value = Some(value);
                }
                let condition = pointer.child("x-when");
                let when = self.has(&condition).then(|| self.reader.predicate(&condition));
                Some(Header { name, required, schema, when, pointer })
            })
            .collect()
    }
}

/// Adds the media types of forms to a body that can be JSON (`x-conduct.forms`, `x-conduct.merge-parameters`).
fn forms(content: &mut Vec<MediaType>) {
    let is_json = |media: &&MediaType| {
        let name = media.name.to_ascii_lowercase();
        let essence = name.split(';').next().unwrap_or_default().trim();
        essence == "application/json" || essence.ends_with("+json")
    };
    let Some(json) = content.iter().find(is_json).cloned() else { return };
    for name in ["application/x-www-form-urlencoded", "multipart/form-data"] {
        if !content.iter().any(|media| media.name.eq_ignore_ascii_case(name)) {
            content.push(MediaType { name: name.to_owned(), examples: Vec::new(), ..json.clone() });
        }
    }
}

/// Gives the responses that declare no outcome the meaning of their code (RFC 9110, 15).
fn by_meaning(responses: &mut [Response]) {
    let has = |code: u16, all: &[Response]| all.iter().any(|one| one.status == Status::Code(code));
    let lowest_success = responses.iter().map(|one| one.status.code()).filter(|code| code / 100 == 2).min();
    let has_400 = has(400, responses);
    let ok_is_declared = responses.iter().any(|one| one.outcomes.iter().any(|outcome| outcome == "ok"));
    for response in responses {
        let code = response.status.code();
        let meaning = match response.status {
            Status::Default => None,
            _ if Some(code) == lowest_success && !ok_is_declared => Some("ok"),
            _ => match code {
                400 => Some("invalid"),
                401 => Some("unauthenticated"),
                403 => Some("forbidden"),
                404 => Some("not-found"),
                405 => Some("method-not-allowed"),
                406 => Some("not-acceptable"),
                409 => Some("conflict"),
                413 => Some("too-large"),
                415 => Some("unsupported-media-type"),
                422 if !has_400 => Some("invalid"),
                _ => None,
            },
        };
        if response.outcomes.is_empty() {
            response.outcomes.extend(meaning.map(str::to_owned));
        }
    }
}

/// A key of `responses`.
pub(super) fn status(text: &str) -> Option<Status> {
    match text.as_bytes() {
        b"default" => Some(Status::Default),
        [digit @ b'1'..=b'5', b'X' | b'x', b'X' | b'x'] => Some(Status::Range(digit - b'0')),
        [b'1'..=b'5', b'0'..=b'9', b'0'..=b'9'] => text.parse().ok().map(Status::Code),
        _ => None,
    }
}

fn location(name: &str) -> Option<Location> {
    Some(match name {
        "path" => Location::Path,
        "query" => Location::Query,
        "header" => Location::Header,
        "cookie" => Location::Cookie,
        _ => return None,
    })
}

fn style(name: Option<&str>, location: Location) -> Style {
    match (name, location) {
        (Some("matrix"), _) => Style::Matrix,
        (Some("label"), _) => Style::Label,
        (Some("simple"), _) => Style::Simple,
        (Some("form"), _) => Style::Form,
        (Some("spaceDelimited"), _) => Style::SpaceDelimited,
        (Some("pipeDelimited"), _) => Style::PipeDelimited,
        (Some("deepObject"), _) => Style::DeepObject,
        (_, Location::Path | Location::Header) => Style::Simple,
        (_, Location::Query | Location::Cookie) => Style::Form,
    }
}

/// `getUsersById` for `GET /users/{id}`.
fn synthesised_id(method: &str, path: &str) -> String {
    let mut id = method.to_owned();
    for segment in path.split('/').filter(|segment| !segment.is_empty()) {
        let is_parameter = segment.starts_with('{');
        for (index, word) in
            segment.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).enumerate()
        {
            if is_parameter && index == 0 {
                id.push_str("By");
            }
            let mut letters = word.chars();
            id.extend(letters.next().map(|first| first.to_ascii_uppercase()));
            id.push_str(letters.as_str());
        }
    }
    id
}

/// `id`, or `id2`, `id3` … where others have it: nobody chose it, so nobody is to blame for a clash.
fn unused(id: String, taken: &HashMap<String, Pointer>) -> String {
    let numbered = (2..).map(|number| format!("{id}{number}"));
    std::iter::once(id.clone()).chain(numbered).find(|one| !taken.contains_key(one)).unwrap_or(id)
}

/// The path of the first server's URL, its variables at their defaults.
pub(super) fn base_path(document: &Document) -> String {
    let server = &document.root()["servers"][0];
    let mut url = server["url"].as_str().unwrap_or_default().to_owned();
    for (name, variable) in server["variables"].as_object().into_iter().flatten() {
        url = url.replace(&format!("{{{name}}}"), variable["default"].as_str().unwrap_or_default());
    }
    let path = match url.split_once("://") {
        Some((_, rest)) => rest.find('/').map_or("", |slash| &rest[slash..]),
        None => url.as_str(),
    };
    path.trim_end_matches('/').to_owned()
}
