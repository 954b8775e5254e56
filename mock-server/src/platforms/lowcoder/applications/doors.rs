//! Doors of other areas, in a copy until they are open.

use crate::action::ActionContext as Context;
use crate::outcome::Outcome;
use crate::platforms::lowcoder::access::{Resource, role_on};
use crate::platforms::lowcoder::ids;

// local copy of `datasources::may_use`, but for what does not exist: that is nobody's, and no obstacle
pub(super) fn may_use(context: &Context<'_>, datasource: &str) -> Result<bool, Outcome> {
    match ids::resolve(context, "datasources", datasource)? {
        Some(datasource) => Ok(role_on(context, Resource::Datasource, &datasource)?.is_some()),
        None => Ok(true),
    }
}
