//! The forms, and options that depend on what a form holds.

use super::actions::Answer;
use super::application::App;
use crate::action::ActionContext as Context;
use crate::generated::qore as g;
use crate::outcome::Outcome;

pub(super) fn show_create_form(_: &App, _: &mut Context<'_>, _: g::ShowCreateFormInput) -> Answer {
    Err(Outcome::new("internal", "not yet"))
}

pub(super) fn show_edit_form(_: &App, _: &mut Context<'_>, _: g::ShowEditFormInput) -> Answer {
    Err(Outcome::new("internal", "not yet"))
}
