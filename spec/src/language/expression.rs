//! Runtime expressions: those of OpenAPI Links and Arazzo, and the names the vocabulary adds.

use std::fmt;

use crate::Pointer;

/// Where an expression begins.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Source {
    /// `$request.path.NAME`
    Path(String),
    /// `$request.query.NAME`
    Query(String),
    /// `$request.header.NAME`, in lower case
    Header(String),
    /// `$request.cookie.NAME`
    Cookie(String),
    /// `$request.body`
    Body,
    /// `$request.method`
    Method,
    /// `$request.url`: path and query as received
    Url,
    /// `$request.origin`: scheme and host, as the client addressed the server
    Origin,
    /// `$record`: what is rendered or tested
    Record,
    /// `$item`: the element of the innermost `each` or `pick`
    Item,
    /// `$caller`: whoever the credential belongs to
    Caller,
    /// `$security.SCHEME`: the record that one scheme recognised
    Security(String),
    /// `$credential`: what was presented
    Credential,
    /// `$result`: what the effect produced
    Result,
    /// `$page`: what a `list` cut out
    Page,
    /// `$outcome`: how the operation ended
    Outcome,
    /// `$fault`: a violated rule, where `x-conduct` says what `details` tell of it
    Fault,
    /// `$settings.NAME`
    Setting(String),
    /// `$now`
    Now,
    /// `$NAME`, bound by an earlier step's `as`
    Bound(String),
}

/// A source, and a path into it that walks through objects, arrays and references.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Expression {
    /// Where it begins.
    pub source: Source,
    /// Member names (array indices as digits) from there on.
    pub path: Vec<String>,
}

impl Expression {
    /// Reads the text of an expression, which begins with `$`.
    ///
    /// # Errors
    /// A sentence that says which part is not understood and what is.
    pub fn parse(text: &str) -> Result<Self, String> {
        let body = text.strip_prefix('$').ok_or_else(|| format!("`{text}` does not begin with `$`"))?;
        let (dotted, pointer) = match body.split_once('#') {
            Some((dotted, pointer)) => (dotted, Some(pointer)),
            None => (body, None),
        };
        let mut names = dotted.split('.').map(str::to_owned);
        let first = names.next().unwrap_or_default();
        let mut path: Vec<String> = names.collect();
        let mut take = |what: &str| {
            if path.is_empty() {
                Err(format!("`{text}` needs a name: `${what}.NAME`"))
            } else {
                Ok(path.remove(0))
            }
        };
        let source = match first.as_str() {
            "request" => match take("request")?.as_str() {
                "path" => Source::Path(take("request.path")?),
                "query" => Source::Query(take("request.query")?),
                "header" => Source::Header(take("request.header")?.to_ascii_lowercase()),
                "cookie" => Source::Cookie(take("request.cookie")?),
                "body" => Source::Body,
                "method" => Source::Method,
                "url" => Source::Url,
                "origin" => Source::Origin,
                other => {
                    return Err(format!(
                        "a request has no `{other}`: expected `path`, `query`, `header`, `cookie`, `body`, `method`, `url` or `origin`"
                    ));
                }
            },
            "record" => Source::Record,
            "item" => Source::Item,
            "caller" => Source::Caller,
            "security" => Source::Security(take("security")?),
            "credential" => Source::Credential,
            "result" => Source::Result,
            "page" => Source::Page,
            "outcome" => Source::Outcome,
            "fault" => Source::Fault,
            "settings" => Source::Setting(take("settings")?),
            "now" => Source::Now,
            "" => return Err(format!("`{text}` names nothing")),
            name => Source::Bound(name.to_owned()),
        };
        if let Some(pointer) = pointer {
            if !pointer.is_empty() && !pointer.starts_with('/') {
                return Err(format!(
                    "in `{text}`, what follows `#` is not a JSON Pointer: it begins with `/`"
                ));
            }
            path.extend(pointer.split('/').skip(1).map(|token| token.replace("~1", "/").replace("~0", "~")));
        }
        if path.iter().any(String::is_empty) {
            return Err(format!("`{text}` has an empty name in it"));
        }
        Ok(Self { source, path })
    }
}

impl fmt::Display for Expression {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.source {
            Source::Path(name) => write!(f, "$request.path.{name}")?,
            Source::Query(name) => write!(f, "$request.query.{name}")?,
            Source::Header(name) => write!(f, "$request.header.{name}")?,
            Source::Cookie(name) => write!(f, "$request.cookie.{name}")?,
            Source::Body => f.write_str("$request.body")?,
            Source::Method => f.write_str("$request.method")?,
            Source::Url => f.write_str("$request.url")?,
            Source::Origin => f.write_str("$request.origin")?,
            Source::Record => f.write_str("$record")?,
            Source::Item => f.write_str("$item")?,
            Source::Caller => f.write_str("$caller")?,
            Source::Security(name) => write!(f, "$security.{name}")?,
            Source::Credential => f.write_str("$credential")?,
            Source::Result => f.write_str("$result")?,
            Source::Page => f.write_str("$page")?,
            Source::Outcome => f.write_str("$outcome")?,
            Source::Fault => f.write_str("$fault")?,
            Source::Setting(name) => write!(f, "$settings.{name}")?,
            Source::Now => f.write_str("$now")?,
            Source::Bound(name) => write!(f, "${name}")?,
        }
        let needs_pointer = |name: &String| name.contains(['.', '/', '#']);
        if !self.path.is_empty() && (self.source == Source::Body || self.path.iter().any(needs_pointer)) {
            let pointer = self.path.iter().fold(Pointer::root(), |at, token| at.child(token));
            return write!(f, "#{pointer}");
        }
        self.path.iter().try_for_each(|name| write!(f, ".{name}"))
    }
}
