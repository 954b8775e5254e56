//! Something to say about a document: what, where, and what to do.

use std::fmt;
use std::ops::Range;

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use crate::document::Position;
use crate::{Document, Pointer};

/// How grave a diagnostic is.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, schemars::JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// A concession or a remark: nothing has to be done.
    Note,
    /// The document works, but hardly as meant.
    Warning,
    /// The document cannot be used.
    Error,
}

/// A range of a document's text.
#[derive(Clone, Debug)]
pub struct Place {
    document: Document,
    /// Which of the document's texts.
    text: usize,
    range: Range<usize>,
}

impl Place {
    fn key(document: &Document, pointer: &Pointer) -> Self {
        let text = document.text_index(pointer);
        Self { document: document.clone(), text, range: document.key_span(pointer) }
    }

    fn source(&self) -> &str {
        self.document.named_text(self.text).1
    }

    /// What messages call the document.
    #[must_use]
    pub fn name(&self) -> &str {
        self.document.named_text(self.text).0
    }

    /// Where the place begins.
    #[must_use]
    pub fn position(&self) -> Position {
        self.document.position_in(self.text, self.range.start)
    }

    /// The part that is underlined: its first line, so that a mapping of 500 lines does not fill the screen.
    fn shown(&self) -> Range<usize> {
        let text = self.source();
        let start = self.range.start.min(text.len());
        let end = self.range.end.clamp(start, text.len());
        let first_line = text[start..end].find('\n').map_or(end, |newline| start + newline);
        start..first_line.max(start)
    }

    fn is_near(&self, other: &Self) -> bool {
        self.range.start.abs_diff(other.range.start) < NEAR
    }
}

/// Something to say about a document. `Display` gives one line; [`Diagnostic::render`] shows the text.
#[derive(Clone, Debug)]
pub struct Diagnostic {
    /// A stable kebab-case name for this kind of diagnostic.
    pub code: &'static str,
    /// How grave it is.
    pub severity: Severity,
    /// One sentence in lower case.
    pub message: String,
    /// Where it is; `None` only when there is no text at all.
    pub place: Option<Place>,
    /// Further places that explain it, with a few words each.
    pub labels: Vec<(Place, String)>,
    /// What to do.
    pub help: Option<String>,
}

impl Diagnostic {
    fn new(severity: Severity, code: &'static str, message: impl Into<String>) -> Self {
        Self { code, severity, message: message.into(), place: None, labels: Vec::new(), help: None }
    }

    /// A diagnostic that makes its document unusable.
    #[must_use]
    pub fn error(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(Severity::Error, code, message)
    }

    /// A diagnostic about something that works, but hardly as meant.
    #[must_use]
    pub fn warning(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(Severity::Warning, code, message)
    }

    /// A remark.
    #[must_use]
    pub fn note(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(Severity::Note, code, message)
    }

    /// Places it at the key that names what `pointer` points at (at the value where there is none).
    #[must_use]
    pub fn at(mut self, document: &Document, pointer: &Pointer) -> Self {
        self.place = Some(Place::key(document, pointer));
        self
    }

    /// Places it at the value that `pointer` points at.
    #[must_use]
    pub fn at_value(mut self, document: &Document, pointer: &Pointer) -> Self {
        let text = document.text_index(pointer);
        self.place = Some(Place { document: document.clone(), text, range: document.span(pointer) });
        self
    }

    /// Places it at a range of bytes of the document's own text.
    #[must_use]
    pub fn at_range(self, document: &Document, range: Range<usize>) -> Self {
        self.at_text(document, 0, range)
    }

    pub(crate) fn at_text(mut self, document: &Document, text: usize, range: Range<usize>) -> Self {
        self.place = Some(Place { document: document.clone(), text, range });
        self
    }

    /// Adds a place that explains it.
    #[must_use]
    pub fn label(mut self, document: &Document, pointer: &Pointer, words: impl Into<String>) -> Self {
        self.labels.push((Place::key(document, pointer), words.into()));
        self
    }

    /// Says what to do.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// The line and column it is at, if it has a place.
    #[must_use]
    pub fn position(&self) -> Option<Position> {
        self.place.as_ref().map(Place::position)
    }

    /// Headline, file, line, column, the lines of text with carets, and the remedy; without colour.
    #[must_use]
    pub fn render(&self) -> String {
        self.render_with(&Renderer::plain())
    }

    /// As [`render`](Self::render), with colour for a terminal.
    #[must_use]
    pub fn render_styled(&self) -> String {
        self.render_with(&Renderer::styled())
    }

    fn render_with(&self, renderer: &Renderer) -> String {
        let level = match self.severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
            Severity::Note => Level::NOTE,
        };
        let title = level.primary_title(self.message.as_str()).id(self.code);
        let mut group = match &self.place {
            None => Group::with_title(title),
            Some(place) => {
                let near = |other: &Place| other.text == place.text && other.is_near(place);
                let beside = self.labels.iter().map(|(other, _)| other).filter(|other| near(other));
                let window = Window::around(place, beside);
                let mut snippet =
                    window.snippet(place).annotation(AnnotationKind::Primary.span(window.shown(place)));
                let mut others = Vec::new();
                for (other, words) in &self.labels {
                    let window =
                        if near(other) { window.clone() } else { Window::around(other, std::iter::empty()) };
                    let annotation = AnnotationKind::Context.span(window.shown(other)).label(words.as_str());
                    if near(other) {
                        snippet = snippet.annotation(annotation);
                    } else {
                        others.push(window.snippet(other).annotation(annotation));
                    }
                }
                title.element(snippet).elements(others)
            }
        };
        if let Some(help) = &self.help {
            group = group.element(Level::HELP.message(help.as_str()));
        }
        renderer.render(&[group])
    }
}

/// Places further apart than this many bytes are shown in snippets of their own.
const NEAR: usize = 16 * 1024;

/// The lines of a text that a snippet is made of: the renderer reads all it is given, and a document may be megabytes.
#[derive(Clone)]
struct Window {
    lines: Range<usize>,
    first_line: usize,
}

impl Window {
    fn around<'p>(place: &'p Place, beside: impl Iterator<Item = &'p Place>) -> Self {
        let text = place.source();
        let shown = beside.map(Place::shown).chain([place.shown()]);
        let (start, end) =
            shown.fold((text.len(), 0), |(start, end), one| (start.min(one.start), end.max(one.end)));
        let start = text[..start].rfind('\n').map_or(0, |newline| newline + 1);
        let end = text[end..].find('\n').map_or(text.len(), |newline| end + newline + 1);
        Self { lines: start..end, first_line: place.document.position_in(place.text, start).line }
    }

    fn snippet<'p>(&self, place: &'p Place) -> Snippet<'p, annotate_snippets::Annotation<'p>> {
        Snippet::source(&place.source()[self.lines.clone()]).line_start(self.first_line).path(place.name())
    }

    fn shown(&self, place: &Place) -> Range<usize> {
        let Range { start, end } = place.shown();
        start - self.lines.start..end - self.lines.start
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(place) = &self.place {
            let Position { line, column } = place.position();
            write!(f, "{}:{line}:{column}: ", place.name())?;
        }
        let severity = match self.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "note",
        };
        write!(f, "{severity}[{}]: {}", self.code, self.message)
    }
}
