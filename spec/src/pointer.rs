//! JSON Pointers (RFC 6901), which name a place in a document.

use std::borrow::Cow;
use std::fmt;

use serde_json::Value;

/// A JSON Pointer (RFC 6901): `` is the whole document, `/paths/~1users/get` the `get` of `/users`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Pointer(String);

impl Pointer {
    /// The whole document.
    #[must_use]
    pub fn root() -> Self {
        Self::default()
    }

    /// Reads a pointer as it stands in a `$ref` after `#`; percent-encoding must be gone already.
    /// `None` when the text is neither empty nor begins with `/`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        (text.is_empty() || text.starts_with('/')).then(|| Self(text.to_owned()))
    }

    /// The pointer to member `key` of what this one points at.
    #[must_use]
    pub fn child(&self, key: &str) -> Self {
        let mut text = String::with_capacity(self.0.len() + key.len() + 1);
        text.push_str(&self.0);
        text.push('/');
        for c in key.chars() {
            match c {
                '~' => text.push_str("~0"),
                '/' => text.push_str("~1"),
                c => text.push(c),
            }
        }
        Self(text)
    }

    /// The pointer to element `index` of what this one points at.
    #[must_use]
    pub fn index(&self, index: usize) -> Self {
        Self(format!("{}/{index}", self.0))
    }

    /// What this pointer points at, and then `more`, which begins with `/` or is empty.
    #[must_use]
    pub fn join(&self, more: &str) -> Self {
        Self(format!("{}{more}", self.0))
    }

    /// Everything but the last token; `None` at the root.
    #[must_use]
    pub fn parent(&self) -> Option<Self> {
        self.0.rfind('/').map(|end| Self(self.0[..end].to_owned()))
    }

    /// The unescaped tokens from the root down.
    pub fn tokens(&self) -> impl Iterator<Item = String> + '_ {
        self.0.split('/').skip(1).map(|token| unescape(token).into_owned())
    }

    /// The last unescaped token; `None` at the root.
    #[must_use]
    pub fn last(&self) -> Option<String> {
        self.0.rsplit_once('/').map(|(_, token)| unescape(token).into_owned())
    }

    /// What this pointer points at in `value`.
    #[must_use]
    pub fn resolve<'v>(&self, value: &'v Value) -> Option<&'v Value> {
        // As `Value::pointer`, which copies each token twice.
        self.0.split('/').skip(1).try_fold(value, |value, token| match value {
            Value::Object(map) => map.get(unescape(token).as_ref()),
            Value::Array(items) => items.get(array_index(token)?),
            _ => None,
        })
    }

    /// The pointer's text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether this pointer names `other` or something inside it.
    #[must_use]
    pub fn is_within(&self, other: &Pointer) -> bool {
        self.0.strip_prefix(&other.0).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    }
}

/// A token without its escapes; few have any.
fn unescape(token: &str) -> Cow<'_, str> {
    if token.contains('~') {
        Cow::Owned(token.replace("~1", "/").replace("~0", "~"))
    } else {
        Cow::Borrowed(token)
    }
}

/// An index without sign or leading zeros (RFC 6901, 4).
fn array_index(token: &str) -> Option<usize> {
    let is_plain = token == "0" || token.starts_with(|first: char| matches!(first, '1'..='9'));
    token.parse().ok().filter(|_| is_plain)
}

impl fmt::Display for Pointer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::Pointer;

    #[test]
    fn tokens_are_escaped_and_unescaped() {
        let pointer = Pointer::root().child("paths").child("/a~b/{id}").index(2);
        assert_eq!(pointer.as_str(), "/paths/~1a~0b~1{id}/2");
        assert_eq!(pointer.tokens().collect::<Vec<_>>(), ["paths", "/a~b/{id}", "2"]);
        assert_eq!(pointer.parent().and_then(|p| p.last()).as_deref(), Some("/a~b/{id}"));
    }

    #[test]
    fn what_is_resolved_is_what_the_tokens_name() {
        let value = serde_json::json!({ "a/b": [ 1, { "~": 2 } ], "": 3 });
        let found = |text: &str| Pointer::parse(text).and_then(|at| at.resolve(&value).cloned());
        assert_eq!(found("/a~1b/1/~0"), Some(2.into()));
        assert_eq!(found("/"), Some(3.into()));
        assert_eq!(found(""), Some(value.clone()));
        assert_eq!(
            [found("/a~1b/01"), found("/a~1b/+1"), found("/a~1b/2"), found("/a~1b/0/0")],
            [None, None, None, None]
        );
    }

    #[test]
    fn within_is_by_token_and_not_by_text() {
        let users = Pointer::root().child("users");
        assert!(users.child("id").is_within(&users));
        assert!(!Pointer::root().child("users2").is_within(&users));
    }
}
