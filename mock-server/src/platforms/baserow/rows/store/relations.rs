//! Which rows are linked: each relation once, seen from the link field on either side.

use std::sync::Arc;

use imbl::{OrdMap, OrdSet};

/// The links of all link fields.
#[derive(Clone, Debug, Default)]
pub(crate) struct Relations {
    pub(super) sides: OrdMap<u64, Side>,
    pub(super) pairs: OrdMap<u64, Arc<Pairs>>,
}

/// From where a field sees its relation, which is named by the field that was there first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Side {
    pub(super) relation: u64,
    pub(super) reversed: bool,
}

/// The linked rows, by either end.
#[derive(Clone, Debug, Default)]
pub(super) struct Pairs {
    pub(super) forward: OrdSet<(u64, u64)>,
    backward: OrdSet<(u64, u64)>,
}

impl Pairs {
    pub(super) fn insert(&mut self, from: u64, to: u64) {
        self.forward.insert((from, to));
        self.backward.insert((to, from));
    }

    pub(super) fn remove(&mut self, from: u64, to: u64) {
        self.forward.remove(&(from, to));
        self.backward.remove(&(to, from));
    }
}

impl Relations {
    /// Lets a field see a relation: that of the field on the other side, if it has one, else a new one of its own.
    pub(crate) fn join(&mut self, field: u64, related: Option<u64>) {
        if self.sides.contains_key(&field) {
            if let Some(related) = related.filter(|one| !self.sides.contains_key(one)) {
                self.join(related, Some(field));
            }
            return;
        }
        let other = related.and_then(|one| self.sides.get(&one).copied());
        let side = other.map_or(Side { relation: field, reversed: false }, |other| Side {
            relation: other.relation,
            reversed: !other.reversed,
        });
        self.sides.insert(field, side);
    }

    /// Lets a field see no relation any more; the links go when no field sees them.
    pub(crate) fn leave(&mut self, field: u64) {
        let Some(side) = self.sides.remove(&field) else { return };
        if !self.sides.values().any(|one| one.relation == side.relation) {
            self.pairs.remove(&side.relation);
        }
    }

    /// The rows that a row is linked to, by id; also such as are in the trash.
    pub(crate) fn linked(&self, field: u64, row: u64) -> impl Iterator<Item = u64> {
        let side = self.sides.get(&field).copied();
        let pairs = side.and_then(|side| Some((self.pairs.get(&side.relation)?, side.reversed)));
        pairs.into_iter().flat_map(move |(pairs, reversed)| {
            let set = if reversed { &pairs.backward } else { &pairs.forward };
            set.range((row, 0)..=(row, u64::MAX)).map(|(_, other)| *other)
        })
    }

    /// Links two rows.
    pub(crate) fn link(&mut self, field: u64, row: u64, other: u64) {
        self.change(field, |pairs, reversed| {
            let (from, to) = if reversed { (other, row) } else { (row, other) };
            pairs.insert(from, to);
        });
    }

    /// Parts two rows.
    pub(crate) fn unlink(&mut self, field: u64, row: u64, other: u64) {
        self.change(field, |pairs, reversed| {
            let (from, to) = if reversed { (other, row) } else { (row, other) };
            pairs.remove(from, to);
        });
    }

    fn change(&mut self, field: u64, change: impl FnOnce(&mut Pairs, bool)) {
        self.join(field, None);
        let Some(side) = self.sides.get(&field).copied() else { return };
        let mut pairs = self.pairs.get(&side.relation).cloned().unwrap_or_default();
        change(Arc::make_mut(&mut pairs), side.reversed);
        self.pairs.insert(side.relation, pairs);
    }
}

#[cfg(test)]
mod tests {
    use super::Relations;

    fn linked(relations: &Relations, field: u64, row: u64) -> Vec<u64> {
        relations.linked(field, row).collect()
    }

    #[test]
    fn a_relation_is_seen_from_both_sides_whichever_field_was_there_first() {
        let mut relations = Relations::default();
        relations.join(7, None);
        relations.join(9, Some(7));
        relations.link(9, 1, 5);
        relations.link(7, 5, 2);
        assert_eq!(linked(&relations, 7, 5), [1, 2]);
        assert_eq!(linked(&relations, 9, 2), [5]);
        relations.unlink(7, 5, 1);
        assert!(linked(&relations, 9, 1).is_empty());
        relations.leave(7);
        assert_eq!(linked(&relations, 9, 2), [5], "the other side still sees it");
        relations.leave(9);
        relations.join(9, None);
        assert!(linked(&relations, 9, 2).is_empty());
    }
}
