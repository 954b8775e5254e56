//! What each type of field holds: how cells are taken in, shown, compared and turned into others. One file for a family.

mod boolean;
mod checked;
mod computed;
mod date;
mod date_format;
mod duration;
mod file;
mod link;
mod number;
mod password;
mod people;
mod rating;
mod read_only;
mod select;
mod text;

use std::borrow::Cow;

use serde_json::{Map, Value};

use super::cell::Cell;
use super::fault::Fault;
use super::scene::Scene;
use super::schema::Field;
use super::store::{Column, Row, SortKey};

pub(crate) use boolean::read_word;
pub(crate) use checked::Checked;
pub(crate) use computed::Computed;
pub(crate) use date::Dates;
pub(crate) use date_format::{day_of, next_day, read_day, read_moment, show_moment};
pub(crate) use duration::Durations;
pub(crate) use link::{Link, linked_rows};
pub(crate) use number::{Numbers, read_decimal};
pub(crate) use select::Selects;

/// What a type of field does with its cells.
pub(crate) trait CellType {
    /// The cell that a client's value means.
    fn accept(&self, scene: &dyn Scene, field: &Field, value: &Value) -> Result<Cell, Fault>;

    /// The cell of a new row whose body does not name the field.
    fn default(&self, _field: &Field) -> Cell {
        Cell::Empty
    }

    /// The value of a row: the stored cell, or what is computed when it is read.
    fn value<'r>(&self, _scene: &dyn Scene, field: &Field, row: &'r Row) -> Cow<'r, Cell> {
        Cow::Borrowed(row.cell(field.id))
    }

    /// The cell as answers have it.
    fn show(&self, scene: &dyn Scene, field: &Field, cell: &Cell) -> Value;

    /// The cell as people read it: in exports, names, searches, and as a text after a change of type.
    fn text(&self, scene: &dyn Scene, field: &Field, cell: &Cell) -> String;

    /// Where the cell sorts.
    fn key(&self, _scene: &dyn Scene, _field: &Field, cell: &Cell) -> SortKey {
        SortKey::of(cell)
    }

    /// The column whose index has the rows in the order of [`key`](Self::key), where one can be kept.
    fn column(&self, field: &Field) -> Option<Column> {
        Some(Column::Field(field.id))
    }

    /// Whether listings can be ordered by it.
    fn sortable(&self, _scene: &dyn Scene, _field: &Field) -> bool {
        true
    }

    /// What a cell of another type becomes in this one; `text` is that cell's text.
    fn convert(&self, scene: &dyn Scene, field: &Field, from: &Field, cell: &Cell, text: &str) -> Cell;
}

/// A type of field with what its options say.
#[derive(Clone, Debug)]
pub(crate) enum Kind {
    Text,
    LongText,
    Checked(Checked),
    Number(Numbers),
    Rating { max: i64 },
    Boolean,
    Date(Dates),
    Duration(Durations),
    Select(Selects),
    Link(Link),
    File,
    Collaborators,
    CreatedBy,
    LastModifiedBy,
    Uuid,
    Autonumber,
    Password,
    Computed(Computed),
}

impl Kind {
    /// The type of a field record; `None` for a type that rows know nothing of.
    pub(crate) fn read(type_name: &str, options: &Map<String, Value>) -> Option<Self> {
        Some(match type_name {
            "text" => Self::Text,
            "long_text" => Self::LongText,
            "url" | "email" | "phone_number" => Self::Checked(Checked::read(type_name)?),
            "number" => Self::Number(Numbers::read(options)),
            "rating" => Self::Rating { max: options.get("max_value").and_then(Value::as_i64).unwrap_or(5) },
            "boolean" => Self::Boolean,
            "date" | "created_on" | "last_modified" => Self::Date(Dates::read(type_name, options)),
            "duration" => Self::Duration(Durations::read(options)),
            "single_select" | "multiple_select" => Self::Select(Selects::read(type_name)),
            "link_row" => Self::Link(Link::read(options)?),
            "file" => Self::File,
            "multiple_collaborators" => Self::Collaborators,
            "created_by" => Self::CreatedBy,
            "last_modified_by" => Self::LastModifiedBy,
            "uuid" => Self::Uuid,
            "autonumber" => Self::Autonumber,
            "password" => Self::Password,
            "formula" | "count" | "lookup" | "rollup" => Self::Computed(Computed::read(type_name, options)?),
            _ => return None,
        })
    }

    /// What it does.
    pub(crate) fn cells(&self) -> &dyn CellType {
        match self {
            Self::Text => &text::Texts { long: false },
            Self::LongText => &text::Texts { long: true },
            Self::Checked(checked) => checked,
            Self::Number(numbers) => numbers,
            Self::Rating { .. } => &rating::Ratings,
            Self::Boolean => &boolean::Booleans,
            Self::Date(dates) => dates,
            Self::Duration(durations) => durations,
            Self::Select(selects) => selects,
            Self::Link(link) => link,
            Self::File => &file::Files,
            Self::Collaborators => &people::Collaborators,
            Self::CreatedBy => &people::Author { last: false },
            Self::LastModifiedBy => &people::Author { last: true },
            Self::Uuid => &read_only::Uuids,
            Self::Autonumber => &read_only::Autonumbers,
            Self::Password => &password::Passwords,
            Self::Computed(computed) => computed,
        }
    }

    /// Whether a cell is what its row holds, read as the field says: no other row, table or person has a part in it.
    pub(crate) fn follows_from_row(&self) -> bool {
        match self {
            Self::Text
            | Self::LongText
            | Self::Checked(_)
            | Self::Number(_)
            | Self::Rating { .. }
            | Self::Boolean
            | Self::Date(_)
            | Self::Duration(_)
            | Self::Select(_)
            | Self::Uuid
            | Self::Autonumber => true,
            Self::Link(_)
            | Self::File
            | Self::Collaborators
            | Self::CreatedBy
            | Self::LastModifiedBy
            | Self::Password
            | Self::Computed(_) => false,
        }
    }

    /// Whether cells cannot be set.
    pub(crate) fn read_only(&self) -> bool {
        match self {
            Self::Date(dates) => dates.stamp.is_some(),
            Self::CreatedBy | Self::LastModifiedBy | Self::Uuid | Self::Autonumber | Self::Computed(_) => {
                true
            }
            _ => false,
        }
    }
}

impl Field {
    /// The field's value in a row.
    pub(crate) fn value<'r>(&self, scene: &dyn Scene, row: &'r Row) -> Cow<'r, Cell> {
        self.kind.cells().value(scene, self, row)
    }

    /// The value in a row, as answers have it.
    pub(crate) fn show(&self, scene: &dyn Scene, row: &Row) -> Value {
        let cells = self.kind.cells();
        cells.show(scene, self, &cells.value(scene, self, row))
    }

    /// The value in a row, as people read it.
    pub(crate) fn text(&self, scene: &dyn Scene, row: &Row) -> String {
        let cells = self.kind.cells();
        cells.text(scene, self, &cells.value(scene, self, row))
    }

    /// Where the value in a row sorts.
    pub(crate) fn sort_key(&self, scene: &dyn Scene, row: &Row) -> SortKey {
        let cells = self.kind.cells();
        cells.key(scene, self, &cells.value(scene, self, row))
    }
}

fn read_only_fault(field: &Field) -> Fault {
    Fault::Meaning(format!("the field {} has the type {}, which is read only", field.id, field.type_name))
}
