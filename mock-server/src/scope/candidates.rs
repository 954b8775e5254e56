//! What indexes say of a filter: the records that may match, found as they are asked for.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use crate::state::Held;

/// Records among which all matching ones are.
pub(super) struct Candidates<'t> {
    /// What each key holds. A record may be under several.
    pub(super) keys: Vec<Held<'t>>,
    /// How many records there are at most.
    pub(super) most: usize,
    /// Each of them matches: nothing is left to be tested.
    pub(super) all_match: bool,
}

/// So few are collected and sorted rather than merged.
const FEW: usize = 1024;

impl<'t> Candidates<'t> {
    pub(super) fn none() -> Self {
        Self { keys: Vec::new(), most: 0, all_match: false }
    }

    pub(super) fn of(keys: impl Iterator<Item = Held<'t>>) -> Self {
        let keys: Vec<_> = keys.collect();
        Self { most: keys.iter().map(Held::len).sum(), keys, all_match: false }
    }

    /// These and those.
    pub(super) fn or(mut self, other: Self) -> Self {
        self.keys.extend(other.keys);
        Self { most: self.most + other.most, keys: self.keys, all_match: false }
    }

    /// Hands their sequence numbers over in order, each once.
    pub(super) fn in_order<T>(&self, take: impl FnOnce(&mut dyn Iterator<Item = u64>) -> T) -> T {
        match self.keys.as_slice() {
            [] => take(&mut std::iter::empty()),
            [only] => take(&mut only.iter()),
            several if self.most <= FEW => {
                let mut all: Vec<u64> = several.iter().flat_map(|one| one.iter()).collect();
                all.sort_unstable();
                all.dedup();
                take(&mut all.into_iter())
            }
            several => {
                let mut rest: Vec<_> = several.iter().map(|one| one.iter()).collect();
                let heads = rest.iter_mut().enumerate();
                let mut heads: BinaryHeap<_> =
                    heads.filter_map(|(key, rest)| Some(Reverse((rest.next()?, key)))).collect();
                let mut last = None;
                let merged = std::iter::from_fn(|| {
                    loop {
                        let Reverse((number, key)) = heads.pop()?;
                        heads.extend(rest[key].next().map(|next| Reverse((next, key))));
                        if last != Some(number) {
                            last = Some(number);
                            return last;
                        }
                    }
                });
                take(&mut { merged })
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Candidates, FEW};
    use crate::state::{Held, Postings};

    fn postings(numbers: impl Iterator<Item = u64>) -> Postings {
        let mut numbers = numbers;
        let mut all = Postings::One(numbers.next().unwrap());
        numbers.for_each(|one| all.insert(one));
        all
    }

    #[test]
    fn several_keys_give_each_record_once_and_in_order() {
        for most in [10, 4 * FEW as u64] {
            let (even, third) = (postings((0..most).step_by(2)), postings((0..most).step_by(3)));
            let both = Candidates::of([&even, &third].into_iter().map(Held::from));
            let expected: Vec<u64> = (0..most).filter(|one| one % 2 == 0 || one % 3 == 0).collect();
            assert_eq!(both.in_order(|numbers| numbers.collect::<Vec<_>>()), expected);
            assert_eq!(both.most, even.len() + third.len());
        }
    }

    #[test]
    fn a_merge_looks_no_further_than_it_is_asked() {
        let (one, two) = (postings(0..5000), postings(5000..10_000));
        let both = Candidates::of([&two, &one].into_iter().map(Held::from));
        assert_eq!(both.in_order(|numbers| numbers.take(2).collect::<Vec<_>>()), [0, 1]);
        assert_eq!(Candidates::none().in_order(|numbers| numbers.count()), 0);
    }
}
