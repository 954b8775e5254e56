//! A text that matches a regular expression.

use regex_syntax::hir::{Class, Hir, HirKind};

use crate::entropy::Entropy;

/// How often what may be repeated is repeated at most, to make a text long enough.
const REPEATED: u32 = 256;

/// A short text that matches `pattern` and is as long as it must be, if there is one; `None` when the pattern uses what
/// only ECMA-262 has (look-around, back references).
pub(super) fn matching(
    pattern: &str,
    entropy: &mut Entropy,
    (least, most): (Option<u64>, Option<u64>),
) -> Option<String> {
    let hir = regex_syntax::Parser::new().parse(pattern).ok()?;
    let proof = regress::Regex::new(pattern).ok()?;
    let mut found = None;
    for times in 1..=REPEATED {
        let mut text = String::new();
        write(&hir, entropy, times, &mut text)?;
        let length = text.chars().count() as u64;
        let fits = least.is_none_or(|least| length >= least) && most.is_none_or(|most| length <= most);
        if proof.find(&text).is_some() {
            if fits {
                return Some(text);
            }
            found.get_or_insert(text);
        }
        if least.is_none_or(|least| length >= least) {
            // More repetitions make it no shorter.
            break;
        }
    }
    found
}

/// Repeats what may be repeated so many times.
fn write(hir: &Hir, entropy: &mut Entropy, wanted: u32, text: &mut String) -> Option<()> {
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
            let times = repetition.min.max(wanted).min(most).min(10_000);
            (0..times).try_for_each(|_| write(&repetition.sub, entropy, wanted, text))?;
        }
        HirKind::Capture(capture) => write(&capture.sub, entropy, wanted, text)?,
        HirKind::Concat(parts) => parts.iter().try_for_each(|part| write(part, entropy, wanted, text))?,
        HirKind::Alternation(branches) => write(branches.first()?, entropy, wanted, text)?,
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
            let text = matching(pattern, &mut entropy, (None, None)).unwrap();
            assert!(regress::Regex::new(pattern).unwrap().find(&text).is_some(), "{pattern} {text}");
        }
        let long = matching("^[a-z]*$", &mut entropy, (Some(20), Some(40))).unwrap();
        assert!((20..=40).contains(&long.len()), "{long}");
        assert_eq!(matching("^(?=a)b$", &mut entropy, (None, None)), None, "look-ahead is beyond it");
    }
}
