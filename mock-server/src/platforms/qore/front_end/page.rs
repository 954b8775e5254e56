//! The page on which tokens are made, as HTML.

use std::fmt::Write as _;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest as _, Sha256};

use super::tokens::{address, is_over};
use crate::entropy::Timestamp;
use crate::platforms::qore::application::App;
use crate::platforms::qore::eyes::{Eyes, shown};
use crate::platforms::reading::{id, text};
use crate::state::Record;

const STYLE: &str = include_str!("style.css");
const SCRIPT: &str = include_str!("script.js");

/// As many accounts can be chosen from a list; others by their key in the address.
const MOST: usize = 200;

/// A page.
#[derive(Clone, Default)]
pub(super) struct Page {
    /// What the application is called.
    pub(super) title: String,
    /// Key and name of the accounts, and how many there are.
    pub(super) accounts: Vec<(String, String)>,
    pub(super) all: usize,
    /// The key of the one that is signed in.
    pub(super) user: String,
    /// Where the page is.
    pub(super) address: String,
    pub(super) now: Timestamp,
    /// By which a form that is sent again is known.
    pub(super) form: String,
    pub(super) tokens: Vec<Record>,
    /// The token that has just been made.
    pub(super) made: Option<String>,
    /// The form was sent before.
    pub(super) is_again: bool,
    pub(super) notice: Option<&'static str>,
    pub(super) entered: Entered,
    pub(super) said: Said,
}

/// What the form was sent with.
#[derive(Clone, Default)]
pub(super) struct Entered {
    pub(super) device_name: String,
    pub(super) expiration_date: String,
}

/// What is wrong with it.
#[derive(Clone, Copy, Default)]
pub(super) struct Said {
    pub(super) device_name: Option<&'static str>,
    pub(super) expiration_date: Option<&'static str>,
}

impl Said {
    /// Whether anything is wrong.
    pub(super) fn any(self) -> bool {
        self.device_name.or(self.expiration_date).is_some()
    }
}

impl Page {
    /// The page of an account, or, without one, of nobody.
    pub(super) fn new(app: &App, eyes: &Eyes<'_>, account: Option<&Record>, form: String) -> Self {
        let name = |record: &Record| match app.resources.get(&app.accounts.resource) {
            Some(accounts) => {
                let login = app.accounts.login.as_ref().and_then(|field| record.get(field)).map(shown);
                let title = eyes.title(accounts, record.fields());
                login
                    .filter(|login| *login != title)
                    .map_or_else(|| title.clone(), |login| format!("{title} ({login})"))
            }
            None => String::new(),
        };
        let key = |record: &Record| shown(&id(record));
        let all = eyes.state.len(&app.accounts.resource).unwrap_or_default();
        let first = eyes.state.records(&app.accounts.resource).take(MOST);
        let mut accounts: Vec<_> = first.map(|record| (key(record), name(record))).collect();
        let user = account.map(key).unwrap_or_default();
        if let Some(account) = account.filter(|_| accounts.iter().all(|(key, _)| *key != user)) {
            accounts.push((user.clone(), name(account)));
        }
        let address = account.map_or_else(|| "/api_tokens".to_owned(), address);
        Self { title: app.name.clone(), accounts, all, user, address, now: eyes.now, form, ..Self::default() }
    }

    /// What the page may do (Content Security Policy 3): its own style and script, its own forms, nothing else.
    pub(super) fn policy() -> String {
        let hash = |text: &str| STANDARD.encode(Sha256::digest(text.as_bytes()));
        format!(
            "default-src 'none'; style-src 'sha256-{}'; script-src 'sha256-{}'; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
            hash(STYLE),
            hash(SCRIPT)
        )
    }

    pub(super) fn html(&self) -> String {
        let mut html = format!(
            "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n\
             <title>API tokens - {title}</title>\n<link rel=\"icon\" href=\"data:,\">\n<style>{STYLE}</style>\n</head>\n<body data-address=\"{address}\">\n\
             <header><strong>{title}</strong>{}</header>\n<main>\n<h1>API tokens</h1>\n",
            self.chooser(),
            title = escaped(&self.title),
            address = escaped(&self.address),
        );
        html += &self.notices();
        html += "<div class=\"columns\">\n";
        html += &self.list();
        html += &self.maker();
        html += "</div>\n";
        // What is written cannot fail: it goes into memory.
        let _ = writeln!(html, "</main>\n<script>{SCRIPT}</script>\n</body>\n</html>");
        html
    }

    /// Who is signed in.
    fn chooser(&self) -> String {
        let option = |(key, name): &(String, String)| {
            let selected = if *key == self.user { " selected" } else { "" };
            format!("<option value=\"{}\"{selected}>{}</option>", escaped(key), escaped(name))
        };
        let options: String = self.accounts.iter().map(option).collect();
        let more = match self.all.saturating_sub(MOST) {
            0 => String::new(),
            more => format!("<small>and {more} more, by <code>?user=</code> in the address</small>"),
        };
        format!(
            "<form action=\"/api_tokens\"><label for=\"user\">Signed in as</label><select id=\"user\" name=\"user\">{options}</select>{more}\
             <button>Switch</button></form>"
        )
    }

