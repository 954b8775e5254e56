//! Noting what an operation did, for the session that asked for it.

use serde_json::Value;

use super::action::Action;
use super::catalog::{self, Means, Undoable};
use super::scope::climb;
use crate::action::ActionContext;
use crate::outcome::Outcome;
use crate::platforms::baserow::records::key;
use crate::platforms::baserow::rows::{RowChanges, RowStore};
use crate::state::{Difference, State};

/// Notes an operation that can be undone, where the client names its session. `before` is the state that it began with.
///
/// # Errors
/// `internal` when rows are not what is kept beside the collections.
pub(in crate::platforms::baserow) fn note(
    context: &mut ActionContext<'_>,
    operation: &str,
    before: &State,
) -> Result<(), Outcome> {
    let Some(undoable) = catalog::of(operation) else { return Ok(()) };
    let header = |name: &str| context.inputs().header.get(name).and_then(Value::as_str).map(str::to_owned);
    let (Some(session), Some(user)) = (header("clientsessionid"), context.caller().map(key)) else {
        return Ok(());
    };
    if !context.signed_in_by("JWT") {
        return Ok(());
    }
    let group = header("clientundoredoactiongroupid");
    let Some(place) = place(context, undoable, before) else { return Ok(()) };
    let (records, rows) = match undoable.means {
        Means::Trashed(..) | Means::Restored(_) => (Vec::new(), RowChanges::default()),
        Means::Inverted | Means::RowsTrashed => {
            (records(context, before), RowChanges::between(before.extension()?, context.extension()?))
        }
    };
    let at = context.now().0;
    let store: &mut RowStore = context.extension_mut()?;
    let number = store.undo.next_number();
    store.undo.add(Action {
        number,
        user,
        session,
        group,
        name: undoable.action,
        scope: place.scope,
        workspace: place.workspace,
        at,
        undone: None,
        failed: false,
        means: undoable.means,
        item: place.item,
        records,
        rows,
        entry: None,
    });
    Ok(())
}

/// Where something was done, and to what.
struct Place {
    scope: String,
    workspace: Option<u64>,
    item: u64,
}

/// `None` where nothing was made, or what it was done to is not there.
fn place(context: &ActionContext<'_>, undoable: &Undoable, before: &State) -> Option<Place> {
    let (collection, parameter) = undoable.of;
    let named = context.inputs().path.get(parameter).and_then(Value::as_u64);
    let (item, workspace) = match undoable.means {
        Means::Trashed(made, _) => {
            let found = made_in(context, before, made)?;
            (found, climb(context.state(), made, found, "workspaces"))
        }
        _ => (named.unwrap_or(0), named.and_then(|named| climb(before, collection, named, "workspaces"))),
    };
    let scope = undoable.scope.of(before, collection, named.unwrap_or(0))?;
    Some(Place { scope, workspace, item })
}

/// The first record that was made in a collection.
fn made_in(context: &ActionContext<'_>, before: &State, collection: &str) -> Option<u64> {
    let made = context.differences(before).into_iter().filter(|one| one.before.is_none());
    made.filter_map(|one| one.after)
        .find(|record| record.is_in(before, collection))
        .map(|record| key(&record))
}

/// What became of records, but for those that only tell of what was done.
fn records(context: &ActionContext<'_>, before: &State) -> Vec<Difference> {
    const TELLING: [&str; 5] = ["jobs", "notifications", "mails", "exports", "users"];
    let tells = |one: &Difference| {
        let record = one.before.as_ref().or(one.after.as_ref());
        record.is_some_and(|record| TELLING.iter().any(|name| record.is_in(before, name)))
    };
    context.differences(before).into_iter().filter(|one| !tells(one)).collect()
}
