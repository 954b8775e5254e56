//! The document itself: text and value together.

use std::ops::Range;
use std::sync::Arc;

use serde_json::Value;

use super::fault::Fault;
use super::spans::{Spanned, Spans};
use super::{json, yaml};
use crate::{Diagnostic, Pointer};

/// A line and a column in a document's text, both counted from 1; columns count characters.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, schemars::JsonSchema,
)]
pub struct Position {
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
}

/// An OpenAPI, Overlay or Arazzo document as its author wrote it. Cheap to clone.
#[derive(Clone)]
pub struct Document {
    inner: Arc<Inner>,
}

/// Its name only: the text may be megabytes, and its seeds are not for logs.
impl std::fmt::Debug for Document {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Document").field(&self.name()).finish()
    }
}

#[derive(Debug)]
struct Inner {
    /// Whether it was made from a value: nobody has its text.
    made: bool,
    /// Its own text, then those of the overlays applied to it.
    texts: Vec<Text>,
    spanned: Spanned,
    /// What is wrong with the texts themselves, by the text.
    faults: Vec<(usize, Fault)>,
}

/// A text with a name.
#[derive(Clone, Debug)]
struct Text {
    name: String,
    text: String,
    line_starts: Vec<usize>,
}

impl Text {
    fn new(name: String, text: String) -> Self {
        let line_starts =
            std::iter::once(0).chain(text.match_indices('\n').map(|(newline, _)| newline + 1)).collect();
        Self { name, text, line_starts }
    }
}

impl Document {
    /// Reads YAML 1.2 or JSON; `name` is what messages call the text, usually its path.
    ///
    /// Faults that leave the rest readable, such as a duplicate key, do not fail here: [`faults`](Self::faults) has them,
    /// and the lowering reports them with everything else.
    ///
    /// # Errors
    /// The text cannot be read: bad syntax, nesting without end. The diagnostics found up to there, at least one.
    pub fn parse(name: impl Into<String>, text: impl Into<String>) -> Result<Self, Vec<Diagnostic>> {
        let (name, text) = (name.into(), text.into());
        let text = match text.strip_prefix('\u{feff}') {
            Some(rest) => rest.to_owned(),
            None => text,
        };
        let is_json =
            text.trim_start().starts_with(['{', '[']) && !name.ends_with(".yaml") && !name.ends_with(".yml");
        let (spanned, faults) = if is_json { json::read(&text) } else { yaml::read(&text) };
        let is_readable = spanned.is_some();
        let spanned = spanned.unwrap_or(Spanned { value: Value::Null, spans: Spans::default() });
        let texts = vec![Text::new(name, text)];
        let faults = faults.into_iter().map(|fault| (0, fault)).collect();
        let document = Self { inner: Arc::new(Inner { made: false, texts, spanned, faults }) };
        if is_readable { Ok(document) } else { Err(document.faults()) }
    }

    /// As [`parse`](Self::parse), from the bytes of a file.
    ///
    /// # Errors
    /// As `parse`; and where the bytes are no UTF-8, the place of the first that is none.
    pub fn read(name: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Result<Self, Vec<Diagnostic>> {
        let error = match String::from_utf8(bytes.into()) {
            Ok(text) => return Self::parse(name, text),
            Err(error) => error,
        };
        let at = error.utf8_error().valid_up_to();
        let bytes = error.as_bytes();
        let message = match bytes.get(at) {
            _ if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) => {
                "this is UTF-16, not UTF-8".to_owned()
            }
            Some(byte) => format!("the byte 0x{byte:02X} is no UTF-8"),
            None => "this is no UTF-8".to_owned(),
        };
        // Up to there the text is the same, so the place is, too.
        let text = String::from_utf8_lossy(bytes).into_owned();
        let fault =
            Fault::syntax(at..at + char::REPLACEMENT_CHARACTER.len_utf8(), message, "save the file as UTF-8");
        let spanned = Spanned { value: Value::Null, spans: Spans::default() };
        let texts = vec![Text::new(name.into(), text)];
        let document =
            Self { inner: Arc::new(Inner { made: false, texts, spanned, faults: vec![(0, fault)] }) };
        Err(document.faults())
    }

    /// What is wrong with the text itself, beside which its value could still be read.
    #[must_use]
    pub fn faults(&self) -> Vec<Diagnostic> {
        let faults = self.inner.faults.iter();
        faults
            .map(|(text, fault)| {
                Diagnostic::error(fault.code, fault.message.as_str())
                    .at_text(self, *text, fault.range.clone())
                    .help(fault.help)
            })
            .collect()
    }

