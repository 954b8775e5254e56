//! Made-up passwords: words with digits and special characters mixed in.

use serde_json::{Value, json};

use super::super::lifecycle::user;
use super::super::settings;
use super::words::WORDS;
use crate::action::ActionContext;
use crate::outcome::Outcome;

/// The strongest that is made.
const STRONGEST: i64 = 4;
/// The least number of characters (facts: passwords 8).
const SHORTEST: usize = 12;
/// Letters that a digit or a special character can stand for.
const DIGITS: &[(char, char)] =
    &[('e', '3'), ('o', '0'), ('i', '1'), ('s', '5'), ('t', '7'), ('a', '4'), ('g', '9'), ('b', '8')];
const SPECIAL: &[(char, char)] = &[('a', '@'), ('s', '$'), ('i', '!'), ('h', '#'), ('e', '€'), ('c', '(')];

/// What was asked for; the settings of the account say the rest.
pub(in super::super) struct Wish {
    pub(in super::super) strength: Option<i64>,
    pub(in super::super) numbers: Option<bool>,
    pub(in super::super) special: Option<bool>,
}

/// Makes a password up.
pub(in super::super) fn generate(context: &mut ActionContext<'_>, wish: &Wish) -> Result<Value, Outcome> {
    let user = user(context)?;
    let key = |name: &str| format!("user.password.generator.{name}");
    let strength = match wish.strength {
        Some(strength) if strength < 0 => 1,
        Some(strength) => strength.min(STRONGEST),
        None => settings::integer(context, &user, &key("strength"))?,
    };
    let numbers = match wish.numbers {
        Some(numbers) => numbers,
        None => settings::boolean(context, &user, &key("numbers"))?,
    };
    let special = match wish.special {
        Some(special) => special,
        None => settings::boolean(context, &user, &key("special"))?,
    };
    let words = pick(context, usize::try_from(strength).unwrap_or_default().saturating_add(2));
    let mut password: String = words.concat();
    if numbers {
        password = mix(context, &password, DIGITS);
    }
    if special {
        password = mix(context, &password, SPECIAL);
    }
    Ok(json!({
        "password": password, "words": words, "strength": strength, "numbers": numbers, "special": special,
    }))
}

/// That many words, and more until they are long enough together.
fn pick(context: &mut ActionContext<'_>, count: usize) -> Vec<String> {
    let mut words: Vec<String> = Vec::with_capacity(count);
    while words.len() < count || words.iter().map(String::len).sum::<usize>() < SHORTEST {
        let index = usize::try_from(context.entropy().below(WORDS.len() as u64)).unwrap_or_default();
        let word = WORDS[index];
        if !words.iter().any(|one| one.eq_ignore_ascii_case(word)) {
            words.push(format!("{}{}", word[..1].to_ascii_uppercase(), &word[1..]));
        }
    }
    words
}

/// Lets some letters be told by other characters; where none can be, one is added.
fn mix(context: &mut ActionContext<'_>, password: &str, table: &[(char, char)]) -> String {
    let mut changed = false;
    let mut mixed: String = password
        .chars()
        .map(|letter| match table.iter().find(|(from, _)| *from == letter) {
            Some((_, to)) if !changed || context.entropy().below(2) == 0 => {
                changed = true;
                *to
            }
            _ => letter,
        })
        .collect();
    if !changed {
        mixed.push(table[0].1);
    }
    mixed
}
