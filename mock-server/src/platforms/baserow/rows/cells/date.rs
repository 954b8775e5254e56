//! `date`, and the stamps `created_on` and `last_modified`.

use std::borrow::Cow;

use jiff::tz::TimeZone;
use serde_json::{Map, Value};

use super::date_format::{DateFormat, day_of, read_day, read_moment, show_moment, start_of};
use super::{CellType, read_only_fault};
use crate::platforms::baserow::rows::cell::Cell;
use crate::platforms::baserow::rows::fault::Fault;
use crate::platforms::baserow::rows::scene::Scene;
use crate::platforms::baserow::rows::schema::Field;
use crate::platforms::baserow::rows::store::{Column, Row, SortKey};

/// What a field of dates says.
#[derive(Clone, Debug)]
pub(crate) struct Dates {
    pub(crate) format: DateFormat,
    /// Which of the row's stamps it shows.
    pub(crate) stamp: Option<Column>,
}

impl Dates {
    pub(super) fn read(type_name: &str, options: &Map<String, Value>) -> Self {
        let stamp = match type_name {
            "created_on" => Some(Column::Created),
            "last_modified" => Some(Column::Updated),
            _ => None,
        };
        Self { format: DateFormat::read(options), stamp }
    }

    fn at_moment(&self, moment: i64) -> Cell {
        if self.format.include_time {
            return Cell::Moment(moment);
        }
        day_of(moment, &self.format.zone).map_or(Cell::Empty, Cell::Day)
    }
}

impl CellType for Dates {
    fn accept(&self, _: &dyn Scene, field: &Field, value: &Value) -> Result<Cell, Fault> {
        if self.stamp.is_some() {
            return Err(read_only_fault(field));
        }
        let invalid = || Fault::rule("A date as ISO 8601 writes it is needed.", "invalid");
        match value {
            Value::Null => Ok(Cell::Empty),
            Value::String(text) if self.format.include_time => {
                read_moment(text, &TimeZone::UTC).map(Cell::Moment).ok_or_else(invalid)
            }
            Value::String(text) => read_day(text).map(Cell::Day).ok_or_else(invalid),
            _ => Err(invalid()),
        }
    }

    fn value<'r>(&self, _: &dyn Scene, field: &Field, row: &'r Row) -> Cow<'r, Cell> {
        match self.stamp {
            Some(Column::Updated) => Cow::Owned(Cell::Moment(row.updated)),
            Some(_) => Cow::Owned(Cell::Moment(row.created)),
            None => Cow::Borrowed(row.cell(field.id)),
        }
    }

    fn show(&self, _: &dyn Scene, _: &Field, cell: &Cell) -> Value {
        match cell {
            Cell::Day(day) => day.to_string().into(),
            Cell::Moment(moment) if self.format.include_time => show_moment(*moment).into(),
            Cell::Moment(moment) => {
                day_of(*moment, &TimeZone::UTC).map_or(Value::Null, |day| day.to_string().into())
            }
            _ => Value::Null,
        }
    }

    fn text(&self, _: &dyn Scene, _: &Field, cell: &Cell) -> String {
        match cell {
            Cell::Day(day) => self.format.write_day(*day),
            Cell::Moment(moment) => self.format.write_moment(*moment),
            _ => String::new(),
        }
    }

    fn key(&self, _: &dyn Scene, _: &Field, cell: &Cell) -> SortKey {
        SortKey::of(cell)
    }

    fn column(&self, field: &Field) -> Option<Column> {
        Some(self.stamp.unwrap_or(Column::Field(field.id)))
    }

    fn convert(&self, _: &dyn Scene, _: &Field, from: &Field, cell: &Cell, text: &str) -> Cell {
        if self.stamp.is_some() {
            return Cell::Empty;
        }
        match cell {
            Cell::Moment(moment) => {
                if self.format.include_time {
                    return Cell::Moment(*moment);
                }
                // The day that people saw: in the zone that the field had.
                let zone = match &from.kind {
                    super::Kind::Date(before) => before.format.zone.clone(),
                    _ => TimeZone::UTC,
                };
                day_of(*moment, &zone).map_or(Cell::Empty, Cell::Day)
            }
            Cell::Day(day) => self.at_moment(start_of(*day)),
            _ => {
                let Some(local) = self.format.parse(text) else { return Cell::Empty };
                if !self.format.include_time {
                    return Cell::Day(local.date());
                }
                let moment = TimeZone::UTC.to_timestamp(local);
                moment.map_or(Cell::Empty, |moment| Cell::Moment(moment.as_microsecond()))
            }
        }
    }
}
