//! The options of fields that choose.

use super::actions::Answer;
use super::application::App;
use crate::action::ActionContext as Context;
use crate::generated::qore as g;
use crate::outcome::Outcome;

pub(super) fn list_field_options(_: &App, _: &mut Context<'_>, _: g::ListFieldOptionsInput) -> Answer {
    Err(Outcome::new("internal", "not yet"))
}
