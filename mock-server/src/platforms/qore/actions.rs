//! Every named action, area by area: each is a function of its area.

use std::sync::Arc;

use serde_json::Value;

use super::application::{self, App};
use super::{details, endpoints, forms, logs, me, options, search, start, tables, writing};
use crate::action::ActionContext as Context;
use crate::generated::qore::{self as g, Actions};
use crate::outcome::Outcome;

/// What an action answers with.
pub(super) type Answer = Result<Value, Outcome>;

/// The named actions of an application; by default of the one that ships.
#[derive(Clone, Debug)]
pub(crate) struct Qore(pub(super) Arc<App>);

impl Default for Qore {
    fn default() -> Self {
        Self(application::shipped())
    }
}

/// One method for each action, which hands it to the function of the same name in its area.
macro_rules! areas {
    ($($area:ident: $($action:ident($input:ident))*;)*) => {
        $($(
            fn $action(&self, context: &mut Context<'_>, input: g::$input) -> Answer {
                $area::$action(&self.0, context, input)
            }
        )*)*
    };
}

impl Actions for Qore {
    fn seed(&self, context: &mut Context<'_>) -> Result<(), Outcome> {
        start::seed(&self.0, context)
    }

    areas! {
        me:
            show_me(ShowMeInput);
        endpoints:
            list_endpoints(ListEndpointsInput);
        search:
            global_search(GlobalSearchInput);
        tables:
            show_table(ShowTableInput);
        details:
            show_record(ShowRecordInput);
        writing:
            create_record(CreateRecordInput)
            update_record(UpdateRecordInput)
            update_record_by_form(UpdateRecordByFormInput)
            update_field(UpdateFieldInput)
            update_field_by_form(UpdateFieldByFormInput)
            run_action(RunActionInput);
        logs:
            list_logs(ListLogsInput);
        options:
            list_field_options(ListFieldOptionsInput);
        forms:
            show_create_form(ShowCreateFormInput)
            show_edit_form(ShowEditFormInput);
    }
}
