//! YAML 1.2 text into a value with positions.

use std::collections::HashMap;
use std::ops::Range;

use saphyr_parser::{Event, Parser, ScalarStyle, Span};
use serde_json::{Map, Value};

use super::byte_index::ByteIndex;
use super::fault::{DEPTH_LIMIT, Fault};
use super::scalar;
use super::spans::{Spanned, Spans};

/// Nodes that aliases may add to a document in all: a guard against texts that expand without end.
const ALIAS_BUDGET: usize = 250_000;

/// Reads a YAML text of one document. No value when the text cannot be read; faults beside a value leave the rest readable.
pub(super) fn read(text: &str) -> (Option<Spanned>, Vec<Fault>) {
    let mut builder = Builder::new(text);
    for event in Parser::new_from_str(text) {
        match event {
            Ok((Event::DocumentStart(_), span)) if builder.root.is_some() => {
                let fault = Fault::syntax(
                    builder.range(span),
                    "a second document begins here",
                    "keep one document in a file: only the first was read",
                );
                builder.faults.push(fault);
                break;
            }
            Ok((event, span)) => builder.take(event, span),
            Err(error) => {
                // What is missing at the end is shown after what is there, not on an empty line.
                let at = builder.bytes.at(error.marker().index()).min(text.trim_end().len());
                if let Some(fault) = builder.quote(at) {
                    builder.fatal(fault);
                    return (None, builder.faults);
                }
                let help = "correct the YAML here; everything after it was not read";
                // The parser, which looks ahead, has a limit of its own near ours.
                let is_depth = error.info() == "recursion limit exceeded";
                builder.fatal(if is_depth {
                    Fault::too_deep(at..at)
                } else {
                    Fault::syntax(at..at, error.info(), help)
                });
            }
        }
        if builder.broken {
            return (None, builder.faults);
        }
    }
    if builder.root.is_none() {
        builder.faults.push(Fault::syntax(0..0, "the document is empty", "write an OpenAPI document"));
    }
    (builder.root, builder.faults)
}

enum Open {
    Sequence {
        anchor: usize,
        start: usize,
        items: Vec<Value>,
        members: Vec<Spans>,
    },
    Mapping {
        anchor: usize,
        start: usize,
        map: Map<String, Value>,
        members: Vec<Spans>,
        key: Option<Key>,
        merges: Vec<Spanned>,
    },
}

struct Key {
    name: String,
    range: Range<usize>,
    kind: KeyKind,
}

#[derive(Clone, Copy, PartialEq)]
enum KeyKind {
    Member,
    /// Stands here a second time; its value is dropped.
    Duplicate,
    /// `<<`, which adds the members of a mapping (<https://yaml.org/type/merge.html>). Not of YAML 1.2, but widely used.
    Merge,
}

