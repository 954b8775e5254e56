//! The actions of all sessions, the oldest first.

use std::sync::Arc;

use imbl::Vector;

use super::action::Action;

/// How many actions are kept of all sessions together.
const MOST: usize = 1000;

/// How long an action can be undone, in milliseconds (upstream: `MINUTES_UNTIL_ACTION_CLEANED_UP`).
const LASTING: i64 = 120 * 60 * 1000;

/// Of one group so many are undone together (upstream: `MAX_UNDOABLE_ACTIONS_PER_ACTION_GROUP`).
const MOST_OF_A_GROUP: usize = 20;

/// What was done. A clone costs a few pointers.
#[derive(Clone, Debug, Default)]
pub(in crate::platforms::baserow) struct History {
    actions: Vector<Arc<Action>>,
    last: u64,
}

impl History {
    /// The next number, which none before it had.
    pub(super) fn next_number(&mut self) -> u64 {
        self.last += 1;
        self.last
    }

    /// Notes an action; those that are too old or too many are forgotten.
    pub(super) fn add(&mut self, action: Action) {
        let now = action.at;
        self.actions.push_back(Arc::new(action));
        while self.actions.len() > MOST || self.actions.front().is_some_and(|one| one.at + LASTING < now) {
            self.actions.pop_front();
        }
    }

    /// Puts an action in the place of the one with its number.
    pub(super) fn put(&mut self, action: Action) {
        if let Some(place) = self.actions.iter().position(|one| one.number == action.number) {
            self.actions.set(place, Arc::new(action));
        }
    }

    /// What is undone next, in the order in which it is.
    pub(super) fn to_undo(&self, user: u64, session: &str, scopes: &[String], now: i64) -> Vec<Arc<Action>> {
        let open = |one: &&Arc<Action>| one.undone.is_none() && one.at + LASTING >= now;
        let mut newest_first = self.actions.iter().rev().filter(open);
        let Some(last) = newest_first.find(|one| one.is_of(user, session, scopes)) else { return Vec::new() };
        let Some(group) = &last.group else { return vec![last.clone()] };
        let of_group =
            |one: &&Arc<Action>| one.group.as_ref() == Some(group) && one.is_of(user, session, &[]);
        self.actions.iter().rev().filter(open).filter(of_group).take(MOST_OF_A_GROUP).cloned().collect()
    }

    /// What is done again next, in the order in which it is: nothing once something else was done.
    pub(super) fn to_redo(&self, user: u64, session: &str, scopes: &[String], now: i64) -> Vec<Arc<Action>> {
        let own = |one: &&Arc<Action>| one.is_of(user, session, scopes) && one.at + LASTING >= now;
        let undone = self.actions.iter().filter(own).filter(|one| one.undone.is_some());
        let Some(last) = undone.max_by_key(|one| one.undone) else { return Vec::new() };
        let done_since = |one: &Arc<Action>| one.undone.is_none() && Some(one.number) > last.undone;
        if self.actions.iter().filter(own).any(done_since) {
            return Vec::new();
        }
        let Some(group) = &last.group else { return vec![last.clone()] };
        let of_group = |one: &&Arc<Action>| {
            one.group.as_ref() == Some(group) && one.is_of(user, session, &[]) && one.undone.is_some()
        };
        self.actions.iter().filter(of_group).take(MOST_OF_A_GROUP).cloned().collect()
    }
}
