//! Single records.

use super::actions::Answer;
use super::application::App;
use crate::action::ActionContext as Context;
use crate::generated::qore as g;
use crate::outcome::Outcome;

pub(super) fn show_record(_: &App, _: &mut Context<'_>, _: g::ShowRecordInput) -> Answer {
    Err(Outcome::new("internal", "not yet"))
}
