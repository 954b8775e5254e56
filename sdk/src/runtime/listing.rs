//! Listings: what a server gives in pages, as one stream that holds one page at a time.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::fmt;
use std::future::Future;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::pin::Pin;
use std::task::{Context, Poll};

use futures::stream::{self, BoxStream, Stream, StreamExt as _, TryStreamExt as _};
use serde_json::value::RawValue;

use super::error::{Error, Failure};
use super::maybe::Maybe;
use super::response::Response;

/// Everything a listing has, page by page: a [`Stream`] that asks for the next page when the last one is used up, and
/// holds no more than one. After an error it ends.
///
/// It also ends, with an error, when the server sends a page again that it has sent before: the one before it or the
/// first. What is added or removed meanwhile can shift pages; a listing is not a snapshot.
#[must_use = "a listing asks for nothing until it is polled"]
pub struct Listing<T, E = Infallible> {
    items: BoxStream<'static, Result<T, Error<E>>>,
}

impl<T, E> Listing<T, E> {
    /// The next one; `None` after the last. The same as [`Stream`]'s, for those who need nothing else of it.
    ///
    /// # Errors
    /// When its page could not be had; the listing is over then.
    pub async fn next(&mut self) -> Option<Result<T, Error<E>>> {
        self.items.next().await
    }

    /// All of them, but not more than `most`.
    ///
    /// # Errors
    /// When any page could not be had.
    pub async fn up_to(self, most: usize) -> Result<Vec<T>, Error<E>> {
        self.items.take(most).try_collect().await
    }
}

impl<T, E> Stream for Listing<T, E> {
    type Item = Result<T, Error<E>>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.items.poll_next_unpin(context)
    }
}

impl<T, E> fmt::Debug for Listing<T, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Listing").finish_non_exhaustive()
    }
}

/// How the place of the next page follows from this one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(dead_code, reason = "which of them occur depends on the platforms")]
pub(crate) enum Turn {
    /// Pages are counted.
    Page,
    /// What was passed over is counted.
    Offset,
}

/// One page.
pub(crate) struct Page<T> {
    pub(crate) items: Vec<T>,
    /// Whether there is another; an empty page is the last, whatever is said.
    pub(crate) more: More,
    /// Tells whether two pages are the same.
    pub(crate) fingerprint: u64,
}

/// Whether there is another page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(dead_code, reason = "which of them occur depends on the platforms")]
pub(crate) enum More {
    /// Nobody says.
    Perhaps,
    Yes,
    No,
    /// As long as there are more than on the pages up to this one. `size` is what a page has at most, where the answer
    /// says that: 0 = all there are. Else it is what the first page has.
    Counted {
        total: u64,
        size: Option<u64>,
    },
}

impl More {
    /// What the answer says.
    pub(crate) fn said(goes_on: bool) -> Self {
        if goes_on { Self::Yes } else { Self::No }
    }
}

/// A number of things; less than none is none.
#[allow(dead_code, reason = "only platforms with listings need it")]
pub(crate) fn number_of(count: impl TryInto<u64>) -> u64 {
    count.try_into().unwrap_or_default()
}

/// Whether an answer says where it goes on.
#[allow(dead_code, reason = "only platforms with listings need it")]
pub(crate) trait Onward {
    fn goes_on(&self) -> bool;
}

impl<T> Onward for Option<T> {
    fn goes_on(&self) -> bool {
        self.is_some()
    }
}

impl<T> Onward for Maybe<T> {
    fn goes_on(&self) -> bool {
        self.value().is_some()
    }
}

struct Walk<F> {
    fetch: F,
    position: u64,
    first: Option<u64>,
    last: Option<u64>,
    /// How many the first page had.
    size: Option<u64>,
}

impl<F> Walk<F> {
    /// Whether to ask on after a page with so many items.
    fn goes_on(&self, more: More, turn: Turn, count: u64) -> bool {
        match more {
            More::Perhaps | More::Yes => true,
            More::No => false,
            More::Counted { size: Some(0), .. } => false,
            More::Counted { total, size } => {
                let before = match turn {
                    Turn::Offset => self.position,
                    Turn::Page => {
                        let size = size.or(self.size).unwrap_or(count);
                        self.position.saturating_sub(1).saturating_mul(size)
                    }
                };
                before.saturating_add(count) < total
            }
        }
    }
}

/// A listing that begins at `start`.
#[allow(dead_code, reason = "only platforms with listings need it")]
pub(crate) fn listing<T, E, F, Fetch>(start: u64, turn: Turn, fetch: F) -> Listing<T, E>
where
    T: Send + 'static,
    E: Send + 'static,
    F: FnMut(u64) -> Fetch + Send + 'static,
    Fetch: Future<Output = Result<Response<Page<T>>, Error<E>>> + Send,
{
    let walk = Walk { fetch, position: start, first: None, last: None, size: None };
    let pages = stream::try_unfold(Some(walk), move |walk| async move {
        let Some(mut walk) = walk else { return Ok(None) };
        let Response { value: page, received, context } = (walk.fetch)(walk.position).await?;
        if page.items.is_empty() {
            return Ok(None);
        }
        let seen = Some(page.fingerprint);
        if seen == walk.first || seen == walk.last {
            let what = match turn {
                Turn::Page => "page",
                Turn::Offset => "offset",
            };
            let why = format!("{what} {} is an earlier one again, the server does not go on", walk.position);
            return Err(Error::new(Failure::Unreadable(why), context, Some(received.shortened())));
        }
        walk.first = walk.first.or(seen);
        walk.last = seen;
        let count = page.items.len() as u64;
        walk.size = walk.size.or(Some(count));
        let more = walk.goes_on(page.more, turn, count);
        walk.position = walk.position.saturating_add(match turn {
            Turn::Page => 1,
            Turn::Offset => count,
        });
        Ok(Some((stream::iter(page.items.into_iter().map(Ok)), more.then_some(walk))))
    });
    Listing { items: pages.try_flatten().boxed() }
}

/// A page of an answer that was read already; `members` leads to where its items are, and to all of it when it is empty.
#[allow(dead_code, reason = "only platforms with listings need it")]
pub(crate) fn page<L, T>(
    answer: Response<L>,
    members: &[&str],
    divide: impl FnOnce(L) -> (Vec<T>, More),
) -> Response<Page<T>> {
    let fingerprint = fingerprint(&answer.received.body, members);
    answer.map(|list| {
        let (items, more) = divide(list);
        Page { items, more, fingerprint }
    })
}

/// A sum of the items as they came, without what is around them: links, say, that differ where the items do not.
pub(crate) fn fingerprint(body: &[u8], members: &[&str]) -> u64 {
    let mut items = body;
    for name in members {
        // What is not there is left to whoever reads the page.
        match serde_json::from_slice::<BTreeMap<std::borrow::Cow<'_, str>, &RawValue>>(items) {
            Ok(all) if all.contains_key(*name) => items = all[*name].get().as_bytes(),
            _ => break,
        }
    }
    let mut hasher = DefaultHasher::new();
    items.hash(&mut hasher);
    hasher.finish()
}
