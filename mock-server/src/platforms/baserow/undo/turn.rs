//! `undo` and `redo`.

use std::sync::Arc;

use serde_json::{Value, json};

use super::action::Action;
use super::catalog::Means;
use super::scope::asked;
use crate::action::ActionContext;
use crate::outcome::Outcome;
use crate::platforms::baserow::records::{caller, get, key, number, text};
use crate::platforms::baserow::rows::{self, RowStore};
use crate::platforms::baserow::{fields, trash};
use crate::state::Difference;

/// What is to be done with an action.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Turn {
    Undo,
    Redo,
}

/// Undoes what this session did last in these scopes.
///
/// # Errors
/// None but `internal`: what cannot be undone is told in the answer.
pub(in crate::platforms::baserow) fn undo(
    context: &mut ActionContext<'_>,
    scopes: &Value,
) -> Result<Value, Outcome> {
    turn(context, scopes, Turn::Undo)
}

/// Does again what this session undid last in these scopes.
///
/// # Errors
/// As [`undo`].
pub(in crate::platforms::baserow) fn redo(
    context: &mut ActionContext<'_>,
    scopes: &Value,
) -> Result<Value, Outcome> {
    turn(context, scopes, Turn::Redo)
}

fn turn(context: &mut ActionContext<'_>, scopes: &Value, turn: Turn) -> Result<Value, Outcome> {
    let session = context.inputs().header.get("clientsessionid").and_then(Value::as_str);
    let (user, session) = (key(caller(context)?), session.unwrap_or_default().to_owned());
    let (now, scopes) = (context.now().0, asked(scopes));
    let history = &context.extension::<RowStore>()?.undo;
    let mut actions = match turn {
        Turn::Undo => history.to_undo(user, &session, &scopes, now),
        Turn::Redo => history.to_redo(user, &session, &scopes, now),
    };
    // What could not be undone is not done again either, but can be undone once more.
    let stays = turn == Turn::Redo && actions.iter().any(|one| one.failed);
    let done = match stays {
        true => Ok(actions.clone()),
        false => context.attempt(|context| all(context, &actions, turn)),
    };
    let failed = match done {
        Ok(done) => {
            actions = done;
            stays
        }
        Err(_) => true,
    };
    settle(context, &actions, turn, failed, stays)?;
    let result = match (actions.is_empty(), failed) {
        (true, _) => "NOTHING_TO_DO",
        (false, true) => "SKIPPED_DUE_TO_ERROR",
        (false, false) => "SUCCESS",
    };
    let shown = actions.iter().map(|one| json!({ "action_type": one.name, "action_scope": one.scope }));
    Ok(json!({ "actions": shown.collect::<Vec<_>>(), "result_code": result }))
}

/// Notes what became of the actions.
fn settle(
    context: &mut ActionContext<'_>,
    actions: &[Arc<Action>],
    turn: Turn,
    failed: bool,
    stays: bool,
) -> Result<(), Outcome> {
    let history = &mut context.extension_mut::<RowStore>()?.undo;
    let number = history.next_number();
    for action in actions {
        let undone = (turn == Turn::Undo).then_some(number);
        // As upstream: what fails counts as undone or done all the same, so that it is not in the way for ever.
        history.put(Action { undone, failed: failed && !stays, ..(**action).clone() });
    }
    Ok(())
}

fn all(
    context: &mut ActionContext<'_>,
    actions: &[Arc<Action>],
    turn: Turn,
) -> Result<Vec<Arc<Action>>, Outcome> {
    let mut done = Vec::with_capacity(actions.len());
    for action in actions {
        let mut action = (**action).clone();
        one(context, &mut action, turn)?;
        done.push(Arc::new(action));
    }
    Ok(done)
}

