//! Tables are made: with data, with the usual example, or with the fields that somebody chose.

use serde_json::{Value, json};

use super::initial;
use crate::action::ActionContext;
use crate::outcome::Outcome;
use crate::platforms::baserow::records::key;
use crate::platforms::baserow::{fields, jobs, ordering, rows, sight, views};
use crate::state::Record;

/// A field of a table in the making.
#[derive(Debug)]
pub(in crate::platforms::baserow) struct Column {
    pub(in crate::platforms::baserow) name: String,
    pub(in crate::platforms::baserow) kind: &'static str,
    /// What a body would say of its type.
    pub(in crate::platforms::baserow) options: Value,
    /// How the first view shows it.
    pub(in crate::platforms::baserow) shown: Value,
}

impl Column {
    /// A field with nothing special about it.
    pub(in crate::platforms::baserow) fn plain(name: &str, kind: &'static str) -> Self {
        Self { name: name.to_owned(), kind, options: json!({}), shown: json!({}) }
    }

    /// The same with a width in the first view.
    pub(in crate::platforms::baserow) fn wide(self, width: u64) -> Self {
        Self { shown: json!({ "width": width }), ..self }
    }
}

/// `create_table`: in the database that an earlier step found.
///
/// # Errors
/// Those of facts: baserow 3.5.
pub(in crate::platforms::baserow) fn create_table(
    context: &mut ActionContext<'_>,
    name: &str,
    data: &Value,
    first_row_header: bool,
) -> Result<(), Outcome> {
    let database = sight::bound(context, "application")?;
    let data = data.as_array().map(|rows| (rows.as_slice(), first_row_header));
    let table = create(context, &database, name, data)?;
    context.produce(table);
    Ok(())
}

/// `create_table_async`: the same in a job.
///
/// # Errors
/// As [`create_table`], and `ERROR_MAX_JOB_COUNT_EXCEEDED`.
pub(in crate::platforms::baserow) fn create_table_async(
    context: &mut ActionContext<'_>,
    name: &str,
    data: &Value,
    first_row_header: bool,
) -> Result<Value, Outcome> {
    let database = sight::bound(context, "application")?;
    let data = data.as_array().map(|rows| (rows.as_slice(), first_row_header));
    let table = create(context, &database, name, data)?;
    let shown = json!({
        "database_id": key(&database), "name": name, "table_id": null, "first_row_header": first_row_header,
        "report": { "failing_rows": {} }, "result": { "table_id": key(&table) },
    });
    let job = jobs::start(context, "file_import", shown)?;
    Ok(jobs::represent(context, &job))
}

/// Makes a table, the last of its database: of data and whether its first row has the names, or of the usual example.
///
/// # Errors
/// As [`create_table`].
pub(in crate::platforms::baserow) fn create(
    context: &mut ActionContext<'_>,
    database: &Record,
    name: &str,
    data: Option<(&[Value], bool)>,
) -> Result<Record, Outcome> {
    let Some((data, first_row_header)) = data else {
        let notes = Column {
            options: json!({ "long_text_enable_rich_text": false }),
            ..Column::plain("Notes", "long_text")
        };
        let columns =
            [Column::plain("Name", "text"), notes.wide(400), Column::plain("Active", "boolean").wide(100)];
        // Two rows whose texts are empty, not null (facts: baserow 3.6, text).
        let row = || vec![json!(""), json!(""), json!(false)];
        return with_fields(context, database, name, &columns, vec![row(), row()]);
    };
    let initial = initial::read(data, first_row_header)?;
    let columns: Vec<Column> = initial.names.iter().map(|name| Column::plain(name, "text")).collect();
    let rows = initial.rows.into_iter().map(|row| row.into_iter().map(Value::String).collect()).collect();
    with_fields(context, database, name, &columns, rows)
}

/// Makes a table of these fields and rows, with one grid that shows them. A row may have fewer cells than there are fields.
///
/// # Errors
/// As [`create_table`].
pub(in crate::platforms::baserow) fn with_fields(
    context: &mut ActionContext<'_>,
    database: &Record,
    name: &str,
    columns: &[Column],
    data: Vec<Vec<Value>>,
) -> Result<Record, Outcome> {
    let order = ordering::next(context, "tables", ("database", key(database)))?;
    let table =
        context.insert("tables", json!({ "database": key(database), "name": name, "order": order }))?;
    let (mut made, mut shown) = (Vec::new(), serde_json::Map::new());
    for column in columns {
        let field = fields::create(context, &table, &column.name, column.kind, &column.options)?;
        if column.shown.as_object().is_some_and(|shown| !shown.is_empty()) {
            shown.insert(key(&field).to_string(), column.shown.clone());
        }
        made.push(key(&field));
    }
    views::first_grid(context, &table, shown)?;
    let cells = |row: Vec<Value>| made.iter().copied().zip(row).collect();
    rows::fill(context, &table, data.into_iter().map(cells).collect())?;
    context.current(&table)
}
