//! Parameters: those progenitor writes itself, and those that become text first.

use indexmap::IndexMap;
use serde_json::{Value, json};
use tercet_spec::Pointer;

use super::OperationPlace;
use super::kind::{self, Kind};
use super::meta::{ParameterForm, ParameterMeta};
use super::naming::{Taken, pascal, snake};
use super::notes::Notes;
use super::reach::Direction;
use super::roots::keys;
use super::schemas::Schemas;
use super::security;

/// The parameters of one operation.
pub(crate) struct Lowered {
    pub(crate) metas: Vec<ParameterMeta>,
    pub(crate) written: Vec<Value>,
    pub(crate) path: String,
}

/// What stands for a parameter whose name is made for the projection, in front of a cookie's name.
pub(crate) const COOKIE_PREFIX: &str = "x-tercet-cookie-";

struct Collector<'s> {
    schemas: &'s mut Schemas,
    type_name: String,
    idents: Taken,
    lowered: Lowered,
}

/// The parameters of the operation and of its path item, as progenitor takes them.
pub(crate) fn lower(
    notes: &mut Notes<'_>,
    schemas: &mut Schemas,
    place: &OperationPlace,
    type_name: &str,
) -> Lowered {
    let mut idents = Taken::default();
    idents.take("body");
    let lowered = Lowered { metas: Vec::new(), written: Vec::new(), path: place.path.clone() };
    let mut collector = Collector { schemas, type_name: type_name.to_owned(), idents, lowered };
    for ((name, location), at) in declared(notes, place) {
        collector.add(notes, &name, &location, &at);
    }
    collector.undeclared(notes, place);
    collector.lowered
}

/// By name and location, the operation's own winning over the path item's (OpenAPI 3.0.3, "Path Item Object").
fn declared(notes: &mut Notes<'_>, place: &OperationPlace) -> IndexMap<(String, String), Pointer> {
    let mut found = IndexMap::new();
    for list in [place.item.child("parameters"), place.at.child("parameters")] {
        let count = notes.document.get(&list).and_then(Value::as_array).map_or(0, Vec::len);
        for index in 0..count {
            let Some((parameter, at)) = notes.resolve(&list.index(index)) else { continue };
            let text = |key: &str| parameter.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
            found.insert((text("name"), text("in")), at);
        }
    }
    found
}

