//! What differs between two stores, found without looking at what they share.

use std::sync::Arc;

use imbl::ordmap::DiffItem;

use super::relations::{Relations, Side};
use super::{Row, RowRef, RowStore};

/// A row of a table before and after.
type Changed = (u64, Option<RowRef>, Option<RowRef>);

impl RowStore {
    /// The rows that are not what they were in `before`, but for what was forgotten for good.
    pub(crate) fn changed_rows(&self, before: &Self) -> impl Iterator<Item = Changed> {
        let mut changed = Vec::new();
        for (id, table) in &self.tables {
            let old = before.tables.get(id);
            if old.is_some_and(|old| Arc::ptr_eq(old, table)) {
                continue;
            }
            let nothing = Arc::default();
            let found = old.unwrap_or(&nothing).rows_by_id().diff(table.rows_by_id());
            changed.extend(found.filter_map(|item| match item {
                DiffItem::Add(_, row) => Some((*id, None, Some(row.clone()))),
                DiffItem::Update { old: (_, old), new: (_, new) } if differs(old, new) => {
                    Some((*id, Some(old.clone()), Some(new.clone())))
                }
                DiffItem::Update { .. } | DiffItem::Remove(..) => None,
            }));
        }
        changed.into_iter()
    }
}

fn differs(old: &Row, new: &Row) -> bool {
    old.cells() != new.cells() || old.order != new.order || old.trashed != new.trashed
}

/// What became of links.
#[derive(Clone, Debug, Default)]
pub(crate) struct LinkChanges {
    sides: Vec<(u64, Option<Side>, Option<Side>)>,
    /// Relation, link, and whether the link was made or parted.
    pairs: Vec<(u64, (u64, u64), bool)>,
}

impl LinkChanges {
    /// The same the other way round.
    pub(crate) fn turned(&self) -> Self {
        Self {
            sides: self.sides.iter().map(|(field, old, new)| (*field, *new, *old)).collect(),
            pairs: self.pairs.iter().map(|(relation, pair, made)| (*relation, *pair, !made)).collect(),
        }
    }
}

impl Relations {
    /// What became of links since `before`.
    pub(crate) fn changes_since(&self, before: &Self) -> LinkChanges {
        let mut changes = LinkChanges::default();
        for item in before.sides.diff(&self.sides) {
            changes.sides.push(match item {
                DiffItem::Add(field, side) => (*field, None, Some(*side)),
                DiffItem::Update { old: (field, old), new: (_, new) } => (*field, Some(*old), Some(*new)),
                DiffItem::Remove(field, side) => (*field, Some(*side), None),
            });
        }
        let relations =
            before.pairs.keys().chain(self.pairs.keys().filter(|key| !before.pairs.contains_key(*key)));
        for relation in relations {
            let (old, new) = (before.pairs.get(relation), self.pairs.get(relation));
            if matches!((old, new), (Some(old), Some(new)) if Arc::ptr_eq(old, new)) {
                continue;
            }
            let nothing = Arc::default();
            let (old, new) = (old.unwrap_or(&nothing), new.unwrap_or(&nothing));
            let made = new.forward.iter().filter(|pair| !old.forward.contains(*pair));
            let parted = old.forward.iter().filter(|pair| !new.forward.contains(*pair));
            changes.pairs.extend(made.map(|pair| (*relation, *pair, true)));
            changes.pairs.extend(parted.map(|pair| (*relation, *pair, false)));
        }
        changes
    }

    /// Makes links again what they were before these changes.
    pub(crate) fn revert(&mut self, changes: &LinkChanges) {
        for (field, before, _) in &changes.sides {
            if let Some(side) = before {
                self.sides.insert(*field, *side);
            } else {
                self.sides.remove(field);
            }
        }
        for (relation, (from, to), made) in &changes.pairs {
            let mut pairs = self.pairs.get(relation).cloned().unwrap_or_default();
            let own = Arc::make_mut(&mut pairs);
            if *made {
                own.remove(*from, *to);
            } else {
                own.insert(*from, *to);
            }
            self.pairs.insert(*relation, pairs);
        }
    }
}
