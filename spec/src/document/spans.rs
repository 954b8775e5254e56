//! Where each node of a document stands, as a tree of the same shape as the value.

use std::ops::Range;

use serde_json::Value;

use crate::Pointer;

/// A value with the byte ranges of all its parts.
#[derive(Clone, Debug)]
pub(crate) struct Spanned {
    pub(crate) value: Value,
    pub(crate) spans: Spans,
}

/// The byte range of one node, of the key that names it, and of its members in the order of the value's.
#[derive(Clone, Debug, Default)]
pub(crate) struct Spans {
    /// Which of the document's texts the ranges are in: 0 is its own, the others are overlays'.
    pub(crate) text: usize,
    pub(crate) value: Range<usize>,
    pub(crate) key: Option<Range<usize>>,
    pub(crate) members: Vec<Spans>,
}

impl Spans {
    /// The node that `pointer` names, or the nearest one above it that exists.
    pub(crate) fn nearest(&self, value: &Value, pointer: &Pointer) -> &Spans {
        let (mut spans, mut value) = (self, value);
        for token in pointer.tokens() {
            let found = match value {
                Value::Object(map) => map.keys().position(|key| *key == token).zip(map.get(&token)),
                Value::Array(items) => {
                    token.parse::<usize>().ok().and_then(|i| items.get(i).map(|item| (i, item)))
                }
                _ => None,
            };
            let Some((index, member)) = found else { break };
            let Some(member_spans) = spans.members.get(index) else { break };
            (spans, value) = (member_spans, member);
        }
        spans
    }

    /// Says that the node and everything in it stand in the text of that index.
    pub(crate) fn set_text(&mut self, text: usize) {
        self.text = text;
        self.members.iter_mut().for_each(|member| member.set_text(text));
    }
}
