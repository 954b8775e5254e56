//! Whether a caller may, as far as a permission and what is known of the caller decide it.

use serde_json::{Map, Value};

use crate::platforms::qore::application::{App, Permission};
use crate::platforms::qore::eyes::among;

/// Whether somebody may.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum May {
    Yes,
    /// With some records, or it is not known.
    Perhaps,
    No,
}

impl May {
    /// This, and that as well.
    pub(super) fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::No, _) | (_, Self::No) => Self::No,
            (Self::Yes, Self::Yes) => Self::Yes,
            _ => Self::Perhaps,
        }
    }

    /// This, unless it is switched off.
    pub(super) fn unless_off(self, on: bool) -> Self {
        if on { self } else { Self::No }
    }
}

/// Whether a caller may; `None` for one of whom nothing is known.
pub(super) fn may(app: &App, permission: &Permission, caller: Option<&Map<String, Value>>) -> May {
    let Permission::Grants(grants) = permission else { return May::Yes };
    let mut told = May::No;
    for grant in grants {
        let held = match &grant.roles {
            None => Some(true),
            Some(roles) => held(app, roles, caller),
        };
        match held {
            Some(true) if grant.filter.is_always() => return May::Yes,
            Some(false) => {}
            _ => told = May::Perhaps,
        }
    }
    told
}

fn held(app: &App, roles: &[String], caller: Option<&Map<String, Value>>) -> Option<bool> {
    let field = app.accounts.roles.as_ref()?;
    let held = caller?.get(field)?;
    Some(roles.iter().any(|role| among(held, &Value::from(role.as_str()))))
}
