//! A table's fields as rows need them: what each cell is, and by which name it goes.

use std::sync::Arc;

use serde_json::{Map, Value};

use super::cells::Kind;

/// The fields of a table that are not in the trash: the primary one first, then by order.
#[derive(Debug)]
pub(crate) struct Schema {
    pub(crate) table: u64,
    pub(crate) fields: Vec<Arc<Field>>,
}

/// A field.
#[derive(Debug)]
pub(crate) struct Field {
    pub(crate) id: u64,
    pub(crate) table: u64,
    pub(crate) name: String,
    pub(crate) type_name: String,
    pub(crate) primary: bool,
    pub(crate) db_index: bool,
    /// No two rows have the same cell in it, unless it is empty.
    pub(crate) unique: bool,
    pub(crate) kind: Kind,
    /// What only this type has, as the record keeps it.
    pub(crate) options: Map<String, Value>,
    pub(crate) choices: Vec<Choice>,
}

/// An option of a select field.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Choice {
    pub(crate) id: u64,
    pub(crate) value: String,
    pub(crate) color: String,
}

impl Schema {
    pub(crate) fn primary(&self) -> Option<&Arc<Field>> {
        self.fields.iter().find(|field| field.primary)
    }

    pub(crate) fn by_id(&self, id: u64) -> Option<&Arc<Field>> {
        self.fields.iter().find(|field| field.id == id)
    }

    pub(crate) fn by_name(&self, name: &str) -> Option<&Arc<Field>> {
        self.fields.iter().find(|field| field.name == name)
    }
}

impl Field {
    /// The name in bodies and answers: the field's own, or `field_` and its id.
    pub(crate) fn key(&self, user_field_names: bool) -> String {
        if user_field_names { self.name.clone() } else { format!("field_{}", self.id) }
    }

    /// Whether both are one field that holds its cells in one way, whatever it is called.
    pub(crate) fn holds_as(&self, other: &Self) -> bool {
        (self.id, &self.type_name, &self.options, &self.choices)
            == (other.id, &other.type_name, &other.options, &other.choices)
    }

    pub(crate) fn choice(&self, id: u64) -> Option<&Choice> {
        self.choices.iter().find(|choice| choice.id == id)
    }

    pub(crate) fn text_option(&self, name: &str) -> &str {
        self.options.get(name).and_then(Value::as_str).unwrap_or_default()
    }

    pub(crate) fn id_option(&self, name: &str) -> Option<u64> {
        self.options.get(name).and_then(Value::as_u64)
    }
}
