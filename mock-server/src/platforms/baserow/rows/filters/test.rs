//! What a cell must be to pass.

use bigdecimal::BigDecimal;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde_json::Value;

use super::elements::{Element, holds_nothing};
use super::range::KeyRange;
use super::words::{contains, contains_word, has_phrase};
use crate::platforms::baserow::rows::cell::Cell;
use crate::platforms::baserow::rows::cells::{Kind, Link, day_of, read_day, read_moment};
use crate::platforms::baserow::rows::scene::Scene;
use crate::platforms::baserow::rows::schema::Field;
use crate::platforms::baserow::rows::store::Row;

/// A test on a field's value.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Test {
    /// No row passes: the filter's value means nothing for the field.
    Never,
    Keys(KeyRange),
    /// An element of an array.
    Elements(Element),
    /// The text contains this, in lower case.
    Contains(String),
    Word(String),
    /// The words stand in the text one after the other; the last may be the beginning of one.
    Phrase(Vec<String>),
    ShorterThan(i64),
    Even,
    Empty,
    /// One of these options, users or rows is in the cell.
    AnyOf(Vec<u64>),
    LinksContain(String),
    FileName(String),
    FileIsImage(bool),
    FewerFilesThan(i64),
    /// The day, in a zone, is not before the first and before the second.
    Days {
        zone: TimeZone,
        from: Option<Date>,
        to: Option<Date>,
    },
    /// The moment is not before the first and before the second.
    Moments {
        from: Option<i64>,
        to: Option<i64>,
    },
    DayOfMonth {
        zone: TimeZone,
        day: i8,
    },
    /// ISO 8601's number of the week, in a year of the calendar.
    Week {
        zone: TimeZone,
        year: i16,
        week: i8,
    },
}

impl Test {
    pub(super) fn passes(&self, scene: &dyn Scene, field: &Field, row: &Row) -> bool {
        match self {
            Self::Never => false,
            Self::Keys(range) => match row.cell(field.id) {
                Cell::Text(text) if field.kind.follows_from_row() && range.misses(text) => false,
                _ => range.contains(&field.sort_key(scene, row)),
            },
            Self::Elements(element) => element.passes(&field.value(scene, row)),
            Self::Contains(wanted) => match (&field.kind, row.cell(field.id)) {
                (Kind::Text | Kind::LongText | Kind::Checked(_), Cell::Text(text)) => contains(text, wanted),
                _ => texts(scene, field, row).iter().any(|text| contains(text, wanted)),
            },
            Self::Word(wanted) => texts(scene, field, row).iter().any(|text| contains_word(text, wanted)),
            Self::Phrase(words) => texts(scene, field, row).iter().any(|text| has_phrase(text, words)),
            Self::ShorterThan(limit) => match &*field.value(scene, row) {
                Cell::Text(text) => i64::try_from(text.chars().count()).unwrap_or(i64::MAX) < *limit,
                Cell::Json(value) => {
                    value.as_str().is_some_and(|text| (text.chars().count() as i64) < *limit)
                }
                _ => false,
            },
            Self::Even => is_even(&field.value(scene, row)),
            Self::Empty => is_empty(&field.value(scene, row), field),
            Self::AnyOf(ids) => any_of(&field.value(scene, row), ids),
            Self::LinksContain(wanted) => links_contain(scene, field, row, wanted),
            Self::FileName(wanted) => match &*field.value(scene, row) {
                Cell::Files(files) => files.iter().any(|one| contains(&one.visible_name, wanted)),
                Cell::Json(value) => members(value).any(|one| {
                    one.get("visible_name").and_then(Value::as_str).is_some_and(|name| contains(name, wanted))
                }),
                _ => false,
            },
            Self::FileIsImage(image) => {
                let shown = field.show(scene, row);
                members(&shown).any(|one| one.get("is_image").and_then(Value::as_bool) == Some(*image))
            }
            Self::FewerFilesThan(limit) => match row.cell(field.id) {
                Cell::Files(files) => (files.len() as i64) < *limit,
                _ => 0 < *limit,
            },
            Self::Moments { from, to } => {
                let within = |one: i64| from.is_none_or(|from| one >= from) && to.is_none_or(|to| one < to);
                moment(&field.value(scene, row)).is_some_and(within)
            }
            Self::Days { zone, from, to } => {
                let within = |day: Date| from.is_none_or(|from| day >= from) && to.is_none_or(|to| day < to);
                day(&field.value(scene, row), zone).is_some_and(within)
            }
            Self::DayOfMonth { zone, day: wanted } => {
                day(&field.value(scene, row), zone).is_some_and(|day| day.day() == *wanted)
            }
            Self::Week { zone, year, week } => {
                let same = |day: Date| day.year() == *year && day.iso_week_date().week() == *week;
                day(&field.value(scene, row), zone).is_some_and(same)
            }
        }
    }
}

