//! The database that a new workspace begins with.

use serde_json::{Value, json};

use crate::action::ActionContext;
use crate::outcome::Outcome;
use crate::platforms::baserow::ordering;
use crate::platforms::baserow::records::{key, text};
use crate::platforms::baserow::tables::{self, Column};
use crate::state::Record;

/// Makes the database `<name>'s company` with Customers and Projects (facts: baserow 1).
///
/// # Errors
/// None but `internal`.
pub(in crate::platforms::baserow) fn create_example(
    context: &mut ActionContext<'_>,
    workspace: &Record,
    user: &Record,
) -> Result<(), Outcome> {
    let order = ordering::next(context, "applications", ("workspace", key(workspace)))?;
    let name: String = format!("{}'s company", text(user, "name")).chars().take(160).collect();
    let database = json!({ "workspace": key(workspace), "name": name, "type": "database", "order": order });
    let database = context.insert("applications", database)?;
    tables::with_fields(context, &database, "Customers", &customers(), rows(CUSTOMERS))?;
    tables::with_fields(context, &database, "Projects", &projects(), rows(PROJECTS))?;
    Ok(())
}

fn customers() -> [Column; 4] {
    let notes = Column {
        options: json!({ "long_text_enable_rich_text": false }),
        ..Column::plain("Notes", "long_text")
    };
    [
        Column::plain("Name", "text"),
        Column::plain("Last name", "text"),
        notes.wide(400),
        Column::plain("Active", "boolean").wide(100),
    ]
}

fn projects() -> [Column; 3] {
    [
        Column::plain("Name", "text"),
        Column::plain("Started", "date"),
        Column::plain("Active", "boolean").wide(100),
    ]
}

/// Text cells, and whether the row is active, which is its last cell.
type Example = (&'static [&'static str], bool);

const CUSTOMERS: &[Example] = &[
    (&["Ada", "Lovelace", ""], true),
    (&["Alan", "Turing", "Asked whether machines can think, and how one would tell."], false),
    (&["Grace", "Hopper", ""], true),
    (&["John", "Von Neumann", ""], true),
    (&["Blaise", "Pascal", ""], true),
];

const PROJECTS: &[Example] = &[
    (&["Calculator", "1642-01-01"], false),
    (&["Turing machine", "1936-06-01"], true),
    (&["Computer architecture", "1945-01-01"], false),
    (&["Cellular Automata", "1952-06-01"], false),
];

fn rows(examples: &[Example]) -> Vec<Vec<Value>> {
    let row = |(texts, active): &Example| {
        texts.iter().map(|text| Value::from(*text)).chain([Value::from(*active)]).collect()
    };
    examples.iter().map(row).collect()
}
