//! Which settings there are, with their defaults and what they may be.

use serde_json::{Value, json};

use super::super::php;
use super::super::reading::on;
use super::super::session;
use crate::action::ActionContext;
use crate::outcome::Outcome;

/// What a setting of a user may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// From the first to the second.
    Integer(i64, i64),
    Boolean,
}

/// A setting of a user.
#[derive(Clone, Copy, Debug)]
pub(super) struct UserSetting {
    pub(super) key: &'static str,
    pub(super) kind: Kind,
    default: i64,
}

const fn boolean(key: &'static str, default: bool) -> UserSetting {
    UserSetting { key, kind: Kind::Boolean, default: default as i64 }
}

const fn integer(key: &'static str, default: i64, least: i64, most: i64) -> UserSetting {
    UserSetting { key, kind: Kind::Integer(least, most), default }
}

/// Characters of a hash that are kept, unless the user says otherwise.
pub(super) const HASH: &str = "user.password.security.hash";
/// Whether end-to-end encryption is wanted; by default where it is set up.
const ENCRYPTED: &str = "user.encryption.cse";
/// These are false, and cannot be changed, while the server does not share.
const SHARING: &str = "user.sharing.";

/// Every setting of a user.
pub(super) const USER: &[UserSetting] = &[
    integer("user.password.generator.strength", 1, 0, 4),
    boolean("user.password.generator.numbers", false),
    boolean("user.password.generator.special", false),
    boolean("user.password.security.duplicates", true),
    integer("user.password.security.age", 0, 0, i64::MAX),
    integer(HASH, 40, 0, 40),
    boolean("user.mail.security", true),
    boolean("user.mail.shares", false),
    boolean("user.notification.security", true),
    boolean("user.notification.shares", true),
    boolean("user.notification.errors", true),
    boolean("user.notification.admin", true),
    boolean("user.sharing.editable", true),
    boolean("user.sharing.resharing", true),
    integer("user.session.lifetime", 600, 30, i64::MAX),
    integer("user.encryption.sse", 0, 0, 2),
    integer(ENCRYPTED, 0, 0, 1),
];

/// The setting of that key.
pub(super) fn user_setting(key: &str) -> Option<&'static UserSetting> {
    USER.iter().find(|setting| setting.key == key)
}

impl UserSetting {
    /// What it is until the user says otherwise.
    pub(super) fn default(&self, context: &ActionContext<'_>, user: &str) -> Result<Value, Outcome> {
        if self.key == ENCRYPTED {
            return Ok(i64::from(session::is_encrypted(context, user)?).into());
        }
        Ok(match self.kind {
            Kind::Integer(..) => self.default.into(),
            Kind::Boolean => (self.default != 0 && !self.is_locked(context)).into(),
        })
    }

    /// Whether the server decides it.
    pub(super) fn is_locked(&self, context: &ActionContext<'_>) -> bool {
        self.key.starts_with(SHARING) && !on(context, "SHARING_ENABLED")
    }

    /// A value that was sent, as the setting takes it; `None` when it is out of range.
    pub(super) fn cast(&self, value: &Value) -> Option<Value> {
        match self.kind {
            Kind::Boolean => Some(php::truth(value).into()),
            Kind::Integer(least, most) => {
                let number = php::integer(value);
                (least..=most).contains(&number).then(|| number.into())
            }
        }
    }
}

/// Every setting of the server. `server.theme.color` is another name of `server.theme.color.primary`, which listings
/// leave out.
pub(super) fn server(context: &ActionContext<'_>) -> Vec<(&'static str, Value)> {
    let origin = context.origin();
    let theme = |name: &str| json!(format!("{origin}/index.php/apps/theming/image/{name}"));
    let icon = |name: &str| json!(format!("{origin}/index.php/svg/{name}"));
    let handbook = "https://git.mdns.eu/nextcloud/passwords/-/wikis/Users/Index";
    vec![
        ("server.baseUrl", json!(format!("{origin}/"))),
        ("server.baseUrl.webdav", json!(format!("{origin}/remote.php/webdav/"))),
        ("server.version", json!("34")),
        ("server.app.version", json!("2026.7")),
        ("server.handbook.url", json!(handbook)),
        ("server.handbook.url.web", json!(handbook)),
        ("server.performance", json!(5)),
        ("server.theme.color.primary", json!("#00679e")),
        ("server.theme.color.text", json!("#ffffff")),
        ("server.theme.color.background", json!("#00679e")),
        ("server.theme.background", theme("background")),
        ("server.theme.logo", theme("logo")),
        ("server.theme.label", json!("Nextcloud")),
        ("server.theme.app.icon", icon("passwords/app-dark?color=000000")),
        ("server.theme.folder.icon", icon("core/filetypes/folder?color=00679e")),
        ("server.sharing.enabled", json!(on(context, "SHARING_ENABLED"))),
        (
            "server.sharing.resharing",
            json!(on(context, "SHARING_ENABLED") && on(context, "RESHARING_ENABLED")),
        ),
        ("server.sharing.autocomplete", json!(on(context, "SHARING_ENABLED"))),
        ("server.sharing.types", json!(["user"])),
    ]
}
