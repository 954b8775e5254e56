//! Deleting everything of an account, in two steps (facts: passwords 7).

use serde_json::{Value, json};

use super::reading::{caller, on, text};
use super::{passwords, session};
use crate::action::ActionContext;
use crate::outcome::Outcome;

/// The characters of a code, as they are in base64.
const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// Without a code, answers with one; with it, and in the same session, deletes.
pub(super) fn reset(context: &mut ActionContext<'_>, code: Option<&str>) -> Result<Value, Outcome> {
    let session = session::current(context)?;
    let Some(code) = code.filter(|code| !code.is_empty()) else {
        let code = make_code(context);
        context.update(&session, json!({ "reset_code": code }))?;
        return Ok(json!({ "status": "accepted", "code": code }));
    };
    if session.get("reset_code").and_then(Value::as_str) != Some(code) {
        return Err(Outcome::new("reset-code-invalid", "Invalid reset code"));
    }
    delete_everything(context)?;
    Ok(json!({ "status": "ok" }))
}

fn make_code(context: &mut ActionContext<'_>) -> String {
    let mut group = || -> String {
        let letter = |context: &mut ActionContext<'_>| {
            let index = usize::try_from(context.entropy().below(LETTERS.len() as u64)).unwrap_or_default();
            char::from(LETTERS[index])
        };
        (0..4).map(|_| letter(context)).collect()
    };
    [group(), group(), group(), group()].join("-")
}

fn delete_everything(context: &mut ActionContext<'_>) -> Result<(), Outcome> {
    let caller = caller(context)?.clone();
    let user = Value::from(text(&caller, "id"));
    for password in context.all("passwords", &[("user", &user)])? {
        passwords::remove(context, &password)?;
    }
    for collection in ["folders", "tags", "revisions", "keychains", "sessions"] {
        let records = context.all(collection, &[("user", &user)])?;
        context.delete(&records)?;
    }
    let kept = if on(context, "STRICT_SETTINGS_SURVIVE_RESET") { "client." } else { "" };
    let mut settings = context.all("settings", &[("user", &user)])?;
    settings.retain(|setting| text(setting, "key").starts_with(kept));
    context.delete(&settings)?;
    context.update(&caller, json!({ "secret": null, "salts": null, "failures": 0 }))?;
    Ok(())
}
