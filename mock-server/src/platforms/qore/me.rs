//! The caller, and the routes that there are.

use super::actions::Answer;
use super::application::App;
use crate::action::ActionContext as Context;
use crate::generated::qore as g;
use crate::outcome::Outcome;

pub(super) fn show_me(_: &App, _: &mut Context<'_>, _: g::ShowMeInput) -> Answer {
    Err(Outcome::new("internal", "not yet"))
}

pub(super) fn list_endpoints(_: &App, _: &mut Context<'_>, _: g::ListEndpointsInput) -> Answer {
    Err(Outcome::new("internal", "not yet"))
}
