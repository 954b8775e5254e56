//! Groups

use serde_json::Value;

use crate::action::ActionContext as Context;
use crate::generated::lowcoder as g;
use crate::outcome::Outcome;

pub(super) fn create_group(_: &mut Context<'_>, _: g::CreateGroupInput) -> Result<Value, Outcome> {
    Err(Outcome::new("internal", "not written yet"))
}

pub(super) fn update_group(_: &mut Context<'_>, _: g::UpdateGroupInput) -> Result<Value, Outcome> {
    Err(Outcome::new("internal", "not written yet"))
}

pub(super) fn delete_group(_: &mut Context<'_>, _: g::DeleteGroupInput) -> Result<Value, Outcome> {
    Err(Outcome::new("internal", "not written yet"))
}

pub(super) fn list_groups(_: &mut Context<'_>, _: g::ListGroupsInput) -> Result<Value, Outcome> {
    Err(Outcome::new("internal", "not written yet"))
}

pub(super) fn list_group_members_with_search_and_sort(
    _: &mut Context<'_>,
    _: g::ListGroupMembersWithSearchAndSortInput,
) -> Result<Value, Outcome> {
    Err(Outcome::new("internal", "not written yet"))
}

pub(super) fn add_user_to_group(_: &mut Context<'_>, _: g::AddUserToGroupInput) -> Result<Value, Outcome> {
    Err(Outcome::new("internal", "not written yet"))
}

pub(super) fn update_role_for_group_member(
    _: &mut Context<'_>,
    _: g::UpdateRoleForGroupMemberInput,
) -> Result<Value, Outcome> {
    Err(Outcome::new("internal", "not written yet"))
}

pub(super) fn remove_user_from_group(
    _: &mut Context<'_>,
    _: g::RemoveUserFromGroupInput,
) -> Result<Value, Outcome> {
    Err(Outcome::new("internal", "not written yet"))
}

pub(super) fn leave_group(_: &mut Context<'_>, _: g::LeaveGroupInput) -> Result<Value, Outcome> {
    Err(Outcome::new("internal", "not written yet"))
}

pub(super) fn search_potential_group_members(
    _: &mut Context<'_>,
    _: g::SearchPotentialGroupMembersInput,
) -> Result<Value, Outcome> {
    Err(Outcome::new("internal", "not written yet"))
}
