//! Texts in texts, without regard to case.

/// Whether a text contains another, which is in lower case.
pub(crate) fn contains(text: &str, wanted: &str) -> bool {
    if !(text.is_ascii() && wanted.is_ascii()) {
        return text.to_lowercase().contains(wanted);
    }
    // Every row of a table is tested so: without a copy of its text.
    let Some(first) = wanted.bytes().next() else { return true };
    let begins = |part: &&[u8]| part[0].to_ascii_lowercase() == first;
    text.as_bytes()
        .windows(wanted.len())
        .filter(begins)
        .any(|part| part.eq_ignore_ascii_case(wanted.as_bytes()))
}

/// Whether a text contains another, in lower case, as a whole word.
pub(super) fn contains_word(text: &str, wanted: &str) -> bool {
    let text = text.to_lowercase();
    let is_word = |one: char| one.is_alphanumeric() || one == '_';
    let starts = wanted.chars().next().is_some_and(is_word);
    let ends = wanted.chars().next_back().is_some_and(is_word);
    // Where a word begins or ends there is a letter on the one side and none on the other.
    starts
        && ends
        && text.match_indices(wanted).any(|(place, _)| {
            !text[..place].chars().next_back().is_some_and(is_word)
                && !text[place + wanted.len()..].chars().next().is_some_and(is_word)
        })
}

/// The words of a text, in lower case.
pub(crate) fn words_of(text: &str) -> Vec<String> {
    let text = text.to_lowercase();
    let parts = text.split(|one: char| !one.is_alphanumeric());
    parts.filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

/// Whether words stand in a text one after the other, the last perhaps only begun.
pub(super) fn has_phrase(text: &str, words: &[String]) -> bool {
    let Some((last, first)) = words.split_last() else { return false };
    let own = words_of(text);
    own.windows(words.len()).any(|part| {
        part[..first.len()] == *first && part.last().is_some_and(|word| word.starts_with(last.as_str()))
    })
}

#[cfg(test)]
mod tests {
    use super::{contains, contains_word, has_phrase, words_of};

    #[test]
    fn texts_contain_others_whatever_their_case() {
        for (text, wanted) in
            [("The Cat", "cat"), ("Äpfel", "äp"), ("273 \u{212a}", "k"), ("x", ""), ("", "")]
        {
            assert!(contains(text, wanted), "{text} {wanted}");
        }
        for (text, wanted) in [("The Cat", "cats"), ("", "x"), ("ÄPFEL", "ap")] {
            assert!(!contains(text, wanted), "{text} {wanted}");
        }
    }

    #[test]
    fn phrases_are_words_in_a_row_and_end_with_a_beginning() {
        assert!(has_phrase("The quick, brown fox", &words_of("quick bro")));
        assert!(!has_phrase("The quick, brown fox", &words_of("qui brown")));
        assert!(!has_phrase("anything", &[]));
    }

    #[test]
    fn words_are_whole() {
        assert!(contains_word("The cat, sat", "cat") && contains_word("Cat", "cat"));
        assert!(!contains_word("concatenate", "cat") && !contains_word("a, b", ","));
        assert!(contains_word("catcat cat", "cat"));
    }
}