/// What a search looks through: numbers without their trimmings, each option for itself.
fn texts(scene: &dyn Scene, field: &Field, row: &Row) -> Vec<String> {
    let cell = field.value(scene, row);
    if *cell == Cell::Empty {
        return Vec::new();
    }
    match &field.kind {
        Kind::Number(_) => field.show(scene, row).as_str().map(str::to_owned).into_iter().collect(),
        Kind::Select(_) => {
            let ids: Vec<u64> = match &*cell {
                Cell::Choice(id) => vec![*id],
                other => other.id_list().to_vec(),
            };
            ids.iter().filter_map(|id| field.choice(*id)).map(|choice| choice.value.clone()).collect()
        }
        kind => vec![kind.cells().text(scene, field, &cell)],
    }
}

fn is_even(cell: &Cell) -> bool {
    let even = |number: &BigDecimal| (number % BigDecimal::from(2)) == 0;
    match cell {
        Cell::Number(number) => even(number),
        Cell::Whole(number) => number % 2 == 0,
        Cell::Json(value) => value.as_str().and_then(|text| text.parse().ok()).is_some_and(|one| even(&one)),
        _ => false,
    }
}

fn is_empty(cell: &Cell, field: &Field) -> bool {
    match cell {
        // A rating of 0 is a rating: the product's column has no null.
        Cell::Empty => !matches!(field.kind, Kind::Rating { .. }),
        Cell::Text(text) => text.is_empty(),
        Cell::Flag(flag) => !flag,
        Cell::Json(value) => match &**value {
            Value::Null | Value::Bool(false) => true,
            Value::String(text) => text.is_empty(),
            // Gathered elements that hold nothing are nothing.
            Value::Array(all) => all.iter().all(|one| one.get("value").is_some_and(holds_nothing)),
            _ => false,
        },
        _ => false,
    }
}

fn any_of(cell: &Cell, ids: &[u64]) -> bool {
    match cell {
        Cell::Choice(id) | Cell::User(id) => ids.contains(id),
        Cell::Ids(own) => own.iter().any(|id| ids.contains(id)),
        Cell::Json(value) => members(value)
            .any(|one| one.get("id").and_then(Value::as_u64).is_some_and(|id| ids.contains(&id))),
        _ => false,
    }
}

/// The elements of a list, through the `value` of lookups; a value that is no list is its own element.
fn members(value: &Value) -> impl Iterator<Item = &Value> {
    let all = match value {
        Value::Array(all) => all.as_slice(),
        one => std::slice::from_ref(one),
    };
    all.iter().map(|one| one.get("value").filter(|inner| inner.is_object()).unwrap_or(one))
}

fn links_contain(scene: &dyn Scene, field: &Field, row: &Row, wanted: &str) -> bool {
    let Kind::Link(Link { table, .. }) = &field.kind else { return false };
    let schema = scene.schema(*table);
    let Some(primary) = schema.as_ref().and_then(|schema| schema.primary()) else { return true };
    let rows = scene.store().table(*table);
    let cell = field.value(scene, row);
    cell.id_list()
        .iter()
        .filter_map(|id| rows.get(*id))
        .any(|row| texts(scene, primary, row).iter().any(|text| contains(text, wanted)))
}

fn moment(cell: &Cell) -> Option<i64> {
    match cell {
        Cell::Moment(moment) => Some(*moment),
        Cell::Json(value) => read_moment(value.as_str()?, &TimeZone::UTC),
        _ => None,
    }
}

fn day(cell: &Cell, zone: &TimeZone) -> Option<Date> {
    match cell {
        Cell::Day(day) => Some(*day),
        Cell::Moment(moment) => day_of(*moment, zone),
        Cell::Json(value) => day_of_text(value.as_str()?, zone),
        _ => None,
    }
}

/// The day of a date or of a moment, as answers show them.
pub(super) fn day_of_text(text: &str, zone: &TimeZone) -> Option<Date> {
    read_day(text).or_else(|| day_of(read_moment(text, &TimeZone::UTC)?, zone))
}