    /// A document made from a value rather than a text, such as one that an overlay changed: `text` is what the value
    /// would look like, so that messages still have something to show.
    #[must_use]
    pub fn from_value(name: impl Into<String>, value: &Value) -> Self {
        let text = serde_json::to_string_pretty(value).unwrap_or_default();
        let mut made = Self::parse(name, text).unwrap_or_else(|_| Self::empty());
        if let Some(inner) = Arc::get_mut(&mut made.inner) {
            inner.made = true;
        }
        made
    }

    /// Whether it was made from a value rather than read: no file has the lines that it speaks of, but its pointers hold.
    #[must_use]
    pub fn is_made(&self) -> bool {
        self.inner.made
    }

    fn empty() -> Self {
        let spanned = Spanned { value: Value::Null, spans: Spans::default() };
        Self {
            inner: Arc::new(Inner {
                made: false,
                texts: vec![Text::new(String::new(), String::new())],
                spanned,
                faults: Vec::new(),
            }),
        }
    }

    /// This document with another value: `change` edits value and positions together, `other` is where new parts come from.
    pub(crate) fn edited(&self, other: &Document, change: impl FnOnce(&mut Spanned, usize)) -> Self {
        let mut texts = self.inner.texts.clone();
        texts.push(other.inner.texts[0].clone());
        let mut spanned = self.inner.spanned.clone();
        change(&mut spanned, texts.len() - 1);
        let added = other.inner.faults.iter().map(|(_, fault)| (texts.len() - 1, fault.clone()));
        let faults = self.inner.faults.iter().cloned().chain(added).collect();
        Self { inner: Arc::new(Inner { made: self.inner.made, texts, spanned, faults }) }
    }

    /// The value with its positions.
    pub(crate) fn spanned(&self) -> &Spanned {
        &self.inner.spanned
    }

    /// What messages call this document.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.inner.texts[0].name
    }

    /// The text as it was given, without a byte order mark.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.inner.texts[0].text
    }

    /// The whole value.
    #[must_use]
    pub fn root(&self) -> &Value {
        &self.inner.spanned.value
    }

    /// What `pointer` points at.
    #[must_use]
    pub fn get(&self, pointer: &Pointer) -> Option<&Value> {
        pointer.resolve(self.root())
    }

    /// The byte range of what `pointer` points at, or of the nearest thing above it that exists. In a document that
    /// overlays changed, the range may be in another text: see [`text_of`](Self::text_of).
    #[must_use]
    pub fn span(&self, pointer: &Pointer) -> Range<usize> {
        self.nearest(pointer).value.clone()
    }

    /// The byte range of the key that names what `pointer` points at; of the value where there is no key.
    #[must_use]
    pub fn key_span(&self, pointer: &Pointer) -> Range<usize> {
        let spans = self.nearest(pointer);
        spans.key.clone().unwrap_or_else(|| spans.value.clone())
    }

    /// The name of the text that what `pointer` points at stands in: the document's own, or that of an overlay.
    #[must_use]
    pub fn text_of(&self, pointer: &Pointer) -> &str {
        &self.inner.texts[self.nearest(pointer).text].name
    }

    pub(crate) fn text_index(&self, pointer: &Pointer) -> usize {
        self.nearest(pointer).text
    }

    pub(crate) fn named_text(&self, index: usize) -> (&str, &str) {
        let text = &self.inner.texts[index];
        (&text.name, &text.text)
    }

    fn nearest(&self, pointer: &Pointer) -> &Spans {
        self.inner.spanned.spans.nearest(self.root(), pointer)
    }

    /// Where the key or value that `pointer` names begins, in the text it stands in.
    #[must_use]
    pub fn position(&self, pointer: &Pointer) -> Position {
        self.position_in(self.text_index(pointer), self.key_span(pointer).start)
    }

    /// The line and column of a byte offset in the document's own text.
    #[must_use]
    pub fn position_at(&self, offset: usize) -> Position {
        self.position_in(0, offset)
    }

    pub(crate) fn position_in(&self, index: usize, offset: usize) -> Position {
        let Text { text, line_starts, .. } = &self.inner.texts[index];
        let offset = offset.min(text.len());
        let line = line_starts.partition_point(|start| *start <= offset).max(1);
        let start = line_starts[line - 1];
        let column = text.get(start..offset).map_or(1, |before| before.chars().count() + 1);
        Position { line, column }
    }
}
