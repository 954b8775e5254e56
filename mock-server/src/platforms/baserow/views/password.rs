//! Public views with a password: visitors who know it get a token, which they present from then on.

use serde_json::{Value, json};

use super::public::shared_view;
use crate::action::ActionContext;
use crate::outcome::Outcome;
use crate::platforms::baserow::records::text;
use crate::platforms::baserow::signing::key_for;
use crate::state::Record;

/// `public_view_auth`: a token for a visitor who knows the password. It is good until the password or the slug changes.
///
/// # Errors
/// `ERROR_VIEW_DOES_NOT_EXIST`, `unauthenticated` for another password.
pub(in crate::platforms::baserow) fn public_view_auth(
    context: &ActionContext<'_>,
    password: &str,
) -> Result<Value, Outcome> {
    let (view, _) = shared_view(context, "ERROR_VIEW_DOES_NOT_EXIST")?;
    let wanted = text(&view, "public_view_password");
    if !wanted.is_empty() && wanted != password {
        return Err(Outcome::new("unauthenticated", "the password is another one"));
    }
    let claims = json!({ "slug_id": text(&view, "slug") });
    Ok(json!({ "access_token": context.sign_jwt(claims, &key(context, &view))? }))
}

/// Whether a visitor may see a view: it has no password, or its token is presented (`Baserow-View-Authorization: JWT …`).
pub(super) fn opened(context: &ActionContext<'_>, view: &Record) -> bool {
    if text(view, "public_view_password").is_empty() {
        return true;
    }
    let header = context.header("Baserow-View-Authorization").unwrap_or_default();
    let token = header.split_once(' ').map(|(_, token)| token);
    token.is_some_and(|token| context.verify_jwt(token, &key(context, view)).is_ok())
}

fn key(context: &ActionContext<'_>, view: &Record) -> String {
    key_for(context, &["public-view", text(view, "slug"), text(view, "public_view_password")])
}
