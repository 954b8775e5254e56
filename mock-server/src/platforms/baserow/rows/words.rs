//! Small readings of texts that several places need.

/// The parts of a text between commas, trimmed; a part in double quotes may hold commas, and `""` within it is a quote.
pub(crate) fn split_commas(text: &str) -> Vec<String> {
    let mut parts = Vec::new();
    let (mut part, mut quoted) = (String::new(), false);
    let mut characters = text.chars().peekable();
    while let Some(one) = characters.next() {
        match one {
            '"' if quoted && characters.peek() == Some(&'"') => {
                characters.next();
                part.push('"');
            }
            '"' if quoted => quoted = false,
            '"' if part.trim().is_empty() => {
                part.clear();
                quoted = true;
            }
            ',' if !quoted => parts.push(std::mem::take(&mut part).trim().to_owned()),
            one => part.push(one),
        }
    }
    parts.push(part.trim().to_owned());
    parts.retain(|part| !part.is_empty());
    parts
}

/// The ids in a text between commas; what is no number is left out.
pub(crate) fn ids_between_commas(text: &str) -> Vec<u64> {
    text.split(',').filter_map(|part| part.trim().parse().ok()).collect()
}

/// The number in a name such as `field_5`, `-field_5` or `5`: its digits, wherever they stand.
pub(crate) fn digits_of(name: &str) -> Option<u64> {
    let digits: String = name.chars().filter(char::is_ascii_digit).collect();
    digits.parse().ok()
}

/// The number in `field_5`, `5`, and nothing else.
pub(crate) fn field_id(name: &str) -> Option<u64> {
    let digits = name.strip_prefix("field_").unwrap_or(name);
    digits.bytes().all(|one| one.is_ascii_digit()).then(|| digits.parse().ok())?
}

/// Whether a query parameter is on: `y`, `yes`, `t`, `true`, `on`, `1` and the empty value (facts: baserow 3.7).
pub(crate) fn is_on(value: &str) -> bool {
    matches!(value.to_lowercase().as_str(), "" | "y" | "yes" | "t" | "true" | "on" | "1")
}

#[cfg(test)]
mod tests {
    use super::{digits_of, field_id, is_on, split_commas};

    #[test]
    fn commas_part_texts_unless_they_are_quoted() {
        assert_eq!(split_commas(r#"a, b ,"c, ""d""",,e"#), ["a", "b", r#"c, "d""#, "e"]);
        assert!(split_commas(" , ").is_empty());
    }

    #[test]
    fn names_of_fields_are_read() {
        assert_eq!((digits_of("-field_12"), digits_of("x"), field_id("field_3")), (Some(12), None, Some(3)));
        assert_eq!((field_id("7"), field_id("field_"), field_id("a3")), (Some(7), None, None));
        assert!(is_on("") && is_on("Yes") && !is_on("2") && !is_on("false"));
    }
}