fn one(context: &mut ActionContext<'_>, action: &mut Action, turn: Turn) -> Result<(), Outcome> {
    if let Some(workspace) = action.workspace {
        let member = [("workspace", &workspace.into()), ("user", &action.user.into())];
        if context.find("workspace_users", &member)?.is_none() {
            return Err(Outcome::new("ERROR_USER_NOT_IN_GROUP", ""));
        }
    }
    match (action.means, turn) {
        (Means::Trashed(_, kind), Turn::Undo) | (Means::Restored(kind), Turn::Redo) => {
            is_seen(context, kind, action.item)?;
            trash::trash_item(context, kind, action.item)?;
            fields_follow(context, kind, action.item)
        }
        (Means::Trashed(_, kind), Turn::Redo) | (Means::Restored(kind), Turn::Undo) => {
            trash::restore_item(context, kind, action.item, None)
        }
        (Means::RowsTrashed, Turn::Undo) => {
            invert(context, action, turn)?;
            trash_rows(context, action)
        }
        (Means::RowsTrashed, Turn::Redo) => {
            if let Some((kind, item, table)) = action.entry.take() {
                trash::restore_item(context, &kind, item, table)?;
            }
            invert(context, action, turn)
        }
        (Means::Inverted, _) => invert(context, action, turn),
    }
}

/// What is in the trash already cannot go there again.
fn is_seen(context: &ActionContext<'_>, kind: &str, item: u64) -> Result<(), Outcome> {
    let record = get(context, &format!("{kind}s"), item)?;
    if crate::platforms::baserow::records::flag(&record, "trashed") {
        return Err(Outcome::not_found(format!("the {kind} is in the trash already")));
    }
    Ok(())
}

/// Formulas that read a field which is gone are not valid any more.
fn fields_follow(context: &mut ActionContext<'_>, kind: &str, item: u64) -> Result<(), Outcome> {
    if kind != "field" {
        return Ok(());
    }
    let table = number(&get(context, "fields", item)?, "table");
    let database = number(&get(context, "tables", table)?, "database");
    fields::retype(context, database)
}

/// Everything becomes again what it was, or what it became: rows that were made are another matter.
fn invert(context: &mut ActionContext<'_>, action: &Action, turn: Turn) -> Result<(), Outcome> {
    let turned = |one: &Difference| if turn == Turn::Undo { one.clone() } else { one.turned() };
    let mut differences: Vec<Difference> = action.records.iter().map(turned).collect();
    // What is there again comes before what refers to it: the order in which it was made.
    if turn == Turn::Undo {
        differences.reverse();
    }
    let (back, rest): (Vec<_>, Vec<_>) = differences.iter().partition(|one| one.after.is_none());
    for difference in back.into_iter().chain(rest) {
        context.revert(difference)?;
    }
    let (user, at) = (action.user, context.now().0.saturating_mul(1000));
    let rows = if turn == Turn::Undo { action.rows.clone() } else { action.rows.turned() };
    rows::revert(context, &rows, user, at)?;
    let touched = action.records.iter().filter_map(|one| one.before.as_ref().or(one.after.as_ref()));
    let field =
        touched.filter(|record| record.is_in(context.state(), "fields")).map(|one| number(one, "table"));
    let tables: Vec<u64> = field.collect();
    if let Some(table) = tables.first() {
        let database = number(&get(context, "tables", *table)?, "database");
        fields::retype(context, database)?;
    }
    Ok(())
}

fn trash_rows(context: &mut ActionContext<'_>, action: &mut Action) -> Result<(), Outcome> {
    let Some((table, made)) = action.rows.made() else { return Ok(()) };
    let store: &RowStore = context.extension()?;
    let there: Vec<u64> = made.into_iter().filter(|row| store.table(table).get(*row).is_some()).collect();
    if there.is_empty() {
        return Err(Outcome::not_found("the rows are gone"));
    }
    let record = get(context, "tables", table)?;
    let entry = trash::put_rows(context, &record, &there, action.name == "create_row")?;
    let kind = text(&entry, "trash_item_type").to_owned();
    action.entry = Some((kind, number(&entry, "trash_item_id"), Some(table)));
    Ok(())
}
