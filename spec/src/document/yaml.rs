//! YAML 1.2 text into a value with positions.

use std::collections::HashMap;
use std::ops::Range;

use saphyr::Scalar;
use saphyr_parser::{Event, Parser, ScalarStyle, Span};
use serde_json::{Map, Number, Value};

use super::json::{Fault, duplicate_key};
use super::spans::{Spanned, Spans};

/// Nodes that aliases may add to a document in all: a guard against texts that expand without end.
const ALIAS_BUDGET: usize = 1_000_000;
/// How deep mappings and sequences may nest.
const DEPTH_LIMIT: usize = 256;

/// Reads the first document of a YAML text. No value when the text cannot be read at all.
pub(super) fn read(text: &str) -> (Option<Spanned>, Vec<Fault>) {
    let mut builder = Builder::new(text);
    for event in Parser::new_from_str(text) {
        match event {
            Ok((Event::DocumentEnd | Event::StreamEnd, _)) if builder.root.is_some() => break,
            Ok((event, span)) => builder.take(event, span),
            Err(error) => {
                let at = builder.bytes.at(error.marker().index());
                builder.fault(
                    "syntax",
                    at..at,
                    error.info().to_owned(),
                    "correct the YAML here; everything after it was not read",
                );
                return (None, builder.faults);
            }
        }
        if builder.broken {
            return (None, builder.faults);
        }
    }
    if builder.root.is_none() {
        builder.fault("syntax", 0..0, "the document is empty".to_owned(), "write an OpenAPI document");
    }
    (builder.root, builder.faults)
}

enum Open {
    Sequence { anchor: usize, start: usize, items: Vec<Value>, members: Vec<Spans> },
    Mapping { anchor: usize, start: usize, map: Map<String, Value>, members: Vec<Spans>, key: Option<Key> },
}

struct Key {
    name: String,
    range: Range<usize>,
    duplicate: bool,
}

struct Builder<'t> {
    text: &'t str,
    bytes: ByteIndex,
    stack: Vec<Open>,
    anchors: HashMap<usize, Spanned>,
    root: Option<Spanned>,
    faults: Vec<Fault>,
    expanded: usize,
    broken: bool,
}

impl<'t> Builder<'t> {
    fn new(text: &'t str) -> Self {
        Self {
            text,
            bytes: ByteIndex::new(text),
            stack: Vec::new(),
            anchors: HashMap::new(),
            root: None,
            faults: Vec::new(),
            expanded: 0,
            broken: false,
        }
    }

    fn fault(&mut self, code: &'static str, range: Range<usize>, message: String, help: &'static str) {
        self.faults.push(Fault { code, range, message, help });
    }

    fn range(&self, span: Span) -> Range<usize> {
        let range = self.bytes.at(span.start.index())..self.bytes.at(span.end.index());
        // A block scalar's span ends where the next token begins; what is shown should end with its text.
        let end = range.start + self.text[range.clone()].trim_end().len();
        range.start..end
    }

