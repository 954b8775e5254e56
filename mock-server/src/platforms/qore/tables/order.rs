//! The order of records, as MySQL has it: nothing comes first, letter case does not count.

use std::cmp::Ordering;
use std::collections::HashMap;

use serde_json::Value;

use crate::platforms::qore::application::{Kind, Resource, Sort};
use crate::platforms::qore::eyes::{Eyes, shown};
use crate::platforms::qore::represent;
use crate::state::Record;

/// What a record is ordered by.
enum Place {
    Nothing,
    Truth(bool),
    Number(f64),
    Text(String),
}

impl Place {
    fn of(value: &Value) -> Self {
        match value {
            Value::Null => Self::Nothing,
            Value::Bool(truth) => Self::Truth(*truth),
            Value::Number(number) => Self::Number(number.as_f64().unwrap_or_default()),
            other => Self::Text(shown(other).to_lowercase()),
        }
    }

    fn compare(&self, other: &Self) -> Ordering {
        match (self, other) {
            (Self::Truth(one), Self::Truth(other)) => one.cmp(other),
            (Self::Number(one), Self::Number(other)) => one.total_cmp(other),
            (Self::Text(one), Self::Text(other)) => one.cmp(other),
            _ => self.rank().cmp(&other.rank()),
        }
    }

    fn rank(&self) -> u8 {
        match self {
            Self::Nothing => 0,
            Self::Truth(_) => 1,
            Self::Number(_) => 2,
            Self::Text(_) => 3,
        }
    }
}

/// Puts records in order; those that are equal stay in the order in which they were made. Related records count by what they
/// are called.
pub(in crate::platforms::qore) fn sort(
    eyes: &Eyes<'_>,
    resource: &Resource,
    sort: &Sort,
    records: &mut Vec<&Record>,
) {
    let mut titles: HashMap<String, String> = HashMap::new();
    let mut place = |record: &Record| match resource.fields.get(&sort.by) {
        None => Place::of(record.get(&sort.by).unwrap_or(&Value::Null)),
        Some(field) => match &field.kind {
            Kind::BelongsTo { .. } => match record.get(&field.name) {
                None | Some(Value::Null) => Place::Nothing,
                Some(key) => {
                    let title = || represent::text(eyes, resource, field, record.fields()).to_lowercase();
                    Place::Text(titles.entry(shown(key)).or_insert_with(title).clone())
                }
            },
            Kind::BelongsToMany { .. } | Kind::HasMany { .. } | Kind::File => {
                Place::Text(represent::text(eyes, resource, field, record.fields()).to_lowercase())
            }
            _ => Place::of(&represent::value(eyes, resource, field, record.fields())),
        },
    };
    let mut placed: Vec<(Place, &Record)> = records.iter().map(|&record| (place(record), record)).collect();
    placed.sort_by(|(one, _), (other, _)| {
        let order = one.compare(other);
        if sort.descending { order.reverse() } else { order }
    });
    *records = placed.into_iter().map(|(_, record)| record).collect();
}
