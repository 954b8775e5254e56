//! The names of uploaded files.

use std::fmt::Write as _;

use sha2::{Digest, Sha256};

/// What the product keeps of the name that a file was uploaded with.
const LONGEST: usize = 64;

/// The name a file was uploaded with; of a long one the middle is left out.
pub(super) fn shortened(name: &str) -> String {
    let letters: Vec<char> = name.chars().collect();
    if letters.len() <= LONGEST {
        return name.to_owned();
    }
    let kept = LONGEST - "...".len();
    let (left, right) = (kept.div_ceil(2), kept / 2);
    let text = |part: &[char]| part.iter().collect::<String>();
    format!("{}...{}", text(&letters[..left]), text(&letters[letters.len() - right..]))
}

/// The extension in lower case, without its dot; empty when there is none.
pub(super) fn extension(name: &str) -> String {
    match name.rsplit_once('.') {
        Some((stem, extension)) if !stem.is_empty() => extension.to_lowercase(),
        _ => String::new(),
    }
}

/// The SHA-256 of the content, in hexadecimal digits.
pub(super) fn digest(content: &[u8]) -> String {
    Sha256::digest(content).iter().fold(String::with_capacity(64), |mut text, byte| {
        // Writing to a text never fails.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::{digest, extension, shortened};

    #[test]
    fn the_middle_of_a_long_name_is_left_out() {
        let name = format!("{}.png", "a".repeat(80));
        let short = shortened(&name);
        assert_eq!(short.chars().count(), 64);
        assert!(short.starts_with(&"a".repeat(31)) && short.contains("...") && short.ends_with(".png"));
        assert_eq!(shortened("ä.png"), "ä.png");
    }

    #[test]
    fn extensions_are_in_lower_case() {
        assert_eq!(extension("Photo.JPG"), "jpg");
        assert_eq!(extension("archive.tar.gz"), "gz");
        assert_eq!(extension(".profile"), "");
        assert_eq!(extension("README"), "");
    }

    #[test]
    fn digests_are_those_of_sha_256() {
        let empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        assert_eq!(digest(b""), empty);
    }
}
