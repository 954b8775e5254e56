//! What a formula makes of one row.

use jiff::Timestamp;
use serde_json::Value as Json;

use super::program::{Node, Resolved};
use super::spans::{self, As};
use super::value::Value;
use super::{aggregate, call, cell};

/// A row, as formulas see it. Cells are as answers show them (with `field_<id>` keys: numbers are text).
pub(in crate::platforms::baserow) trait Cells {
    /// The row's id.
    fn row(&self) -> u64;

    /// The time at which it is looked at.
    fn now(&self) -> Timestamp;

    /// The row's cell of a field of its table.
    fn cell(&self, field: u64) -> Json;

    /// The rows that the link leads to, in order, each with its cell of the field `target`.
    fn linked(&self, through: u64, target: u64) -> Vec<(u64, Json)>;
}

/// The one value of a part.
pub(super) fn one(part: &Resolved, cells: &dyn Cells) -> Value {
    match &part.node {
        Node::Constant(value) => value.clone(),
        Node::Cell(field) => cell::read(&part.kind, &cells.cell(*field)),
        // Parts of many values are only asked for all of them.
        Node::Elements(_) | Node::Linked { .. } => Value::Null,
        Node::Call(function, arguments) if function.aggregates => {
            let rest: Vec<Value> = arguments[1..].iter().map(|argument| one(argument, cells)).collect();
            aggregate::aggregate(function.name, &part.kind, &elements(&arguments[0], cells), &rest)
        }
        Node::Call(function, arguments) => {
            let values = arguments.iter().map(|argument| one(argument, cells)).collect();
            call::call(function, arguments, values, cells.row(), cells.now())
        }
    }
}

/// The values of a part of many, each with the id of the row it comes from.
pub(super) fn many(part: &Resolved, cells: &dyn Cells) -> Vec<(u64, Value)> {
    match &part.node {
        Node::Elements(field) => cell::elements(&part.kind, &cells.cell(*field)),
        Node::Linked { through, target, nested } => {
            let rows = cells.linked(*through, *target);
            let own = |(row, cell): &(u64, Json)| -> Vec<(u64, Value)> {
                if *nested {
                    let elements = cell::elements(&part.kind, cell).into_iter();
                    return elements.map(|(_, value)| (*row, value)).collect();
                }
                vec![(*row, cell::read(&part.kind, cell))]
            };
            rows.iter().flat_map(own).collect()
        }
        Node::Call(function, arguments) => {
            let columns: Vec<Column> = arguments.iter().map(|argument| column(argument, cells)).collect();
            let rows = columns.iter().find_map(|column| match column {
                Column::Many(values) => Some(values.iter().map(|(row, _)| *row).collect::<Vec<_>>()),
                Column::One(_) => None,
            });
            let rows = rows.unwrap_or_default();
            let at = |place: usize| -> Vec<Value> { columns.iter().map(|column| column.at(place)).collect() };
            if function.name == "filter" {
                let kept = |(place, row): (usize, u64)| match at(place).as_slice() {
                    [value, truth] if truth.truth() => Some((row, value.clone())),
                    _ => None,
                };
                return rows.into_iter().enumerate().filter_map(kept).collect();
            }
            let (own, now) = (cells.row(), cells.now());
            let result =
                |(place, row): (usize, u64)| (row, call::call(function, arguments, at(place), own, now));
            rows.into_iter().enumerate().map(result).collect()
        }
        Node::Constant(_) | Node::Cell(_) => Vec::new(),
    }
}

/// An argument beside others of many values.
enum Column {
    One(Value),
    Many(Vec<(u64, Value)>),
}

impl Column {
    fn at(&self, place: usize) -> Value {
        match self {
            Self::One(value) => value.clone(),
            Self::Many(values) => values.get(place).map_or(Value::Null, |(_, value)| value.clone()),
        }
    }
}

fn column(argument: &Resolved, cells: &dyn Cells) -> Column {
    match argument.many {
        Some(_) => Column::Many(many(argument, cells)),
        None => Column::One(one(argument, cells)),
    }
}

/// What an aggregate is made of: linked values, or the members of a cell that is a list.
fn elements(argument: &Resolved, cells: &dyn Cells) -> Vec<Value> {
    if argument.many.is_some() {
        let one = |(_, value): (u64, Value)| match spans::seconds(&value, As::Epoch) {
            Some(seconds) => Value::Duration(seconds),
            None => value,
        };
        return many(argument, cells).into_iter().map(one).collect();
    }
    match one(argument, cells) {
        Value::Raw(Json::Array(members)) => members.into_iter().map(Value::Raw).collect(),
        _ => Vec::new(),
    }
}
