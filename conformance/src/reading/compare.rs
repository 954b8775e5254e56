//! Holding what an answer shows against what must be there.

use serde_json::Value;

use super::matches::equal;
use super::{Predicted, Prediction, Reading, View};

/// A member that is not as it must be.
#[derive(Clone, Debug, PartialEq)]
pub struct Difference {
    /// The member of the shown record.
    pub member: String,
    /// The stored field that it shows.
    pub field: String,
    /// What it must be; `None` = nothing.
    pub expected: Option<Value>,
    /// What it is; `None` = absent.
    pub seen: Option<Value>,
}

impl std::fmt::Display for Difference {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let shown =
            |value: &Option<Value>| value.as_ref().map_or("absent".to_owned(), |value| format!("`{value}`"));
        write!(f, "`{}` is {} instead of {}", self.member, shown(&self.seen), shown(&self.expected))
    }
}

impl Reading {
    /// The members of a shown record that are not as predicted. What the view does not show, and what the request did not
    /// decide, is not compared.
    #[must_use]
    pub fn differences(&self, view: &View, prediction: &Prediction, shown: &Value) -> Vec<Difference> {
        let ignore_case = self.collection(&view.collection).map_or(&[][..], |own| own.ignore_case.as_slice());
        let mut found = Vec::new();
        for (member, field) in &view.members {
            let write_only = self
                .contract()
                .schema(view.schema)
                .properties
                .get(member)
                .is_some_and(|id| self.contract().schema(*id).write_only);
            let seen = shown.get(member);
            let kept = match prediction.get(field) {
                None | Some(Predicted::Unknown) => true,
                _ if write_only => true,
                // What is stored as absent may be shown by whatever the schema gives: a default, a constant.
                Some(Predicted::Absent) => {
                    let has_filler =
                        self.contract().schema(view.schema).properties.get(member).is_some_and(|id| {
                            let schema = self.contract().schema(*id);
                            schema.default.is_some() || !schema.values.is_empty()
                        });
                    has_filler || seen.is_none_or(Value::is_null)
                }
                Some(Predicted::Known(value)) => {
                    seen.is_some_and(|seen| includes(seen, value, ignore_case.contains(field)))
                }
            };
            if !kept {
                let expected = match prediction.get(field) {
                    Some(Predicted::Known(value)) => Some(value.clone()),
                    _ => None,
                };
                found.push(Difference {
                    member: member.clone(),
                    field: field.clone(),
                    expected,
                    seen: seen.cloned(),
                });
            }
        }
        found
    }
}

/// Whether `seen` is `wanted`, with members of objects that were added (defaults, keys that the server sets) overlooked.
fn includes(seen: &Value, wanted: &Value, ignore_case: bool) -> bool {
    match (seen, wanted) {
        (Value::Object(seen), Value::Object(wanted)) => {
            wanted.iter().all(|(name, wanted)| match seen.get(name) {
                Some(seen) => includes(seen, wanted, ignore_case),
                None => wanted.is_null(),
            })
        }
        (Value::Array(seen), Value::Array(wanted)) => {
            seen.len() == wanted.len()
                && seen.iter().zip(wanted).all(|(seen, wanted)| includes(seen, wanted, ignore_case))
        }
        (seen, wanted) => equal(seen, wanted, ignore_case),
    }
}
