//! The tables of a resource.

use serde_json::{Map, Value, json};

use super::base::Operation;
use super::effects::{is_ordered, listing, search};
use super::names::pascal;
use super::rights::May;
use super::writer::{Schemas, Writer};
use crate::platforms::qore::application::{Field, Kind, Resource, Table};

const PATH: &str = "/api/resources/{resource_name}/table/{table_name}";

impl Writer<'_> {
    /// An operation for each table.
    pub(super) fn tables(&mut self, resource: &Resource, schemas: &Schemas) {
        for table in resource.tables.values() {
            let Some(operation) = self.fill(PATH, "get", resource, &[("table_name", &table.name)]) else {
                continue;
            };
            self.table(operation, resource, table, schemas);
        }
    }

    fn table(&mut self, mut operation: Operation, resource: &Resource, table: &Table, schemas: &Schemas) {
        let name = if table.name == resource.name { "Table".to_owned() } else { pascal(&table.name) };
        let id =
            format!("list{}{}", pascal(&resource.name), if table.name == resource.name { "" } else { &name });
        operation.put("summary", json!(format!("List {}", table.label)));
        let may = self.may(&resource.view).unless_off(resource.pages.table);
        if may == May::No {
            self.forbid(&mut operation, resource);
            return self.add(operation, &id, Some(resource));
        }
        let columns: Vec<&Field> =
            table.columns.iter().filter_map(|name| resource.fields.get(name)).collect();
        let component = self.component(
            &format!("{}{name}Query", pascal(&resource.name)),
            self.query(resource, table, &columns),
        );
        operation.json_body(json!({ "$ref": format!("#/components/schemas/{component}") }), false);
        if !self.manner.documented {
            // The page knows the body only.
            operation.own.shift_remove("parameters");
        }
        let does = self.manner.rows.as_ref().filter(|_| may == May::Yes || !self.manner.declared);
        let does = does.filter(|_| self.manner.tells_which(resource, &table.name));
        let listed = does
            .and_then(|_| listing(resource, table, &columns, self.manner.per_page(resource, &table.name)));
        let told = listed.is_some();
        let outcomes: &[&str] = if may == May::Yes { &["invalid"] } else { &["invalid", "forbidden"] };
        operation.does(listed.map(|list| json!({ "list": list })), outcomes);
        let schema = self.page(&schemas.row, told);
        operation.shows(schema);
        self.relax(&mut operation);
        self.add(operation, &id, Some(resource));
    }

    /// What a table is asked.
    fn query(&self, resource: &Resource, table: &Table, columns: &[&Field]) -> Value {
        let mut query =
            self.base.pointer("/components/schemas/TableQuery").cloned().unwrap_or_else(|| json!({}));
        let mut searched = Map::new();
        for field in columns.iter().filter(|field| field.searchable && search(field).is_some()) {
            if let Some(schema) = self.searched(field) {
                searched.insert(field.name.clone(), schema);
            }
        }
        if !searched.is_empty() {
            query["properties"]["search_columns"] = json!({
                "type": "object", "nullable": true, "properties": searched, "additionalProperties": true,
                "description": "From column to what is looked for. Of several columns, all must agree.",
            });
        }
        let ordered = columns.iter().filter(|field| field.sortable && is_ordered(field));
        let mut ordered: Vec<Value> = ordered.map(|field| json!(field.name)).collect();
        if !ordered.is_empty() {
            ordered.push(Value::Null);
            query["properties"]["sort_column"] = json!({
                "type": "string", "nullable": true, "enum": ordered, "description": "The column that orders.",
            });
        }
        if !self.manner.documented {
            // The one word that the page has.
            query["properties"]["sort_direction"] =
                json!({ "type": "string", "nullable": true, "enum": [ "ascending", null ] });
        }
        if !table.tabs.is_empty() {
            let tabs: Vec<&String> = table.tabs.keys().collect();
            query["properties"]["tab"] = json!({
                "type": "string", "nullable": true, "example": tabs[0],
                "description": format!("The label of a tab: {}.", tabs.iter().map(|tab| format!("`{tab}`")).collect::<Vec<_>>().join(", ")),
            });
        }
        query["title"] = json!(format!("What {} is to show", resource.label));
        query
    }

    /// What a column is searched for.
    fn searched(&self, field: &Field) -> Option<Value> {
        Some(match &field.kind {
            Kind::BelongsTo { .. } | Kind::BelongsToMany { .. } | Kind::Select { .. } => {
                let bare = super::fields::bare(self.app, self.manner, &field.kind)?;
                let one = bare.get("items").cloned().unwrap_or_else(|| bare.into());
                json!({ "type": "array", "items": one })
            }
            Kind::Checkbox => json!({ "type": "boolean" }),
            _ => json!({ "type": "string" }),
        })
    }

    /// A page of a table.
    fn page(&self, row: &str, told: bool) -> Value {
        let row = json!({ "$ref": format!("#/components/schemas/{row}") });
        let Some(way) = self.manner.rows.as_ref().filter(|_| told || self.manner.documented) else {
            return self.as_base("Table", "showTable");
        };
        let mut page = if self.manner.documented || self.manner.kept.contains("showTable") {
            self.base.pointer("/components/schemas/Table").cloned().unwrap_or_else(|| json!({}))
        } else {
            json!({ "type": "object" })
        };
        let rows = |value: &str| json!({ "type": "array", "items": row, "x-value": value });
        match &way[..] {
            [] => return json!({ "type": "array", "items": row }),
            [one] => page["properties"][one] = rows("$result"),
            [one, two] => {
                page["properties"][one] = json!({ "type": "object", "properties": { two: rows("$record.items") }, "x-value": "$result" });
            }
            _ => return self.as_base("Table", "showTable"),
        }
        for (name, what) in &self.manner.counts {
            page["properties"][name] =
                json!({ "type": "integer", "minimum": 0, "x-value": format!("$page.{what}") });
        }
        page
    }
}
