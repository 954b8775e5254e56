//! `url`, `email` and `phone_number`: texts of a certain form.

use serde_json::Value;

use super::CellType;
use super::text::{plain, show, trimmed};
use crate::platforms::baserow::rows::cell::Cell;
use crate::platforms::baserow::rows::fault::Fault;
use crate::platforms::baserow::rows::scene::Scene;
use crate::platforms::baserow::rows::schema::Field;

/// The form that a text must have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Checked {
    Url,
    Email,
    Phone,
}

impl Checked {
    pub(super) fn read(type_name: &str) -> Option<Self> {
        match type_name {
            "url" => Some(Self::Url),
            "email" => Some(Self::Email),
            "phone_number" => Some(Self::Phone),
            _ => None,
        }
    }

    fn passes(self, text: &str) -> bool {
        match self {
            Self::Url => is_url(text),
            Self::Email => is_email(text),
            Self::Phone => (1..=100).contains(&text.chars().count()) && text.chars().all(is_phone_character),
        }
    }

    fn longest(self) -> Option<usize> {
        match self {
            Self::Url => None,
            Self::Email => Some(254),
            Self::Phone => Some(100),
        }
    }
}

/// No spaces; a dot or `//` among the first characters with something behind it.
fn is_url(text: &str) -> bool {
    if text.chars().any(char::is_whitespace) {
        return false;
    }
    let characters: Vec<char> = text.chars().collect();
    (0..characters.len().min(256)).any(|place| {
        let rest = &characters[place..];
        (rest[0] == '.' && rest.len() > 1) || (rest.starts_with(&['/', '/']) && rest.len() > 2)
    })
}

/// Word characters and some signs on both sides of an `@`.
fn is_email(text: &str) -> bool {
    const SIGNS: &str = "-.[]!#$&*+/=?^_`{|}~";
    let fits =
        |part: &str| !part.is_empty() && part.chars().all(|one| one.is_alphanumeric() || SIGNS.contains(one));
    let parts = text.split_once('@');
    (3..=254).contains(&text.chars().count())
        && parts.is_some_and(|(local, domain)| fits(local) && fits(domain))
}

fn is_phone_character(one: char) -> bool {
    one.is_ascii_digit() || "NnXx,+._*()#=;/ -".contains(one)
}

impl CellType for Checked {
    fn accept(&self, _: &dyn Scene, _: &Field, value: &Value) -> Result<Cell, Fault> {
        let text = trimmed(value)?.unwrap_or_default();
        let mut rules = Vec::new();
        if !text.is_empty() && !self.passes(&text) {
            rules.push(("Enter a valid value.".to_owned(), "invalid"));
        }
        if let Some(longest) = self.longest().filter(|longest| text.chars().count() > *longest) {
            rules.push((format!("No more than {longest} characters are allowed."), "max_length"));
        }
        if rules.is_empty() { Ok(Cell::text(&text)) } else { Err(Fault::Rules(rules)) }
    }

    /// facts: baserow 3.6: empty is `""`
    fn default(&self, _: &Field) -> Cell {
        Cell::text("")
    }

    fn show(&self, _: &dyn Scene, _: &Field, cell: &Cell) -> Value {
        show(cell)
    }

    fn text(&self, _: &dyn Scene, _: &Field, cell: &Cell) -> String {
        plain(cell)
    }

    fn convert(&self, _: &dyn Scene, _: &Field, _: &Field, _: &Cell, text: &str) -> Cell {
        Cell::text(if self.passes(text) { text } else { "" })
    }
}

#[cfg(test)]
mod tests {
    use super::Checked;

    #[test]
    fn the_forms_are_lenient() {
        for (kind, good, bad) in [
            (
                Checked::Url,
                vec!["https://x", "a.b", "mailto:a@b.c", "//x"],
                vec!["x", "a b.c", ".", "//", "a."],
            ),
            (Checked::Email, vec!["a@b", "ü.x+1@y-z"], vec!["a", "a@", "@b", "a b@c", "a@b@c"]),
            (Checked::Phone, vec!["+31 (0)6-1", "x12"], vec!["phone", "1a", ""]),
        ] {
            assert!(good.iter().all(|text| kind.passes(text)), "{kind:?}");
            for text in bad {
                assert!(!kind.passes(text), "{kind:?} {text}");
            }
        }
    }
}