    fn take(&mut self, event: Event<'_>, span: Span) {
        let range = self.range(span);
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                let plain = style == ScalarStyle::Plain && tag.is_none();
                let value = if plain { plain_scalar(&text) } else { Value::String(text.into_owned()) };
                self.node(value, range, anchor);
            }
            Event::SequenceStart(anchor, _) => self.open(
                Open::Sequence { anchor, start: range.start, items: Vec::new(), members: Vec::new() },
                range,
            ),
            Event::MappingStart(anchor, _) => self.open(
                Open::Mapping { anchor, start: range.start, map: Map::new(), members: Vec::new(), key: None },
                range,
            ),
            Event::SequenceEnd | Event::MappingEnd => self.close(range.start),
            Event::Alias(anchor) => self.alias(anchor, range),
            Event::Nothing
            | Event::StreamStart
            | Event::StreamEnd
            | Event::DocumentStart(_)
            | Event::DocumentEnd => {}
        }
    }

    fn open(&mut self, open: Open, range: Range<usize>) {
        if self.stack.len() >= DEPTH_LIMIT {
            self.fault(
                "syntax",
                range,
                format!("more than {DEPTH_LIMIT} levels of nesting"),
                "flatten the document",
            );
            self.broken = true;
            return;
        }
        self.stack.push(open);
    }

    fn close(&mut self, end: usize) {
        let (value, spans, anchor) = match self.stack.pop() {
            Some(Open::Sequence { anchor, start, items, members }) => (
                Value::Array(items),
                Spans { value: start..end.max(start), key: None, members, text: 0 },
                anchor,
            ),
            Some(Open::Mapping { anchor, start, map, members, .. }) => (
                Value::Object(map),
                Spans { value: start..end.max(start), key: None, members, text: 0 },
                anchor,
            ),
            None => return,
        };
        self.finish(Spanned { value, spans }, anchor);
    }

    fn alias(&mut self, anchor: usize, range: Range<usize>) {
        let Some(target) = self.anchors.get(&anchor).cloned() else {
            self.fault(
                "syntax",
                range,
                "an alias to an anchor that is not finished".to_owned(),
                "anchors cannot contain themselves",
            );
            self.broken = true;
            return;
        };
        self.expanded += count(&target.spans);
        if self.expanded > ALIAS_BUDGET {
            self.fault(
                "syntax",
                range,
                format!("aliases add more than {ALIAS_BUDGET} nodes"),
                "use `$ref` instead of aliases",
            );
            self.broken = true;
            return;
        }
        self.finish(target, 0);
    }

    fn node(&mut self, value: Value, range: Range<usize>, anchor: usize) {
        self.finish(Spanned { value, spans: Spans { value: range, ..Spans::default() } }, anchor);
    }

    /// Hands a finished node to what encloses it: as a key, a member, or the root.
    fn finish(&mut self, mut node: Spanned, anchor: usize) {
        if anchor != 0 {
            self.anchors.insert(anchor, node.clone());
        }
        let duplicate = match self.stack.last_mut() {
            None => {
                self.root = Some(node);
                return;
            }
            Some(Open::Sequence { items, members, .. }) => {
                items.push(node.value);
                members.push(node.spans);
                return;
            }
            Some(Open::Mapping { map, members, key, .. }) => match key.take() {
                Some(Key { duplicate: true, .. }) => return,
                Some(Key { name, range, .. }) => {
                    node.spans.key = Some(range);
                    members.push(node.spans);
                    map.insert(name, node.value);
                    return;
                }
                None => match key_text(&node.value) {
                    Some(name) => {
                        let range = node.spans.value;
                        let duplicate = map.contains_key(&name);
                        *key = Some(Key { name: name.clone(), range: range.clone(), duplicate });
                        duplicate.then(|| duplicate_key(&name, range))
                    }
                    None => {
                        self.broken = true;
                        Some(Fault {
                            code: "syntax",
                            range: node.spans.value,
                            message: "a key that is a list or a mapping".to_owned(),
                            help: "keys are text; put it in quotes",
                        })
                    }
                },
            },
        };
        self.faults.extend(duplicate);
    }
}

fn count(spans: &Spans) -> usize {
    1 + spans.members.iter().map(count).sum::<usize>()
}

/// A key's text. Status codes and version numbers are often written without quotes.
fn key_text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Null => Some("null".to_owned()),
        Value::Bool(_) | Value::Number(_) => Some(value.to_string()),
        Value::Array(_) | Value::Object(_) => None,
    }
}

/// A plain scalar by the core schema of YAML 1.2, so that `no` and `on` stay text.
fn plain_scalar(text: &str) -> Value {
    match Scalar::parse_from_cow(text.into()) {
        Scalar::Null => Value::Null,
        Scalar::Boolean(boolean) => Value::Bool(boolean),
        Scalar::Integer(integer) => Value::Number(integer.into()),
        Scalar::FloatingPoint(_) | Scalar::String(_) => {
            number(text).unwrap_or_else(|| Value::String(text.to_owned()))
        }
    }
}

fn number(text: &str) -> Option<Value> {
    if let Ok(integer) = text.parse::<u64>() {
        return Some(Value::Number(integer.into()));
    }
    let looks_numeric = text.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '-' | '+' | '.'));
    let float = text.parse::<f64>().ok().filter(|_| looks_numeric)?;
    Number::from_f64(float).map(Value::Number)
}

/// Turns character indices, which the parser counts, into byte offsets.
struct ByteIndex {
    /// The byte offset of every 64th character; empty when the text is ASCII.
    every_64th: Vec<usize>,
    text: Box<str>,
}

impl ByteIndex {
    fn new(text: &str) -> Self {
        if text.is_ascii() {
            return Self { every_64th: Vec::new(), text: text.into() };
        }
        Self {
            every_64th: text.char_indices().step_by(64).map(|(byte, _)| byte).collect(),
            text: text.into(),
        }
    }

    fn at(&self, character: usize) -> usize {
        if self.every_64th.is_empty() {
            return character.min(self.text.len());
        }
        let Some(&start) = self.every_64th.get(character / 64) else { return self.text.len() };
        self.text[start..]
            .char_indices()
            .nth(character % 64)
            .map_or(self.text.len(), |(byte, _)| start + byte)
    }
}
