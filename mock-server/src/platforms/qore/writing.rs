//! Creating and updating records, and running actions on them.

use super::actions::Answer;
use super::application::App;
use crate::action::ActionContext as Context;
use crate::generated::qore as g;
use crate::outcome::Outcome;

pub(super) fn create_record(_: &App, _: &mut Context<'_>, _: g::CreateRecordInput) -> Answer {
    Err(Outcome::new("internal", "not yet"))
}

pub(super) fn update_record(_: &App, _: &mut Context<'_>, _: g::UpdateRecordInput) -> Answer {
    Err(Outcome::new("internal", "not yet"))
}

pub(super) fn update_record_by_form(_: &App, _: &mut Context<'_>, _: g::UpdateRecordByFormInput) -> Answer {
    Err(Outcome::new("internal", "not yet"))
}

pub(super) fn update_field(_: &App, _: &mut Context<'_>, _: g::UpdateFieldInput) -> Answer {
    Err(Outcome::new("internal", "not yet"))
}

pub(super) fn update_field_by_form(_: &App, _: &mut Context<'_>, _: g::UpdateFieldByFormInput) -> Answer {
    Err(Outcome::new("internal", "not yet"))
}

pub(super) fn run_action(_: &App, _: &mut Context<'_>, _: g::RunActionInput) -> Answer {
    Err(Outcome::new("internal", "not yet"))
}
