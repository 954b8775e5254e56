//! What became of a record, and how it becomes again what it was.

use std::collections::HashSet;

use super::record::Record;
use super::transaction::Transaction;
use super::value::State;
use crate::outcome::Outcome;

/// A record before and after something was done; one that was made has no before, one that was removed no after.
#[derive(Clone, Debug)]
pub struct Difference {
    /// As it was.
    pub before: Option<Record>,
    /// As it became.
    pub after: Option<Record>,
}

impl Difference {
    /// The same the other way round.
    #[must_use]
    pub fn turned(&self) -> Self {
        Self { before: self.after.clone(), after: self.before.clone() }
    }

    fn place(&self) -> Option<(usize, u64)> {
        let record = self.before.as_ref().or(self.after.as_ref())?;
        Some((record.collection(), record.sequence()))
    }
}

impl Transaction {
    /// What was done to records since `before`, each once.
    pub(crate) fn differences(&self, before: &State) -> Vec<Difference> {
        let mut seen = HashSet::new();
        let places = self.changed().filter(|place| seen.insert(*place));
        let difference = |(collection, sequence): (usize, u64)| Difference {
            before: before.table(collection).get(sequence).cloned(),
            after: self.state.table(collection).get(sequence).cloned(),
        };
        places.map(difference).filter(|one| one.before != one.after).collect()
    }

    /// Makes a record again what it was before a difference.
    pub(crate) fn revert(&mut self, difference: &Difference) -> Result<(), Outcome> {
        let Some((collection, sequence)) = difference.place() else { return Ok(()) };
        let current = self.state.table(collection).get(sequence).cloned();
        match (&difference.before, &difference.after, current) {
            (Some(_), None, Some(_)) => Err(Outcome::conflict("a record that was removed is there again")),
            (Some(before), None, None) => self.put_again(before),
            (None, Some(_), Some(current)) => self.delete(&[current]),
            (Some(before), Some(after), Some(current)) => self.put_back(before, after, &current),
            (_, _, None) => Err(Outcome::not_found("the record is gone")),
            (None, None, Some(_)) => Ok(()),
        }
    }

    fn put_back(&mut self, before: &Record, after: &Record, current: &Record) -> Result<(), Outcome> {
        let mut fields = current.fields().clone();
        let names: HashSet<&String> = before.fields().keys().chain(after.fields().keys()).collect();
        for name in names {
            let (old, new) = (before.get(name), after.get(name));
            if old == new {
                continue;
            }
            let own = fields.get(name);
            if own != new && own != old {
                return Err(Outcome::conflict(format!("`{name}` has changed since")));
            }
            match old {
                Some(old) => drop(fields.insert(name.clone(), old.clone())),
                None => drop(fields.remove(name)),
            }
        }
        self.replace(current, fields).map(drop)
    }
}
