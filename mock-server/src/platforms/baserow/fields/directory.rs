//! The fields of all tables, as formulas look for them.

use serde_json::{Map, Value};

use crate::action::ActionContext;
use crate::platforms::baserow::records::{flag, key, number, text};
use crate::state::Record;

/// A field that is not in the trash, and whose table is not.
#[derive(Clone, Debug)]
pub(in crate::platforms::baserow) struct Known {
    pub(in crate::platforms::baserow) id: u64,
    pub(in crate::platforms::baserow) table: u64,
    pub(in crate::platforms::baserow) name: String,
    pub(in crate::platforms::baserow) kind: String,
    pub(in crate::platforms::baserow) primary: bool,
    pub(in crate::platforms::baserow) options: Map<String, Value>,
}

/// Where fields are found.
pub(in crate::platforms::baserow) trait Directory {
    /// By id.
    fn by_id(&self, field: u64) -> Option<Known>;
    /// By name in a table.
    fn by_name(&self, table: u64, name: &str) -> Option<Known>;
    /// The primary one of a table.
    fn primary(&self, table: u64) -> Option<Known>;
}

impl Known {
    /// A record as formulas see it.
    pub(in crate::platforms::baserow) fn of(field: &Record) -> Self {
        Self {
            id: key(field),
            table: number(field, "table"),
            name: text(field, "name").to_owned(),
            kind: text(field, "type").to_owned(),
            primary: flag(field, "primary"),
            options: field.get("options").and_then(Value::as_object).cloned().unwrap_or_default(),
        }
    }

    /// An option that is an id.
    pub(in crate::platforms::baserow) fn link(&self, option: &str) -> Option<u64> {
        self.options.get(option).and_then(Value::as_u64)
    }
}

impl Directory for ActionContext<'_> {
    fn by_id(&self, field: u64) -> Option<Known> {
        let field = self.get("fields", &field.into()).ok().flatten()?;
        living(self, &field)
    }

    fn by_name(&self, table: u64, name: &str) -> Option<Known> {
        let fields = self.all("fields", &[("table", &table.into())]).ok()?;
        living(self, fields.iter().find(|field| text(field, "name") == name && !flag(field, "trashed"))?)
    }

    fn primary(&self, table: u64) -> Option<Known> {
        let fields = self.all("fields", &[("table", &table.into())]).ok()?;
        living(self, fields.iter().find(|field| flag(field, "primary"))?)
    }
}

fn living(context: &ActionContext<'_>, field: &Record) -> Option<Known> {
    let table = context.referred(field, "table")?;
    (!flag(field, "trashed") && !flag(&table, "trashed")).then(|| Known::of(field))
}
