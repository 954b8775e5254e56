//! `sorts=+name,-email`: what lists of people and invitations are sorted by.

use std::cmp::Ordering;

use serde_json::Value;

use crate::outcome::Outcome;

/// A column, and whether it descends.
pub(super) type Sort<'n> = (&'n str, bool);

/// Reads `sorts`. `columns` are the names that may stand there, each with the column that it means; no two names may mean
/// the same one.
pub(super) fn read<'n>(sorts: &str, columns: &[(&str, &'n str)]) -> Result<Vec<Sort<'n>>, Outcome> {
    let mut read: Vec<Sort<'n>> = Vec::new();
    for part in sorts.split(',') {
        let mut letters = part.chars();
        let (direction, name) = (letters.next(), letters.as_str());
        // facts: the length is looked at before the sign
        if part.chars().count() <= 2 {
            return Err(unknown(part, columns));
        }
        let descending = match direction {
            Some('+') => false,
            Some('-') => true,
            _ => {
                let sentence =
                    "each name in `sorts` needs `+` or `-` before it; in a URL `+` is written `%2B`";
                return Err(Outcome::new("ERROR_INVALID_SORT_DIRECTION", sentence));
            }
        };
        let column = columns.iter().find(|(own, _)| *own == name).map(|(_, column)| *column);
        let column = column.filter(|column| read.iter().all(|(one, _)| one != column));
        read.push((column.ok_or_else(|| unknown(name, columns))?, descending));
    }
    Ok(read)
}

fn unknown(name: &str, columns: &[(&str, &str)]) -> Outcome {
    let known: Vec<_> = columns.iter().map(|(name, _)| *name).collect();
    let sentence = format!("`sorts` cannot have `{name}` here; each once: `{}`", known.join("`, `"));
    Outcome::new("ERROR_INVALID_SORT_ATTRIBUTE", sentence)
}

/// Sorts by the columns; what is equal in all of them stays in its order.
pub(super) fn sort<T>(items: &mut [T], sorts: &[Sort<'_>], cell: impl Fn(&T, &str) -> Value) {
    items.sort_by(|one, other| {
        sorts.iter().fold(Ordering::Equal, |ordering, (column, descending)| {
            ordering.then_with(|| {
                let ordering = compare(&cell(one, column), &cell(other, column));
                if *descending { ordering.reverse() } else { ordering }
            })
        })
    });
}

/// Texts by code points, numbers by size, false before true; null comes last, as the product's database has it.
fn compare(one: &Value, other: &Value) -> Ordering {
    match (one, other) {
        (Value::String(one), Value::String(other)) => one.cmp(other),
        (Value::Bool(one), Value::Bool(other)) => one.cmp(other),
        (Value::Number(one), Value::Number(other)) => one.as_i64().cmp(&other.as_i64()),
        (Value::Null, Value::Null) => Ordering::Equal,
        (Value::Null, _) => Ordering::Greater,
        (_, Value::Null) => Ordering::Less,
        _ => Ordering::Equal,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{read, sort};

    const COLUMNS: &[(&str, &str)] = &[("name", "username"), ("email", "email"), ("id", "id")];

    #[test]
    fn names_are_read_with_their_signs() {
        assert_eq!(read("+name,-email", COLUMNS).unwrap(), [("username", false), ("email", true)]);
        let refused = |sorts: &str| read(sorts, COLUMNS).unwrap_err().name;
        assert_eq!(refused("name"), "ERROR_INVALID_SORT_DIRECTION");
        assert_eq!(refused(" name"), "ERROR_INVALID_SORT_DIRECTION");
        assert_eq!(refused("+age"), "ERROR_INVALID_SORT_ATTRIBUTE");
        assert_eq!(refused("+name,-name"), "ERROR_INVALID_SORT_ATTRIBUTE");
        assert_eq!(refused(""), "ERROR_INVALID_SORT_ATTRIBUTE");
        assert_eq!(refused("é"), "ERROR_INVALID_SORT_ATTRIBUTE");
    }

    #[test]
    fn the_first_column_counts_most_and_null_is_last() {
        let mut rows = vec![json!(["b", 1]), json!(["a", 2]), json!([null, 3]), json!(["a", 4])];
        let cell =
            |row: &Value, column: &str| if column == "username" { row[0].clone() } else { row[1].clone() };
        sort(&mut rows, &[("username", false), ("id", true)], cell);
        assert_eq!(json!(rows), json!([["a", 4], ["a", 2], ["b", 1], [null, 3]]));
    }
}
