//! Pages by number, with the envelope of the product: how many there are, the page, and links to its neighbours.

use serde_json::{Value, json};

use crate::action::ActionContext;
use crate::outcome::Outcome;
use crate::platforms::baserow::links::with_query;

/// How many elements a page has when nothing, or no number, is asked for.
const USUAL: usize = 100;

/// A page that was asked for: `number` counts from 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Page {
    number: usize,
    size: usize,
    total: usize,
}

impl Page {
    /// Reads `page` and `size` as forgivingly as the product: what is no number counts as not said (facts: baserow 2.6).
    ///
    /// # Errors
    /// `ERROR_PAGE_SIZE_LIMIT` for more than `limit`.
    pub(super) fn of(context: &ActionContext<'_>, total: usize, limit: usize) -> Result<Self, Outcome> {
        let query = &context.inputs().query;
        Self::parse(query.get("page"), query.get("size"), total, limit)
    }

    fn parse(
        page: Option<&Value>,
        size: Option<&Value>,
        total: usize,
        limit: usize,
    ) -> Result<Self, Outcome> {
        let size = size.and_then(positive).unwrap_or(USUAL);
        if size > limit {
            return Err(Outcome::new(
                "ERROR_PAGE_SIZE_LIMIT",
                format!("a page has at most {limit} elements"),
            ));
        }
        let last = total.div_ceil(size).max(1);
        let is_last = page.and_then(Value::as_str) == Some("last");
        let number = if is_last { last } else { page.and_then(positive).unwrap_or(1) };
        Ok(Self { number, size, total })
    }

    /// The part of a list that the page shows.
    pub(super) fn range(self) -> std::ops::Range<usize> {
        let start = self.number.saturating_sub(1).saturating_mul(self.size).min(self.total);
        start..start.saturating_add(self.size).min(self.total)
    }

    /// The envelope, with links that lead where the request came in.
    pub(super) fn envelope(self, context: &ActionContext<'_>, results: Vec<Value>) -> Value {
        let link = |number: usize| link(context.origin(), &context.inputs().url, number);
        let next =
            (self.range().end < self.total && self.range().start < self.total).then(|| link(self.number + 1));
        let previous = (self.number > 1).then(|| link(self.number - 1));
        json!({ "count": self.total, "next": next, "previous": previous, "results": results })
    }
}

fn positive(value: &Value) -> Option<usize> {
    let number = match value {
        Value::String(text) => text.trim().parse().ok()?,
        other => usize::try_from(other.as_u64()?).ok()?,
    };
    (number > 0).then_some(number)
}

/// The address of another page; the first page is not named.
fn link(origin: &str, url: &str, number: usize) -> String {
    with_query(origin, url, &[("page", (number > 1).then(|| number.to_string()))])
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{Page, link};

    fn page(page: &str, size: &str, total: usize) -> Result<Page, String> {
        let read = Page::parse(Some(&json!(page)), Some(&json!(size)), total, 200);
        read.map_err(|outcome| outcome.name.into_owned())
    }

    #[test]
    fn what_is_no_page_is_the_first() {
        for text in ["0", "-1", "two", ""] {
            assert_eq!(page(text, text, 250).unwrap(), Page { number: 1, size: 100, total: 250 }, "{text}");
        }
    }

    #[test]
    fn the_last_page_has_a_name() {
        assert_eq!(page("last", "100", 250).unwrap().range(), 200..250);
        assert_eq!(page("last", "100", 0).unwrap().range(), 0..0);
    }

    #[test]
    fn a_page_beyond_the_end_is_empty() {
        assert_eq!(page("9", "100", 250).unwrap().range(), 250..250);
    }

    #[test]
    fn large_pages_are_refused() {
        assert_eq!(page("1", "200", 1).unwrap().size, 200);
        assert_eq!(page("1", "201", 1).unwrap_err(), "ERROR_PAGE_SIZE_LIMIT");
    }

    #[test]
    fn links_are_sorted_and_leave_the_first_page_out() {
        let to = |number| link("http://one:80", "/rows/?size=2&page=2&filter=a%20b", number);
        assert_eq!(to(3), "http://one:80/rows/?filter=a+b&page=3&size=2");
        assert_eq!(to(1), "http://one:80/rows/?filter=a+b&size=2");
        assert_eq!(link("http://one", "/rows/?page=2", 1), "http://one/rows/");
    }
}
