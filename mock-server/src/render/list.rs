//! Writing lists.

use std::borrow::Cow;

use serde_json::Value;

use super::write::Writer;
use crate::scope::Bound;
use crate::state::Record;

/// At most this much memory is taken ahead for a list.
const AHEAD: usize = 1 << 20;

impl Writer<'_> {
    /// A list of what there is, or of the one thing there is.
    pub(super) fn list(&self, items: usize, subject: &Bound<'_>, out: &mut Vec<u8>) -> bool {
        out.push(b'[');
        let start = out.len();
        let one = |member: &Bound<'_>, out: &mut Vec<u8>| {
            let before = out.len();
            if before > start {
                out.push(b',');
            }
            if !self.write(items, member, out) {
                out.truncate(before);
            }
        };
        match subject {
            Bound::Records(records) => self.records(items, records, out),
            Bound::List(members) => {
                for (position, member) in members.iter().enumerate() {
                    one(member, out);
                    if position == 0 {
                        ahead(out, start, members.len() - 1);
                    }
                }
            }
            Bound::Value(value) => match value.as_ref() {
                Value::Array(members) => members.iter().for_each(|member| one(&Bound::borrowed(member), out)),
                value => one(&Bound::borrowed(value), out),
            },
            Bound::Key(collection, value) => match value.as_ref() {
                Value::Array(keys) => {
                    keys.iter().for_each(|key| one(&Bound::Key(*collection, Cow::Borrowed(key)), out));
                }
                key => one(&Bound::Key(*collection, Cow::Borrowed(key)), out),
            },
            Bound::Record(_) => one(subject, out),
        }
        out.push(b']');
        true
    }

    /// Records with a comma between each two: mostly bytes that are kept.
    fn records(&self, items: usize, records: &[Record], out: &mut Vec<u8>) {
        let start = out.len();
        for (position, record) in records.iter().enumerate() {
            let before = out.len();
            if before > start {
                out.push(b',');
            }
            let written = match record.lasting(items) {
                Some(bytes) => {
                    out.extend_from_slice(bytes);
                    true
                }
                None => self.write(items, &Bound::Record(record.clone()), out),
            };
            if !written {
                out.truncate(before);
            }
            if position == 0 {
                ahead(out, start, records.len() - 1);
            }
        }
    }
}

/// Takes memory for as many more as the first, which begins at `start`: they are about as long, and it grows once.
fn ahead(out: &mut Vec<u8>, start: usize, more: usize) {
    let length = out.len() - start;
    out.reserve((length + length / 8 + 1).saturating_mul(more).min(AHEAD));
}
