//! Which rows of a table were touched lately, so that a listing that was kept is brought up to date instead of made again.

use imbl::Vector;

/// How many touched rows are remembered. Beyond, a listing is made anew: that is then no dearer.
const LONGEST: usize = 256;

/// The latest changes, by the rows they touched.
#[derive(Clone, Debug, Default)]
pub(super) struct Journal {
    total: u64,
    recent: Vector<u64>,
}

impl Journal {
    /// Notes that a row is another, new, or gone.
    pub(super) fn note(&mut self, row: u64) {
        self.total += 1;
        self.recent.push_back(row);
        if self.recent.len() > LONGEST {
            self.recent.pop_front();
        }
    }

    /// How many changes there have been.
    pub(super) fn now(&self) -> u64 {
        self.total
    }

    /// The rows touched since there had been so many changes, perhaps some of them twice; `None` when it is too long ago.
    pub(super) fn since(&self, then: u64) -> Option<Vec<u64>> {
        let changes = usize::try_from(self.total.checked_sub(then)?).ok()?;
        let known = self.recent.len().checked_sub(changes)?;
        Some(self.recent.iter().skip(known).copied().collect())
    }
}

#[cfg(test)]
mod tests {
    use super::{Journal, LONGEST};

    #[test]
    fn it_knows_the_latest_changes_and_that_it_has_forgotten_the_others() {
        let mut journal = Journal::default();
        (0..10).for_each(|row| journal.note(row));
        assert_eq!(journal.since(8), Some(vec![8, 9]));
        assert_eq!(journal.since(10), Some(Vec::new()));
        assert_eq!(journal.since(11), None, "that has not been yet");
        (10..300).for_each(|row| journal.note(row));
        let oldest = journal.now() - LONGEST as u64;
        assert_eq!(journal.since(oldest).map(|rows| (rows.len(), rows[0])), Some((LONGEST, 44)));
        assert_eq!(journal.since(oldest - 1), None);
    }
}
