//! A text that matches a regular expression.

use regex_syntax::hir::{Class, Hir, HirKind};

use crate::entropy::Entropy;

/// A short text that matches `pattern`; `None` when the pattern uses what only ECMA-262 has (look-around, back references).
pub(super) fn matching(pattern: &str, entropy: &mut Entropy) -> Option<String> {
    let hir = regex_syntax::Parser::new().parse(pattern).ok()?;
    let mut text = String::new();
    write(&hir, entropy, &mut text)?;
    let proof = regress::Regex::new(pattern).ok()?;
    proof.find(&text).is_some().then_some(text)
}

fn write(hir: &Hir, entropy: &mut Entropy, text: &mut String) -> Option<()> {
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => {}
        HirKind::Literal(literal) => text.push_str(std::str::from_utf8(&literal.0).ok()?),
        HirKind::Class(Class::Unicode(class)) => {
            // Printable ASCII first: what a person would write.
            let readable =
                |range: &&regex_syntax::hir::ClassUnicodeRange| range.start() <= '~' && range.end() >= '!';
            let range = class.ranges().iter().rfind(readable).or_else(|| class.ranges().first())?;
            let first = u32::from(range.start().max('!').min(range.end()));
            let last = u32::from(range.end()).min(first.max(u32::from('~')));
            let step = u32::try_from(entropy.below(u64::from(last - first) + 1)).ok()?;
            text.push(char::from_u32(first + step)?);
        }
        HirKind::Class(Class::Bytes(class)) => text.push(char::from(class.ranges().first()?.start())),
        HirKind::Repetition(repetition) => {
            let most = repetition.max.unwrap_or(u32::MAX);
            let times = repetition.min.max(1).min(most).min(10_000);
            (0..times).try_for_each(|_| write(&repetition.sub, entropy, text))?;
        }
        HirKind::Capture(capture) => write(&capture.sub, entropy, text)?,
        HirKind::Concat(parts) => parts.iter().try_for_each(|part| write(part, entropy, text))?,
        HirKind::Alternation(branches) => write(branches.first()?, entropy, text)?,
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use super::matching;
    use crate::entropy::Entropy;

    #[test]
    fn texts_match_their_patterns() {
        let mut entropy = Entropy::new(3);
        for pattern in [
            "^[a-z]{3,5}$",
            "^v[0-9]+\\.[0-9]+$",
            "^(red|blue)$",
            "^.{2}$",
            "x?y*z",
            "^[^/]+$",
            "^\\d{4}-\\d{2}$",
        ] {
            let text = matching(pattern, &mut entropy).unwrap();
            assert!(regress::Regex::new(pattern).unwrap().find(&text).is_some(), "{pattern} {text}");
        }
        assert_eq!(matching("^(?=a)b$", &mut entropy), None, "look-ahead is beyond it");
    }
}
