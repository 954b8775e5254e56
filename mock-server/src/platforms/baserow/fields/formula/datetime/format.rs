//! Formats cut into their parts.

use super::key::{Key, leading};

/// A format, read once.
#[derive(Clone, Debug, PartialEq)]
pub(in super::super) struct Format {
    pub(super) parts: Vec<Part>,
}

/// A part of a format.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Part {
    Field(Field),
    Text(char),
    /// A sign that is no letter and no digit.
    Separator(char),
    Space(char),
}

/// A pattern with what stands around it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Field {
    pub(super) key: Key,
    /// `FM`: nothing is filled up.
    pub(super) bare: bool,
    /// `TM`: words in the server's language, which is English here.
    pub(super) translated: bool,
    /// `TH` or `th`: the ending of an ordinal number.
    pub(super) ordinal: Option<Ordinal>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ordinal {
    Upper,
    Lower,
}

impl Format {
    /// Every text is a format: what is no pattern stands for itself.
    pub(in super::super) fn new(text: &str) -> Self {
        let mut parts = Vec::new();
        let mut rest = text;
        while !rest.is_empty() {
            rest = field(rest, &mut parts).unwrap_or_else(|| literal(rest, &mut parts));
        }
        Self { parts }
    }

    /// Patterns in it by which no date can be read here.
    pub(in super::super) fn not_read(&self) -> Option<&'static str> {
        self.parts.iter().find_map(|part| match part {
            Part::Field(field) => match field.key {
                Key::IsoDayOfYear | Key::IsoDayOfWeek | Key::IsoWeek | Key::IsoYear(_) => {
                    Some("weeks of ISO 8601")
                }
                Key::WeekOfYear | Key::WeekOfMonth => Some("weeks"),
                Key::Century => Some("centuries"),
                Key::Exact => Some("`FX`"),
                Key::Zone(_) | Key::Offset => Some("time zones"),
                _ => None,
            },
            _ => None,
        })
    }
}

/// A pattern at the front, with what stands before and behind it; gives what is left.
fn field<'t>(text: &'t str, parts: &mut Vec<Part>) -> Option<&'t str> {
    let prefixed = |names: [&str; 2]| names.iter().any(|name| text.starts_with(name));
    let (bare, translated) = (prefixed(["FM", "fm"]), prefixed(["TM", "tm"]));
    let rest = if bare || translated { &text[2..] } else { text };
    let (key, length) = leading(rest)?;
    let rest = &rest[length..];
    let ordinal = match rest {
        rest if rest.starts_with("TH") => Some(Ordinal::Upper),
        rest if rest.starts_with("th") => Some(Ordinal::Lower),
        _ => None,
    };
    let behind = if ordinal.is_some() || rest.starts_with("SP") { 2 } else { 0 };
    parts.push(Part::Field(Field { key, bare, translated, ordinal }));
    Some(&rest[behind..])
}

/// What stands for itself at the front: a character, or a text in quotes; gives what is left.
fn literal<'t>(text: &'t str, parts: &mut Vec<Part>) -> &'t str {
    // A prefix without a pattern behind it is swallowed.
    for prefix in ["FM", "fm", "TM", "tm"] {
        if let Some(rest) = text.strip_prefix(prefix)
            && !rest.is_empty()
        {
            return literal(rest, parts);
        }
    }
    if let Some(quoted) = text.strip_prefix('"') {
        let mut characters = quoted.char_indices();
        while let Some((at, character)) = characters.next() {
            match character {
                '"' => return &quoted[at + 1..],
                '\\' => match characters.next() {
                    Some((_, escaped)) => parts.push(Part::Text(escaped)),
                    None => parts.push(Part::Text('\\')),
                },
                other => parts.push(Part::Text(other)),
            }
        }
        return "";
    }
    let text = if text.starts_with("\\\"") { &text[1..] } else { text };
    let mut characters = text.chars();
    if let Some(first) = characters.next() {
        parts.push(match first {
            space if space.is_whitespace() => Part::Space(space),
            sign if is_separator(sign) => Part::Separator(sign),
            other => Part::Text(other),
        });
    }
    characters.as_str()
}

/// A printable sign of ASCII that is no letter and no digit.
pub(super) fn is_separator(character: char) -> bool {
    character.is_ascii_graphic() && !character.is_ascii_alphanumeric()
}
