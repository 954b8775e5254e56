//! Pages of lists (facts: lowcoder 5). Pages count from 1; a size of 0 is everything.

use serde_json::{Value, json};

use super::refusal::server_error;
use crate::outcome::Outcome;

/// A page that was asked for: its number and size, as the query has them.
#[derive(Clone, Copy, Debug)]
pub(super) struct Page {
    pub(super) number: i64,
    pub(super) size: i64,
}

impl Page {
    pub(super) fn new(number: i64, size: i64) -> Self {
        Self { number, size }
    }

    /// The page's part of a list; empty behind the end.
    ///
    /// # Errors
    /// `server-error` where the page would begin before the list.
    pub(super) fn of<T>(self, all: &[T]) -> Result<&[T], Outcome> {
        if self.size <= 0 {
            return if self.size == 0 { Ok(all) } else { Err(outside()) };
        }
        let begin = (self.number - 1).checked_mul(self.size).ok_or_else(outside)?;
        let begin = usize::try_from(begin).map_err(|_| outside())?.min(all.len());
        let size = usize::try_from(self.size).unwrap_or(usize::MAX);
        Ok(&all[begin..begin.saturating_add(size).min(all.len())])
    }

    /// As [`of`](Self::of), but a page that begins beyond the end of the list is an error, too, as in lists that the product
    /// cuts from memory.
    ///
    /// # Errors
    /// `server-error`.
    pub(super) fn within<T>(self, all: &[T]) -> Result<&[T], Outcome> {
        let part = self.of(all)?;
        let begin = (self.number - 1).saturating_mul(self.size);
        // one that begins right behind the last element is empty, as a cut of nothing is
        if usize::try_from(begin).is_ok_and(|begin| begin > all.len()) {
            return Err(outside());
        }
        Ok(part)
    }

    /// The page as answers have it: `items`, `pageNum`, `pageSize` and the `total` before paging. Only what is on the page is
    /// rendered.
    ///
    /// # Errors
    /// As [`of`](Self::of), and those of `render`.
    pub(super) fn answer<T>(
        self,
        all: &[T],
        render: impl FnMut(&T) -> Result<Value, Outcome>,
    ) -> Result<Value, Outcome> {
        let items = self.of(all)?.iter().map(render).collect::<Result<Vec<_>, _>>()?;
        Ok(json!({ "items": items, "pageNum": self.number, "pageSize": self.size, "total": all.len() }))
    }
}

fn outside() -> Outcome {
    server_error("There is no such page.")
}

#[cfg(test)]
mod tests {
    use super::Page;

    #[test]
    fn pages_count_from_one_and_a_size_of_zero_is_everything() -> Result<(), Box<dyn std::error::Error>> {
        let all = [1, 2, 3, 4, 5];
        let part = |number, size| Page::new(number, size).of(&all).map_err(|outcome| format!("{outcome:?}"));
        assert_eq!(part(1, 2)?, [1, 2]);
        assert_eq!(part(3, 2)?, [5]);
        assert!(part(4, 2)?.is_empty());
        assert_eq!(part(9, 0)?, all);
        assert!(part(0, 2).is_err());
        assert!(part(1, -1).is_err());
        assert!(part(i64::MAX, i64::MAX).is_err());
        assert!(Page::new(4, 2).within(&all).is_err());
        assert!(Page::new(2, 5).within(&all).is_ok_and(<[i32]>::is_empty));
        assert!(Page::new(3, 5).within(&all).is_err());
        assert!(Page::new(9, 0).within(&all).is_ok_and(|part| part.len() == 5));
        Ok(())
    }
}
