//! The document of one application, as it is being written: paths, schemas and collections of each resource.

use serde_json::{Map, Value, json};

use super::base::{self, Operation};
use super::fields::{self, schema};
use super::manner::{Key, Manner};
use super::names::{Names, pascal};
use super::rights::{May, may};
use super::rules::{self, Schema};
use crate::platforms::qore::application::{App, Field, Kind, Permission, Resource};

/// What is being written.
pub(super) struct Writer<'a> {
    pub(super) app: &'a App,
    pub(super) manner: &'a Manner,
    pub(super) base: &'a Value,
    pub(super) operations: Names,
    components: Names,
    pub(super) paths: Map<String, Value>,
    pub(super) schemas: Map<String, Value>,
    pub(super) collections: Map<String, Value>,
}

/// The names of a resource's schemas.
#[derive(Clone, Debug)]
pub(super) struct Schemas {
    /// A record as it is shown.
    pub(super) record: String,
    /// As rows of tables show it.
    pub(super) row: String,
    /// As it is created.
    pub(super) new: String,
    /// As it is updated.
    pub(super) change: String,
    /// As a form updates it.
    pub(super) form: String,
}

impl<'a> Writer<'a> {
    pub(super) fn new(app: &'a App, manner: &'a Manner, base: &'a Value) -> Self {
        let object =
            |pointer: &str| base.pointer(pointer).and_then(Value::as_object).cloned().unwrap_or_default();
        let schemas = object("/components/schemas");
        Self {
            app,
            manner,
            base,
            operations: Names::default(),
            components: Names::taken(schemas.keys()),
            paths: Map::new(),
            schemas,
            collections: object("/x-collections"),
        }
    }

    pub(super) fn give_component(&mut self, name: &str) -> String {
        self.components.give(name)
    }

    /// Takes an operation over.
    pub(super) fn add(&mut self, mut operation: Operation, id: &str, resource: Option<&Resource>) {
        operation.put("operationId", json!(self.operations.give(id)));
        if let Some(resource) = resource {
            operation.put("tags", json!([resource.name]));
        }
        let item = self.paths.entry(operation.path).or_insert_with(|| json!({}));
        item[operation.method.as_str()] = Value::Object(operation.own);
    }

    /// The operation of the template, for a resource.
    pub(super) fn fill(
        &self,
        path: &str,
        method: &str,
        resource: &Resource,
        more: &[(&str, &str)],
    ) -> Option<Operation> {
        let values: Vec<(&str, &str)> =
            [("resource_name", resource.name.as_str())].into_iter().chain(more.iter().copied()).collect();
        base::fill(self.base, path, method, &values, &fields::key(self.manner, resource))
    }

    /// Whether the caller may; of a deployment that told of itself it is not known.
    pub(super) fn may(&self, permission: &Permission) -> May {
        match self.manner.declared {
            true => may(self.app, permission, self.manner.callers.first().and_then(Option::as_ref)),
            false => May::Perhaps,
        }
    }