    fn notices(&self) -> String {
        let mut html = String::new();
        if let Some(token) = &self.made {
            let _ = writeln!(
                html,
                "<section class=\"made\" role=\"status\"><h2>Your token</h2><p>Copy it now: it is shown only this once.</p>\
                 <div class=\"copy\"><code id=\"token\">{}</code><button type=\"button\" data-copy=\"token\" hidden>Copy</button></div></section>",
                escaped(token)
            );
        }
        let again = "This form was sent before, and made a token then. Tokens are shown only once: make another if you have not copied it.";
        for notice in self.notice.into_iter().chain(self.is_again.then_some(again)) {
            let _ = writeln!(html, "<section class=\"notice\" role=\"status\">{}</section>", escaped(notice));
        }
        html
    }

    fn list(&self) -> String {
        let mut html = "<section aria-labelledby=\"tokens\"><h2 id=\"tokens\">Tokens</h2>\n".to_owned();
        if self.tokens.is_empty() {
            return html + "<p class=\"soft\">There are none yet.</p></section>\n";
        }
        html += "<table><thead><tr><th scope=\"col\">Device name</th><th scope=\"col\">Created</th><th scope=\"col\">Last used</th>\
                 <th scope=\"col\">Expires</th><th></th></tr></thead>\n<tbody>\n";
        self.tokens.iter().for_each(|token| html += &self.row(token));
        html + "</tbody></table></section>\n"
    }

    fn row(&self, token: &Record) -> String {
        let ends = moment(text(token, "expires_at"));
        let ends = if is_over(token, self.now) {
            format!("<span class=\"expired\">expired {ends}</span>")
        } else {
            ends
        };
        format!(
            "<tr><td>{name}</td><td>{}</td><td>{}</td><td>{ends}</td><td><form method=\"post\" action=\"/api_tokens/{}/revoke\">\
             <input type=\"hidden\" name=\"user\" value=\"{}\"><button class=\"away\" aria-label=\"Revoke {name}\">Revoke</button></form></td></tr>\n",
            moment(text(token, "created_at")),
            moment(text(token, "last_used_at")),
            escaped(&shown(&id(token))),
            escaped(&self.user),
            name = escaped(text(token, "device_name")),
        )
    }

    fn maker(&self) -> String {
        let tomorrow: String = self.now.after(24 * 60 * 60 * 1000).rfc3339(0).chars().take(10).collect();
        format!(
            "<section aria-labelledby=\"new\"><h2 id=\"new\">Create a token</h2>\n<form method=\"post\" action=\"/api_tokens\">\n\
             <input type=\"hidden\" name=\"user\" value=\"{user}\"><input type=\"hidden\" name=\"form\" value=\"{form}\">\n\
             {name}{date}<button class=\"first\">Create</button>\n</form>\n\
             <p></p><p class=\"soft\"><small>This is a mock: you are whoever you choose above, without a password.</small></p></section>\n",
            user = escaped(&self.user),
            form = escaped(&self.form),
            name = field(
                "device_name",
                "Device name",
                &self.entered.device_name,
                self.said.device_name,
                "required maxlength=\"255\""
            ),
            date = field(
                "expiration_date",
                "Expiration date (optional)",
                &self.entered.expiration_date,
                self.said.expiration_date,
                &format!("type=\"date\" min=\"{tomorrow}\" aria-describedby=\"ends\""),
            ) + "<p class=\"soft\" id=\"ends\"><small>It ends when that day begins (UTC).</small></p>\n",
        )
    }
}

/// A field of the form, with what is wrong with it.
fn field(name: &str, label: &str, value: &str, wrong: Option<&str>, more: &str) -> String {
    let said = wrong.map_or_else(String::new, |said| {
        format!("<div class=\"error\" role=\"alert\">{}</div>", escaped(said))
    });
    let invalid = if wrong.is_some() { " aria-invalid=\"true\"" } else { "" };
    format!(
        "<div class=\"field\"><label for=\"{name}\">{label}</label><input id=\"{name}\" name=\"{name}\" value=\"{}\" autocomplete=\"off\" {more}{invalid}>{said}</div>\n",
        escaped(value)
    )
}

/// A time as people read it, to the minute; a dash for none.
fn moment(time: &str) -> String {
    match time.get(..16) {
        None => "<span class=\"soft\">-</span>".to_owned(),
        Some(minute) => {
            format!(
                "<time datetime=\"{}\">{}</time>",
                escaped(time),
                escaped(&minute.replace('T', " ").replace(" 00:00", ""))
            )
        }
    }
}

/// A text as HTML shows it, in elements and in quoted attributes.
fn escaped(text: &str) -> String {
    let mut html = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => html += "&amp;",
            '<' => html += "&lt;",
            '>' => html += "&gt;",
            '"' => html += "&quot;",
            '\'' => html += "&#39;",
            other => html.push(other),
        }
    }
    html
}
