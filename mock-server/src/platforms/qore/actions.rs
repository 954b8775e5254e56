//! Every named action, area by area.

use serde_json::Value;

use crate::action::ActionContext as Context;
use crate::generated::qore::{self as g, Actions};
use crate::outcome::Outcome;

/// The named actions of a Qore application.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Qore;

macro_rules! none_yet {
    ($($action:ident($input:ident))*) => {
        $(
            fn $action(&self, _: &mut Context<'_>, _: g::$input) -> Result<Value, Outcome> {
                Err(Outcome::new("internal", "not yet"))
            }
        )*
    };
}

impl Actions for Qore {
    none_yet! {
        show_me(ShowMeInput)
        list_endpoints(ListEndpointsInput)
        global_search(GlobalSearchInput)
        show_table(ShowTableInput)
        create_record(CreateRecordInput)
        show_record(ShowRecordInput)
        update_record(UpdateRecordInput)
        update_record_by_form(UpdateRecordByFormInput)
        update_field(UpdateFieldInput)
        update_field_by_form(UpdateFieldByFormInput)
        run_action(RunActionInput)
        list_logs(ListLogsInput)
        list_field_options(ListFieldOptionsInput)
        show_create_form(ShowCreateFormInput)
        show_edit_form(ShowEditFormInput)
    }
}
