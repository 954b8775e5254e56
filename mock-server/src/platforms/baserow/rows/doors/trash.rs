//! Rows that go into the trash, come back, or go for good.

use crate::action::ActionContext;
use crate::outcome::Outcome;
use crate::platforms::baserow::rows::store::RowStore;

/// Takes rows out of sight, or lets them be seen again. Their links stay.
///
/// # Errors
/// None but `internal`.
pub(in crate::platforms::baserow) fn set_trashed(
    context: &mut ActionContext<'_>,
    table: u64,
    ids: &[u64],
    trashed: bool,
) -> Result<(), Outcome> {
    let store: &mut RowStore = context.extension_mut()?;
    let table = store.table_mut(table);
    for id in ids {
        let Some(row) = table.get_any(*id).filter(|row| row.trashed != trashed) else { continue };
        let mut changed = (**row).clone();
        changed.trashed = trashed;
        table.put(changed);
    }
    Ok(())
}

/// Forgets rows for good. Their ids are not given again.
///
/// # Errors
/// None but `internal`.
pub(in crate::platforms::baserow) fn forget(
    context: &mut ActionContext<'_>,
    table: u64,
    ids: &[u64],
) -> Result<(), Outcome> {
    let store: &mut RowStore = context.extension_mut()?;
    let table = store.table_mut(table);
    ids.iter().for_each(|id| table.forget(*id));
    Ok(())
}

/// Forgets a table's rows for good.
///
/// # Errors
/// None but `internal`.
pub(in crate::platforms::baserow) fn forget_table(
    context: &mut ActionContext<'_>,
    table: u64,
) -> Result<(), Outcome> {
    let store: &mut RowStore = context.extension_mut()?;
    store.forget_table(table);
    Ok(())
}
