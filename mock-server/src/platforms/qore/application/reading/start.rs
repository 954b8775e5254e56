//! What is there from the start beside records: the users of an application that declares none, and tokens.

use serde_json::{Value, json};
use tercet_spec::Pointer;

use super::super::app::{App, Token};
use super::super::raw::{RawResource, RawToken};
use super::{Reading, values};
use crate::platforms::qore::eyes::same;

/// The characters of a token that nobody has chosen: it is the same in every run, so that it can stand in scripts.
const DEMO: &str = "qoreDemoToken0000000000000000000000000000";

/// The users of an application that declares none, as its file would have them.
///
/// # Errors
/// It is no resource; a test reads an application without users.
pub(super) fn users() -> serde_json::Result<RawResource> {
    serde_json::from_value(json!({
        "singular": "User",
        "title": "{name}",
        "fields": {
            "name": { "type": "text", "rules": "required" },
            "email": { "type": "email", "rules": "required|unique" },
        },
        "records": [{ "id": 1, "name": "Demo", "email": "demo@example.com" }],
    }))
}

impl Reading<'_> {
    /// The tokens of the start; one for the first account where the file has none.
    pub(super) fn tokens(&mut self, app: &App, raw: Vec<RawToken>, at: &Pointer) -> Vec<Token> {
        let Some(accounts) = app.resources.get(&app.accounts.resource) else { return Vec::new() };
        let Some(first) = accounts.records.first() else {
            let place = Pointer::root().child("resources").child(&accounts.name);
            let message = format!("nobody can sign in: `{}` has no records", accounts.name);
            self.problem(&place, message, "tokens belong to accounts: give it at least one record");
            return Vec::new();
        };
        // One that is wrong has been told of.
        let Some(first) = first.get("id").filter(|id| !id.is_null()).cloned() else { return Vec::new() };
        let raw = if raw.is_empty() {
            vec![RawToken { device_name: "demo".to_owned(), user: None, token: None, expires_at: None }]
        } else {
            raw
        };
        let mut tokens = Vec::new();
        for (index, raw) in raw.into_iter().enumerate() {
            let at = at.index(index);
            let user = raw.user.unwrap_or_else(|| first.clone());
            let known =
                accounts.records.iter().filter_map(|record| record.get("id").filter(|id| !id.is_null()));
            let Some(user) = known.clone().find(|id| same(id, &user)).cloned() else {
                let known: Vec<String> = known.map(Value::to_string).collect();
                let help = format!("there is: {}", known.join(", "));
                self.wrong(&at.child("user"), format!("`{}` has no record {user}", accounts.name), help);
                continue;
            };
            let number = index + 1;
            let token = raw.token.unwrap_or_else(|| format!("{number}|{}{number}", &DEMO[..39]));
            if !is_token(&token, number) {
                let message = format!("this is not what token {number} looks like");
                let help = format!("`{number}|` and 40 letters and digits; or leave it out");
                self.wrong(&at.child("token"), message, help);
            }
            let expires_at = raw.expires_at.map(|text| self.time(&text, &at.child("expires_at")));
            tokens.push(Token { device_name: raw.device_name, user, token, expires_at });
        }
        tokens
    }

    fn time(&mut self, text: &str, at: &Pointer) -> String {
        match values::time(text) {
            Some(time) => time.rfc3339(6),
            None => {
                self.wrong(
                    at,
                    format!("`{text}` is no time"),
                    "a date, `2027-01-31`, or RFC 3339, `2027-01-31T12:00:00Z`",
                );
                text.to_owned()
            }
        }
    }
}

/// Whether it is `<number>|<40 letters and digits, or more>`.
fn is_token(token: &str, number: usize) -> bool {
    token.split_once('|').is_some_and(|(head, secret)| {
        head == number.to_string()
            && secret.len() >= 40
            && secret.chars().all(|one| one.is_ascii_alphanumeric())
    })
}
