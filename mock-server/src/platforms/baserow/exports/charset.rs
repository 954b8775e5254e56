//! Text as bytes in the charsets that exports can have.

use std::fmt::Write as _;

use encoding_rs::{EncoderResult, Encoding};

/// The text in that charset. What the charset lacks is written as an escape: `\xe9`, `\u20ac`, `\U0001f600`.
/// UTF-8 begins with a byte order mark, by which spreadsheets know it.
pub(super) fn encode(text: &str, charset: &str) -> Vec<u8> {
    match charset {
        "utf-8" => [b"\xef\xbb\xbf", text.as_bytes()].concat(),
        // What the web calls so has printable characters where the standard has control characters.
        "iso-8859-1" => latin_1(text),
        _ => match Encoding::for_label(charset.as_bytes()) {
            Some(encoding) => with(encoding, text),
            None => text.as_bytes().to_vec(),
        },
    }
}

fn latin_1(text: &str) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(text.len());
    for letter in text.chars() {
        match u8::try_from(letter) {
            Ok(byte) => bytes.push(byte),
            Err(_) => bytes.extend(escape(letter).bytes()),
        }
    }
    bytes
}

fn with(encoding: &'static Encoding, text: &str) -> Vec<u8> {
    let mut encoder = encoding.new_encoder();
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text;
    let mut waiting = String::new();
    loop {
        let source = if waiting.is_empty() { rest } else { &waiting };
        let last = waiting.is_empty();
        let room = encoder.max_buffer_length_from_utf8_without_replacement(source.len());
        bytes.reserve(room.unwrap_or(source.len() * 4).max(16));
        let (result, read) = encoder.encode_from_utf8_to_vec_without_replacement(source, &mut bytes, last);
        if waiting.is_empty() {
            rest = &rest[read..];
        } else {
            waiting.drain(..read);
        }
        match result {
            EncoderResult::InputEmpty if last => return bytes,
            EncoderResult::InputEmpty | EncoderResult::OutputFull => {}
            // The escape goes the same way as the text: the encoder may have to shift back first.
            EncoderResult::Unmappable(letter) => waiting.push_str(&escape(letter)),
        }
    }
}

fn escape(letter: char) -> String {
    let mut text = String::new();
    let code = u32::from(letter);
    // Writing to a text never fails.
    let _ = match code {
        0..=0xff => write!(text, "\\x{code:02x}"),
        0x100..=0xffff => write!(text, "\\u{code:04x}"),
        _ => write!(text, "\\U{code:08x}"),
    };
    text
}

#[cfg(test)]
mod tests {
    use super::encode;

    #[test]
    fn utf_8_has_a_mark() {
        assert_eq!(encode("é", "utf-8"), b"\xef\xbb\xbf\xc3\xa9");
    }

    #[test]
    fn what_a_charset_lacks_is_escaped() {
        assert_eq!(encode("é €", "iso-8859-1"), b"\xe9 \\u20ac");
        assert_eq!(encode("é €", "windows-1252"), b"\xe9 \x80");
        assert_eq!(encode("é\u{1f600}!", "koi8-r"), b"\\xe9\\U0001f600!");
        assert_eq!(encode("é日", "iso-2022-jp"), b"\\xe9\x1b$BF|\x1b(B");
        assert_eq!(encode("日é日", "iso-2022-jp"), b"\x1b$BF|\x1b(B\\xe9\x1b$BF|\x1b(B");
    }

    #[test]
    fn every_charset_of_the_document_is_known() {
        let document = include_str!("../../../../../spec/platforms/baserow/openapi.yaml");
        let line = document.lines().find(|line| line.contains("enum: [ utf-8, iso-8859-6")).unwrap();
        let names = line.split(['[', ']']).nth(1).unwrap().split(',').map(str::trim);
        for name in names {
            assert!(encoding_rs::Encoding::for_label(name.as_bytes()).is_some(), "{name}");
        }
    }
}
