//! API keys: JSON Web Tokens that act as the user who made them (facts: lowcoder 4.2, 10.1).

use serde_json::{Value, json};

use crate::action::ActionContext as Context;
use crate::generated::lowcoder as g;
use crate::outcome::Outcome;
use crate::platforms::lowcoder::ids::{hex32, now};
use crate::platforms::reading::{caller, id, member, on, text, value};
use crate::state::Record;

/// The characters of a token that a list shows at either end.
const SHOWN: usize = 6;

/// `createApiKey`: `{id, token}`. A key of that id is replaced.
pub(in crate::platforms::lowcoder) fn create_api_key(
    context: &mut Context<'_>,
    input: g::CreateApiKeyInput,
) -> Result<Value, Outcome> {
    let user = caller(context)?;
    let key_id = match member(&input.body, "id").filter(|chosen| !chosen.trim().is_empty()) {
        Some(chosen) => chosen.to_owned(),
        None => hex32(context),
    };
    let seconds = now(context).div_euclid(1000);
    let (user_id, name) = (text(user, "id"), text(user, "name"));
    let secret = context.setting("LOWCODER_API_KEY_SECRET").and_then(Value::as_str).unwrap_or_default();
    let claims = json!({ "sub": user_id, "iat": seconds, "userId": user_id, "createdBy": name });
    let token = context.sign_jwt(claims, secret)?;

    let record = json!({
        "id": key_id, "user": user_id, "token": token, "name": input.body["name"], "description": input.body["description"],
    });
    match one(context, user, &key_id)? {
        Some(before) => context.update(&before, record)?,
        None => context.insert("api_keys", record)?,
    };
    Ok(json!({ "id": key_id, "token": token }))
}

/// `listApiKeys`: those of the caller, in order of creation.
pub(in crate::platforms::lowcoder) fn list_api_keys(
    context: &mut Context<'_>,
    _: g::ListApiKeysInput,
) -> Result<Value, Outcome> {
    let keys = context.all("api_keys", &[("user", &id(caller(context)?))])?;
    let shown = |key: &Record| {
        json!({
            "id": value(key, "id"), "name": value(key, "name"), "description": value(key, "description"),
            "token": masked(text(key, "token")),
        })
    };
    Ok(keys.iter().map(shown).collect())
}

/// `deleteApiKey`. With `STRICT_LAST_KEY_STAYS` the last one stays, as an empty list is not written (facts: lowcoder 12 Q3).
pub(in crate::platforms::lowcoder) fn delete_api_key(
    context: &mut Context<'_>,
    input: g::DeleteApiKeyInput,
) -> Result<Value, Outcome> {
    let user = caller(context)?;
    let last = context.all("api_keys", &[("user", &id(user))])?.len() == 1;
    if let Some(key) = one(context, user, &input.id)?
        && !(last && on(context, "STRICT_LAST_KEY_STAYS"))
    {
        context.delete(&[key])?;
    }
    Ok(Value::Null)
}

fn one(context: &Context<'_>, user: &Record, key_id: &str) -> Result<Option<Record>, Outcome> {
    context.find("api_keys", &[("user", &id(user)), ("id", &Value::from(key_id))])
}

/// Both ends of a token with thirteen asterisks between them. Tokens are ASCII (RFC 7515, 3.1).
fn masked(token: &str) -> String {
    let begin = token.get(..SHOWN).unwrap_or_default();
    let end = token.len().checked_sub(SHOWN).and_then(|at| token.get(at..)).unwrap_or_default();
    format!("{begin}{}{end}", "*".repeat(13))
}
