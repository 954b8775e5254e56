//! Filters on the elements of arrays, which lookups and formulas gather: one element that passes is enough.
//!
//! Which types there are and which arrays they go with: upstream `views/array_view_filters.py`.

use bigdecimal::BigDecimal;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde_json::Value;

use super::class::class_of;
use super::test::{Test, day_of_text};
use super::words::{contains, contains_word};
use super::{catalog::Compare, dates};
use crate::platforms::baserow::rows::cell::Cell;
use crate::platforms::baserow::rows::cells::{read_decimal, read_word};
use crate::platforms::baserow::rows::scene::Scene;
use crate::platforms::baserow::rows::schema::Field;
use crate::platforms::baserow::rows::words::ids_between_commas;

/// What a type of filter asks of elements.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum AsksElements {
    Empty,
    Equal,
    Contains,
    Word,
    LengthBelow,
    AllEqual,
    Compared(Comparison),
    Date(Compare),
}

/// How numbers are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Comparison {
    Equal,
    Higher,
    HigherOrEqual,
    Lower,
    LowerOrEqual,
}

/// What an element must be to pass.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Element {
    Empty,
    Text(String),
    Flag(bool),
    /// Every element is this, and there is one.
    AllFlags(bool),
    Number(Comparison, BigDecimal),
    /// In lower case.
    Contains(String),
    Word(String),
    ShorterThan(i64),
    /// The option is one of these.
    Choice(Vec<u64>),
    /// The options are these, in whatever order.
    Choices(Vec<u64>),
    /// The day, in a zone, is not before the first and before the second.
    Days {
        zone: TimeZone,
        from: Option<Date>,
        to: Option<Date>,
    },
}

/// The test of a filter on elements; `None` when its value asks for nothing.
pub(super) fn test(scene: &dyn Scene, field: &Field, asks: AsksElements, raw: &str) -> Option<Test> {
    let value = raw.trim();
    let element = match asks {
        AsksElements::Empty => Some(Element::Empty),
        AsksElements::Date(compare) => match dates::test(scene, field, value, compare)? {
            Test::Days { zone, from, to } => Some(Element::Days { zone, from, to }),
            _ => None,
        },
        _ if value.is_empty() => return None,
        AsksElements::Equal => equal(field, value),
        AsksElements::Contains => Some(Element::Contains(value.to_lowercase())),
        AsksElements::Word => Some(Element::Word(value.to_lowercase())),
        AsksElements::LengthBelow => value.parse().ok().map(Element::ShorterThan),
        AsksElements::AllEqual => read_word(value).map(Element::AllFlags),
        AsksElements::Compared(comparison) => {
            read_decimal(value).map(|number| Element::Number(comparison, number))
        }
    };
    Some(element.map_or(Test::Never, Test::Elements))
}

fn equal(field: &Field, value: &str) -> Option<Element> {
    let ids = || Some(ids_between_commas(value)).filter(|ids| !ids.is_empty());
    match class_of(field).strip_prefix("formula array ").unwrap_or_default() {
        "boolean" => read_word(value).map(Element::Flag),
        "number" => read_decimal(value).map(|number| Element::Number(Comparison::Equal, number)),
        "single_select" => ids().map(Element::Choice),
        "multiple_select" => ids().map(|ids| Element::Choices(sorted(ids))),
        _ => Some(Element::Text(value.to_owned())),
    }
}

fn sorted(mut ids: Vec<u64>) -> Vec<u64> {
    ids.sort_unstable();
    ids.dedup();
    ids
}

/// What gathered elements hold.
fn values(cell: &Cell) -> impl Iterator<Item = &Value> {
    let all = match cell {
        Cell::Json(value) => value.as_array().map(Vec::as_slice),
        _ => None,
    };
    all.unwrap_or_default().iter().map(|one| one.get("value").unwrap_or(one))
}

/// Whether an element holds nothing.
pub(super) fn holds_nothing(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Array(all) => all.is_empty(),
        _ => false,
    }
}

/// The texts of an element: its own, or those of its options.
fn texts(value: &Value) -> Vec<&str> {
    match value {
        Value::String(text) => vec![text],
        Value::Array(all) => all.iter().flat_map(texts).collect(),
        Value::Object(members) => members.get("value").map(texts).unwrap_or_default(),
        _ => Vec::new(),
    }
}

impl Element {
    /// Whether a cell has an element that passes.
    pub(super) fn passes(&self, cell: &Cell) -> bool {
        match self {
            Self::AllFlags(flag) => {
                let mut all = values(cell).peekable();
                all.peek().is_some() && all.all(|one| one.as_bool() == Some(*flag))
            }
            _ => values(cell).any(|value| self.is_passed_by(value)),
        }
    }

