//! The account that a fresh instance begins with where the setting `DEMO_ACCOUNT` is on.

use super::super::records::on;
use super::register::{Registration, create_user};
use crate::action::ActionContext;
use crate::outcome::Outcome;

/// Signs the demo account up as anybody would: it is the first, so it administers the instance.
pub(in super::super) fn demo(context: &mut ActionContext<'_>) -> Result<(), Outcome> {
    if !on(context, "DEMO_ACCOUNT") {
        return Ok(());
    }
    let registration = Registration {
        name: "Demo".to_owned(),
        email: "demo@baserow.local".to_owned(),
        password: "baserow-demo".to_owned(),
        ..Registration::default()
    };
    create_user(context, &registration).map(drop)
}
