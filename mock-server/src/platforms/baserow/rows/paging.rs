//! Pages of rows, by number or by offset, and the links to their neighbours.

use std::ops::Range;

use serde_json::{Value, json};

use crate::action::ActionContext;
use crate::outcome::Outcome;
use crate::platforms::baserow::links;

use super::parameters::Parameters;

/// How many rows a page has when nothing, or no number, is asked for; and how many at most (facts: baserow 2.6).
const USUAL: usize = 100;
const MOST: usize = 200;

/// A page as it was asked for.
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

impl Asked {
    /// Reads `page` and `size`; what is no number counts as not said.
    ///
    /// # Errors
    /// `ERROR_PAGE_SIZE_LIMIT`.
    pub(super) fn read(parameters: &Parameters) -> Result<Self, Outcome> {
        let positive = |name: &str| {
            let number = parameters.last(name)?.trim().parse::<usize>().ok()?;
            (number > 0).then_some(number)
        };
        let size = positive("size").unwrap_or(USUAL);
        if size > MOST {
            let sentence = format!("the page size is limited to {MOST}");
            return Err(Outcome::new("ERROR_PAGE_SIZE_LIMIT", sentence));
        }
        let last = parameters.last("page") == Some("last");
        let number = if last { Number::Last } else { Number::At(positive("page").unwrap_or(1)) };
        Ok(Self { number, size })
    }

    /// As [`read`](Self::read) where pages may be of any size, as those of grids are.
    pub(super) fn of_any_size(parameters: &Parameters) -> Self {
        let positive = |name: &str| {
            let number = parameters.last(name)?.trim().parse::<usize>().ok()?;
            (number > 0).then_some(number)
        };
        let last = parameters.last("page") == Some("last");
        let number = if last { Number::Last } else { Number::At(positive("page").unwrap_or(1)) };
        Self { number, size: positive("size").unwrap_or(USUAL) }
    }

    /// The places of the page; `count` is asked only for the last one.
    pub(super) fn places(self, count: impl FnOnce() -> usize) -> (usize, Range<usize>) {
        let number = match self.number {
            Number::At(number) => number,
            Number::Last => count().div_ceil(self.size).max(1),
        };
        let start = (number - 1).saturating_mul(self.size);
        (number, start..start.saturating_add(self.size))
    }
}

/// The envelope of a page by number.
pub(super) fn numbered(
    context: &ActionContext<'_>,
    number: usize,
    places: &Range<usize>,
    count: usize,
    results: Vec<Value>,
) -> Value {
    let link = |number: usize| {
        let page = (number > 1).then(|| number.to_string());
        links::with_query(context.origin(), &context.inputs().url, &[("page", page)])
    };
    let next = (places.end < count).then(|| link(number + 1));
    let previous = (number > 1).then(|| link(number - 1));
    json!({ "count": count, "next": next, "previous": previous, "results": results })
}

/// The envelope of a page by `limit` and `offset`; `page` gives the number of all and those at some places.
pub(super) fn offsets(
    context: &ActionContext<'_>,
    parameters: &Parameters,
    page: impl FnOnce(Range<usize>) -> (usize, Vec<Value>),
) -> Value {
    enveloped(context, parameters, USUAL, page)
}

/// As [`offsets`] over a list that is at hand; no more than 200 at once, which is also what is usual.
pub(super) fn by_offset(context: &ActionContext<'_>, parameters: &Parameters, all: &[Value]) -> Value {
    let cut = |places: Range<usize>| {
        let part = all.iter().skip(places.start).take(places.len().min(MOST)).cloned().collect();
        (all.len(), part)
    };
    enveloped(context, parameters, MOST, cut)
}

fn enveloped(
    context: &ActionContext<'_>,
    parameters: &Parameters,
    usual: usize,
    page: impl FnOnce(Range<usize>) -> (usize, Vec<Value>),
) -> Value {
    let read = |name: &str| parameters.last(name).and_then(|text| text.trim().parse::<usize>().ok());
    let limit = read("limit").filter(|limit| *limit > 0).unwrap_or(usual);
    let offset = read("offset").unwrap_or(0);
    let link = |offset: usize| {
        let offset = (offset > 0).then(|| offset.to_string());
        let changes = [("limit", Some(limit.to_string())), ("offset", offset)];
        links::with_query(context.origin(), &context.inputs().url, &changes)
    };
    let (count, results) = page(offset..offset.saturating_add(limit));
    let next = (offset.saturating_add(limit) < count).then(|| link(offset + limit));
    let previous = (offset > 0).then(|| link(offset.saturating_sub(limit)));
    json!({ "count": count, "next": next, "previous": previous, "results": results })
}
