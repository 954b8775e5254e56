//! Credentials, and keeping them out of everything that is shown.

use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD, URL_SAFE_NO_PAD};
use percent_encoding::{AsciiSet, CONTROLS, NON_ALPHANUMERIC, utf8_percent_encode};

/// A value that is sent and never shown.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(Arc<str>);

impl Secret {
    /// Keeps a value.
    #[must_use]
    pub fn new(value: impl Into<Arc<str>>) -> Self {
        Self(value.into())
    }

    /// The value, for sending it.
    pub(crate) fn expose(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// What a URL's path and query leave as it is, besides letters and digits.
const LENIENT: &AsciiSet =
    &CONTROLS.add(b' ').add(b'"').add(b'#').add(b'<').add(b'>').add(b'%').add(b'+').add(b'&').add(b'=');

/// The secrets of a run in every form they may show up in, and what is printed in their place.
#[derive(Clone, Debug, Default)]
pub struct Masks {
    /// Longest first, so that a form that contains another is replaced as a whole.
    forms: Vec<(Secret, String)>,
}

impl Masks {
    /// Masks each secret by a shell variable made from its name: `accessToken` by `$ACCESS_TOKEN`.
    #[must_use]
    pub fn new<'s>(secrets: impl IntoIterator<Item = (&'s str, &'s Secret)>) -> Self {
        let mut masks = Self::default();
        for (name, secret) in secrets {
            masks.add(&variable(name), secret.expose());
        }
        masks
    }

    /// Adds a secret that became known later, such as a token that a sign-in answered.
    pub fn add(&mut self, variable: &str, value: &str) {
        for form in forms(value) {
            if !form.is_empty() && !self.forms.iter().any(|(known, _)| known.expose() == form) {
                self.forms.push((Secret::new(form), format!("${variable}")));
            }
        }
        self.forms.sort_by_key(|(form, _)| std::cmp::Reverse(form.expose().len()));
    }

    /// `text` without any secret.
    #[must_use]
    pub fn mask(&self, text: &str) -> String {
        let mut shown = text.to_owned();
        for (form, variable) in &self.forms {
            if shown.contains(form.expose()) {
                shown = replaced(&shown, form.expose(), variable);
            }
        }
        shown
    }

    /// The variables that stand for secrets.
    pub fn variables(&self) -> impl Iterator<Item = &str> {
        self.forms.iter().map(|(_, variable)| variable.as_str())
    }
}

/// Shorter ones are parts of words that have nothing to do with them.
const TELLING: usize = 4;

/// `text` with a variable for each secret; for a short one only where it does not stand inside a word.
fn replaced(text: &str, secret: &str, variable: &str) -> String {
    if secret.len() >= TELLING {
        return text.replace(secret, variable);
    }
    let mut shown = String::with_capacity(text.len());
    let mut done = 0;
    for (at, _) in text.match_indices(secret) {
        let before = text[..at].chars().next_back();
        let after = text[at + secret.len()..].chars().next();
        if at >= done && ![before, after].iter().flatten().any(|c| c.is_alphanumeric()) {
            shown.push_str(&text[done..at]);
            shown.push_str(variable);
            done = at + secret.len();
        }
    }
    shown.push_str(&text[done..]);
    shown
}

/// `accessToken` as `ACCESS_TOKEN`.
pub(crate) fn variable(name: &str) -> String {
    let mut text = String::new();
    let mut before = '_';
    for c in name.chars() {
        if c.is_ascii_uppercase() && before.is_ascii_lowercase() {
            text.push('_');
        }
        text.push(if c.is_ascii_alphanumeric() { c.to_ascii_uppercase() } else { '_' });
        before = c;
    }
    if text.starts_with(|c: char| c.is_ascii_digit()) { format!("_{text}") } else { text }
}

/// A secret as it stands, as JSON writes it, percent-encoded, and inside base64 at each of the three alignments.
fn forms(value: &str) -> Vec<String> {
    let mut all = vec![value.to_owned()];
    all.push(serde_json::Value::from(value).to_string().trim_matches('"').to_owned());
    for set in [NON_ALPHANUMERIC, LENIENT] {
        let upper = utf8_percent_encode(value, set).to_string();
        // A form writes `+` for a blank (URL Standard, 5.1).
        all.push(upper.replace("%20", "+"));
        all.push(lower_escapes(&upper));
        all.push(upper);
    }
    all.push(value.replace(' ', "+"));
    if value.len() >= 4 {
        all.push(STANDARD.encode(value));
        for lead in 0..3usize {
            all.extend(inside_base64(value.as_bytes(), lead));
        }
    }
    if let Some((_, password)) = value.split_once(':').filter(|(_, password)| password.len() >= 4) {
        all.extend(forms(password));
    }
    all
}

/// `%2F` as `%2f`; everything else as it stands.
fn lower_escapes(text: &str) -> String {
    let mut digits = 0;
    let mut lowered = String::with_capacity(text.len());
    for c in text.chars() {
        lowered.push(if digits > 0 { c.to_ascii_lowercase() } else { c });
        digits = if c == '%' { 2 } else { usize::saturating_sub(digits, 1) };
    }
    lowered
}

/// The part of a base64 text that a secret decides alone when `lead` bytes (modulo 3) stand before it.
fn inside_base64(value: &[u8], lead: usize) -> Vec<String> {
    let mut bytes = vec![0u8; lead];
    bytes.extend_from_slice(value);
    let skip = match lead {
        0 => 0,
        1 => 2,
        _ => 3,
    };
    [STANDARD_NO_PAD.encode(&bytes), URL_SAFE_NO_PAD.encode(&bytes)]
        .into_iter()
        .map(|text| {
            let end = if bytes.len().is_multiple_of(3) { text.len() } else { text.len() - 1 };
            text[skip..end].to_owned()
        })
        .collect()
}
