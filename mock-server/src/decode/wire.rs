//! The head of a request, taken apart once: query, cookies and headers as they were written.

use std::borrow::Cow;
use std::cell::OnceCell;

use http::HeaderMap;
use percent_encoding::percent_decode;

use crate::engine::Presented;

/// A name and a value of a query string, a form or a `Cookie` header.
#[derive(Debug)]
pub(crate) struct Pair<'r> {
    pub(crate) name: Cow<'r, str>,
    /// The value as written, so that delimiters can be told from encoded characters.
    pub(crate) raw: &'r str,
    /// The value decoded; what is not UTF-8 became U+FFFD.
    pub(crate) value: Cow<'r, str>,
}

/// The head of a request.
pub(crate) struct Wire<'r> {
    query: &'r str,
    headers: &'r HeaderMap,
    pairs: OnceCell<Vec<Pair<'r>>>,
    cookies: OnceCell<Vec<Pair<'r>>>,
}

impl<'r> Wire<'r> {
    pub(crate) fn new(query: Option<&'r str>, headers: &'r HeaderMap) -> Self {
        Self { query: query.unwrap_or_default(), headers, pairs: OnceCell::new(), cookies: OnceCell::new() }
    }

    /// The query string's pairs.
    pub(crate) fn pairs(&self) -> &[Pair<'r>] {
        self.pairs.get_or_init(|| pairs(self.query, '&', form_decode))
    }

    /// The cookies, of all `Cookie` headers.
    pub(crate) fn cookies(&self) -> &[Pair<'r>] {
        self.cookies.get_or_init(|| {
            let lines = self.headers.get_all(http::header::COOKIE).iter();
            let texts = lines.filter_map(|line| std::str::from_utf8(line.as_bytes()).ok());
            texts.flat_map(|text| pairs(text, ';', percent)).collect()
        })
    }

    /// A header's value, several lines joined (RFC 9110, 5.3). `Err` when it is not UTF-8.
    pub(crate) fn header_line(&self, name: &str) -> Option<Result<Cow<'r, str>, ()>> {
        let mut lines = self.headers.get_all(name).iter();
        let first = std::str::from_utf8(lines.next()?.as_bytes());
        let Ok(first) = first else { return Some(Err(())) };
        let mut joined = Cow::Borrowed(first);
        for line in lines {
            let Ok(line) = std::str::from_utf8(line.as_bytes()) else { return Some(Err(())) };
            let joined = joined.to_mut();
            joined.push_str(", ");
            joined.push_str(line);
        }
        Some(Ok(joined))
    }
}

impl Presented for Wire<'_> {
    fn header(&self, name: &str) -> Option<&str> {
        // A credential in a header that was sent twice is ambiguous; the first counts, as in Node and hyper.
        // The one that most credentials come in is found without being read as a name first.
        let found = match name {
            "authorization" => self.headers.get(http::header::AUTHORIZATION),
            other => self.headers.get(other),
        };
        found.and_then(|value| std::str::from_utf8(value.as_bytes()).ok())
    }

    fn query(&self, name: &str) -> Option<&str> {
        self.pairs().iter().find(|pair| pair.name == name).map(|pair| pair.value.as_ref())
    }

    fn cookie(&self, name: &str) -> Option<&str> {
        self.cookies().iter().find(|pair| pair.name == name).map(|pair| pair.value.as_ref())
    }
}

/// Takes `a=1&b=2` apart.
pub(crate) fn pairs<'r>(
    text: &'r str,
    separator: char,
    decode: fn(&'r str) -> Cow<'r, str>,
) -> Vec<Pair<'r>> {
    text.split(separator)
        .map(|part| if separator == ';' { part.trim() } else { part })
        .filter(|part| !part.is_empty())
        .map(|part| {
            let (name, raw) = part.split_once('=').unwrap_or((part, ""));
            Pair { name: decode(name), raw, value: decode(raw) }
        })
        .collect()
}

/// Percent-decoding.
pub(crate) fn percent(text: &str) -> Cow<'_, str> {
    percent_decode(text.as_bytes()).decode_utf8_lossy()
}

/// Percent-decoding with `+` for a space, as in query strings and forms.
pub(crate) fn form_decode(text: &str) -> Cow<'_, str> {
    if text.contains('+') { Cow::Owned(percent(&text.replace('+', " ")).into_owned()) } else { percent(text) }
}

/// No decoding at all, as in headers.
pub(crate) fn verbatim(text: &str) -> Cow<'_, str> {
    Cow::Borrowed(text)
}

/// Whether a text, once percent-decoded, is UTF-8.
pub(crate) fn is_utf8(text: &str) -> bool {
    !text.contains('%') || percent_decode(text.as_bytes()).decode_utf8().is_ok()
}
