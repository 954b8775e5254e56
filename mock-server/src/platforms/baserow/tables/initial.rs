//! The data that a table begins with: fields out of its columns, rows of one width.

use std::collections::HashSet;

use serde_json::Value;

use super::python;
use crate::outcome::Outcome;
use crate::platforms::baserow::fields::{LONGEST, MOST_FIELDS, RESERVED};

/// What the data of a body amounts to.
#[derive(Debug, PartialEq)]
pub(super) struct Initial {
    /// The names of the fields.
    pub(super) names: Vec<String>,
    /// Rows of text; shorter ones lack their last cells.
    pub(super) rows: Vec<Vec<String>>,
}

/// Reads the data of a body.
///
/// # Errors
/// Those of facts: baserow 3.5.
pub(super) fn read(data: &[Value], first_row_header: bool) -> Result<Initial, Outcome> {
    let no_row = || {
        Outcome::new("ERROR_INVALID_INITIAL_TABLE_DATA", "the data needs a row, and rows are lists of cells")
    };
    let rows = data.iter().map(Value::as_array).collect::<Option<Vec<_>>>().ok_or_else(no_row)?;
    let width = rows.iter().map(|row| row.len()).max().unwrap_or_default();
    if width == 0 {
        let sentence = "the data needs at least one column";
        return Err(Outcome::new("ERROR_INVALID_INITIAL_TABLE_DATA", sentence));
    }
    let (header, rows) = if first_row_header { rows.split_at(1) } else { rows.split_at(0) };
    let mut names: Vec<String> =
        header.iter().flat_map(|row| row.iter()).map(|name| python::text(name).trim().to_owned()).collect();
    names.extend((names.len()..width).map(|place| format!("Field {}", place + 1)));
    check(&names)?;
    let rows = rows.iter().map(|row| row.iter().map(python::text).collect()).collect();
    Ok(Initial { names, rows })
}

fn check(names: &[String]) -> Result<(), Outcome> {
    if names.len() > MOST_FIELDS {
        let sentence = format!("a table has no more than {MOST_FIELDS} fields");
        return Err(Outcome::new("ERROR_MAX_FIELD_COUNT_EXCEEDED", sentence));
    }
    let different: HashSet<&str> = names.iter().map(String::as_str).collect();
    if different.len() != names.len() {
        let sentence = "two columns have the same name";
        return Err(Outcome::new("ERROR_INITIAL_TABLE_DATA_HAS_DUPLICATE_NAMES", sentence));
    }
    if names.iter().any(|name| name.chars().count() > LONGEST) {
        let sentence = format!("the name of a field has no more than {LONGEST} characters");
        return Err(Outcome::new("ERROR_MAX_FIELD_NAME_LENGTH_EXCEEDED", sentence));
    }
    if let Some(name) = RESERVED.iter().find(|name| different.contains(**name)) {
        let sentence = format!("no field can be called `{name}`: every row has a key of this name");
        return Err(Outcome::new("ERROR_RESERVED_BASEROW_FIELD_NAME", sentence));
    }
    if different.contains("") {
        return Err(Outcome::new("ERROR_INVALID_BASEROW_FIELD_NAME", "a field needs a name"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::read;

    fn data(value: Value) -> Vec<Value> {
        value.as_array().cloned().unwrap()
    }

    #[test]
    fn columns_become_fields() {
        let initial = read(&data(json!([["a", 1], ["b", null, true]])), false).unwrap();
        assert_eq!(initial.names, ["Field 1", "Field 2", "Field 3"]);
        assert_eq!(initial.rows, [vec!["a", "1"], vec!["b", "None", "True"]]);
    }

    #[test]
    fn the_first_row_can_have_their_names() {
        let initial = read(&data(json!([[" Name ", 5], ["Ada"], ["Alan", "x", "y"]])), true).unwrap();
        assert_eq!(initial.names, ["Name", "5", "Field 3"]);
        assert_eq!(initial.rows, [vec!["Ada"], vec!["Alan", "x", "y"]]);
    }

    #[test]
    fn what_no_table_can_be_made_of_is_refused() {
        let wide: Vec<Value> = (0..601).map(Value::from).collect();
        let long = "x".repeat(256);
        let cases = [
            (json!([[]]), "ERROR_INVALID_INITIAL_TABLE_DATA"),
            (json!(["row"]), "ERROR_INVALID_INITIAL_TABLE_DATA"),
            (json!([["a", " a "]]), "ERROR_INITIAL_TABLE_DATA_HAS_DUPLICATE_NAMES"),
            (json!([["a", "order"]]), "ERROR_RESERVED_BASEROW_FIELD_NAME"),
            (json!([["a", " "]]), "ERROR_INVALID_BASEROW_FIELD_NAME"),
            (json!([[long]]), "ERROR_MAX_FIELD_NAME_LENGTH_EXCEEDED"),
            (json!([wide]), "ERROR_MAX_FIELD_COUNT_EXCEEDED"),
        ];
        for (value, code) in cases {
            assert_eq!(read(&data(value), true).unwrap_err().name, code);
        }
    }
}
