//! Texts within lengths and patterns.

use serde_json::Value;
use tercet_spec::contract::Schema;

use super::{Chance, format, pattern};

/// How many characters a text gets where nothing is said.
const USUAL_LENGTH: u64 = 40;

/// Longer texts are not made: a request that is as long says nothing that a shorter one does not.
pub(super) const LONGEST: u64 = 1_000_000;

/// A text that the schema allows, marked as the run's own where there is room; `None` when none was found.
pub(super) fn text(schema: &Schema, chance: &mut Chance) -> Option<String> {
    let (low, high) = (schema.length.0.unwrap_or(0), schema.length.1.unwrap_or(u64::MAX));
    if low > LONGEST {
        return None;
    }
    let fits = |text: &str| {
        let length = text.chars().count() as u64;
        length >= low && length <= high
    };
    if let Some(pattern) = &schema.pattern {
        let matcher = pattern::Pattern::read(pattern)?;
        // The format alone may keep the pattern; else the pattern is written, and must keep the format by luck.
        for _ in 0..8 {
            let by_format = schema.format.as_deref().and_then(|one| format::text(one, chance));
            if let Some(text) = by_format.filter(|text| fits(text) && matcher.matches(text)) {
                return Some(text);
            }
        }
        let marked = chance.mark();
        if schema.format.is_none() && fits(&marked) && matcher.matches(&marked) {
            return Some(marked);
        }
        return (0..64).find_map(|_| matcher.write(low, high, chance).filter(|text| fits(text)));
    }
    // A made-up address leads nowhere, and not every host may be named: where the document gives one, that is taken.
    if let (Some("uri" | "url"), Some(Value::String(example))) = (schema.format.as_deref(), &schema.example)
        && fits(example)
    {
        return Some(example.clone());
    }
    if let Some(text) = schema.format.as_deref().and_then(|one| format::text(one, chance)) {
        return stretch(schema.format.as_deref(), text, low, high).filter(|text| fits(text));
    }
    let mark = chance.mark();
    if !fits(&mark) && (mark.len() as u64) > high {
        return short(chance, low, high);
    }
    let wanted = low.max(mark.len() as u64).min(high.max(low)).min(low.max(USUAL_LENGTH));
    let padding = usize::try_from(wanted).ok()?.saturating_sub(mark.len());
    Some(mark + &"x".repeat(padding))
}

/// A text that is too short for a mark.
fn short(chance: &mut Chance, low: u64, high: u64) -> Option<String> {
    let wanted = low.max(high.min(4));
    const LETTERS: &[u8] = b"abcdefghijklmnopqrstuvwxyz0123456789";
    (wanted <= high).then(|| (0..wanted).map(|_| char::from(LETTERS[chance.index(LETTERS.len())])).collect())
}

/// A formatted text, lengthened or shortened where the format allows that.
fn stretch(format: Option<&str>, text: String, low: u64, high: u64) -> Option<String> {
    let length = text.chars().count() as u64;
    match format {
        Some("email") if length < low => Some(padded(&text, "@", low - length)),
        Some("uri" | "url") if length < low => Some(text + &"x".repeat(usize::try_from(low - length).ok()?)),
        Some("email") if length > high => {
            // `cx-run-1@example.com` as `c1@e.co`, keeping what makes it unique.
            let (name, _) = text.split_once('@')?;
            let unique: String = name.rsplit('-').next()?.to_owned();
            Some(format!("c{unique}@e.co"))
        }
        _ => Some(text),
    }
}

fn padded(text: &str, before: &str, by: u64) -> String {
    let padding = "x".repeat(usize::try_from(by).unwrap_or(0));
    text.replacen(before, &format!("{padding}{before}"), 1)
}

/// Lengthens or shortens a valid text to exactly `length` characters, keeping it as recognisable as can be.
pub(super) fn of_length(schema: &Schema, length: u64, chance: &mut Chance) -> Option<String> {
    let exact = Schema { length: (Some(length), Some(length)), ..schema.clone() };
    let text = text(&exact, chance)?;
    (text.chars().count() as u64 == length).then_some(text)
}
