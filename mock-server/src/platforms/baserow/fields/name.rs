//! The names of fields: no two alike in a table, and none that rows need for themselves.

use crate::action::ActionContext;
use crate::outcome::Outcome;
use crate::platforms::baserow::records::{key, text};

use super::list::of_table;

/// Names that rows have keys of.
pub(in crate::platforms::baserow) const RESERVED: [&str; 2] = ["id", "order"];
/// The most characters of a name.
pub(in crate::platforms::baserow) const LONGEST: usize = 255;

/// Refuses a name that a field of the table cannot have; `except` is the field that is to have it.
///
/// # Errors
/// `ERROR_INVALID_BASEROW_FIELD_NAME`, `ERROR_FIELD_WITH_SAME_NAME_ALREADY_EXISTS`, `ERROR_RESERVED_BASEROW_FIELD_NAME`.
pub(super) fn check(
    context: &ActionContext<'_>,
    table: u64,
    name: &str,
    except: Option<u64>,
) -> Result<(), Outcome> {
    if name.trim().is_empty() {
        return Err(Outcome::new("ERROR_INVALID_BASEROW_FIELD_NAME", "a field needs a name"));
    }
    let mut others = of_table(context, table)?.into_iter().filter(|field| Some(key(field)) != except);
    if others.any(|field| text(&field, "name") == name) {
        let sentence = format!("the table has a field `{name}` already");
        return Err(Outcome::new("ERROR_FIELD_WITH_SAME_NAME_ALREADY_EXISTS", sentence));
    }
    if RESERVED.contains(&name) {
        let sentence = format!("no field can be called `{name}`: every row has a key of this name");
        return Err(Outcome::new("ERROR_RESERVED_BASEROW_FIELD_NAME", sentence));
    }
    Ok(())
}

/// The first of these names that no field of the table has; where all are taken, the last one with a number.
///
/// # Errors
/// None but `internal`.
pub(super) fn unused(context: &ActionContext<'_>, table: u64, names: &[String]) -> Result<String, Outcome> {
    let fields = of_table(context, table)?;
    Ok(first_unused(names, |name| {
        RESERVED.contains(&name) || fields.iter().any(|field| text(field, "name") == name)
    }))
}

/// As [`unused`], with any idea of what is taken. Names that are too long lose their end.
pub(in crate::platforms::baserow) fn first_unused(
    names: &[String],
    is_taken: impl Fn(&str) -> bool,
) -> String {
    let cut = |name: &str, room: usize| name.chars().take(LONGEST - room).collect::<String>();
    if let Some(free) = names.iter().map(|name| cut(name, 0)).find(|name| !is_taken(name)) {
        return free;
    }
    let last = names.last().map_or("", String::as_str);
    // "Name 2" is followed by "Name 3", not by "Name 2 2".
    let stem = match last.rsplit_once(' ') {
        Some((stem, number)) if !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()) => {
            stem
        }
        _ => last,
    };
    let mut number: usize = 2;
    loop {
        let suffix = format!(" {number}");
        let name = format!("{}{suffix}", cut(stem, suffix.len()));
        if !is_taken(&name) {
            return name;
        }
        number += 1;
    }
}
