//! What a field counts as, when it is asked whether a filter goes with it.

use std::borrow::Cow;

use crate::platforms::baserow::rows::cells::{Computed, Kind};
use crate::platforms::baserow::rows::schema::Field;

/// The field's type; for a computed field `formula ` and the type of its values.
pub(crate) fn class_of(field: &Field) -> Cow<'_, str> {
    match &field.kind {
        Kind::Computed(Computed::Count { .. }) => "formula number".into(),
        Kind::Computed(_) => match field.text_option("formula_type") {
            "" => "formula array".into(),
            "array" => format!("formula array {}", field.text_option("array_formula_type")).into(),
            kind => format!("formula {kind}").into(),
        },
        _ => field.type_name.as_str().into(),
    }
}
