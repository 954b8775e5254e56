//! Pages of listings, by number or by offset, with the envelope of the product: how many there are, the page, and links to its
//! neighbours.

use std::ops::Range;

use serde_json::{Value, json};

use crate::action::ActionContext;
use crate::outcome::Outcome;
use crate::platforms::baserow::links::with_query;

/// How many elements a page by number has when nothing, or no number, is asked for (facts: baserow 2.6).
const USUAL: usize = 100;

/// A page by number, as it was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Asked {
    number: Number,
    size: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Number {
    /// Counted from 1.
    At(usize),
    Last,
}

/// A page by number, and which elements are on it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Numbered {
    number: usize,
    pub(super) places: Range<usize>,
}

impl Asked {
    /// Reads `page` and `size` as forgivingly as the product: what is no number counts as not said (facts: baserow 2.6).
    /// Without a largest size, any will do.
    ///
    /// # Errors
    /// `ERROR_PAGE_SIZE_LIMIT` for more than the largest.
    pub(super) fn read(context: &ActionContext<'_>, largest: Option<usize>) -> Result<Self, Outcome> {
        Self::parse(&context.inputs().url, largest)
    }

    fn parse(url: &str, largest: Option<usize>) -> Result<Self, Outcome> {
        let size = number(url, "size").filter(|size| *size > 0).unwrap_or(USUAL);
        if let Some(largest) = largest.filter(|largest| size > *largest) {
            let sentence = format!("a page has at most {largest} elements");
            return Err(Outcome::new("ERROR_PAGE_SIZE_LIMIT", sentence));
        }
        let number = if parameter(url, "page").as_deref() == Some("last") {
            Number::Last
        } else {
            Number::At(number(url, "page").filter(|number| *number > 0).unwrap_or(1))
        };
        Ok(Self { number, size })
    }

    /// The page; `count` is asked only for the last one.
    pub(super) fn numbered(self, count: impl FnOnce() -> usize) -> Numbered {
        let number = match self.number {
            Number::At(number) => number,
            Number::Last => count().div_ceil(self.size).max(1),
        };
        let start = (number - 1).saturating_mul(self.size);
        Numbered { number, places: start..start.saturating_add(self.size) }
    }
}

impl Numbered {
    /// The part of a list that the page shows.
    pub(super) fn cut<'l, T>(&self, all: &'l [T]) -> &'l [T] {
        &all[self.places.start.min(all.len())..self.places.end.min(all.len())]
    }

    /// The envelope, with links that lead where the request came in.
    pub(super) fn envelope(&self, context: &ActionContext<'_>, count: usize, results: Vec<Value>) -> Value {
        let link = |number: usize| link(context.origin(), &context.inputs().url, number);
        let next = (self.places.end < count).then(|| link(self.number + 1));
        let previous = (self.number > 1).then(|| link(self.number - 1));
        json!({ "count": count, "next": next, "previous": previous, "results": results })
    }
}

/// How many elements a page by `limit` and `offset` has.
#[derive(Clone, Copy, Debug)]
pub(super) struct Limits {
    pub(super) usual: usize,
    /// More than this are not given, whatever is asked for.
    pub(super) most: usize,
}

/// The envelope of a page by `limit` and `offset`; `page` gives the number of all and those at some places.
pub(super) fn by_offset(
    context: &ActionContext<'_>,
    limits: Limits,
    page: impl FnOnce(Range<usize>) -> (usize, Vec<Value>),
) -> Value {
    let url = &context.inputs().url;
    let limit =
        number(url, "limit").filter(|limit| *limit > 0).map_or(limits.usual, |limit| limit.min(limits.most));
    let offset = number(url, "offset").unwrap_or(0);
    let link = |offset: usize| {
        let offset = (offset > 0).then(|| offset.to_string());
        with_query(context.origin(), url, &[("limit", Some(limit.to_string())), ("offset", offset)])
    };
    let end = offset.saturating_add(limit);
    let (count, results) = page(offset..end);
    let next = (end < count).then(|| link(end));
    let previous = (offset > 0).then(|| link(offset.saturating_sub(limit)));
    json!({ "count": count, "next": next, "previous": previous, "results": results })
}

/// The last value of a parameter, as the product's framework reads it.
fn parameter(url: &str, name: &str) -> Option<String> {
    let (_, query) = url.split_once('?')?;
    let pairs = url::form_urlencoded::parse(query.as_bytes());
    pairs.filter(|(own, _)| own == name).last().map(|(_, value)| value.into_owned())
}

fn number(url: &str, name: &str) -> Option<usize> {
    parameter(url, name)?.trim().parse().ok()
}

/// The address of another page; the first page is not named.
fn link(origin: &str, url: &str, number: usize) -> String {
    with_query(origin, url, &[("page", (number > 1).then(|| number.to_string()))])
}

#[cfg(test)]
mod tests {
    use super::{Asked, Numbered, link};

    fn page(page: &str, size: &str, count: usize) -> Result<Numbered, String> {
        let read = Asked::parse(&format!("/rows/?page={page}&size={size}"), Some(200));
        read.map(|asked| asked.numbered(|| count)).map_err(|outcome| outcome.name.into_owned())
    }

    #[test]
    fn what_is_no_page_is_the_first() {
        for text in ["0", "-1", "two", ""] {
            assert_eq!(page(text, text, 250).unwrap(), Numbered { number: 1, places: 0..100 }, "{text}");
        }
        assert_eq!(Asked::parse("/rows/", None).unwrap().numbered(|| 0).places, 0..100);
    }

    #[test]
    fn the_last_page_has_a_name() {
        assert_eq!(page("last", "100", 250).unwrap().places, 200..300);
        assert_eq!(page("last", "100", 0).unwrap().places, 0..100);
    }

    #[test]
    fn a_page_beyond_the_end_is_empty() {
        let page = page("9", "2", 3).unwrap();
        assert!(page.cut(&[1, 2, 3]).is_empty());
        assert_eq!(super::Asked::parse("/?page=2&size=2", None).unwrap().numbered(|| 3).cut(&[1, 2, 3]), [3]);
    }

    #[test]
    fn large_pages_are_refused_where_there_is_a_largest() {
        assert_eq!(page("1", "200", 1).unwrap().places, 0..200);
        assert_eq!(page("1", "201", 1).unwrap_err(), "ERROR_PAGE_SIZE_LIMIT");
        assert_eq!(Asked::parse("/?size=500", None).unwrap().numbered(|| 1).places, 0..500);
    }

    #[test]
    fn the_last_of_several_values_counts() {
        assert_eq!(Asked::parse("/?page=2&page=3&size=1", None).unwrap().numbered(|| 9).places, 2..3);
    }

    #[test]
    fn links_are_sorted_and_leave_the_first_page_out() {
        let to = |number| link("http://one:80", "/rows/?size=2&page=2&filter=a%20b", number);
        assert_eq!(to(3), "http://one:80/rows/?filter=a+b&page=3&size=2");
        assert_eq!(to(1), "http://one:80/rows/?filter=a+b&size=2");
        assert_eq!(link("http://one", "/rows/?page=2", 1), "http://one/rows/");
    }
}