    fn is_passed_by(&self, value: &Value) -> bool {
        let id = |one: &Value| one.get("id").and_then(Value::as_u64);
        match self {
            Self::Empty => holds_nothing(value),
            Self::Text(wanted) => value.as_str() == Some(wanted),
            Self::Flag(flag) | Self::AllFlags(flag) => value.as_bool() == Some(*flag),
            Self::Number(comparison, wanted) => value
                .as_str()
                .and_then(read_decimal)
                .or_else(|| value.as_number().and_then(|number| read_decimal(&number.to_string())))
                .is_some_and(|number| comparison.holds(&number, wanted)),
            Self::Contains(wanted) => texts(value).iter().any(|text| contains(text, wanted)),
            Self::Word(wanted) => texts(value).iter().any(|text| contains_word(text, wanted)),
            Self::ShorterThan(limit) => value
                .as_str()
                .is_some_and(|text| i64::try_from(text.chars().count()).is_ok_and(|count| count < *limit)),
            Self::Choice(ids) => id(value).is_some_and(|id| ids.contains(&id)),
            Self::Choices(ids) => {
                value.as_array().is_some_and(|all| sorted(all.iter().filter_map(id).collect()) == *ids)
            }
            Self::Days { zone, from, to } => {
                let within = |day: Date| from.is_none_or(|from| day >= from) && to.is_none_or(|to| day < to);
                value.as_str().and_then(|text| day_of_text(text, zone)).is_some_and(within)
            }
        }
    }
}

impl Comparison {
    fn holds(self, number: &BigDecimal, wanted: &BigDecimal) -> bool {
        match self {
            Self::Equal => number == wanted,
            Self::Higher => number > wanted,
            Self::HigherOrEqual => number >= wanted,
            Self::Lower => number < wanted,
            Self::LowerOrEqual => number <= wanted,
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{Comparison, Element};
    use crate::platforms::baserow::rows::cell::Cell;

    fn cell(values: &[serde_json::Value]) -> Cell {
        let elements = (1..).zip(values).map(|(id, value)| json!({ "id": id, "value": value }));
        Cell::Json(serde_json::Value::Array(elements.collect()).into())
    }

    #[test]
    fn one_element_is_enough() {
        let texts = cell(&[json!("Apple pie"), json!(""), json!("kiwi")]);
        for (element, passes) in [
            (Element::Empty, true),
            (Element::Text("kiwi".into()), true),
            (Element::Text("Kiwi".into()), false),
            (Element::Contains("pie".into()), true),
            (Element::Word("appl".into()), false),
            (Element::Word("apple".into()), true),
            (Element::ShorterThan(1), true),
            (Element::ShorterThan(0), false),
        ] {
            assert_eq!(element.passes(&texts), passes, "{element:?}");
            assert!(!element.passes(&Cell::Empty), "{element:?}");
        }
    }

    #[test]
    fn all_must_be_equal_and_be_there() {
        assert!(Element::AllFlags(true).passes(&cell(&[json!(true), json!(true)])));
        assert!(!Element::AllFlags(true).passes(&cell(&[json!(true), json!(false)])));
        assert!(!Element::AllFlags(true).passes(&cell(&[])));
        assert!(Element::Flag(false).passes(&cell(&[json!(true), json!(false)])));
    }

    #[test]
    fn numbers_are_compared_as_numbers() {
        let numbers = cell(&[json!("9.00"), json!(null), json!("10.50")]);
        let number = |comparison, text: &str| Element::Number(comparison, text.parse().unwrap());
        assert!(number(Comparison::Equal, "9").passes(&numbers));
        assert!(number(Comparison::Higher, "10").passes(&numbers));
        assert!(!number(Comparison::Higher, "10.5").passes(&numbers));
        assert!(number(Comparison::HigherOrEqual, "10.5").passes(&numbers));
        assert!(!number(Comparison::Lower, "9").passes(&numbers));
        assert!(number(Comparison::LowerOrEqual, "9").passes(&numbers));
        assert!(Element::Empty.passes(&numbers));
    }

    #[test]
    fn options_are_found_by_their_ids() {
        let one = cell(&[json!({ "id": 4, "value": "Red car", "color": "red" }), json!(null)]);
        assert!(Element::Choice(vec![3, 4]).passes(&one) && !Element::Choice(vec![1]).passes(&one));
        assert!(Element::Word("car".into()).passes(&one) && Element::Empty.passes(&one));
        let option = |id: u64| json!({ "id": id, "value": format!("option {id}"), "color": "red" });
        let many = cell(&[json!([option(2), option(1)]), json!([])]);
        assert!(Element::Choices(vec![1, 2]).passes(&many) && !Element::Choices(vec![1]).passes(&many));
        assert!(Element::Contains("option 2".into()).passes(&many) && Element::Empty.passes(&many));
    }
}
