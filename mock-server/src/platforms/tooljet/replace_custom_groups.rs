//! `replace_custom_groups`: other custom groups in one workspace, the role's group untouched.

use super::groups;
use super::reading::{elements, get};
use crate::action::ActionContext;
use crate::generated::tooljet::ReplaceCustomGroupsInput;
use crate::outcome::Outcome;

pub(super) fn replace_custom_groups(
    context: &mut ActionContext<'_>,
    input: ReplaceCustomGroupsInput,
) -> Result<(), Outcome> {
    let membership = get(context, "memberships", input.membership)?;
    let chosen: Vec<_> = elements(&input.groups)
        .iter()
        .map(|reference| groups::custom(context, &membership, reference))
        .collect::<Result<_, _>>()?;
    let rows: Vec<_> = groups::custom_rows(context, &membership)?.into_iter().map(|(row, _)| row).collect();
    context.delete(&rows)?;
    for group in &chosen {
        groups::join(context, &membership, group)?;
    }
    Ok(())
}
