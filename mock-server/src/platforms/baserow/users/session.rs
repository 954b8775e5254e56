//! Sessions: the tokens of a user, and what answers say beside them.
//!
//! Every token's `jti` begins with the user's `session_key`. A new password brings a new key, so that all tokens given out
//! before are void, even those of the same second.

use serde_json::{Map, Value, json};

use super::super::records::{flag, id, instance, text};
use super::super::signing::{Purpose, seconds, sign, verify};
use super::super::workspaces::permission_objects;
use super::account::represent;
use crate::action::ActionContext;
use crate::outcome::Outcome;
use crate::state::Record;

/// Random hexadecimal digits of a `jti`, after the session's key.
const NONCE_BYTES: usize = 12;

/// What a token is good for (claim `token_type`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Access,
    Refresh,
}

impl Kind {
    fn name(self) -> &'static str {
        match self {
            Self::Access => "access",
            Self::Refresh => "refresh",
        }
    }

    /// How long it is valid, in seconds.
    fn lifetime(self, context: &ActionContext<'_>) -> i64 {
        let (setting, unit) = match self {
            Self::Access => ("BASEROW_ACCESS_TOKEN_LIFETIME_MINUTES", 60),
            Self::Refresh => ("BASEROW_REFRESH_TOKEN_LIFETIME_HOURS", 3600),
        };
        let amount = context.setting(setting).and_then(Value::as_i64).unwrap_or(1);
        amount.saturating_mul(unit)
    }
}

/// A token that proved genuine: whose it is, and its claims.
pub(super) struct Session {
    pub(super) user: Record,
    pub(super) claims: Value,
}

impl Session {
    /// What names the token among all tokens.
    pub(super) fn jti(&self) -> &str {
        self.claims["jti"].as_str().unwrap_or_default()
    }
}

/// What an answer to a sign-in says: tokens, and everything of [`about`].
pub(super) fn begin(context: &mut ActionContext<'_>, user: &Record) -> Result<Value, Outcome> {
    let access = token(context, user, Kind::Access)?;
    let refresh = token(context, user, Kind::Refresh)?;
    let cookie =
        json!({ "user_id": id(user), "session": refresh.rsplit('.').next(), "iat": seconds(context) });
    let mut session = Map::new();
    session.insert("token".to_owned(), access.clone().into());
    session.insert("access_token".to_owned(), access.into());
    session.insert("user_session".to_owned(), sign(context, Purpose::Cookie, cookie)?.into());
    session.insert("refresh_token".to_owned(), refresh.into());
    session.extend(about(context, user)?);
    Ok(session.into())
}

/// What an answer to a refresh says: an access token, and everything of [`about`].
pub(super) fn go_on(context: &mut ActionContext<'_>, user: &Record) -> Result<Value, Outcome> {
    let access = token(context, user, Kind::Access)?;
    let mut session = Map::new();
    session.insert("token".to_owned(), access.clone().into());
    session.insert("access_token".to_owned(), access.into());
    session.extend(about(context, user)?);
    Ok(session.into())
}

/// Who it is, and what they may do outside of workspaces.
pub(super) fn about(context: &ActionContext<'_>, user: &Record) -> Result<Map<String, Value>, Outcome> {
    let unread = [("user", &id(user)), ("read", &Value::from(false)), ("workspace", &Value::Null)];
    let unread = context.all("notifications", &unread)?.len();
    let mut about = Map::new();
    about.insert("user".to_owned(), represent(user));
    about.insert("permissions".to_owned(), permission_objects(context, user, None)?);
    about.insert("user_notifications".to_owned(), json!({ "unread_count": unread }));
    about.insert("active_licenses".to_owned(), json!({}));
    Ok(about)
}

fn token(context: &mut ActionContext<'_>, user: &Record, kind: Kind) -> Result<String, Outcome> {
    let mut nonce = [0; NONCE_BYTES];
    context.entropy().fill(&mut nonce);
    let nonce: String = nonce.iter().map(|byte| format!("{byte:02x}")).collect();
    let now = seconds(context);
    let mut claims = json!({
        "token_type": kind.name(),
        "exp": now.saturating_add(kind.lifetime(context)),
        "iat": now,
        "jti": format!("{}{nonce}", text(user, "session_key")),
        "user_id": id(user),
    });
    if kind == Kind::Refresh {
        // facts: whether the instance enforces verification is asked when the token is used
        claims["verified_email_claim"] = "enforced".into();
    }
    sign(context, Purpose::Session, claims)
}

/// Whose token this is, when it is genuine, of that kind, and neither expired, void, on the black list nor of an account
/// that is switched off.
pub(super) fn recognise(
    context: &ActionContext<'_>,
    token: &str,
    kind: Kind,
) -> Result<Option<Session>, Outcome> {
    let Some(claims) = verify(context, Purpose::Session, token) else { return Ok(None) };
    if claims["token_type"] != kind.name() || claims["exp"].is_null() {
        return Ok(None);
    }
    let Some(user) = context.get("users", &claims["user_id"])? else { return Ok(None) };
    let jti = claims["jti"].as_str().unwrap_or_default();
    let key = text(&user, "session_key");
    if key.is_empty() || !jti.starts_with(key) || !flag(&user, "is_active") {
        return Ok(None);
    }
    Ok(Some(Session { user, claims }))
}

/// Whether a token was given back by signing out.
pub(super) fn is_blacklisted(context: &ActionContext<'_>, session: &Session) -> Result<bool, Outcome> {
    Ok(context.get("blacklisted_tokens", &Value::from(session.jti()))?.is_some())
}

/// Refuses those who have to verify their address first.
pub(super) fn require_verified(context: &ActionContext<'_>, user: &Record) -> Result<(), Outcome> {
    let enforced = text(&instance(context)?, "email_verification") == "enforced";
    if enforced && !flag(user, "email_verified") && !flag(user, "is_staff") {
        let sentence = "the e-mail address has to be verified first";
        return Err(Outcome::new("ERROR_EMAIL_VERIFICATION_REQUIRED", sentence));
    }
    Ok(())
}
