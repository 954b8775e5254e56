//! Places of an index: the rows that meet conditions on its column.

use std::ops::Range;

/// Places in ascending order, as ranges that are not empty and do not touch. All are whole groups of equal keys.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Spans(Vec<Range<usize>>);

impl Spans {
    /// The places of some ranges, in any order.
    pub(super) fn of(mut ranges: Vec<Range<usize>>) -> Self {
        ranges.retain(|range| !range.is_empty());
        ranges.sort_unstable_by_key(|range| range.start);
        let mut spans: Vec<Range<usize>> = Vec::with_capacity(ranges.len());
        for range in ranges {
            match spans.last_mut() {
                Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
                _ => spans.push(range),
            }
        }
        Self(spans)
    }

    /// The first `len` places.
    pub(super) fn all(len: usize) -> Self {
        Self::of(std::iter::once(0..len).collect())
    }

    /// How many places there are.
    pub(super) fn len(&self) -> usize {
        self.0.iter().map(ExactSizeIterator::len).sum()
    }

    pub(super) fn ranges(&self) -> &[Range<usize>] {
        &self.0
    }

    /// The places that are in both.
    pub(super) fn and(&self, other: &Self) -> Self {
        let clipped = |one: &Range<usize>| {
            let one = one.clone();
            other.0.iter().map(move |other| one.start.max(other.start)..one.end.min(other.end))
        };
        Self::of(self.0.iter().flat_map(clipped).collect())
    }

    /// The places that are in one of both.
    pub(super) fn or(mut self, other: Self) -> Self {
        self.0.extend(other.0);
        Self::of(self.0)
    }

    /// Those of the first `len` places that are not among these.
    pub(super) fn not(&self, len: usize) -> Self {
        let starts = std::iter::once(0).chain(self.0.iter().map(|range| range.end));
        let ends = self.0.iter().map(|range| range.start).chain(std::iter::once(len));
        Self::of(starts.zip(ends).map(|(start, end)| start..end).collect())
    }

    /// The place at a rank, counted from the first place, or from the last.
    pub(super) fn at(&self, rank: usize, from_the_end: bool) -> Option<usize> {
        let rank = if from_the_end { self.len().checked_sub(rank.checked_add(1)?)? } else { rank };
        let mut left = rank;
        for range in &self.0 {
            if left < range.len() {
                return Some(range.start + left);
            }
            left -= range.len();
        }
        None
    }
}

#[cfg(test)]
#[allow(clippy::single_range_in_vec_init, reason = "lists of ranges are what is tested")]
mod tests {
    use super::Spans;

    #[test]
    fn sets_of_places_are_joined_cut_and_turned_around() {
        let one = Spans::of(vec![8..9, 2..4, 3..6, 7..7]);
        assert_eq!((one.ranges(), one.len()), ([2..6, 8..9].as_slice(), 5));
        assert_eq!(one.not(10).ranges(), [0..2, 6..8, 9..10]);
        assert_eq!(one.not(10).not(10), one);
        assert_eq!(one.and(&Spans::of(vec![0..3, 5..20])).ranges(), [2..3, 5..6, 8..9]);
        assert_eq!(one.or(Spans::of(vec![6..8])).ranges(), [2..9]);
        assert_eq!(Spans::default().not(3), Spans::all(3));
        assert_eq!(Spans::all(3).not(3).len(), 0);
    }

    #[test]
    fn places_are_found_by_rank_from_either_end() {
        let spans = Spans::of(vec![2..4, 8..9]);
        assert_eq!([0, 1, 2, 3].map(|rank| spans.at(rank, false)), [Some(2), Some(3), Some(8), None]);
        assert_eq!([0, 1, 2, 3].map(|rank| spans.at(rank, true)), [Some(8), Some(3), Some(2), None]);
    }
}
