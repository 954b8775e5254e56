//! Making and revoking tokens.

use serde_json::{Map, Value, json};
use sha2::{Digest as _, Sha256};

use super::page::{Entered, Page, Said};
use crate::action::ActionContext;
use crate::entropy::Timestamp;
use crate::outcome::Outcome;
use crate::platforms::qore::application::App;
use crate::platforms::qore::eyes::{Eyes, shown};
use crate::platforms::qore::place;
use crate::platforms::reading::{id, text};
use crate::state::Record;

/// The collection of tokens.
pub(super) const TOKENS: &str = "api_tokens";
/// As many characters a token has behind its number, as Sanctum's do.
const LENGTH: usize = 40;
/// What a text field holds at most.
const LONGEST: usize = 255;

type Input = Map<String, Value>;
type Answer = Result<Value, Outcome>;

/// The page.
pub(super) fn show(app: &App, context: &mut ActionContext<'_>, input: &Input) -> Answer {
    let account = account(app, context, input)?;
    Ok(answer(&page(app, context, account.as_ref())))
}

/// Makes a token, and shows it this once.
pub(super) fn create(app: &App, context: &mut ActionContext<'_>, input: &Input) -> Answer {
    same_site(app, context)?;
    let form = form(input);
    let account = account(app, context, &form)?;
    let entered = Entered {
        device_name: field(&form, "device_name"),
        expiration_date: field(&form, "expiration_date"),
    };
    let said = wrong(&entered, context.now());
    let account = match account {
        Some(account) if !said.any() => account,
        other => {
            let notice = other.is_none().then_some("There is no account yet that a token could be for.");
            let page = Page { entered, said, notice, ..page(app, context, other.as_ref()) };
            return Err(Outcome::invalid("the form breaks rules").data(answer(&page)));
        }
    };
    let sent = field(&form, "form");
    let (user, device_name) = (id(&account), Value::from(entered.device_name.as_str()));
    let known = [("user", &user), ("device_name", &device_name), ("form", &Value::from(sent.as_str()))];
    if !sent.is_empty() && context.find(TOKENS, &known)?.is_some() {
        let page = Page { is_again: true, ..page(app, context, Some(&account)) };
        return Ok(answer(&page));
    }
    // As Laravel reads a day: the token ends when it begins.
    let ends = &entered.expiration_date;
    let expires_at = if ends.is_empty() { Value::Null } else { format!("{ends}T00:00:00.000000Z").into() };
    let secret = context.entropy().token(LENGTH);
    let made = context.insert(
        TOKENS,
        json!({ "device_name": device_name, "user": user, "expires_at": expires_at, "form": sent, "token": secret }),
    )?;
    // Its number is known only now.
    let token = format!("{}|{secret}", shown(&id(&made)));
    context.update(&made, json!({ "token": token }))?;
    let page = Page { made: Some(token), ..page(app, context, Some(&account)) };
    Ok(answer(&page))
}

/// Ends a token of the account.
pub(super) fn revoke(app: &App, context: &mut ActionContext<'_>, input: &Input) -> Answer {
    same_site(app, context)?;
    let form = form(input);
    let account = account(app, context, &form)?;
    let key = input.get("id").and_then(Value::as_str).and_then(|id| id.parse::<u64>().ok());
    let token = match (&account, key) {
        (Some(account), Some(key)) => {
            context.get(TOKENS, &key.into())?.filter(|token| token.get("user") == Some(&id(account)))
        }
        _ => None,
    };
    let Some(token) = token else {
        return Err(missing(
            &page(app, context, account.as_ref()),
            "There is no such token, or not any more.",
        ));
    };
    context.delete(&[token])?;
    Ok(json!({ "location": account.map_or_else(|| "/api_tokens".to_owned(), |account| address(&account)) }))
}