    /// The fields that a new record can be given in JSON.
    pub(super) fn creatable<'r>(&self, resource: &'r Resource) -> Vec<&'r Field> {
        let sent = |field: &&Field| !field.hidden.create && self.sent(field).is_some();
        resource.fields.values().filter(sent).collect()
    }

    /// The fields that a record can be given in JSON later.
    pub(super) fn changeable<'r>(&self, resource: &'r Resource) -> Vec<&'r Field> {
        let sent = |field: &&Field| !field.hidden.edit && self.sent(field).is_some();
        resource.fields.values().filter(sent).collect()
    }

    /// Whether everything that a form must have can be sent in JSON.
    pub(super) fn is_fillable(&self, resource: &Resource) -> bool {
        let fits =
            |field: &Field| !field.has_rule("required") || field.hidden.create || self.sent(field).is_some();
        resource.fields.values().all(fits)
    }

    /// Whether what schemas say of these fields is all that there is to know.
    pub(super) fn is_tight<'f>(&self, fields: impl IntoIterator<Item = &'f Field>) -> bool {
        let tight = |field: &Field| rules::apply(field, &mut Map::new()) && self.may_choose(field);
        self.manner.declared && fields.into_iter().all(tight)
    }

    /// Whether the caller may choose any record that is there: one that they may not view is refused.
    fn may_choose(&self, field: &Field) -> bool {
        let related = match &field.kind {
            Kind::BelongsTo { resource, .. } | Kind::BelongsToMany { resource, .. } => resource,
            _ => return true,
        };
        self.app.resources.get(related).is_none_or(|related| self.may(&related.view) == May::Yes)
    }

    /// A field as it is sent.
    pub(super) fn sent(&self, field: &Field) -> Option<Schema> {
        let mut schema = fields::sent(self.app, self.manner, field)?;
        fields::refer(field, &mut schema, self.manner, false);
        Some(schema)
    }

    /// Writes the schemas and the collection of a resource.
    pub(super) fn describe(&mut self, resource: &Resource) -> Schemas {
        let name = pascal(&resource.name);
        let mut give = |ending: &str| self.components.give(&format!("{name}{ending}"));
        let (stored, schemas) = (
            give("Record"),
            Schemas {
                record: give(""),
                row: give("Row"),
                new: give("New"),
                change: give("Change"),
                form: give("Form"),
            },
        );
        let parts = [
            (stored.clone(), self.stored(resource)),
            (schemas.record.clone(), self.record(resource)),
            (schemas.row.clone(), self.row(resource)),
            (
                schemas.new.clone(),
                self.form(resource, &self.creatable(resource), "A new one of these records.", true),
            ),
            (
                schemas.change.clone(),
                self.form(resource, &self.changeable(resource), "The whole form of a record.", false),
            ),
            (schemas.form.clone(), self.multipart(resource)),
        ];
        self.schemas.extend(parts);
        let unique: Vec<&str> = resource
            .fields
            .values()
            .filter(|field| field.has_rule("unique"))
            .map(|field| field.name.as_str())
            .collect();
        self.collections.insert(resource.name.clone(), json!({ "schema": stored, "unique": unique }));
        schemas
    }

    /// A record as it is kept.
    fn stored(&self, resource: &Resource) -> Value {
        let mut properties = Map::new();
        let mut id = fields::key(self.manner, resource);
        let assign = match self.manner.key(resource) {
            Key::Uuid => "uuid",
            Key::Number | Key::Unknown => "sequence",
        };
        if self.manner.key(resource) != Key::Unknown {
            id.insert("x-assign".to_owned(), json!(assign));
        }
        properties.insert("id".to_owned(), id.into());
        let mut required = vec!["id"];
        for field in resource.fields.values() {
            let Some(mut schema) = self.stored_field(resource, field) else { continue };
            if field.has_rule("required") {
                required.push(&field.name);
            } else {
                schema.insert("nullable".to_owned(), json!(true));
            }
            properties.insert(field.name.clone(), schema.into());
        }
        json!({ "type": "object", "description": format!("{}, as kept.", resource.singular), "required": required, "properties": properties })
    }

    fn stored_field(&self, resource: &Resource, field: &Field) -> Option<Schema> {
        let mut schema = fields::bare(self.app, self.manner, &field.kind)?;
        if matches!(field.kind, Kind::File) {
            schema = schema!({ "type": "object", "additionalProperties": true });
        }
        schema.remove("enum");
        fields::refer(field, &mut schema, self.manner, true);
        if let (Kind::HasMany { resource: other, by }, true) = (&field.kind, self.manner.declared) {
            let derived = self.app.resources.get(other).is_some_and(|other| other.fields.contains_key(by));
            if derived && !resource.name.is_empty() {
                let value = json!({ "in": other, "where": { by: "$record.id" }, "pick": "$item.id" });
                schema.insert("x-value".to_owned(), value);
            }
        }
        Some(schema)
    }

    /// A record as it is shown.
    fn record(&self, resource: &Resource) -> Value {
        let mut properties = Map::new();
        properties.insert("id".to_owned(), fields::key(self.manner, resource).into());
        for field in resource.fields.values().filter(|field| !field.hidden.detail || self.manner.documented) {
            if let Some(schema) = fields::shown(self.app, self.manner, field) {
                properties.insert(field.name.clone(), schema.into());
            }
        }
        if self.manner.documented {
            for name in ["created_at", "updated_at"] {
                properties.insert(
                    name.to_owned(),
                    json!({ "type": "string", "format": "date-time", "nullable": true }),
                );
            }
        }
        json!({
            "type": "object", "title": resource.singular, "description": format!("One of `{}`.", resource.name),
            "required": [ "id" ], "properties": properties, "additionalProperties": true,
        })
    }

    /// A record as its table's rows show it.
    fn row(&self, resource: &Resource) -> Value {
        let mut properties = Map::new();
        properties.insert("id".to_owned(), fields::key(self.manner, resource).into());
        let columns: Vec<&String> = resource.tables.values().flat_map(|table| &table.columns).collect();
        for field in resource.fields.values().filter(|field| columns.contains(&&field.name)) {
            let seen = self.manner.is_same_in_rows(resource, &field.name);
            if let Some(schema) = fields::shown(self.app, self.manner, field).filter(|_| seen) {
                properties.insert(field.name.clone(), schema.into());
            }
        }
        json!({
            "type": "object", "title": format!("{}, in a table", resource.singular), "required": [ "id" ],
            "properties": properties, "additionalProperties": true,
        })
    }

    /// What a form sends as JSON.
    pub(super) fn form(
        &self,
        resource: &Resource,
        fields: &[&Field],
        description: &str,
        fresh: bool,
    ) -> Value {
        let mut properties = Map::new();
        let mut required = Vec::new();
        for field in fields {
            let field = &*rules::later(field, fresh);
            let Some(schema) = self.sent(field) else { continue };
            let must = field.has_rule("required")
                && !matches!(field.kind, Kind::Checkbox)
                && (field.default.is_none() || !fresh);
            required.extend(must.then(|| field.name.clone()));
            properties.insert(field.name.clone(), schema.into());
            if let Some((name, schema)) = rules::confirmation(field) {
                // Where it is judged it is sent with what it repeats, whether that is there or not.
                required.extend((must && self.manner.documented).then(|| name.clone()));
                properties.insert(name, schema.into());
            }
        }
        let mut form = schema!({
            "type": "object", "title": resource.singular, "description": description, "properties": properties, "additionalProperties": true,
        });
        if !self.manner.documented {
            // To PHP a list is an object, too.
            form.remove("type");
        }
        if !required.is_empty() {
            form.insert("required".to_owned(), json!(required));
        }
        form.into()
    }

    /// What a form sends that may carry files: texts, `_method` among them.
    fn multipart(&self, resource: &Resource) -> Value {
        let mut properties = Map::new();
        properties
            .insert("_method".to_owned(), json!({ "type": "string", "enum": [ "PUT" ], "example": "PUT" }));
        let mut required = vec!["_method".to_owned()];
        for field in resource.fields.values().filter(|field| !field.hidden.edit && !field.readonly) {
            let field = &*rules::later(field, false);
            let schema = match &field.kind {
                Kind::File if self.manner.documented => fields::bare(self.app, self.manner, &field.kind),
                // Booleans have other values in forms.
                Kind::Checkbox | Kind::File => None,
                _ => self.sent(field),
            };
            if let Some(schema) = schema {
                let name = in_form(field);
                if field.has_rule("required") && !matches!(field.kind, Kind::File) {
                    required.push(name.clone());
                }
                properties.insert(name, schema.into());
            }
            properties.extend(rules::confirmation(field).map(|(name, schema)| (name, schema.into())));
        }
        json!({
            "type": "object", "title": resource.singular, "description": "A form: lists as `name[]`, booleans as `1` and `0`.",
            "required": required, "properties": properties, "additionalProperties": true,
        })
    }
}

/// What a field is called in a form: lists are repeated under a name of their own.
pub(super) fn in_form(field: &Field) -> String {
    match field.kind {
        Kind::BelongsToMany { .. } | Kind::Select { multiple: true, .. } => format!("{}[]", field.name),
        _ => field.name.clone(),
    }
}
