//! What became of rows and their links, and how they become again what they were.

use std::sync::Arc;

use crate::action::ActionContext;
use crate::outcome::Outcome;
use crate::platforms::baserow::rows::store::{LinkChanges, Row, RowRef, RowStore};

/// What became of rows.
#[derive(Clone, Debug, Default)]
pub(in crate::platforms::baserow) struct RowChanges {
    rows: Vec<RowChange>,
    links: LinkChanges,
}

/// A row before and after something was done.
#[derive(Clone, Debug)]
struct RowChange {
    table: u64,
    before: Option<RowRef>,
    after: Option<RowRef>,
}

impl RowChanges {
    /// What became of rows from a store to another.
    pub(in crate::platforms::baserow) fn between(before: &RowStore, after: &RowStore) -> Self {
        let rows =
            after.changed_rows(before).map(|(table, before, after)| RowChange { table, before, after });
        Self { rows: rows.collect(), links: after.relations.changes_since(&before.relations) }
    }

    /// The same the other way round.
    pub(in crate::platforms::baserow) fn turned(&self) -> Self {
        let turned = |one: &RowChange| RowChange {
            table: one.table,
            before: one.after.clone(),
            after: one.before.clone(),
        };
        Self { rows: self.rows.iter().map(turned).collect(), links: self.links.turned() }
    }

    /// The rows that were made, and their table.
    pub(in crate::platforms::baserow) fn made(&self) -> Option<(u64, Vec<u64>)> {
        let made = |one: &&RowChange| one.before.is_none();
        let table = self.rows.iter().find(made)?.table;
        let rows = self.rows.iter().filter(made).filter_map(|one| one.after.as_ref()).map(|row| row.id);
        Some((table, rows.collect()))
    }
}

/// Makes rows again what they were before these changes. Rows that were made, and rows that are there no more, are left to
/// the trash.
///
/// # Errors
/// `conflict` when a cell has changed since.
pub(in crate::platforms::baserow) fn revert(
    context: &mut ActionContext<'_>,
    changes: &RowChanges,
    user: u64,
    at: i64,
) -> Result<(), Outcome> {
    let store: &mut RowStore = context.extension_mut()?;
    for change in &changes.rows {
        let (Some(before), Some(after)) = (&change.before, &change.after) else { continue };
        let table = store.table_mut(change.table);
        let Some(current) = table.get_any(before.id).cloned() else { continue };
        let mut row = merged(before, after, &current)?;
        (row.updated, row.updated_by) = (at, Some(user));
        fields_of(before, after).for_each(|field| table.forget_index(field));
        table.put(row);
    }
    store.relations.revert(&changes.links);
    Ok(())
}

/// The row as it is, with what changed from `before` to `after` as it was before.
fn merged(before: &Row, after: &Row, current: &Arc<Row>) -> Result<Row, Outcome> {
    let mut row = (**current).clone();
    for field in fields_of(before, after) {
        let (old, new, own) = (before.cell(field), after.cell(field), current.cell(field));
        if own != new && own != old {
            return Err(Outcome::conflict(format!("a cell of row {} has changed since", row.id)));
        }
        row.set(field, old.clone());
    }
    if before.order != after.order {
        row.order = before.order;
    }
    if before.trashed != after.trashed {
        if current.trashed != after.trashed {
            return Err(Outcome::conflict(format!("row {} was deleted or restored since", row.id)));
        }
        row.trashed = before.trashed;
    }
    Ok(row)
}

/// The fields whose cells differ.
fn fields_of<'r>(before: &'r Row, after: &'r Row) -> impl Iterator<Item = u64> + 'r {
    let all = before.cells().iter().chain(after.cells()).map(|(field, _)| *field);
    let mut fields: Vec<u64> = all.filter(|field| before.cell(*field) != after.cell(*field)).collect();
    fields.sort_unstable();
    fields.dedup();
    fields.into_iter()
}
