//! The caller.

use serde_json::Value;

use super::actions::Answer;
use super::application::App;
use super::{place, represent};
use crate::action::ActionContext as Context;
use crate::generated::qore as g;
use crate::outcome::Outcome;

/// The account as a record of its resource, and its roles as a list, however many there can be.
pub(super) fn show_me(app: &App, context: &mut Context<'_>, _: g::ShowMeInput) -> Answer {
    let accounts = place::resource(app, &app.accounts.resource)?;
    let me = place::account(context);
    let gone = || Outcome::unauthenticated("the account of the token is gone");
    let fields = me.as_ref().ok_or_else(gone)?.fields();
    let eyes = place::eyes(app, context, me.as_ref());
    let mut about = represent::some(&eyes, context.origin(), accounts, fields, |field| !field.hidden.detail);
    if let Some(held) = app.accounts.roles.as_ref().and_then(|name| fields.get(name)) {
        let roles = match held {
            Value::Null => Vec::new(),
            Value::Array(several) => several.clone(),
            one => vec![one.clone()],
        };
        about.entry("roles").or_insert(roles.into());
    }
    Ok(Value::Object(about))
}
