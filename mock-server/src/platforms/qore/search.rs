//! Searching all resources.

use super::actions::Answer;
use super::application::App;
use crate::action::ActionContext as Context;
use crate::generated::qore as g;
use crate::outcome::Outcome;

pub(super) fn global_search(_: &App, _: &mut Context<'_>, _: g::GlobalSearchInput) -> Answer {
    Err(Outcome::new("internal", "not yet"))
}
