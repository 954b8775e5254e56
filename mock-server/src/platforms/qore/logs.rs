//! What happened to records.

use super::actions::Answer;
use super::application::App;
use crate::action::ActionContext as Context;
use crate::generated::qore as g;
use crate::outcome::Outcome;

pub(super) fn list_logs(_: &App, _: &mut Context<'_>, _: g::ListLogsInput) -> Answer {
    Err(Outcome::new("internal", "not yet"))
}