struct Builder<'t> {
    text: &'t str,
    bytes: ByteIndex<'t>,
    stack: Vec<Open>,
    anchors: HashMap<usize, Spanned>,
    root: Option<Spanned>,
    faults: Vec<Fault>,
    expanded: usize,
    broken: bool,
    /// Where what was read last ends, and where it begins if it is a text in quotes over several lines.
    read_to: usize,
    last_quoted: Option<usize>,
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
            read_to: 0,
            last_quoted: None,
        }
    }

    /// Notes a fault that leaves nothing to read.
    fn fatal(&mut self, fault: Fault) {
        self.faults.push(fault);
        self.broken = true;
    }

    fn range(&self, span: Span) -> Range<usize> {
        let start = self.bytes.at(span.start.index());
        let end = self.bytes.at(span.end.index()).max(start);
        // A block scalar's span ends where the next token begins; what is shown should end with its text.
        start..start + self.text[start..end].trim_end().len()
    }

    /// What is not understood at `at` is often what stands behind a quote that was forgotten lines above: then that is
    /// what is wrong.
    fn quote(&self, at: usize) -> Option<Fault> {
        let at = at.min(self.text.len());
        let unread = self.text.get(self.read_to..at)?;
        let opens = |(index, quote): &(usize, char)| {
            let before = &self.text[..self.read_to + index];
            let line = before.rsplit('\n').next().unwrap_or_default();
            let in_comment = line.starts_with('#') || line.contains(" #") || line.contains("\t#");
            let begins = before.ends_with(|one: char| one.is_whitespace() || "[{,:".contains(one));
            ['"', '\''].contains(quote) && begins && !in_comment
        };
        let opened = unread.char_indices().find(opens).map(|(index, _)| self.read_to + index);
        let start = opened.or(self.last_quoted.filter(|_| unread.trim().is_empty()))?;
        let lines = self.text[start..at].matches('\n').count();
        if lines == 0 {
            return None;
        }
        let line = self.text[..at].matches('\n').count() + 1;
        let end = self.text[start..].find('\n').map_or(self.text.len(), |newline| start + newline);
        let message =
            format!("the quote that opens here is not closed before line {line}, where the YAML breaks off");
        Some(Fault::syntax(start..end, message, "close the quote; everything after it was not read"))
    }

    fn take(&mut self, event: Event<'_>, span: Span) {
        let range = self.range(span);
        self.read_to = range.end;
        self.last_quoted = match &event {
            Event::Scalar(_, ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted, ..)
                if self.text[range.clone()].contains('\n') =>
            {
                Some(range.start)
            }
            _ => None,
        };
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                let is_merge = style == ScalarStyle::Plain && text == "<<" && tag.is_none();
                let (value, fault) = scalar::value(&text, style, tag.as_ref(), &range);
                self.faults.extend(fault);
                let spans = Spans { value: range, ..Spans::default() };
                self.finish(Spanned { value, spans }, anchor, is_merge);
            }
            Event::SequenceStart(anchor, tag) => {
                self.faults.extend(scalar::collection_tag(tag.as_ref(), "seq", &range));
                let start = range.start;
                self.open(Open::Sequence { anchor, start, items: Vec::new(), members: Vec::new() }, range);
            }
            Event::MappingStart(anchor, tag) => {
                self.faults.extend(scalar::collection_tag(tag.as_ref(), "map", &range));
                let (map, start) = (Map::new(), range.start);
                let (members, merges) = (Vec::new(), Vec::new());
                self.open(Open::Mapping { anchor, start, map, members, key: None, merges }, range);
            }
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
            return self.fatal(Fault::too_deep(range));
        }
        self.stack.push(open);
    }

    fn close(&mut self, end: usize) {
        let (value, start, members, anchor) = match self.stack.pop() {
            Some(Open::Sequence { anchor, start, items, members }) => {
                (Value::Array(items), start, members, anchor)
            }
            Some(Open::Mapping { anchor, start, mut map, mut members, merges, .. }) => {
                merges.into_iter().for_each(|merged| merge(merged, &mut map, &mut members));
                (Value::Object(map), start, members, anchor)
            }
            None => return,
        };
        // A block collection ends where the next token begins; see `range`.
        let end = end.max(start);
        let end = start + self.text[start..end].trim_end().len();
        self.finish(
            Spanned { value, spans: Spans { value: start..end, key: None, members, text: 0 } },
            anchor,
            false,
        );
    }

    fn alias(&mut self, anchor: usize, range: Range<usize>) {
        let Some(target) = self.anchors.get(&anchor) else {
            let message = "an alias to an anchor that is not finished";
            return self.fatal(Fault::syntax(range, message, "anchors cannot contain themselves"));
        };
        self.expanded += count(&target.spans);
        if self.expanded > ALIAS_BUDGET {
            let message = format!("aliases add more than {ALIAS_BUDGET} nodes");
            return self.fatal(Fault::syntax(range, message, "use `$ref` instead of aliases"));
        }
        self.finish(target.clone(), 0, false);
    }

    /// Hands a finished node to what encloses it: as a key, a member, or the root.
    fn finish(&mut self, mut node: Spanned, anchor: usize, is_merge: bool) {
        if anchor != 0 {
            self.anchors.insert(anchor, node.clone());
        }
        let (map, members, key, merges) = match self.stack.last_mut() {
            None => {
                self.root = Some(node);
                return;
            }
            Some(Open::Sequence { items, members, .. }) => {
                items.push(node.value);
                members.push(node.spans);
                return;
            }
            Some(Open::Mapping { map, members, key, merges, .. }) => (map, members, key, merges),
        };
        match key.take() {
            Some(Key { kind: KeyKind::Duplicate, .. }) => {}
            Some(Key { kind: KeyKind::Merge, range, .. }) => match mergeable(node) {
                Some(nodes) => merges.extend(nodes),
                None => self.faults.push(Fault::syntax(
                    range,
                    "`<<` takes an alias of a mapping, or a list of them",
                    "write `<<: *anchor`, or put the key in quotes where it is meant as one",
                )),
            },
            Some(Key { name, range, kind: KeyKind::Member }) => {
                node.spans.key = Some(range);
                members.push(node.spans);
                map.insert(name, node.value);
            }
            None => {
                let range = node.spans.value;
                let Some(name) = key_text(&node.value, &self.text[range.clone()]) else {
                    let message = "a key that is a list or a mapping";
                    return self.fatal(Fault::syntax(range, message, "keys are text; put it in quotes"));
                };
                let kind = match map.contains_key(&name) {
                    _ if is_merge => KeyKind::Merge,
                    true => KeyKind::Duplicate,
                    false => KeyKind::Member,
                };
                if kind == KeyKind::Duplicate {
                    self.faults.push(Fault::duplicate_key(&name, range.clone()));
                }
                *key = Some(Key { name, range, kind });
            }
        }
    }
}

/// The mappings that a `<<` adds; `None` when it is neither a mapping nor a list of them.
fn mergeable(node: Spanned) -> Option<Vec<Spanned>> {
    match node.value {
        Value::Object(_) => Some(vec![node]),
        Value::Array(items) if items.iter().all(Value::is_object) => {
            let nodes = items.into_iter().zip(node.spans.members);
            Some(nodes.map(|(value, spans)| Spanned { value, spans }).collect())
        }
        _ => None,
    }
}

/// Adds the members that the mapping has not itself.
fn merge(from: Spanned, map: &mut Map<String, Value>, members: &mut Vec<Spans>) {
    let Value::Object(added) = from.value else { return };
    for ((name, value), spans) in added.into_iter().zip(from.spans.members) {
        if !map.contains_key(&name) {
            map.insert(name, value);
            members.push(spans);
        }
    }
}

fn count(spans: &Spans) -> usize {
    1 + spans.members.iter().map(count).sum::<usize>()
}

/// A key's text. Status codes and version numbers are often written without quotes: `1.10` stays `1.10`.
fn key_text(value: &Value, source: &str) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Null if source.is_empty() => Some("null".to_owned()),
        Value::Null | Value::Bool(_) | Value::Number(_) => Some(source.to_owned()),
        Value::Array(_) | Value::Object(_) => None,
    }
}
