//! From a field, a type of filter and a text to a condition.

use std::sync::Arc;

use serde_json::Value;

use super::catalog::{Asks, FilterType, find};
use super::class::class_of;
use super::range::KeyRange;
use super::test::Test;
use super::{Condition, Filter, dates, elements};
use crate::outcome::Outcome;
use crate::platforms::baserow::rows::cell::Cell;
use crate::platforms::baserow::rows::cells::{Kind, read_decimal, read_word};
use crate::platforms::baserow::rows::scene::Scene;
use crate::platforms::baserow::rows::schema::Field;
use crate::platforms::baserow::rows::store::SortKey;
use crate::platforms::baserow::rows::words::ids_between_commas;

/// Why a filter cannot be.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Refused(pub(crate) Outcome);

impl Refused {
    pub(super) fn field(name: &str) -> Self {
        let sentence = format!("the field {name} was not found in the table");
        Self(Outcome::new("ERROR_FILTER_FIELD_NOT_FOUND", sentence))
    }

    fn unknown_type(name: &str) -> Self {
        let sentence = format!("there is no view filter of type {name}");
        Self(Outcome::new("ERROR_VIEW_FILTER_TYPE_DOES_NOT_EXIST", sentence))
    }

    fn unsupported(name: &str, field: &Field) -> Self {
        let sentence = format!("the filter {name} does not go with fields of type {}", field.type_name);
        Self(Outcome::new("ERROR_VIEW_FILTER_TYPE_UNSUPPORTED_FIELD", sentence))
    }
}

/// Whether a type of filter goes with a field.
pub(crate) fn supports(field: &Field, type_name: &str) -> bool {
    find(type_name).is_some_and(|kind| kind.goes_with(&class_of(field)))
}

/// The condition that a filter is; `None` for one whose value asks for nothing.
pub(crate) fn compile(
    scene: &dyn Scene,
    field: &Arc<Field>,
    type_name: &str,
    value: &str,
) -> Result<Option<Filter>, Refused> {
    let kind = find(type_name).ok_or_else(|| Refused::unknown_type(type_name))?;
    if !kind.goes_with(&class_of(field)) {
        return Err(Refused::unsupported(type_name, field));
    }
    let test = match test(scene, field, kind, value) {
        // A filter that is turned around and cannot be asked asks for nothing.
        Some(Test::Never) if kind.negated => None,
        test => test,
    };
    Ok(test.map(|test| Filter::Field(Condition { field: field.clone(), test, negated: kind.negated })))
}

fn test(scene: &dyn Scene, field: &Field, kind: &FilterType, raw: &str) -> Option<Test> {
    let value = raw.trim();
    match kind.asks {
        Asks::Equal => keys(field, value, KeyRange::only),
        Asks::Higher { or_equal } => keys(field, value, |key| KeyRange::above(key, or_equal)),
        Asks::Lower { or_equal } => keys(field, value, |key| KeyRange::below(key, or_equal)),
        Asks::Contains => contains(field, value),
        Asks::ContainsWord => (!value.is_empty()).then(|| Test::Word(value.to_lowercase())),
        Asks::LengthBelow => Some(value.parse().map_or(Test::Never, Test::ShorterThan)),
        Asks::Even => Some(Test::Even),
        Asks::Boolean if raw.is_empty() => Some(flag(false)),
        Asks::Boolean => Some(read_word(raw).map_or(Test::Never, flag)),
        Asks::Empty => Some(Test::Empty),
        Asks::Choice | Asks::LinksNot | Asks::PeopleHave | Asks::UserIs => {
            value.parse::<i64>().ok().map(|id| Test::AnyOf(u64::try_from(id).into_iter().collect()))
        }
        Asks::ChoiceAnyOf | Asks::ChoicesHave if value.is_empty() => None,
        Asks::ChoiceAnyOf | Asks::ChoicesHave => match ids_between_commas(value) {
            ids if ids.is_empty() => Some(Test::Never),
            ids => Some(Test::AnyOf(ids)),
        },
        Asks::Links => Some(ids_between_commas(raw)).filter(|ids| !ids.is_empty()).map(Test::AnyOf),
        Asks::LinksContain => (!value.is_empty()).then(|| Test::LinksContain(value.to_lowercase())),
        Asks::FileName => (!value.is_empty()).then(|| Test::FileName(value.to_lowercase())),
        Asks::FileType => match value {
            "image" => Some(Test::FileIsImage(true)),
            "document" => Some(Test::FileIsImage(false)),
            _ => None,
        },
        Asks::FilesBelow => value.parse().ok().map(Test::FewerFilesThan),
        Asks::Date(compare) => dates::test(scene, field, value, compare),
        Asks::Elements(asks) => elements::test(scene, field, asks, raw),
        Asks::OldDate(old) => dates::old_test(scene, field, value, old),
    }
}

fn flag(flag: bool) -> Test {
    Test::Keys(KeyRange::only(SortKey::Flag(flag)))
}

/// A text that is contained; a number's must be one.
fn contains(field: &Field, value: &str) -> Option<Test> {
    if value.is_empty() {
        return None;
    }
    let fits = match class_of(field).as_ref() {
        "number" => read_decimal(value).is_some(),
        "autonumber" => value.parse::<i64>().is_ok(),
        _ => true,
    };
    Some(if fits { Test::Contains(value.to_lowercase()) } else { Test::Never })
}

/// A comparison with the value that a text means for the field.
fn keys(field: &Field, value: &str, range: impl FnOnce(SortKey) -> KeyRange) -> Option<Test> {
    if value.is_empty() {
        return None;
    }
    let number = || read_decimal(value).map(|number| SortKey::Number(number.into()));
    let key = match &field.kind {
        Kind::Number(_) => number(),
        Kind::Rating { .. } | Kind::Autonumber => value.parse().ok().map(SortKey::Whole),
        Kind::Boolean => read_word(value).map(SortKey::Flag),
        Kind::Duration(durations) => {
            let seconds = value.parse::<f64>().ok().filter(|one| one.is_finite());
            #[allow(clippy::cast_possible_truncation, reason = "a cast of a double saturates")]
            let milliseconds = seconds.map(|seconds| (seconds * 1000.0).round() as i64);
            milliseconds.or_else(|| durations.parse(value)).map(SortKey::Whole)
        }
        Kind::Uuid => uuid::Uuid::try_parse(value).ok().map(|one| SortKey::text(&one.to_string())),
        Kind::Computed(_) => match class_of(field).as_ref() {
            "formula number" => number(),
            "formula duration" => {
                let seconds: Option<serde_json::Number> = value.parse().ok();
                seconds.map(|seconds| SortKey::of(&Cell::Json(Value::Number(seconds).into())))
            }
            _ => Some(SortKey::text(value)),
        },
        _ => Some(SortKey::text(value)),
    };
    Some(key.map_or(Test::Never, |key| Test::Keys(range(key))))
}
