//! Ways of signing in, which an organisation keeps (facts: lowcoder 10.1 A6, 11 X1 to X3).

use serde_json::{Map, Value, json};

use crate::action::ActionContext as Context;
use crate::generated::lowcoder as g;
use crate::outcome::Outcome;
use crate::platforms::lowcoder::access::{current_org, require_admin};
use crate::platforms::lowcoder::ids::hex32;
use crate::platforms::lowcoder::refusal::{not_authorized, refused};
use crate::platforms::reading::{caller, elements, id, member, on, text, value};
use crate::state::Record;

/// The id of the form, and what its source is called.
pub(in crate::platforms::lowcoder) const EMAIL: &str = "EMAIL";

/// The form as a server offers it.
pub(in crate::platforms::lowcoder) fn email_sign_in(context: &Context<'_>) -> Value {
    form(on(context, "LOWCODER_EMAIL_AUTH_ENABLED"), on(context, "LOWCODER_EMAIL_SIGNUP_ENABLED"))
}

/// The form, whether one may sign in by it, and whether one may sign up. An organisation begins with both.
pub(in crate::platforms::lowcoder) fn form(enable: bool, register: bool) -> Value {
    json!({
        "authType": "FORM", "id": EMAIL, "source": EMAIL, "sourceName": EMAIL, "enable": enable, "enableRegister": register,
    })
}

/// The ways of an organisation. The form is always among them: where the server has it switched off, it is off in every
/// organisation.
pub(in crate::platforms::lowcoder) fn ways_of(context: &Context<'_>, org: &Record) -> Vec<Value> {
    let form = email_sign_in(context);
    let mut ways = stored(org);
    match ways.iter_mut().find(|way| is(way, EMAIL)) {
        None => ways.insert(0, form),
        Some(own) => {
            for switch in ["enable", "enableRegister"] {
                own[switch] = (own[switch] != Value::Bool(false) && form[switch] == Value::Bool(true)).into();
            }
        }
    }
    ways
}

fn stored(org: &Record) -> Vec<Value> {
    elements(&value(org, "authConfigs")).to_vec()
}

fn is(way: &Value, key: &str) -> bool {
    member(way, "id") == Some(key)
}

fn enabled(way: &Value) -> bool {
    way["enable"] == Value::Bool(true)
}

/// The current organisation, for its administrators; 5001 for all others.
fn administered(context: &Context<'_>) -> Result<Record, Outcome> {
    let org = current_org(context).map_err(|_| not_authorized())?;
    require_admin(context, &id(&org))?;
    Ok(org)
}

/// `listAuthConfigs`: what is switched off is among them.
pub(in crate::platforms::lowcoder) fn list_auth_configs(
    context: &mut Context<'_>,
    _: g::ListAuthConfigsInput,
) -> Result<Value, Outcome> {
    let org = administered(context)?;
    Ok(Value::Array(ways_of(context, &org)))
}

/// `createAuthConfig`. One of that id is changed; the form is only switched on.
pub(in crate::platforms::lowcoder) fn create_auth_config(
    context: &mut Context<'_>,
    input: g::CreateAuthConfigInput,
) -> Result<Value, Outcome> {
    let org = administered(context)?;
    let body = &input.body;
    let mut ways = stored(&org);
    let form = member(body, "authType") == Some("FORM") || member(body, "id") == Some(EMAIL);
    if form {
        match ways.iter_mut().find(|way| is(way, EMAIL)) {
            Some(own) => own["enable"] = true.into(),
            None => ways.push(self::form(true, true)),
        }
    } else {
        let key = match member(body, "id").filter(|chosen| !chosen.trim().is_empty()) {
            Some(chosen) => chosen.to_owned(),
            None => hex32(context),
        };
        match ways.iter_mut().find(|way| is(way, &key)) {
            // a secret that is left out is kept: nobody can read it to send it again
            Some(own) => {
                if let (Some(own), Some(sent)) = (own.as_object_mut(), body.as_object()) {
                    own.extend(sent.clone());
                    own.insert("enable".to_owned(), true.into());
                }
            }
            None => ways.push(new_way(key, body)),
        }
    }
    context.update(&org, json!({ "authConfigs": ways }))?;
    Ok(Value::Null)
}

fn new_way(key: String, body: &Value) -> Value {
    let mut way: Map<String, Value> = body.as_object().cloned().unwrap_or_default();
    let source = member(body, "source").or(member(body, "authType")).unwrap_or_default().to_owned();
    let name = member(body, "sourceName").unwrap_or(&source).to_owned();
    let register = body["enableRegister"] != Value::Bool(false);
    way.extend([
        ("id".to_owned(), key.into()),
        ("source".to_owned(), source.into()),
        ("sourceName".to_owned(), name.into()),
        ("enable".to_owned(), true.into()),
        ("enableRegister".to_owned(), register.into()),
    ]);
    Value::Object(way)
}

/// `deleteAuthConfig`: switches one off, or forgets it with `delete`. The sessions of the organisation's members that
/// began that way end; here all sessions begin with the form. An unknown id is no error.
pub(in crate::platforms::lowcoder) fn delete_auth_config(
    context: &mut Context<'_>,
    input: g::DeleteAuthConfigInput,
) -> Result<Value, Outcome> {
    let org = administered(context)?;
    let ways = ways_of(context, &org);
    let Some(way) = ways.iter().find(|way| is(way, &input.id)) else { return Ok(Value::Null) };
    if enabled(way) && ways.iter().filter(|way| enabled(way)).count() == 1 {
        let sentence = "It is the last way of signing in.";
        return Err(refused("disable-auth-config-forbidden", sentence));
    }
    let mut kept = stored(&org);
    // the form cannot be forgotten, for it could not be added again
    if input.delete && input.id != EMAIL {
        kept.retain(|way| !is(way, &input.id));
    } else if let Some(own) = kept.iter_mut().find(|way| is(way, &input.id)) {
        own["enable"] = false.into();
    }
    context.update(&org, json!({ "authConfigs": kept }))?;
    if input.id == EMAIL {
        for membership in context.all("members", &[("org", &id(&org))])? {
            let sessions = context.all("sessions", &[("user", &value(&membership, "user"))])?;
            context.delete(&sessions)?;
        }
    }
    Ok(Value::Null)
}

/// `bindEmail`: lets an account that came another way sign in by the form; 5609 where it can already.
pub(in crate::platforms::lowcoder) fn bind_email(
    context: &mut Context<'_>,
    input: g::BindEmailInput,
) -> Result<Value, Outcome> {
    let user = caller(context)?;
    if text(user, "activeAuthId") == EMAIL {
        return Err(refused("already-bind", "An e-mail address is bound to the account already."));
    }
    context.update(user, json!({ "email": input.email, "activeAuthId": EMAIL }))?;
    Ok(true.into())
}