/// Who is signed in: the account that the page or its form names, else the first one; `None` where there is none at all.
fn account(app: &App, context: &mut ActionContext<'_>, input: &Input) -> Result<Option<Record>, Outcome> {
    let wanted = input.get("user").map(shown).filter(|text| !text.is_empty());
    let Some(wanted) = wanted else {
        return Ok(context.state().records(&app.accounts.resource).next().cloned());
    };
    let accounts = place::resource(app, &app.accounts.resource)?;
    let key = place::key(accounts, &wanted);
    let found = key.and_then(|key| context.state().get(&accounts.name, &key));
    let first = || context.state().records(&accounts.name).next().cloned();
    match found {
        Some(account) => Ok(Some(account)),
        None => {
            let first = first();
            Err(missing(
                &page(app, context, first.as_ref()),
                "There is no such account; this is the first one.",
            ))
        }
    }
}

/// The page of an account as it is now.
fn page(app: &App, context: &mut ActionContext<'_>, account: Option<&Record>) -> Page {
    let form = form_mark(&context.entropy().token(LENGTH));
    let eyes = place::eyes(app, context, account);
    let mut page = Page::new(app, &eyes, account, form);
    page.tokens = tokens(&eyes, account);
    page
}

/// What a form is known by. Looking at the page draws nothing that lasts, so that the next to draw draws the same: nothing
/// of that may be read here.
fn form_mark(drawn: &str) -> String {
    let hash = Sha256::digest(format!("form {drawn}"));
    hash.iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

/// An account's tokens, the newest first.
fn tokens(eyes: &Eyes<'_>, account: Option<&Record>) -> Vec<Record> {
    let Some(account) = account else { return Vec::new() };
    let user = id(account);
    let mut tokens: Vec<Record> =
        eyes.state.records(TOKENS).filter(|token| token.get("user") == Some(&user)).cloned().collect();
    tokens.reverse();
    tokens
}

/// What is wrong with what was entered.
fn wrong(entered: &Entered, now: Timestamp) -> Said {
    let name = match entered.device_name.chars().count() {
        0 => Some("The device name field is required."),
        length if length > LONGEST => Some("The device name field must not be greater than 255 characters."),
        _ => None,
    };
    let today: String = now.rfc3339(0).chars().take(10).collect();
    let ends = entered.expiration_date.as_str();
    let date = match ends {
        "" => None,
        ends if !is_day(ends) => Some("The expiration date field must be a valid date."),
        ends if ends <= today.as_str() => Some("The expiration date field must be a date after today."),
        _ => None,
    };
    Said { device_name: name, expiration_date: date }
}

/// Whether it is a day as forms send it: `2023-01-31`.
fn is_day(text: &str) -> bool {
    text.len() == 10 && text.parse::<jiff::civil::Date>().is_ok()
}

/// The address of an account's page.
pub(super) fn address(account: &Record) -> String {
    format!("/api_tokens?user={}", shown(&id(account)))
}

/// Whether a token has ended.
pub(super) fn is_over(token: &Record, now: Timestamp) -> bool {
    Timestamp::parse(text(token, "expires_at")).is_some_and(|ends| ends <= now)
}

/// Forms of other sites are not taken: whoever is signed in here did not send them.
fn same_site(app: &App, context: &mut ActionContext<'_>) -> Result<(), Outcome> {
    // Fetch Metadata, 2.4; browsers that do not send it say where the form is (Fetch, 3.2). Other programs say neither.
    let own = match (context.header("sec-fetch-site"), context.header("origin")) {
        (Some(site), _) => ["same-origin", "none"].contains(&site),
        (None, Some(origin)) => origin.eq_ignore_ascii_case(context.origin()),
        (None, None) => true,
    };
    if own {
        return Ok(());
    }
    let page = Page {
        notice: Some("That form was on another site: nothing has been done."),
        ..page(app, context, None)
    };
    Err(Outcome::new("forbidden", "the form is on another site").data(answer(&page)))
}

fn missing(page: &Page, notice: &'static str) -> Outcome {
    let page = Page { notice: Some(notice), ..page.clone() };
    Outcome::not_found(notice).data(answer(&page))
}

fn answer(page: &Page) -> Value {
    json!({ "html": page.html(), "policy": Page::policy() })
}

/// The fields of the form that was sent.
fn form(input: &Input) -> Input {
    input.get("form").and_then(Value::as_object).cloned().unwrap_or_default()
}

/// A text that was entered; empty for anything else.
fn field(form: &Input, name: &str) -> String {
    form.get(name).and_then(Value::as_str).unwrap_or_default().trim().to_owned()
}
