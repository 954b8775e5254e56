//! Which records an index holds under one key.

use std::sync::Arc;

use imbl::OrdSet;
use imbl::shared_ptr::DefaultSharedPtr;

/// Sequence numbers in order. Most keys have one, and a persistent set has nodes of half a kilobyte. A clone copies
/// nothing: a node of the index is cloned with all its postings whenever one of them changes.
#[derive(Clone, Debug)]
pub(crate) enum Postings {
    One(u64),
    Few(Arc<Vec<u64>>),
    Many(OrdSet<u64>),
}

/// The numbers of one key, as they are asked for.
pub(crate) enum Numbers<'p> {
    One(Option<u64>),
    Few(std::slice::Iter<'p, u64>),
    Many(imbl::ordset::Iter<'p, u64, DefaultSharedPtr>),
}

const FEW: usize = 48;

impl Postings {
    pub(crate) fn len(&self) -> usize {
        match self {
            Self::One(_) => 1,
            Self::Few(all) => all.len(),
            Self::Many(all) => all.len(),
        }
    }

    pub(crate) fn insert(&mut self, sequence: u64) {
        match self {
            Self::One(own) if *own == sequence => {}
            Self::One(own) => *self = Self::Few(Arc::new(vec![sequence.min(*own), sequence.max(*own)])),
            Self::Few(all) => {
                if let Err(place) = all.binary_search(&sequence) {
                    Arc::make_mut(all).insert(place, sequence);
                }
                if all.len() > FEW {
                    *self = Self::Many(all.iter().copied().collect());
                }
            }
            Self::Many(all) => {
                all.insert(sequence);
            }
        }
    }

    /// Whether anything is left.
    pub(crate) fn remove(&mut self, sequence: u64) -> bool {
        match self {
            Self::One(own) => *own != sequence,
            Self::Few(all) => {
                Arc::make_mut(all).retain(|one| *one != sequence);
                !all.is_empty()
            }
            Self::Many(all) => {
                all.remove(&sequence);
                !all.is_empty()
            }
        }
    }

    pub(crate) fn iter(&self) -> Numbers<'_> {
        match self {
            Self::One(own) => Numbers::One(Some(*own)),
            Self::Few(all) => Numbers::Few(all.iter()),
            Self::Many(all) => Numbers::Many(all.iter()),
        }
    }
}

impl Iterator for Numbers<'_> {
    type Item = u64;

    fn next(&mut self) -> Option<u64> {
        match self {
            Self::One(own) => own.take(),
            Self::Few(all) => all.next().copied(),
            Self::Many(all) => all.next().copied(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Postings;

    #[test]
    fn numbers_stay_in_order_whatever_their_count() {
        let mut postings = Postings::One(50);
        let mut expected = std::collections::BTreeSet::from([50]);
        for step in 0..200u64 {
            let number = (step * 37) % 101;
            postings.insert(number);
            expected.insert(number);
            assert_eq!(postings.iter().collect::<Vec<_>>(), expected.iter().copied().collect::<Vec<_>>());
            assert_eq!(postings.len(), expected.len());
        }
        for number in 0..100 {
            assert!(postings.remove(number));
        }
        assert!(!postings.remove(100), "nothing is left");
    }
}