impl Collector<'_> {
    fn add(&mut self, notes: &mut Notes<'_>, name: &str, location: &str, at: &Pointer) {
        // OpenAPI 3.0.3, "Parameter Object": these three are described elsewhere and ignored here.
        let ignored =
            ["accept", "content-type", "authorization"].contains(&name.to_ascii_lowercase().as_str());
        if location == "header" && ignored {
            notes.note(
                "header-ignored",
                at,
                format!("`{name}` is no parameter but part of the protocol"),
                "take it out: media types and `security` say what it carries",
            );
            return;
        }
        if security::carries(notes, location, name) {
            return;
        }
        let description = notes
            .document
            .get(at)
            .and_then(|one| one.get("description"))
            .and_then(Value::as_str)
            .map(str::to_owned);
        let required =
            location == "path" || notes.document.get(&at.child("required")) == Some(&Value::Bool(true));
        if let Some((json, _)) =
            keys(notes, &at.child("content")).first().map(|name| (super::body::is_json(name), name))
        {
            let form = if json { ParameterForm::Json } else { ParameterForm::Plain };
            self.push(name, location, required, form, &json!({ "type": "string" }), description);
            return;
        }
        let schema_at = at.child("schema");
        let Some((_, home)) = notes.resolve(&schema_at) else {
            self.push(
                name,
                location,
                required,
                ParameterForm::Plain,
                &json!({ "type": "string" }),
                description,
            );
            return;
        };
        let text = |key: &str| notes.document.get(&at.child(key)).and_then(Value::as_str).map(str::to_owned);
        let style = text("style").unwrap_or_else(|| {
            if matches!(location, "query" | "cookie") { "form" } else { "simple" }.to_owned()
        });
        let explode =
            notes.document.get(&at.child("explode")).and_then(Value::as_bool).unwrap_or(style == "form");
        match kind::kind(notes, &home) {
            Kind::Record(record)
                if location == "query" && (style == "deepObject" || (style == "form" && explode)) =>
            {
                for (property, place) in &record.properties {
                    let member =
                        if style == "deepObject" { format!("{name}[{property}]") } else { property.clone() };
                    let schema = self.simple(notes, place, &member);
                    let must = required && record.required.contains(property);
                    let described = notes
                        .document
                        .get(place)
                        .and_then(|one| one.get("description"))
                        .and_then(Value::as_str);
                    self.push(
                        &member,
                        location,
                        must,
                        ParameterForm::Plain,
                        &schema,
                        described.map(str::to_owned),
                    );
                }
            }
            Kind::List(items) if location == "query" && style == "form" && explode => {
                let items = items
                    .map_or_else(|| json!({ "type": "string" }), |items| self.simple(notes, &items, name));
                let schema = json!({ "type": "array", "items": items });
                self.push(name, location, required, ParameterForm::Plain, &schema, description);
            }
            Kind::List(_) => {
                let form = ParameterForm::Joined(match style.as_str() {
                    "spaceDelimited" => ' ',
                    "pipeDelimited" => '|',
                    _ => ',',
                });
                self.push(name, location, required, form, &json!({ "type": "string" }), description);
            }
            Kind::Record(_) | Kind::Map(_) | Kind::Dict(_) | Kind::Union(_) | Kind::Any => {
                notes.note(
                    "parameter-as-text",
                    at,
                    format!("the client takes `{name}` as text, written as its style demands"),
                    "nothing has to be done",
                );
                self.push(
                    name,
                    location,
                    required,
                    ParameterForm::Plain,
                    &json!({ "type": "string" }),
                    description,
                );
            }
            Kind::Scalar(_) | Kind::Enum(_) => {
                if matches!(style.as_str(), "label" | "matrix") {
                    notes.warning(
                        "style-in-client",
                        at,
                        format!("the client writes `{name}` without the punctuation of `{style}`"),
                        "use `style: simple`",
                    );
                }
                let schema = self.simple(notes, &schema_at, name);
                self.push(name, location, required, ParameterForm::Plain, &schema, description);
            }
        }
    }

    /// The schema of something that can be written as one piece of text.
    fn simple(&mut self, notes: &mut Notes<'_>, at: &Pointer, name: &str) -> Value {
        let Some((_, home)) = notes.resolve(at) else { return json!({ "type": "string" }) };
        match kind::kind(notes, &home) {
            Kind::Scalar(_) | Kind::Enum(_) => {
                let name = format!("{}{}", self.type_name, pascal(name));
                let mut schema = self.schemas.usage(notes, at, Direction::Request, &name);
                if let Some(members) = schema.as_object_mut() {
                    members.remove("nullable");
                }
                schema
            }
            _ => json!({ "type": "string" }),
        }
    }

    fn push(
        &mut self,
        wire: &str,
        location: &str,
        required: bool,
        form: ParameterForm,
        schema: &Value,
        description: Option<String>,
    ) {
        let mut lowered =
            if location == "cookie" { format!("{COOKIE_PREFIX}{wire}") } else { wire.to_owned() };
        let plain = snake(&lowered);
        if !self.idents.take(&plain) {
            lowered = (2_usize..)
                .map(|number| format!("{lowered}~{number}"))
                .find(|candidate| self.idents.take(&snake(candidate)))
                .unwrap_or(lowered);
        }
        if location == "path" {
            self.lowered.path = self.lowered.path.replace(&format!("{{{wire}}}"), &format!("{{{lowered}}}"));
        }
        let written_in = if location == "cookie" { "header" } else { location };
        let ident = snake(&lowered);
        self.lowered
            .written
            .push(json!({ "name": lowered, "in": written_in, "required": required, "schema": schema }));
        self.lowered.metas.push(ParameterMeta {
            wire: wire.to_owned(),
            lowered,
            ident,
            location: location.to_owned(),
            required,
            form,
            description,
        });
    }

    /// Names in the path template that nothing describes are texts.
    fn undeclared(&mut self, notes: &mut Notes<'_>, place: &OperationPlace) {
        for name in template_names(&place.path) {
            if self.lowered.metas.iter().any(|meta| meta.location == "path" && meta.wire == name) {
                continue;
            }
            notes.warning(
                "path-parameter-undeclared",
                &place.at,
                format!(
                    "the path has `{{{name}}}` and no parameter describes it, the client takes it as text"
                ),
                "add it to `parameters` with `in: path` and `required: true`",
            );
            self.push(&name, "path", true, ParameterForm::Plain, &json!({ "type": "string" }), None);
        }
        let names = template_names(&place.path);
        let lost: Vec<ParameterMeta> = self
            .lowered
            .metas
            .iter()
            .filter(|meta| meta.location == "path" && !names.contains(&meta.wire))
            .cloned()
            .collect();
        for meta in lost {
            notes.warning(
                "path-parameter-unused",
                &place.at,
                format!("`{}` is a path parameter and the path has no `{{{}}}`", meta.wire, meta.wire),
                "put it into the path, or correct its `in`",
            );
            self.lowered.metas.retain(|one| *one != meta);
            self.lowered.written.retain(|one| one["name"] != meta.lowered.as_str());
        }
    }
}

fn template_names(path: &str) -> Vec<String> {
    path.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(name, _)| name.to_owned()).collect()
}
