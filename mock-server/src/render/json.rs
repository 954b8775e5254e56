//! Plain values in answers.

use std::io;

use serde::Serialize;
use serde_json::Value;
use serde_json::ser::{Formatter, Serializer};
use tercet_spec::contract::Escape;

use crate::scope::Bound;

/// What a discriminator's property says.
pub(super) fn tag(subject: &Bound<'_>, name: &str) -> Option<Value> {
    match subject {
        Bound::Record(record) => record.get(name).cloned(),
        Bound::Value(value) => value.get(name).cloned(),
        Bound::Key(..) | Bound::Records(_) | Bound::List(_) => None,
    }
}

/// Writes a value as JSON text, with what the platform writes as escape sequences (`x-conduct.json`).
pub(crate) fn json(out: &mut Vec<u8>, value: &Value, escape: Escape) {
    // Writing a `Value` into memory cannot fail: its keys are texts and its numbers finite.
    let _ = if escape.any() {
        value.serialize(&mut Serializer::with_formatter(out, Escaping(escape)))
    } else {
        serde_json::to_writer(out, value)
    };
}

/// A value as JSON text.
pub(crate) fn json_text(value: &Value, escape: Escape) -> Vec<u8> {
    let mut out = Vec::with_capacity(128);
    json(&mut out, value, escape);
    out
}

/// Writes some characters as escape sequences that need not be.
struct Escaping(Escape);

impl Escaping {
    fn is_escaped(&self, character: char) -> bool {
        match character {
            '/' => self.0.solidus,
            '<' | '>' => self.0.angle_brackets,
            other => self.0.non_ascii && !other.is_ascii(),
        }
    }
}

impl Formatter for Escaping {
    fn write_string_fragment<W: io::Write + ?Sized>(
        &mut self,
        writer: &mut W,
        fragment: &str,
    ) -> io::Result<()> {
        let mut plain = 0;
        for (at, character) in fragment.char_indices() {
            if !self.is_escaped(character) {
                continue;
            }
            writer.write_all(&fragment.as_bytes()[plain..at])?;
            plain = at + character.len_utf8();
            match character {
                '/' => writer.write_all(b"\\/")?,
                '<' => writer.write_all(b"\\u003C")?,
                '>' => writer.write_all(b"\\u003E")?,
                // RFC 8259, 7: beyond the first plane as two surrogates.
                other => {
                    for unit in other.encode_utf16(&mut [0; 2]) {
                        write!(writer, "\\u{unit:04x}")?;
                    }
                }
            }
        }
        writer.write_all(&fragment.as_bytes()[plain..])
    }
}
